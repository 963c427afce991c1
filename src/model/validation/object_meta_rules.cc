// Rules of Kubernetes for the metadata of an object (V-100, spec 03 §12.3 to §12.5).
#include <algorithm>
#include <vector>

#include "model/codec.h"
#include "model/names.h"
#include "model/validation/printable.h"
#include "model/validation/semantic_equality.h"
#include "model/validation/set_context.h"

namespace grove::validation {
namespace {

using internal::Member;
using internal::Node;

constexpr std::string_view kRule = "V-100";

using NameCheck = NameErrors (*)(std::string_view);

// One Invalid for each thing that `check` finds in `seen`; the bad value is `text`.
void ValidateName(NameCheck check, std::string_view seen, std::string_view text, const FieldPath& path,
                  std::string_view rule, Findings& findings) {
  for (const std::string_view message : check(seen)) {
    findings.Add(ErrorType::kInvalid, path, text, rule, Concat({Quoted(text), ": ", message}));
  }
}

// The metadata of one object, and where to report.
struct Metadata {
  const Node& node;
  const std::shared_ptr<const internal::Storage>& storage;
  const FieldPath& path;
  Findings& findings;

  [[nodiscard]] std::string_view Text(std::string_view member) const { return StringOf(internal::Find(node, member)); }
  [[nodiscard]] const Node* Find(std::string_view member) const { return internal::Find(node, member); }
};

void ValidateNames(const Metadata& metadata, bool namespaced) {
  const std::string_view generate_name = metadata.Text("generateName");
  if (!generate_name.empty()) {
    ValidateName(CheckDnsSubdomain, MaskTrailingDash(generate_name), generate_name, metadata.path.Child("generateName"),
                 kRule, metadata.findings);
  }
  const std::string_view name = metadata.Text("name");
  if (name.empty()) {
    metadata.findings.Add(ErrorType::kRequired, metadata.path.Child("name"), kRule, "must not be empty");
  } else {
    ValidateName(CheckDnsSubdomain, name, name, metadata.path.Child("name"), kRule, metadata.findings);
  }
  const std::string_view namespace_name = metadata.Text("namespace");
  const FieldPath path = metadata.path.Child("namespace");
  if (!namespaced) {
    if (namespace_name.empty()) return;
    metadata.findings.Add(ErrorType::kForbidden, path, kRule,
                          Concat({"objects of this kind have no namespace, found ", Quoted(namespace_name)}));
  } else if (namespace_name.empty()) {
    metadata.findings.Add(ErrorType::kRequired, path, kRule, "must not be empty");
  } else {
    ValidateName(CheckDnsLabel, namespace_name, namespace_name, path, kRule, metadata.findings);
  }
}

// Members of a map in byte order of their keys: the order of the findings must not hang on that of the document.
std::vector<const Member*> Sorted(std::span<const Member> members) {
  std::vector<const Member*> sorted;
  sorted.reserve(members.size());
  for (const Member& member : members) sorted.push_back(&member);
  std::sort(sorted.begin(), sorted.end(),
            [](const Member* a, const Member* b) { return internal::Text(a->key) < internal::Text(b->key); });
  return sorted;
}

void ValidateLabels(const Metadata& metadata) {
  const Node* node = metadata.Find("labels");
  if (node == nullptr) return;
  const std::span<const Member> members = internal::Members(*node);
  const bool valid = std::ranges::all_of(members, [](const Member& label) {
    return CheckQualifiedName(internal::Text(label.key)).empty() && CheckLabelValue(StringOf(&label.value)).empty();
  });
  if (valid) return;
  const FieldPath path = metadata.path.Child("labels");
  for (const Member* label : Sorted(members)) {
    ValidateLabel(internal::Text(label->key), StringOf(&label->value), path, kRule, metadata.findings);
  }
}

void ValidateAnnotations(const Metadata& metadata) {
  const Node* node = metadata.Find("annotations");
  if (node == nullptr) return;
  const std::span<const Member> members = internal::Members(*node);
  const FieldPath path = metadata.path.Child("annotations");
  std::size_t bytes = 0;
  bool valid = true;
  for (const Member& annotation : members) {
    bytes += internal::Text(annotation.key).size() + StringOf(&annotation.value).size();
    valid = valid && CheckAnnotationKey(internal::Text(annotation.key)).empty();
  }
  if (!valid) {
    for (const Member* annotation : Sorted(members)) {
      grove::validation::ValidateAnnotationKey(internal::Text(annotation->key), path, kRule, metadata.findings);
    }
  }
  ValidateAnnotationBytes(bytes, path, kRule, metadata.findings);
}

bool IsEvent(std::string_view api_version, std::string_view kind) {
  return kind == "Event" && (api_version == "v1" || api_version == "/v1");
}

constexpr Rule<Node> kOwnerRules[] = {
    {kRule, On::kCreateAndUpdate,
     [](const Node& owner) { return !HasVersion(StringOf(internal::Find(owner, "apiVersion"))); }, ErrorType::kInvalid,
     "apiVersion", [](const Node& owner) { return StringValue(StringOf(internal::Find(owner, "apiVersion"))); },
     [](const Node& owner) {
       return Concat({Quoted(StringOf(internal::Find(owner, "apiVersion"))), " names no version"});
     }},
    {kRule, On::kCreateAndUpdate, [](const Node& owner) { return StringOf(internal::Find(owner, "kind")).empty(); },
     ErrorType::kInvalid, "kind", [](const Node&) { return StringValue(""); },
     [](const Node&) { return std::string("must not be empty"); }},
    {kRule, On::kCreateAndUpdate, [](const Node& owner) { return StringOf(internal::Find(owner, "name")).empty(); },
     ErrorType::kInvalid, "name", [](const Node&) { return StringValue(""); },
     [](const Node&) { return std::string("must not be empty"); }},
    {kRule, On::kCreateAndUpdate, [](const Node& owner) { return StringOf(internal::Find(owner, "uid")).empty(); },
     ErrorType::kInvalid, "uid", [](const Node&) { return StringValue(""); },
     [](const Node&) { return std::string("must not be empty"); }},
};

bool IsController(const Node& owner) {
  const Node* controller = internal::Find(owner, "controller");
  return controller != nullptr && internal::KindOf(*controller) == internal::Kind::kBoolean && controller->size != 0;
}

void ValidateOwnerReferences(const Metadata& metadata) {
  const Node* list = metadata.Find("ownerReferences");
  if (list == nullptr) return;
  const FieldPath path = metadata.path.Child("ownerReferences");
  bool has_controller = false;
  for (const Node& owner : internal::Elements(*list)) {
    Apply<Node>(kOwnerRules, Operation::kCreate, owner, path, metadata.findings);
    if (IsEvent(StringOf(internal::Find(owner, "apiVersion")), StringOf(internal::Find(owner, "kind")))) {
      metadata.findings.Add(ErrorType::kInvalid, path, Value(owner, metadata.storage), kRule,
                            "an event must not be an owner");
    }
    if (!IsController(owner)) continue;
    if (has_controller) {
      metadata.findings.Add(ErrorType::kInvalid, path, Value(*list, metadata.storage), kRule,
                            "only one owner must have controller set to true");
    }
    has_controller = true;
  }
}

void ValidateFinalizers(const Metadata& metadata) {
  const Node* list = metadata.Find("finalizers");
  if (list == nullptr) return;
  const FieldPath path = metadata.path.Child("finalizers");
  bool orphan = false;
  bool foreground = false;
  for (const Node& node : internal::Elements(*list)) {
    const std::string_view finalizer = StringOf(&node);
    ValidateName(CheckQualifiedName, finalizer, finalizer, path, kRule, metadata.findings);
    orphan = orphan || finalizer == "orphan";
    foreground = foreground || finalizer == "foregroundDeletion";
  }
  if (orphan && foreground) {
    metadata.findings.Add(ErrorType::kInvalid, path, Value(*list, metadata.storage), kRule,
                          "orphan and foregroundDeletion must not stand together");
  }
}

constexpr std::size_t kMaxManager = 128;
constexpr std::size_t kMaxSubresource = 256;

constexpr Rule<Node> kManagedFieldsRules[] = {
    {kRule, On::kCreateAndUpdate,
     [](const Node& entry) {
       const std::string_view operation = StringOf(internal::Find(entry, "operation"));
       return operation != "Apply" && operation != "Update";
     },
     ErrorType::kInvalid, "operation",
     [](const Node& entry) { return StringValue(StringOf(internal::Find(entry, "operation"))); },
     [](const Node& entry) {
       return Concat({Quoted(StringOf(internal::Find(entry, "operation"))), " is neither Apply nor Update"});
     }},
    {kRule, On::kCreateAndUpdate,
     [](const Node& entry) {
       const std::string_view type = StringOf(internal::Find(entry, "fieldsType"));
       return !type.empty() && type != "FieldsV1";
     },
     ErrorType::kInvalid, "fieldsType",
     [](const Node& entry) { return StringValue(StringOf(internal::Find(entry, "fieldsType"))); },
     [](const Node& entry) {
       return Concat({Quoted(StringOf(internal::Find(entry, "fieldsType"))), " is not FieldsV1"});
     }},
    {kRule, On::kCreateAndUpdate,
     [](const Node& entry) { return StringOf(internal::Find(entry, "manager")).size() > kMaxManager; },
     ErrorType::kTooLong, "manager", nullptr, [](const Node&) { return std::string("must have at most 128 bytes"); }},
    {kRule, On::kCreateAndUpdate,
     [](const Node& entry) { return !IsPrintable(StringOf(internal::Find(entry, "manager"))); }, ErrorType::kInvalid,
     "manager", [](const Node& entry) { return StringValue(StringOf(internal::Find(entry, "manager"))); },
     [](const Node&) { return std::string("must have printable characters only"); }},
    {kRule, On::kCreateAndUpdate,
     [](const Node& entry) { return StringOf(internal::Find(entry, "subresource")).size() > kMaxSubresource; },
     ErrorType::kTooLong, "subresource", nullptr,
     [](const Node&) { return std::string("must have at most 256 bytes"); }},
};

void ValidateManagedFields(const Metadata& metadata) {
  const Node* list = metadata.Find("managedFields");
  if (list == nullptr) return;
  const FieldPath path = metadata.path.Child("managedFields");
  const std::span<const Node> entries = internal::Elements(*list);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    Apply<Node>(kManagedFieldsRules, Operation::kCreate, entries[i], path.Index(i), metadata.findings);
  }
}

// V-021: what an update must not change.
struct FixedMember {
  std::string_view name;
  const schema::Type* type;
  bool kept_if_absent;  // the API server puts it back
};

constexpr FixedMember kFixedMembers[] = {
    {"name", &schema::kString, false},
    {"namespace", &schema::kString, false},
    {"uid", &schema::kString, true},
    {"creationTimestamp", &schema::kTime, true},
    {"deletionTimestamp", &schema::kTime, true},
    {"deletionGracePeriodSeconds", &schema::kInt64, true},
};

}  // namespace

