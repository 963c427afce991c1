// What the library costs, each beside the limit that it is measured against: RapidJSON reading the same input, or
// writing the same output. bench/run turns the times into ratios.

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <limits>
#include <sstream>
#include <string>

#include "benchmark/benchmark.h"
#include "rapidjson/document.h"
#include "rapidjson/stringbuffer.h"
#include "rapidjson/writer.h"
#include <malloc.h>

#include "grove/grove.hpp"

#include "allocations.h"

namespace grove::bench {
namespace {

const std::string& Manifest() {
  static const std::string text = [] {
    std::ifstream file(GROVE_BENCH_DATA "/multinode.json");
    std::stringstream content;
    content << file.rdbuf();
    return content.str();
  }();
  return text;
}

AdmittedPodCliqueSet AdmittedSet(std::int64_t replicas) {
  std::string text = Manifest();
  const std::string one = "\"spec\":{\"replicas\":1,\"template\"";
  const std::size_t at = text.find(one);
  text.replace(at, one.size(), "\"spec\":{\"replicas\":" + std::to_string(replicas) + ",\"template\"");
  const ParseResult parsed = ParseManifest(text);
  Admission admission = Admit(parsed.objects.at(0).document);
  if (!admission.allowed()) {
    std::cerr << FormatFieldError(admission.errors.front()) << '\n';
    std::exit(1);
  }
  return *admission.admitted;
}

// A set of four cliques, two of them in a group of eight replicas: 74 pods and more than 100 objects
// per replica.
AdmittedPodCliqueSet AdmittedService(std::int64_t replicas) {
  const auto clique = [](const std::string& name, int pods, const std::string& after) {
    return R"({"name":")" + name + R"(","spec":{"roleName":")" + name + R"(","replicas":)" + std::to_string(pods) +
           after + R"(,"podSpec":{"containers":[{"name":"main","image":"registry.example.com/serve:1",)" +
           R"("args":["--role",")" + name + R"("],"env":[{"name":"MODEL","value":"m"}],)" +
           R"("ports":[{"name":"http","containerPort":8000}],"resources":{"limits":{"nvidia.com/gpu":"8","memory":"512Gi"},)" +
           R"("requests":{"cpu":"32","memory":"512Gi"}},"readinessProbe":{"httpGet":{"path":"/health","port":8000},)" +
           R"("periodSeconds":10,"failureThreshold":60},"volumeMounts":[{"name":"shm","mountPath":"/dev/shm"},)" +
           R"({"name":"models","mountPath":"/models"}]}],"volumes":[{"name":"shm","emptyDir":{"medium":"Memory"}},)" +
           R"({"name":"models","persistentVolumeClaim":{"claimName":"models"}}],)" +
           R"("tolerations":[{"key":"nvidia.com/gpu","operator":"Exists"}]}}})";
  };
  const std::string text =
      R"({"apiVersion":"grove.io/v1alpha1","kind":"PodCliqueSet","metadata":{"name":"service"},"spec":{"replicas":)" +
      std::to_string(replicas) + R"(,"template":{"cliqueStartupType":"CliqueStartupTypeInOrder","cliques":[)" +
      clique("router", 4, "") + "," + clique("decode", 6, "") + "," + clique("leader", 1, "") + "," +
      clique("worker", 7, "") +
      R"(],"podCliqueScalingGroups":[{"name":"prefill","cliqueNames":["leader","worker"],"replicas":8,)" +
      R"("minAvailable":2}]}}})";
  Admission admission = Admit(Value::FromJson(text));
  if (!admission.allowed()) {
    std::cerr << FormatFieldError(admission.errors.front()) << '\n';
    std::exit(1);
  }
  return *admission.admitted;
}

ExpansionOptions ServiceOptions() {
  ExpansionOptions options;
  options.limits.max_objects = 10'000'000;
  return options;
}

std::string ExpandAndWrite(const AdmittedPodCliqueSet& set) {
  return WriteManifest(Expand(set).objects, OutputFormat::kCompactJson);
}

void SetBytes(benchmark::State& state, std::size_t bytes) {
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes) * state.iterations());
}

void RapidJsonParse(benchmark::State& state) {
  const std::string& text = Manifest();
  const AllocationCounter counter(state);
  for (auto _ : state) {
    rapidjson::Document document;
    document.Parse(text.data(), text.size());
    benchmark::DoNotOptimize(document.IsObject());
  }
  SetBytes(state, text.size());
}

