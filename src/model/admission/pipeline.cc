// Admission: the stages of spec 02 §1 in their order.

#include <algorithm>
#include <iterator>

#include "grove/admission.hpp"
#include "grove/expansion.hpp"

#include "model/admission/schema_check.h"
#include "model/admission/structural_defaults.h"
#include "model/admission/typed_form.h"
#include "model/admission/webhook_defaults.h"
#include "model/codec.h"
#include "model/fields/cluster_topology_binding.h"
#include "model/fields/pod_clique_set.h"
#include "model/locate.h"
#include "model/utf8.h"
#include "model/validation/rules.h"

namespace grove {

using admission::StructuralDefaults;
using admission::TypedForm;
using internal::Find;
using internal::IsObject;
using internal::Member;
using internal::Members;
using internal::Node;
using internal::Storage;
using schema::Type;

namespace {

constexpr std::string_view kDecodeRule = "V-010";

FieldError BadRequest(std::string field, std::string detail) {
  return {ErrorType::kBadRequest, std::move(field), std::nullopt, std::move(detail), kDecodeRule, Stage::kSchema, {}};
}

// What keeps the API server from looking at the object at all: it is another kind, or its metadata does not fit.
std::optional<FieldError> CheckEnvelope(const Node& document, std::string_view api_version, std::string_view kind) {
  if (!IsObject(document)) return BadRequest("", "the document must be an object");
  for (const auto& [key, expected] : {std::pair{std::string_view("apiVersion"), api_version}, {"kind", kind}}) {
    const Node* found = Find(document, key);
    const std::string_view text = found == nullptr ? std::string_view{} : internal::Text(*found);
    if (found != nullptr && internal::IsString(*found) && text == expected) continue;
    return BadRequest(std::string(key), "must be " + std::string(expected));
  }
  return std::nullopt;
}

// A copy of `object` without the member `key`.
Node Without(const Node& object, std::string_view key, Storage& storage) {
  if (Find(object, key) == nullptr) return object;
  std::vector<Member> members;
  for (const Member& member : Members(object)) {
    if (internal::Text(member.key) != key) members.push_back(member);
  }
  return storage.MakeObject(members, object.offset);
}

FieldError ToFieldError(const admission::DecodeError& error, const std::shared_ptr<const Storage>& storage) {
  std::string found = Value(error.value, storage).ToJson();
  constexpr std::size_t kShown = 80;
  if (found.size() > kShown) {
    // No character is cut in two: the message stays UTF-8.
    found.resize(internal::ValidUtf8Prefix(std::string_view(found).substr(0, kShown)));
    found += "...";
  }
  return BadRequest(error.field, "must be " + error.expected + ", found " + found);
}

// Fills in where the errors and remarks stand of which that is not known yet.
template <class List>
void LocateAll(const Value& document, List& list) {
  for (auto& entry : list) {
    if (entry.location.line == 0) entry.location = Locate(document, entry.field);
  }
}

// V-020: the API server checks metadata by the rules that the webhook applies once more (V-100).
void CheckMetadata(const Node& object, const std::shared_ptr<const Storage>& storage, bool namespaced,
                   Findings& findings) {
  const Node* metadata = Find(object, "metadata");
  validation::ValidateObjectMeta(metadata == nullptr ? Node{} : *metadata, storage, namespaced, findings);
  for (FieldError& error : findings.errors()) error.rule = "V-020";
}

// V-021.
void CheckMetadataUpdate(const Node& object, const Node& old, const std::shared_ptr<const Storage>& storage,
                         Findings& findings) {
  const Node* metadata = Find(object, "metadata");
  const Node* old_metadata = Find(old, "metadata");
  validation::ValidateObjectMetaUpdate(metadata == nullptr ? Node{} : *metadata,
                                       old_metadata == nullptr ? Node{} : *old_metadata, storage, findings);
  for (FieldError& error : findings.errors()) error.rule = "V-021";
}

// With strict field validation an unknown field is an error of the request.
void RefusePruned(const std::vector<PrunedField>& pruned, std::vector<FieldError>& errors) {
  for (const PrunedField& field : pruned) {
    FieldError& error = errors.emplace_back(BadRequest(field.field, "unknown field"));
    error.location = field.location;
    error.suggestion = field.suggestion;
  }
}

// The reference's webhook crashes on one (O-01); here it is the error that it is.
void RefuseNullCliques(const Node& set, std::vector<FieldError>& errors) {
  const FieldPath root;
  const FieldPath cliques = root.Child("spec.template.cliques");
  const Node* node = &set;
  for (const std::string_view key : {"spec", "template", "cliques"}) {
    node = Find(*node, key);
    if (node == nullptr) return;
  }
  const auto elements = internal::Elements(*node);
  for (std::size_t i = 0; i < elements.size(); ++i) {
    if (!internal::IsNull(elements[i])) continue;
    errors.push_back(BadRequest(cliques.Index(i).ToString(), "must be an object, found null"));
  }
}

// What becomes of a PodCliqueSet before it is judged: stages 1 to 5 of spec 02 §1.
class Completion {
 public:
  explicit Completion(const Value& document) : storage_(std::make_shared<Storage>()) {
    storage_->Keep(document.storage());
    if (auto error = CheckEnvelope(document.node(), PodCliqueSet::kApiVersion, PodCliqueSet::kKind)) {
      errors.push_back(std::move(*error));
    } else {
      Run(document.node());
    }
  }

