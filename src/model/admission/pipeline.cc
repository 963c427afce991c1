// Admission of new objects: the stages of spec 02 §1 in their order.

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

// Fills in where the errors and remarks stand.
template <class List>
void LocateAll(const Value& document, List& list) {
  for (auto& entry : list) entry.location = Locate(document, entry.field);
}

// V-020: the API server checks metadata by the rules that the webhook applies once more (V-100).
void CheckMetadata(const Node& object, const std::shared_ptr<const Storage>& storage, bool namespaced,
                   Findings& findings) {
  const Node* metadata = Find(object, "metadata");
  validation::ValidateObjectMeta(metadata == nullptr ? Node{} : *metadata, storage, namespaced, findings);
  for (FieldError& error : findings.errors()) error.rule = "V-020";
}

// With strict field validation an unknown field is an error of the request.
void RefusePruned(const std::vector<PrunedField>& pruned, std::vector<FieldError>& errors) {
  for (const PrunedField& field : pruned) errors.push_back(BadRequest(field.field, "unknown field"));
}

}  // namespace

// One admission of a PodCliqueSet.
class AdmissionPipeline {
 public:
  AdmissionPipeline(const Value& document, const AdmissionContext& context)
      : document_(document), context_(context), storage_(std::make_shared<Storage>()) {
    storage_->Keep(document.storage());
  }

  Admission Run() && {
    Evaluate();
    LocateAll(document_, result_.errors);
    LocateAll(document_, result_.warnings);
    LocateAll(document_, result_.pruned);
    return std::move(result_);
  }

 private:
  static const Type& SetType() { return fields::kObjectOf<PodCliqueSet>; }

  void Evaluate() {
    if (auto error = CheckEnvelope(document_.node(), PodCliqueSet::kApiVersion, PodCliqueSet::kKind)) {
      result_.errors.push_back(std::move(*error));
      return;
    }
    if (!Default()) return;
    if (context_.strict) RefusePruned(result_.pruned, result_.errors);
    Check();
  }

  // Stages 1 to 5. False if the object could not be decoded.
  bool Default() {
    const Node structural = StructuralDefaults(*storage_, result_.pruned).Apply(document_.node(), SetType());
    TypedForm typed(*storage_);
    const Node written_back = typed.Rewrite(structural, SetType(), FieldPath());
    if (typed.error().has_value()) {
      result_.errors.push_back(ToFieldError(*typed.error(), storage_));
      if (!typed.error()->field.starts_with("metadata")) result_.structurally_defaulted = WithoutStatus(structural);
      return false;
    }
    result_.structurally_defaulted = WithoutStatus(structural);
    if (HasNullClique(structural)) return false;
    const Node defaulted = admission::NeedsWebhookDefaults(structural)
                               ? admission::ApplyWebhookDefaults(written_back, *storage_)
                               : structural;
    result_.defaulted = WithoutStatus(defaulted);
    return true;
  }

  // The reference's webhook crashes on one (O-01); here it is the error that it is.
  bool HasNullClique(const Node& set) {
    const FieldPath root;
    const FieldPath spec = root.Child("spec");
    const FieldPath set_template = spec.Child("template");
    const FieldPath cliques = set_template.Child("cliques");
    const Node* node = &set;
    for (const std::string_view key : {"spec", "template", "cliques"}) {
      node = Find(*node, key);
      if (node == nullptr) return false;
    }
    const auto elements = internal::Elements(*node);
    for (std::size_t i = 0; i < elements.size(); ++i) {
      if (!internal::IsNull(elements[i])) continue;
      result_.errors.push_back(BadRequest(cliques.Index(i).ToString(), "must be an object, found null"));
    }
    return !result_.errors.empty();
  }

  // Stages 6 and 7.
  void Check() {
    const Node& set = result_.defaulted.node();
    const std::shared_ptr<const Storage>& storage = result_.defaulted.storage();
    Findings schema(Stage::kSchema);
    CheckMetadata(set, storage, /*namespaced=*/true, schema);
    admission::CheckSchema(set, SetType(), /*has_scale=*/true, storage, schema);
    admission::CheckExpressionRules(set, storage, schema);
    Take(schema);
    if (!result_.allowed() && !context_.all_stages) return;
    auto typed = codec::FromValue<PodCliqueSet>(result_.defaulted);
    Findings webhook(Stage::kWebhook);
    validation::ValidateCreate({typed, set, storage, context_}, webhook);
    Take(webhook);
    if (result_.allowed()) result_.admitted = AdmittedPodCliqueSet(std::move(typed), result_.defaulted);
  }

  void Take(Findings& findings) {
    std::ranges::move(findings.errors(), std::back_inserter(result_.errors));
    std::ranges::move(findings.warnings(), std::back_inserter(result_.warnings));
  }

  // Status belongs to controllers: a create loses it.
  Value WithoutStatus(const Node& set) { return {Without(set, "status", *storage_), storage_}; }

  const Value& document_;
  const AdmissionContext& context_;
  std::shared_ptr<Storage> storage_;
  Admission result_;
};

Admission Admit(const Value& document, const AdmissionContext& context) {
  return AdmissionPipeline(document, context).Run();
}

Admission Admit(const PodCliqueSet& set, const AdmissionContext& context) { return Admit(ToValue(set), context); }

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
  admission::CheckSchema(node, type, /*has_scale=*/false, storage, schema);
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
  LocateAll(document, result.pruned);
  return result;
}

}  // namespace grove
