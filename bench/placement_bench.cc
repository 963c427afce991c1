// What placement costs, beside one pass over the node table: reading each node's free vector and domain ids once.
// bench/run turns the times into passes.

#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <limits>
#include <string>
#include <vector>

#include "benchmark/benchmark.h"
#include <malloc.h>

#include "grove/placement_index.hpp"

#include "allocations.h"

namespace grove::bench {
namespace {

// 8 GPUs a node, 16 hosts a rack, 8 racks a block, 4 blocks a zone.
std::vector<NodeSpec> MakeNodes(std::size_t count) {
  std::vector<NodeSpec> nodes;
  const auto number = [](std::size_t value) {
    const std::string digits = std::to_string(value);
    return std::string(5 - std::min<std::size_t>(5, digits.size()), '0') + digits;
  };
  for (std::size_t i = 0; i < count; ++i) {
    NodeSpec& node = nodes.emplace_back();
    node.name = "n" + number(i);
    node.labels = {{"topology.kubernetes.io/zone", "z" + number(i / 512)},
                   {"topology.kubernetes.io/block", "b" + number(i / 128)},
                   {"topology.kubernetes.io/rack", "r" + number(i / 16)},
                   {"kubernetes.io/hostname", node.name}};
    node.allocatable = {{"cpu", 192'000}, {"memory", std::int64_t{1} << 41}, {"nvidia.com/gpu", 8}, {"pods", 110}};
  }
  return nodes;
}

std::vector<TopologyLevel> Levels() {
  return {{.domain = "zone", .key = "topology.kubernetes.io/zone"},
          {.domain = "block", .key = "topology.kubernetes.io/block"},
          {.domain = "rack", .key = "topology.kubernetes.io/rack"},
          {.domain = "host", .key = "kubernetes.io/hostname"}};
}

PlacementIndex MakeIndex(const std::vector<NodeSpec>& nodes) {
  ClusterBuilder builder(Levels(), "cluster-topology");
  builder.Reserve(nodes.size());
  for (const NodeSpec& node : nodes) builder.AddNode(node);
  auto cluster = std::move(builder).Build();
  if (!cluster.ok()) {
    std::cerr << cluster.status() << '\n';
    std::exit(1);
  }
  return PlacementIndex(Occupancy(*std::move(cluster)));
}

PodClass GpuPods(std::int64_t gpus) {
  PodClass pods;
  pods.requests = {{"cpu", 12'000 * gpus}, {"memory", (gpus << 37)}, {"nvidia.com/gpu", gpus}};
  return pods;
}

GangGroup Group(std::uint32_t pod_class, std::uint32_t pods, PackLevels pack) {
  GangGroup group;
  group.name = "g" + std::to_string(pod_class);
  group.pack = std::move(pack);
  group.min_replicas = pods;
  group.candidates = {{.pod_class = pod_class, .count = pods}};
  return group;
}

// Disaggregated inference: prefill and decode in racks of one block.
PlacementRequest Gangs(std::size_t count) {
  PlacementRequest request;
  request.classes = {GpuPods(4), GpuPods(8)};
  for (std::size_t i = 0; i < count; ++i) {
    Gang& gang = request.gangs.emplace_back();
    gang.name = "gang" + std::to_string(i);
    gang.order = static_cast<std::int64_t>(i);
    gang.pack.required = "block";
    gang.groups = {Group(0, 4, {.required = "rack", .preferred = "host"}),
                   Group(1, 8, {.required = "rack", .preferred = ""})};
  }
  return request;
}

// More pods than a rack holds.
PlacementRequest TooLarge() {
  PlacementRequest request;
  request.classes = {GpuPods(8)};
  Gang& gang = request.gangs.emplace_back();
  gang.name = "gang";
  gang.groups = {Group(0, 17, {.required = "rack", .preferred = ""})};
  return request;
}

std::size_t Nodes(const benchmark::State& state) { return static_cast<std::size_t>(state.range(0)); }

void Pass(benchmark::State& state) {
  const PlacementIndex index = MakeIndex(MakeNodes(Nodes(state)));
  const Cluster& cluster = index.cluster();
  const std::vector<std::int64_t> free = index.occupancy().CopyFree();
  const std::size_t nodes = cluster.node_count();
  const std::size_t width = cluster.resources().size();
  const std::size_t levels = cluster.levels().size();
  const DomainIndex* domains = cluster.domains_of(0).data();
  const AllocationCounter counter(state);
  for (auto _ : state) {
    std::int64_t sum = 0;
    for (std::size_t node = 0; node < nodes; ++node) {
      for (std::size_t r = 0; r < width; ++r) sum ^= free[node * width + r];
      for (std::size_t level = 0; level < levels; ++level) sum ^= domains[node * levels + level];
    }
    benchmark::DoNotOptimize(sum);
  }
}

void BuildIndex(benchmark::State& state) {
  const std::vector<NodeSpec> nodes = MakeNodes(Nodes(state));
  const AllocationCounter counter(state);
  for (auto _ : state) benchmark::DoNotOptimize(MakeIndex(nodes));
}

// Nearly every node runs something: from 1 to 7 of its GPUs are taken, but for every 16th one.
std::vector<NodeSpec> MakeUsedNodes(std::size_t count) {
  std::vector<NodeSpec> nodes = MakeNodes(count);
  for (std::size_t i = 0; i < count; ++i) {
    const auto gpus = static_cast<std::int64_t>(i % 16 == 15 ? 0 : 1 + i * 5 % 7);
    if (gpus == 0) continue;
    nodes[i].used = {{"cpu", 12'000 * gpus}, {"memory", gpus << 37}, {"nvidia.com/gpu", gpus}, {"pods", gpus}};
  }
  return nodes;
}

void BuildUsedIndex(benchmark::State& state) {
  const std::vector<NodeSpec> nodes = MakeUsedNodes(Nodes(state));
  const AllocationCounter counter(state);
  for (auto _ : state) benchmark::DoNotOptimize(MakeIndex(nodes));
}

// Where pods of one class fit, on an index that knows none.
void PrepareClass(benchmark::State& state) {
  const PlacementIndex empty = MakeIndex(MakeNodes(Nodes(state)));
  const std::vector<PodClass> classes = {GpuPods(4)};
  const AllocationCounter counter(state);
  for (auto _ : state) {
    state.PauseTiming();
    PlacementIndex index = empty;
    state.ResumeTiming();
    index.Prepare(classes);
    benchmark::DoNotOptimize(index);
  }
}

// One gang placed after the other, each followed by the index; then the room is given back.
void GangByGang(benchmark::State& state) {
  constexpr std::size_t kRound = 5;
  const PlacementRequest request = Gangs(1);
  PlacementIndex index = MakeIndex(MakeNodes(Nodes(state)));
  index.Prepare(request.classes);
  const std::size_t mark = index.mark();
  std::size_t placed = 0;
  const AllocationCounter counter(state);
  for (auto _ : state) {
    const auto result = index.Plan(request);
    if (result->placed != 1) state.SkipWithError("no room");
    index.Apply(request, *result);
    if (++placed % kRound == 0) index.Undo(mark);
  }
}

// The first gang on an index that knows none of its classes.
void FirstGang(benchmark::State& state) {
  const PlacementIndex empty = MakeIndex(MakeNodes(Nodes(state)));
  const PlacementRequest request = Gangs(1);
  const AllocationCounter counter(state);
  for (auto _ : state) {
    state.PauseTiming();
    PlacementIndex index = empty;
    state.ResumeTiming();
    if (index.Plan(request)->placed != 1) state.SkipWithError("no room");
  }
}

// Gangs for 125 % of the GPUs: what does not fit is explained, and other ways to break ties are tried.
void Overfill(benchmark::State& state) {
  const PlacementRequest request = Gangs(Nodes(state) / 8);
  PlacementIndex index = MakeIndex(MakeNodes(Nodes(state)));
  index.Prepare(request.classes);
  const AllocationCounter counter(state);
  for (auto _ : state) {
    if (index.Plan(request)->placed == request.gangs.size()) state.SkipWithError("all placed");
  }
}

void Refuse(benchmark::State& state, PlacementIndex index) {
  const PlacementRequest request = TooLarge();
  index.Prepare(request.classes);
  const AllocationCounter counter(state);
  for (auto _ : state) {
    if (index.Plan(request)->placed != 0) state.SkipWithError("placed");
  }
}

// Why a gang does not fit.
void RefuseGang(benchmark::State& state) { Refuse(state, MakeIndex(MakeNodes(Nodes(state)))); }

// The same in a cluster whose nodes all run something.
void RefuseUsed(benchmark::State& state) { Refuse(state, MakeIndex(MakeUsedNodes(Nodes(state)))); }

// All gangs of one request.
void PlanGangs(benchmark::State& state) {
  const PlacementRequest request = Gangs(10);
  PlacementIndex index = MakeIndex(MakeNodes(Nodes(state)));
  index.Prepare(request.classes);
  const AllocationCounter counter(state);
  for (auto _ : state) {
    if (index.Plan(request)->placed != 10) state.SkipWithError("no room");
  }
}

// A pod comes and goes.
void ChangePod(benchmark::State& state) {
  const PodClass pods = GpuPods(4);
  PlacementIndex index = MakeIndex(MakeNodes(Nodes(state)));
  index.Prepare(std::vector<PodClass>{pods});
  NodeIndex node = 0;
  const AllocationCounter counter(state);
  for (auto _ : state) {
    const std::size_t mark = index.mark();
    index.Place(node, pods);
    index.Undo(mark);
    node = (node + 37) % static_cast<NodeIndex>(state.range(0));
  }
}

void Sizes(benchmark::internal::Benchmark* benchmark) { benchmark->Arg(125)->Arg(5000); }

BENCHMARK(Pass)->Apply(Sizes);
BENCHMARK(BuildIndex)->Apply(Sizes);
BENCHMARK(BuildUsedIndex)->Apply(Sizes);
BENCHMARK(FirstGang)->Apply(Sizes);
BENCHMARK(Overfill)->Apply(Sizes);
BENCHMARK(RefuseUsed)->Apply(Sizes);
BENCHMARK(PrepareClass)->Apply(Sizes);
BENCHMARK(GangByGang)->Apply(Sizes);
BENCHMARK(PlanGangs)->Apply(Sizes);
BENCHMARK(RefuseGang)->Apply(Sizes);
BENCHMARK(ChangePod)->Apply(Sizes);

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
