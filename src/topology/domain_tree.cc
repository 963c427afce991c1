#include "topology/domain_tree.h"

#include "topology/node_columns.h"

namespace grove::topology {

namespace {

// As many as there are, or a few more.
std::size_t CountDomains(const ClusterData& data) {
  const std::size_t levels = data.levels.size();
  std::size_t count = data.node_count() > 0 ? levels : 0;
  for (std::size_t cell = levels; cell < data.node_domains.size(); cell += levels) {
    std::size_t same = 0;
    while (same < levels && data.node_domains[cell + same] == data.node_domains[cell + same - levels] &&
           data.node_domains[cell + same] != NodeColumns::kNoLabel) {
      ++same;
    }
    count += levels - same;
  }
  return count;
}

}  // namespace

void BuildDomains(ClusterData& data) {
  const std::size_t levels = data.levels.size();
  const auto nodes = static_cast<NodeIndex>(data.node_count());
  data.domains.reserve(1 + CountDomains(data));
  data.domains.push_back({.node_count = nodes});
  std::vector<DomainIndex> parents(nodes, 0);
  for (std::size_t level = 0; level < levels; ++level) {
    for (NodeIndex node = 0; node < nodes; ++node) {
      StringId& cell = data.node_domains[node * levels + level];
      const DomainIndex parent = parents[node];
      const bool alone = cell == NodeColumns::kNoLabel || data.domains[parent].stands_alone;
      Domain& last = data.domains.back();
      const bool same = !alone && node > 0 && last.depth == level + 1 && last.parent == parent && !last.stands_alone &&
                        (last.label == cell || data.strings[last.label] == data.strings[cell]);
      if (same) {
        ++last.node_count;
      } else {
        const auto index = static_cast<DomainIndex>(data.domains.size());
        Domain& above = data.domains[parent];
        if (above.child_count == 0) above.first_child = index;
        ++above.child_count;
        data.domains.push_back({.parent = parent,
                                .first_node = node,
                                .node_count = 1,
                                .depth = static_cast<std::uint16_t>(level + 1),
                                .stands_alone = alone,
                                .label = alone ? 0 : cell});
      }
      parents[node] = static_cast<DomainIndex>(data.domains.size() - 1);
      cell = parents[node];
    }
  }
}

}  // namespace grove::topology