void ValidateLabel(std::string_view key, std::string_view value, const FieldPath& path, std::string_view rule,
                   Findings& findings) {
  ValidateName(CheckQualifiedName, key, key, path, rule, findings);
  ValidateName(CheckLabelValue, value, value, path, rule, findings);
}

void ValidateAnnotationKey(std::string_view key, const FieldPath& path, std::string_view rule, Findings& findings) {
  ValidateName(CheckAnnotationKey, key, key, path, rule, findings);
}

void ValidateAnnotationBytes(std::size_t bytes, const FieldPath& path, std::string_view rule, Findings& findings) {
  if (bytes <= kMaxAnnotationBytes) return;
  findings.Add(ErrorType::kTooLong, path, rule,
               Concat({"keys and values together have ", std::to_string(bytes), " bytes, must have at most ",
                       std::to_string(kMaxAnnotationBytes)}));
}

void ValidateObjectMeta(const Node& metadata, const std::shared_ptr<const internal::Storage>& storage, bool namespaced,
                        Findings& findings) {
  const FieldPath root;
  const FieldPath path = root.Child("metadata");
  const Metadata object{metadata, storage, path, findings};
  ValidateNames(object, namespaced);
  // Not generation: the API server sets it before anything is checked.
  ValidateLabels(object);
  ValidateAnnotations(object);
  ValidateOwnerReferences(object);
  ValidateFinalizers(object);
  ValidateManagedFields(object);
}

void ValidateObjectMetaUpdate(const Node& metadata, const Node& old,
                              const std::shared_ptr<const internal::Storage>& storage, Findings& findings) {
  const FieldPath root;
  const FieldPath path = root.Child("metadata");
  const Metadata object{metadata, storage, path, findings};
  for (const FixedMember& member : kFixedMembers) {
    const Node* value = object.Find(member.name);
    if (value == nullptr && member.kept_if_absent) continue;
    if (SameContent(value, internal::Find(old, member.name), *member.type)) continue;
    findings.Add(ErrorType::kInvalid, path.Child(member.name), value == nullptr ? Value() : Value(*value, storage),
                 "V-021", "must not change");
  }
  ValidateLabels(object);
  ValidateAnnotations(object);
  ValidateOwnerReferences(object);
  ValidateManagedFields(object);
}

}  // namespace grove::validation