  // Status belongs to controllers: what is written keeps `status`, that of the stored object, and nothing else.
  [[nodiscard]] Value DefaultedWithStatus(const Completion* stored) {
    const Node* status = stored == nullptr ? nullptr : Find(stored->structural_, "status");
    const Node rest = Without(defaulted_, "status", *storage_);
    if (status == nullptr) return {rest, storage_};
    storage_->Keep(stored->storage_);
    std::vector<Member> members(Members(rest).begin(), Members(rest).end());
    members.push_back({internal::StringNode("status"), *status});
    return {storage_->MakeObject(members, rest.offset), storage_};
  }

  std::vector<FieldError> errors;  // of the request: the object could not be read
  std::vector<PrunedField> pruned;
  Value structurally_defaulted;  // without its status; null if `errors` tell of its metadata

 private:
  void Run(const Node& document) {
    structural_ = StructuralDefaults(*storage_, pruned).Apply(document, fields::kObjectOf<PodCliqueSet>);
    TypedForm typed(*storage_);
    const Node written_back = typed.Rewrite(structural_, fields::kObjectOf<PodCliqueSet>, FieldPath());
    if (typed.error().has_value()) errors.push_back(ToFieldError(*typed.error(), storage_));
    if (errors.empty() || !errors.front().field.starts_with("metadata")) {
      structurally_defaulted = {Without(structural_, "status", *storage_), storage_};
    }
    if (!errors.empty()) return;
    RefuseNullCliques(structural_, errors);
    if (!errors.empty()) return;
    defaulted_ = admission::NeedsWebhookDefaults(structural_) ? admission::ApplyWebhookDefaults(written_back, *storage_)
                                                              : structural_;
  }

  std::shared_ptr<Storage> storage_;
  Node structural_;
  Node defaulted_;
};

}  // namespace

// One admission of a PodCliqueSet.
class AdmissionPipeline {
 public:
  // `old_document` is null on create.
  AdmissionPipeline(const Value* old_document, const Value& document, const AdmissionContext& context)
      : old_document_(old_document), document_(document), context_(context) {}

  Admission Run() && {
    Evaluate();
    LocateAll(document_, result_.errors);
    LocateAll(document_, result_.warnings);
    return std::move(result_);
  }

 private:
  static const Type& SetType() { return fields::kObjectOf<PodCliqueSet>; }

  void Evaluate() {
    Completion completion(document_);
    result_.errors = std::move(completion.errors);
    result_.pruned = std::move(completion.pruned);
    result_.structurally_defaulted = completion.structurally_defaulted;
    if (!result_.errors.empty()) return;
    if (old_document_ == nullptr) {
      result_.defaulted = completion.DefaultedWithStatus(nullptr);
    } else {
      Completion old(*old_document_);
      result_.defaulted = completion.DefaultedWithStatus(&old);
      RefuseOld(old.errors);
      if (!result_.errors.empty()) return;
      old_ = old.DefaultedWithStatus(&old);
    }
    if (context_.strict) RefusePruned(result_.pruned, result_.errors);
    Check();
  }