void Parse(benchmark::State& state) {
  const std::string& text = Manifest();
  const AllocationCounter counter(state);
  for (auto _ : state) benchmark::DoNotOptimize(ParseManifest(text));
  SetBytes(state, text.size());
}

void ParseAndAdmit(benchmark::State& state) {
  const std::string& text = Manifest();
  const AdmissionContext context;
  const AllocationCounter counter(state);
  for (auto _ : state) {
    const ParseResult parsed = ParseManifest(text);
    benchmark::DoNotOptimize(Admit(parsed.objects.front().document, context));
  }
  SetBytes(state, text.size());
}

void RapidJsonWrite(benchmark::State& state) {
  const std::string output = ExpandAndWrite(AdmittedSet(state.range(0)));
  rapidjson::Document document;
  document.Parse(output.data(), output.size());
  const AllocationCounter counter(state);
  for (auto _ : state) {
    rapidjson::StringBuffer buffer;
    rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
    document.Accept(writer);
    benchmark::DoNotOptimize(buffer.GetSize());
  }
  SetBytes(state, output.size());
}

void Expansion(benchmark::State& state) {
  const AdmittedPodCliqueSet set = AdmittedSet(state.range(0));
  const AllocationCounter counter(state);
  for (auto _ : state) benchmark::DoNotOptimize(Expand(set));
}

void ExpandAndWrite(benchmark::State& state) {
  const AdmittedPodCliqueSet set = AdmittedSet(state.range(0));
  std::size_t bytes = 0;
  const AllocationCounter counter(state);
  for (auto _ : state) {
    const std::string output = ExpandAndWrite(set);
    bytes = output.size();
    benchmark::DoNotOptimize(output.data());
  }
  SetBytes(state, bytes);
}

void RapidJsonWriteService(benchmark::State& state) {
  const std::string output =
      WriteManifest(Expand(AdmittedService(state.range(0)), ServiceOptions()).objects, OutputFormat::kCompactJson);
  rapidjson::Document document;
  document.Parse(output.data(), output.size());
  const AllocationCounter counter(state);
  for (auto _ : state) {
    rapidjson::StringBuffer buffer;
    rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
    document.Accept(writer);
    benchmark::DoNotOptimize(buffer.GetSize());
  }
  SetBytes(state, output.size());
}

void ExpandAndWriteService(benchmark::State& state) {
  const AdmittedPodCliqueSet set = AdmittedService(state.range(0));
  const ExpansionOptions options = ServiceOptions();
  std::size_t bytes = 0;
  std::size_t objects = 0;
  std::size_t peak = 0;
  const AllocationCounter counter(state);
  for (auto _ : state) {
    const PeakMemory memory;
    const grove::Expansion expansion = Expand(set, options);
    const std::string output = WriteManifest(expansion.objects, OutputFormat::kCompactJson);
    peak = std::max(peak, memory.bytes());
    bytes = output.size();
    objects = expansion.objects.size();
    benchmark::DoNotOptimize(output.data());
  }
  SetBytes(state, bytes);
  state.counters["objects"] = static_cast<double>(objects);
  // The text included.
  state.counters["memory_by_output"] = static_cast<double>(peak) / static_cast<double>(bytes);
}

BENCHMARK(RapidJsonParse);
BENCHMARK(Parse);
BENCHMARK(ParseAndAdmit);
BENCHMARK(RapidJsonWrite)->Arg(1)->Arg(10)->Arg(100)->Arg(1000);
BENCHMARK(Expansion)->Arg(1)->Arg(10)->Arg(100)->Arg(1000);
BENCHMARK(ExpandAndWrite)->Arg(1)->Arg(10)->Arg(100)->Arg(1000);
BENCHMARK(RapidJsonWriteService)->Arg(100)->Arg(1000);
BENCHMARK(ExpandAndWriteService)->Arg(100)->Arg(1000);

}  // namespace
}  // namespace grove::bench

int main(int argc, char** argv) {
  // Memory that an iteration gave back serves the next: the system's clearing of fresh pages is not what is measured.
  mallopt(M_TRIM_THRESHOLD, std::numeric_limits<int>::max());
  mallopt(M_MMAP_THRESHOLD, 1 << 25);  // the largest that it takes
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
