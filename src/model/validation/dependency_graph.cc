#include "model/validation/dependency_graph.h"

#include <algorithm>

namespace grove::validation {

// State of the depth-first search, as Tarjan's algorithm has it. Numbers of visit count from 1; 0: not visited.
struct DependencyGraph::Search {
  Search(std::size_t nodes, std::pmr::memory_resource* scratch)
      : number(nodes, 0, scratch), low(nodes, 0, scratch), next_edge(nodes, 0, scratch), open(scratch), path(scratch) {
    open.reserve(nodes);
    path.reserve(nodes);
  }

  void Visit(std::uint32_t node, std::uint32_t edge) {
    number[node] = low[node] = ++visited;
    next_edge[node] = edge;
    open.push_back(node);
    path.push_back(node);
  }

  static constexpr std::uint32_t kClosed = UINT32_MAX;  // `low` of a node whose component is complete

  std::uint32_t visited = 0;
  std::pmr::vector<std::uint32_t> number;     // order of visit
  std::pmr::vector<std::uint32_t> low;        // the earliest open node that is known to be reachable
  std::pmr::vector<std::uint32_t> next_edge;  // the edge to follow next
  std::pmr::vector<std::uint32_t> open;       // visited nodes whose component is not complete
  std::pmr::vector<std::uint32_t> path;       // from the root to the node at hand: what recursion would keep
};

void DependencyGraph::SortEdges() {
  std::sort(edges_.begin(), edges_.end());
  first_edge_.assign(nodes_ + 1, 0);
  for (const Edge& edge : edges_) ++first_edge_[edge.from + 1];
  for (std::size_t node = 0; node < nodes_; ++node) first_edge_[node + 1] += first_edge_[node];
}

void DependencyGraph::Explore(std::uint32_t root, Search& search,
                              std::vector<std::vector<std::size_t>>& components) const {
  search.Visit(root, first_edge_[root]);
  while (!search.path.empty()) {
    const std::uint32_t node = search.path.back();
    if (search.next_edge[node] < first_edge_[node + 1]) {
      const std::uint32_t next = edges_[search.next_edge[node]++].to;
      if (search.number[next] == 0) {
        search.Visit(next, first_edge_[next]);
      } else if (search.low[next] != Search::kClosed) {
        search.low[node] = std::min(search.low[node], search.number[next]);
      }
      continue;
    }
    search.path.pop_back();
    const std::uint32_t low = search.low[node];
    if (low == search.number[node]) {
      // `node` is the first of its component, which is all that was opened since.
      const auto first = std::find(search.open.rbegin(), search.open.rend(), node).base() - 1;
      if (search.open.end() - first > 1) components.emplace_back(first, search.open.end());
      for (auto it = first; it != search.open.end(); ++it) search.low[*it] = Search::kClosed;
      search.open.erase(first, search.open.end());
    }
    if (!search.path.empty()) {
      const std::uint32_t parent = search.path.back();
      search.low[parent] = std::min(search.low[parent], low);
    }
  }
}

std::vector<std::vector<std::size_t>> DependencyGraph::FindCycles() {
  std::vector<std::vector<std::size_t>> components;
  if (edges_.empty()) return components;
  SortEdges();
  Search search(nodes_, scratch_);
  for (std::uint32_t node = 0; node < nodes_; ++node) {
    if (search.number[node] == 0) Explore(node, search, components);
  }
  for (std::vector<std::size_t>& component : components) std::sort(component.begin(), component.end());
  std::sort(components.begin(), components.end());
  return components;
}

}  // namespace grove::validation
