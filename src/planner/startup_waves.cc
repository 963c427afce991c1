#include "planner/startup_waves.h"

#include <algorithm>
#include <limits>
#include <memory_resource>

#include "model/validation/dependency_graph.h"

namespace grove::planner {
namespace {

constexpr std::uint32_t kUnseen = std::numeric_limits<std::uint32_t>::max();

// The shortest cycle through `first` over nodes of its component, by breadth-first search. `from` is scratch: all
// kUnseen before and after.
std::vector<std::uint32_t> ShortestCycle(const Waiting& waiting, std::uint32_t first,
                                         const std::vector<std::uint32_t>& component_of,
                                         std::vector<std::uint32_t>& from) {
  std::vector<std::uint32_t> queue = {first};
  std::uint32_t last = kUnseen;
  for (std::size_t next = 0; next < queue.size() && last == kUnseen; ++next) {
    const std::uint32_t node = queue[next];
    for (const std::uint32_t parent : waiting.parents[node]) {
      if (parent == first) {
        last = node;
        break;
      }
      if (component_of[parent] != component_of[first] || from[parent] != kUnseen) continue;
      from[parent] = node;
      queue.push_back(parent);
    }
  }
  std::vector<std::uint32_t> cycle;
  for (std::uint32_t node = last; node != first; node = from[node]) cycle.push_back(node);
  cycle.push_back(first);
  std::ranges::reverse(cycle);
  for (const std::uint32_t node : queue) from[node] = kUnseen;
  return cycle;
}

}  // namespace

std::vector<std::optional<std::uint32_t>> WavesOf(const Waiting& waiting) {
  const std::size_t nodes = waiting.parents.size();
  std::vector<std::optional<std::uint32_t>> waves(nodes);
  std::vector<std::vector<std::uint32_t>> children(nodes);
  std::vector<std::size_t> missing(nodes);  // parents without a wave yet
  std::vector<std::uint32_t> ready;
  for (std::uint32_t node = 0; node < nodes; ++node) {
    for (const std::uint32_t parent : waiting.parents[node]) children[parent].push_back(node);
    missing[node] = waiting.parents[node].size() + (waiting.hopeless[node] ? 1 : 0);
    if (missing[node] == 0) ready.push_back(node);
  }
  for (std::size_t next = 0; next < ready.size(); ++next) {
    const std::uint32_t node = ready[next];
    std::uint32_t wave = 0;
    for (const std::uint32_t parent : waiting.parents[node]) wave = std::max(wave, *waves[parent] + 1);
    waves[node] = wave;
    for (const std::uint32_t child : children[node]) {
      if (--missing[child] == 0) ready.push_back(child);
    }
  }
  return waves;
}

std::vector<std::vector<std::uint32_t>> CyclesOf(const Waiting& waiting) {
  const std::size_t nodes = waiting.parents.size();
  validation::DependencyGraph graph(nodes, std::pmr::get_default_resource());
  std::vector<std::vector<std::size_t>> components;
  for (std::uint32_t node = 0; node < nodes; ++node) {
    for (const std::uint32_t parent : waiting.parents[node]) graph.AddEdge(node, parent);
  }
  std::vector<std::uint32_t> component_of(nodes, kUnseen);
  for (std::vector<std::size_t>& component : graph.FindCycles()) {
    for (const std::size_t node : component) component_of[node] = static_cast<std::uint32_t>(component.front());
    components.push_back(std::move(component));
  }
  // The graph has no edges from a node to itself.
  for (std::uint32_t node = 0; node < nodes; ++node) {
    if (component_of[node] == kUnseen &&
        std::ranges::find(waiting.parents[node], node) != waiting.parents[node].end()) {
      component_of[node] = node;
      components.push_back({node});
    }
  }
  std::ranges::sort(components);
  std::vector<std::uint32_t> from(nodes, kUnseen);
  std::vector<std::vector<std::uint32_t>> cycles;
  for (const std::vector<std::size_t>& component : components) {
    cycles.push_back(ShortestCycle(waiting, static_cast<std::uint32_t>(component.front()), component_of, from));
  }
  return cycles;
}

}  // namespace grove::planner
