#include "properties/promises.h"

#include "grove/expansion.hpp"
#include "grove/manifest.hpp"

namespace grove::properties {

namespace {

// Errors and remarks of every admission: each says what it is, and can be told.
std::string BrokenPromiseOfFindings(const Admission& admission) {
  if (admission.allowed() != admission.admitted.has_value()) return "there is an admitted set iff it is allowed";
  for (const FieldError& error : admission.errors) {
    if (error.rule.empty() || error.detail.empty()) return "each error has its rule and its text";
    if (FormatFieldError(error).empty()) return "each error can be told";
  }
  for (const Warning& warning : admission.warnings) {
    if (warning.detail.empty()) return "each warning has its text";
  }
  if (admission.allowed() && !admission.defaulted.is_object()) return "what is allowed has its defaulted form";
  return {};
}

std::string BrokenPromiseOfExpansion(const AdmittedPodCliqueSet& set, const AdmissionContext& context) {
  ExpansionOptions options;
  options.configuration = context.configuration;
  options.topologies = context.topologies;
  options.scheduler_objects = true;
  options.state = ObjectState::kAtRest;
  options.limits = SmallLimits();
  const Expansion expansion = Expand(set, options);
  if (!expansion.limit_exceeded.empty()) {
    return expansion.objects.size() == 0 ? "" : "beyond a limit there are no objects";
  }
  if (expansion.objects.size() > options.limits.max_objects) return "limits are kept";
  const std::string text = WriteManifest(expansion.objects, OutputFormat::kCompactJson);
  return Value::FromJson(text).is_object() ? "" : "the text of the objects can be read back";
}

// What was admitted is admitted again, unchanged and without a remark that it did not have before.
std::string BrokenPromiseOfAdmitted(const Admission& admission, const AdmissionContext& context) {
  const Admission again = Admit(admission.defaulted, context);
  if (!again.allowed()) return "what was admitted is admitted again: " + FormatFieldError(again.errors.front());
  if (again.defaulted != admission.defaulted) return "what was admitted is completed already";
  if (again.structurally_defaulted != admission.defaulted) return "what was admitted has its structural defaults";
  if (!again.pruned.empty()) return "what was admitted has no unknown fields: " + again.pruned.front().field;
  if (again.warnings.size() > admission.warnings.size()) return "admitting again warns of nothing new";
  if (again.admitted->set() != admission.admitted->set()) return "what was admitted reads the same";
  const Admission update = AdmitUpdate(admission.defaulted, admission.defaulted, context);
  if (!update.allowed()) return "no change is an update: " + FormatFieldError(update.errors.front());
  if (update.defaulted != admission.defaulted) return "no change changes nothing";
  return BrokenPromiseOfExpansion(*admission.admitted, context);
}

}  // namespace

Limits SmallLimits() {
  Limits limits;
  limits.max_documents = 100;
  limits.max_yaml_expanded_values = 100'000;
  limits.max_objects = 2'000;
  limits.max_startup_references = 20'000;
  return limits;
}

std::string BrokenPromise(const Value& document, const AdmissionContext& context) {
  const Admission admission = Admit(document, context);
  if (std::string broken = BrokenPromiseOfFindings(admission); !broken.empty()) return broken;

  AdmissionContext everything = context;
  everything.all_stages = true;
  const Admission complete = Admit(document, everything);
  if (std::string broken = BrokenPromiseOfFindings(complete); !broken.empty()) return broken;
  if (complete.allowed() != admission.allowed()) return "all stages together have the same verdict";
  if (complete.errors.size() < admission.errors.size()) return "all stages together find no fewer errors";

  AdmissionContext strict = context;
  strict.strict = true;
  const bool allowed_strictly = Admit(document, strict).allowed();
  if (allowed_strictly != (admission.allowed() && admission.pruned.empty())) return "strict refuses unknown fields too";
  return admission.allowed() ? BrokenPromiseOfAdmitted(admission, context) : "";
}

std::string BrokenPromiseOfUpdate(const Value& old_document, const Value& document, const AdmissionContext& context) {
  const Admission admission = AdmitUpdate(old_document, document, context);
  if (std::string broken = BrokenPromiseOfFindings(admission); !broken.empty()) return broken;
  if (!admission.allowed()) return {};
  // Mistakes of an old set that could not have been stored are forgiven too, and such a set is not complete.
  if (!Admit(old_document, context).allowed()) return BrokenPromiseOfExpansion(*admission.admitted, context);
  const Admission again = AdmitUpdate(admission.defaulted, admission.defaulted, context);
  if (!again.allowed()) return "what an update made is no change: " + FormatFieldError(again.errors.front());
  if (again.defaulted != admission.defaulted) return "what an update made is completed already";
  return BrokenPromiseOfExpansion(*admission.admitted, context);
}

}  // namespace grove::properties
