// Any bytes, through the whole library: it answers, within small limits, and its answers hold what the headers promise.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "grove/grove.hpp"
#include "grove/workload.hpp"

#include "properties/promises.h"

namespace {

void Require(const std::string& broken_promise) {
  if (broken_promise.empty()) return;
  std::fprintf(stderr, "broken promise: %s\n", broken_promise.c_str());
  std::abort();
}

void Require(bool promise) { Require(std::string(promise ? "" : "see the caller")); }

// Every backend and every rule that can be switched on.
grove::OperatorConfiguration FullConfiguration() {
  grove::ConfigurationResult loaded = grove::LoadOperatorConfiguration(grove::Value::FromJson(
      R"({"apiVersion":"operator.config.grove.io/v1alpha1","kind":"OperatorConfiguration","scheduler":{"profiles":[)"
      R"({"name":"default-scheduler"},{"name":"kai-scheduler"},{"name":"volcano"},{"name":"lpx-scheduler"}],)"
      R"("defaultProfileName":"default-scheduler"},"topologyAwareScheduling":{"enabled":true},)"
      R"("network":{"autoMNNVLEnabled":true}})"));
  Require(loaded.valid());
  return std::move(loaded.configuration);
}

// The documents as one workload: they are each other's context.
grove::AdmissionContext CheckWorkload(const grove::ParseResult& parsed) {
  const grove::Workload workload = grove::JudgeWorkload(parsed.objects);
  grove::ExpansionOptions options;
  options.limits = grove::properties::SmallLimits();
  const grove::WorkloadExpansion expansion = grove::ExpandWorkload(workload, options);
  std::size_t count = 0;
  for (const grove::SetExpansion& set : expansion.sets) count += set.objects.size();
  Require(count <= options.limits.max_objects);
  for (const grove::ObjectVerdict& verdict : workload.verdicts) {
    Require(
        grove::DescribeVerdict(parsed.objects[verdict.index], verdict, {.file = "f", .defaulted = true}).is_object());
  }
  return workload.context;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  grove::ParseOptions options;
  options.limits = grove::properties::SmallLimits();
  const grove::ParseResult parsed =
      grove::ParseManifest(std::string_view(reinterpret_cast<const char*>(data), size), options);
  Require(!parsed.error || parsed.objects.empty());
  grove::AdmissionContext context = CheckWorkload(parsed);
  const grove::Value* old_document = nullptr;
  for (const grove::ManifestObject& object : parsed.objects) {
    Require(grove::properties::BrokenPromise(object.document, context));
    if (old_document != nullptr) {
      Require(grove::properties::BrokenPromiseOfUpdate(*old_document, object.document, context));
    }
    old_document = &object.document;
  }
  context.configuration = FullConfiguration();
  for (const grove::ManifestObject& object : parsed.objects) {
    Require(grove::properties::BrokenPromise(object.document, context));
  }
  return 0;
}
