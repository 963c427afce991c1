// Plans planner-bench/1 scenarios (plain JSON files; bench/scenarios_run unpacks) and prints a line for each.
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <limits>
#include <string>
#include <vector>

#include <malloc.h>

#include "grove/placement_index.hpp"

#include "heap.h"
#include "scenario_file.h"

namespace {

using grove::Cluster;
using grove::NodeIndex;
using Clock = std::chrono::steady_clock;

double Seconds(Clock::time_point from) { return std::chrono::duration<double>(Clock::now() - from).count(); }

// One pass over the node table: each node's free vector and domain ids are read once.
double MeasurePass(const Cluster& cluster) {
  const std::size_t width = cluster.resources().size();
  const std::size_t levels = cluster.levels().size();
  std::vector<std::int64_t> free;
  std::vector<std::uint32_t> domains;
  for (NodeIndex node = 0; node < cluster.node_count(); ++node) {
    for (const std::int64_t amount : cluster.free(node)) free.push_back(amount);
    for (std::size_t level = 0; level < levels; ++level) domains.push_back(cluster.domain_of(node, level));
  }
  const std::size_t nodes = cluster.node_count();
  double best = 1e9;
  volatile std::int64_t sink = 0;
  for (int repeat = 0; repeat < 50; ++repeat) {
    const auto start = Clock::now();
    std::int64_t sum = 0;
    for (std::size_t node = 0; node < nodes; ++node) {
      for (std::size_t r = 0; r < width; ++r) sum ^= free[node * width + r];
      for (std::size_t level = 0; level < levels; ++level) sum ^= domains[node * levels + level];
    }
    sink = sink ^ sum;
    best = std::min(best, Seconds(start));
  }
  return best;
}

// Seconds, the least of all repeats. What counts as what:
//   index    from the parsed nodes to a cluster whose nodes are ready for planning; once per snapshot
//   classes  where pods of each class fit; once per snapshot and class
//   plan     from there to the result, for all gangs
struct Figures {
  double index = 1e9;
  double classes = 1e9;
  double plan = 1e9;
  std::size_t allocations = 0;
  std::size_t peak = 0;  // from the parsed nodes on, the result included
};

std::size_t BytesOf(const grove::PlacementResult& result) {
  std::size_t total = result.gangs.capacity() * sizeof(grove::GangPlacement);
  for (const grove::GangPlacement& gang : result.gangs) {
    total += gang.pods.capacity() * sizeof(grove::PodPlacement) + gang.figures.capacity() * sizeof(grove::ScopeFigure);
  }
  return total;
}

void Print(const grove::bench::Scenario& scenario, const grove::PlacementResult& result, const Figures& figures,
           double pass) {
  std::size_t not_found = 0;
  for (const auto& gang : result.gangs) not_found += gang.outcome == grove::GangOutcome::kNotFound ? 1 : 0;
  const double gangs = static_cast<double>(scenario.request.gangs.size());
  const double nodes = static_cast<double>(scenario.nodes.size());
  const double beside = static_cast<double>(figures.peak - std::min(figures.peak, BytesOf(result)));
  std::printf(
      "%-22s gangs %4u of %4zu (bound %4u, undecided %zu)  index %7.3f ms %5.1f passes  %zu classes %6.3f ms %5.1f "
      "passes  plan %8.3f ms %6.2f passes/gang  steps %6llu  allocations %6zu %5.1f/gang  peak %5.0f B/node beside the "
      "result  pass %5.1f us\n",
      scenario.name.c_str(), result.placed, scenario.request.gangs.size(), result.placed_bound, not_found,
      figures.index * 1e3, figures.index / pass, scenario.request.classes.size(), figures.classes * 1e3,
      figures.classes / pass, figures.plan * 1e3, figures.plan / pass / gangs,
      static_cast<unsigned long long>(result.counters.steps), figures.allocations,
      static_cast<double>(figures.allocations) / gangs, beside / nodes, pass * 1e6);
}

int Run(const std::string& path, const std::string& out, const grove::PlacementOptions& options, int repeats) {
  std::ifstream file(path, std::ios::binary);
  const std::string text((std::istreambuf_iterator<char>(file)), {});
  std::string why;
  const auto scenario = grove::bench::ReadScenario(text, why);
  if (!scenario) {
    std::fprintf(stderr, "%s: %s\n", path.c_str(), why.c_str());
    return 2;
  }
  Figures figures;
  double pass = 1e9;
  for (int repeat = 0; repeat < repeats; ++repeat) {
    const grove::bench::PeakMemory memory;
    auto start = Clock::now();
    grove::ClusterBuilder builder(scenario->levels, "cluster-topology");
    builder.Reserve(scenario->nodes.size());
    for (const grove::NodeSpec& node : scenario->nodes) builder.AddNode(node);
    auto cluster = std::move(builder).Build();
    if (!cluster.ok()) {
      std::fprintf(stderr, "%s: %s\n", path.c_str(), std::string(cluster.status().message()).c_str());
      return 2;
    }
    grove::PlacementIndex index{grove::Occupancy(*cluster)};
    figures.index = std::min(figures.index, Seconds(start));
    start = Clock::now();
    index.Prepare(scenario->request.classes);
    figures.classes = std::min(figures.classes, Seconds(start));
    const std::size_t allocations = grove::bench::allocations;
    start = Clock::now();
    const auto result = index.Plan(scenario->request, options);
    figures.plan = std::min(figures.plan, Seconds(start));
    figures.allocations = grove::bench::allocations - allocations;
    figures.peak = memory.bytes();
    if (!result.ok()) return 2;
    pass = std::min(pass, MeasurePass(*cluster));
    if (repeat + 1 < repeats) continue;
    if (!out.empty()) std::ofstream(out + "/" + scenario->name + ".json") << WriteResult(*scenario, *cluster, *result);
    Print(*scenario, *result, figures, pass);
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  // Memory that a repeat gave back serves the next: the system's clearing of fresh pages is not what is measured.
  mallopt(M_TRIM_THRESHOLD, std::numeric_limits<int>::max());
  mallopt(M_MMAP_THRESHOLD, 1 << 25);  // the largest that it takes
  grove::PlacementOptions options;
  std::string out;
  int repeats = 10;
  int status = 0;
  for (int i = 1; i < argc; ++i) {
    if (std::strcmp(argv[i], "--threads") == 0 && i + 1 < argc) {
      options.threads = static_cast<std::uint32_t>(std::atoi(argv[++i]));
    } else if (std::strcmp(argv[i], "--batch") == 0) {
      options.batch = true;
    } else if (std::strcmp(argv[i], "--steps") == 0 && i + 1 < argc) {
      options.steps_per_gang = static_cast<std::uint64_t>(std::atoll(argv[++i]));
    } else if (std::strcmp(argv[i], "--repeat") == 0 && i + 1 < argc) {
      repeats = std::atoi(argv[++i]);
    } else if (std::strcmp(argv[i], "--out") == 0 && i + 1 < argc) {
      out = argv[++i];
    } else {
      status = std::max(status, Run(argv[i], out, options, repeats));
    }
  }
  return status;
}
