// Any bytes, through the whole library: it answers, within small limits, and its answers hold what the headers promise.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "grove/grove.hpp"

namespace {

void Require(bool promise) {
  if (!promise) std::abort();
}

grove::Limits SmallLimits() {
  grove::Limits limits;
  limits.max_documents = 100;
  limits.max_yaml_expanded_values = 100'000;
  limits.max_objects = 2'000;
  return limits;
}

void CheckExpansion(const grove::AdmittedPodCliqueSet& set) {
  grove::ExpansionOptions options;
  options.limits = SmallLimits();
  const grove::Expansion expansion = grove::Expand(set, options);
  Require(expansion.limit_exceeded.empty() ? expansion.objects.size() <= options.limits.max_objects
                                           : expansion.objects.size() == 0);
  const std::string text = grove::WriteManifest(expansion.objects, grove::OutputFormat::kCompactJson);
  Require(expansion.objects.size() == 0 || grove::Value::FromJson(text).is_object());
}

void CheckAdmission(const grove::Value& document) {
  const grove::Admission admission = grove::Admit(document);
  Require(admission.allowed() == admission.admitted.has_value());
  if (!admission.admitted) return;
  // What was admitted is admitted again, unchanged.
  const grove::Admission again = grove::Admit(admission.admitted->document());
  Require(again.allowed());
  Require(again.defaulted == admission.defaulted);
  CheckExpansion(*admission.admitted);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  grove::ParseOptions options;
  options.limits = SmallLimits();
  const grove::ParseResult parsed =
      grove::ParseManifest(std::string_view(reinterpret_cast<const char*>(data), size), options);
  Require(!parsed.error || parsed.objects.empty());
  for (const grove::ManifestObject& object : parsed.objects) CheckAdmission(object.document);
  return 0;
}
