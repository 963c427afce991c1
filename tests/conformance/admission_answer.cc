#include "admission_answer.h"

#include "answer.h"
#include "model/admission/expression_rules.h"
#include "model/admission/schema_check.h"
#include "model/fields/pod_clique_set.h"
#include "model/findings.h"
#include "model/validation/rules.h"

namespace grove {
namespace {

std::string ErrorJson(const FieldError& error) {
  Object out;
  out.Add("type", Quoted(ErrorTypeReason(error.type)));
  // The corpus leaves the path of "some validation rules were not checked" empty.
  out.Add("field", Quoted(error.field == "<nil>" ? "" : error.field));
  if (error.bad_value.has_value()) out.Add("badValue", error.bad_value->ToJson());
  out.Add("detail", Quoted(error.detail));
  out.Add("rule", Quoted(error.rule));
  return out.Finish();
}

}  // namespace

std::string ErrorsJson(const std::vector<FieldError>& errors, Stage stage) {
  std::vector<FieldError> of_stage;
  for (const FieldError& error : errors) {
    if (error.stage == stage && error.type != ErrorType::kBadRequest) of_stage.push_back(error);
  }
  return List(of_stage, ErrorJson);
}

namespace {

std::string PrunedJson(const std::vector<PrunedField>& pruned) {
  return List(pruned, [](const PrunedField& field) { return Quoted(field.field); });
}

void AddBadRequest(const std::vector<FieldError>& errors, Object& out) {
  for (const FieldError& error : errors) {
    if (error.type == ErrorType::kBadRequest) {
      out.Add("mutationError", Quoted(FormatFieldError(error)));
      return;
    }
  }
}

// What the schema alone says of the set before Grove's webhook completes it.
std::string SchemaBeforeWebhookJson(const Value& set) {
  Findings findings(Stage::kSchema);
  // A set without a namespace gets that of the request, before it is looked at.
  const Value metadata = Member(set, "metadata");
  validation::ValidateObjectMeta(metadata.node(), set.storage(), metadata.Find("namespace").has_value(), findings);
  admission::CheckSchema(set.node(), nullptr, fields::kObjectOf<PodCliqueSet>, /*has_scale=*/true, set.storage(),
                         findings);
  admission::CheckExpressionRules(set.node(), nullptr, set.storage(), findings);
  return ErrorsJson(findings.errors(), Stage::kSchema);
}

}  // namespace

std::string AdmissionJson(const Admission& admission, const std::string& topologies, std::optional<bool> old_admitted) {
  Object out;
  out.Add("admitted", Boolean(admission.allowed()));
  AddBadRequest(admission.errors, out);
  if (!admission.structurally_defaulted.is_null()) {
    out.Add("crdDefaulted", admission.structurally_defaulted.ToJson());
    out.Add("schemaRaw", SchemaBeforeWebhookJson(admission.structurally_defaulted));
  }
  if (!admission.defaulted.is_null()) out.Add("defaulted", admission.defaulted.ToJson());
  out.Add("schema", ErrorsJson(admission.errors, Stage::kSchema));
  out.Add("webhook", ErrorsJson(admission.errors, Stage::kWebhook));
  out.Add("warnings", List(admission.warnings, [](const Warning& warning) { return Quoted(warning.detail); }));
  out.Add("pruned", PrunedJson(admission.pruned));
  if (!topologies.empty()) out.Add("topologies", topologies);
  if (old_admitted.has_value()) out.Add("oldAdmitted", Boolean(*old_admitted));
  return out.Finish();
}

}  // namespace grove
