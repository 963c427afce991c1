// Eight threads take one manifest through the whole library at once: every result is the same, byte for byte.
#include <array>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>
#include <utility>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "grove/grove.hpp"

namespace grove {
namespace {

std::string ReadText(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// The objects of a manifest that stand beside its PodCliqueSets.
AdmissionContext ContextOf(const ParseResult& parsed) {
  AdmissionContext context;
  for (const ManifestObject& object : parsed.objects) {
    if (object.kind == "OperatorConfiguration") {
      context.configuration = LoadOperatorConfiguration(object.document).configuration;
    }
  }
  for (const ManifestObject& object : parsed.objects) {
    if (object.kind != "ClusterTopologyBinding") continue;
    TopologyAdmission admission = AdmitClusterTopologyBinding(object.document, context);
    if (admission.admitted) context.topologies.push_back(std::move(*admission.admitted));
  }
  return context;
}

std::string ExpandToText(const AdmittedPodCliqueSet& set, const AdmissionContext& context) {
  ExpansionOptions options;
  options.configuration = context.configuration;
  options.topologies = context.topologies;
  options.scheduler_objects = true;
  options.seed = 7;
  return WriteManifest(Expand(set, options).objects, OutputFormat::kJson);
}

// Everything that the library makes of the sets of `text`, as one text; empty if one is refused.
std::string RunAll(const std::string& text) {
  const ParseResult parsed = ParseManifest(text);
  const AdmissionContext context = ContextOf(parsed);
  std::string output;
  for (const ManifestObject& object : parsed.objects) {
    if (object.kind != "PodCliqueSet") continue;
    const Admission admission = Admit(object.document, context);
    if (!admission.admitted) return {};
    output += WriteManifest(admission.defaulted, OutputFormat::kYaml) + ExpandToText(*admission.admitted, context);
  }
  return output;
}

// What `run` gives on each of eight threads at once.
template <class Function>
std::array<std::string, 8> OnEightThreads(const Function& run) {
  std::array<std::string, 8> results;
  std::array<std::thread, 8> threads;
  for (std::size_t i = 0; i < threads.size(); ++i) threads[i] = std::thread([&, i] { results[i] = run(); });
  for (std::thread& thread : threads) thread.join();
  return results;
}

class PipelineTest : public testing::Test {
 protected:
  const std::string text_ = ReadText(GROVE_TESTS_DIR "/../examples/manifests/multinode-disaggregated.yaml");
};

TEST_F(PipelineTest, MakesTheSameHundredTimes) {
  const std::string expected = RunAll(text_);
  ASSERT_FALSE(expected.empty());
  for (int round = 1; round < 100; ++round) ASSERT_EQ(RunAll(text_), expected);
}

TEST_F(PipelineTest, EightThreadsMakeTheSame) {
  const std::string expected = RunAll(text_);
  ASSERT_FALSE(expected.empty());
  EXPECT_THAT(OnEightThreads([&] { return RunAll(text_); }), testing::Each(expected));
}

TEST_F(PipelineTest, EightThreadsExpandOneAdmittedSet) {
  const ParseResult parsed = ParseManifest(text_);
  ASSERT_FALSE(parsed.objects.empty());
  const AdmissionContext context = ContextOf(parsed);
  const Admission admission = Admit(parsed.objects.back().document, context);
  ASSERT_TRUE(admission.admitted);
  const std::string expected = ExpandToText(*admission.admitted, context);
  EXPECT_THAT(OnEightThreads([&] {
                const AdmittedPodCliqueSet copy = *admission.admitted;
                return ExpandToText(copy, context);
              }),
              testing::Each(expected));
}

}  // namespace
}  // namespace grove