  // A stored object that is no PodCliqueSet. Its fields are not those of the document, so the text names them.
  void RefuseOld(const std::vector<FieldError>& errors) {
    for (const FieldError& error : errors) {
      const std::string field = error.field.empty() ? "" : error.field + " ";
      result_.errors.push_back(BadRequest("", "in the stored object: " + field + error.detail));
    }
  }

  // Stages 6 and 7.
  void Check() {
    const Node& set = result_.defaulted.node();
    const std::shared_ptr<const Storage>& storage = result_.defaulted.storage();
    const Node* old = old_.is_null() ? nullptr : &old_.node();
    Findings schema(Stage::kSchema);
    if (old == nullptr) {
      CheckMetadata(set, storage, /*namespaced=*/true, schema);
    } else {
      CheckMetadataUpdate(set, *old, storage, schema);
    }
    admission::CheckSchema(set, old, SetType(), /*has_scale=*/true, storage, schema);
    admission::CheckExpressionRules(set, old, storage, schema);
    Take(schema);
    if (!result_.allowed() && !context_.all_stages) return;
    auto typed = codec::FromValue<PodCliqueSet>(result_.defaulted);
    Findings webhook = AskWebhook({typed, set, storage, context_});
    Take(webhook);
    if (result_.allowed()) result_.admitted = AdmittedPodCliqueSet(std::move(typed), result_.defaulted);
  }

  Findings AskWebhook(const validation::Input& input) const {
    Findings findings(Stage::kWebhook);
    if (old_.is_null()) {
      validation::ValidateCreate(input, findings);
    } else {
      const auto old = codec::FromValue<PodCliqueSet>(old_);
      validation::ValidateUpdate(input, {old, old_.node(), old_.storage(), context_}, findings);
    }
    return findings;
  }

  void Take(Findings& findings) {
    std::ranges::move(findings.errors(), std::back_inserter(result_.errors));
    std::ranges::move(findings.warnings(), std::back_inserter(result_.warnings));
  }

  const Value* old_document_;
  const Value& document_;
  const AdmissionContext& context_;
  Value old_;  // completed; null on create
  Admission result_;
};

Admission Admit(const Value& document, const AdmissionContext& context) {
  return AdmissionPipeline(nullptr, document, context).Run();
}

Admission Admit(const PodCliqueSet& set, const AdmissionContext& context) { return Admit(ToValue(set), context); }

Admission AdmitUpdate(const Value& old_document, const Value& document, const AdmissionContext& context) {
  return AdmissionPipeline(&old_document, document, context).Run();
}

TopologyAdmission AdmitClusterTopologyBinding(const Value& document, const AdmissionContext& context) {
  TopologyAdmission result;
  const Type& type = fields::kObjectOf<ClusterTopologyBinding>;
  if (auto error = CheckEnvelope(document.node(), ClusterTopologyBinding::kApiVersion, ClusterTopologyBinding::kKind)) {
    result.errors.push_back(std::move(*error));
    return result;
  }
  auto storage = std::make_shared<Storage>();
  storage->Keep(document.storage());
  const Node structural = StructuralDefaults(*storage, result.pruned).Apply(document.node(), type);
  TypedForm metadata(*storage);
  const FieldPath root;
  if (const Node* found = Find(structural, "metadata")) {
    static_cast<void>(metadata.Rewrite(*found, schema::kubernetes::kObjectMeta, root.Child("metadata")));
  }
  if (metadata.error().has_value()) {
    result.errors.push_back(ToFieldError(*metadata.error(), storage));
    LocateAll(document, result.errors);
    return result;
  }
  const Node node = Without(structural, "status", *storage);
  result.defaulted = Value(node, storage);

  Findings schema(Stage::kSchema);
  CheckMetadata(node, storage, /*namespaced=*/false, schema);
  admission::CheckSchema(node, /*old=*/nullptr, type, /*has_scale=*/false, storage, schema);
  if (context.strict) RefusePruned(result.pruned, result.errors);
  std::ranges::move(schema.errors(), std::back_inserter(result.errors));
  if (result.allowed()) {
    auto binding = codec::FromValue<ClusterTopologyBinding>(result.defaulted);
    Findings webhook(Stage::kWebhook);
    validation::ValidateClusterTopologyBinding(binding, context, webhook);
    std::ranges::move(webhook.errors(), std::back_inserter(result.errors));
    if (result.allowed()) result.admitted = std::move(binding);
  }
  LocateAll(document, result.errors);
  return result;
}

}  // namespace grove
