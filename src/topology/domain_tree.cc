#include "topology/domain_tree.h"

#include <vector>

#include "topology/node_columns.h"
#include "topology/same_text.h"

namespace grove::topology {
namespace {

// Nodes are in the order of their paths: a node and the one before it share the domains down to some level.
class Builder {
 public:
  Builder(ClusterData& data, bool known)
      : data_(data), levels_(data.levels.size()), nodes_(static_cast<NodeIndex>(data.node_count())), known_(known) {}

  void Run() {
    std::vector<DomainIndex> next(levels_ + 1, 0);  // by depth: the domain that comes next
    Count(next);
    data_.domains.resize(next[0]);
    data_.domains[0].node_count = nodes_;
    std::size_t count = 1;
    for (std::size_t depth = 1; depth <= levels_; ++depth) {
      const std::size_t of_depth = next[depth];
      next[depth] = static_cast<DomainIndex>(count);
      count += of_depth;
    }
    for (NodeIndex node = 0; node < nodes_; ++node) Place(node, next);
    // The domains of a depth hold all nodes, one after the other.
    for (std::size_t d = 1; d < data_.domains.size(); ++d) {
      Domain& domain = data_.domains[d];
      const bool last = d + 1 == data_.domains.size() || data_.domains[d + 1].depth != domain.depth;
      domain.node_count = (last ? nodes_ : data_.domains[d + 1].first_node) - domain.first_node;
    }
  }

 private:
  [[nodiscard]] StringId Cell(NodeIndex node, std::size_t level) const {
    return data_.node_domains[node * levels_ + level];
  }

  // The first level at which the node is in no domain with the one before it.
  [[nodiscard]] std::size_t FirstOwnLevel(NodeIndex node) const {
    if (node == 0) return 0;
    std::size_t level = 0;
    for (; level < levels_; ++level) {
      const StringId before = Cell(node - 1, level);
      const StringId here = Cell(node, level);
      if (here == NodeColumns::kNoLabel || before == NodeColumns::kNoLabel) break;
      if (here == before) continue;
      // Equal texts may have two numbers; names are unique.
      if (here == data_.nodes[node].name && before == data_.nodes[node - 1].name) break;
      if (!SameText(data_.strings[here], data_.strings[before])) break;
    }
    return level;
  }

  // Domains by depth; all of them in [0].
  void Count(std::vector<DomainIndex>& counts) {
    std::vector<DomainIndex> by_own(levels_ + 1, 0);  // nodes by their first own level
    for (NodeIndex node = 0; node < nodes_; ++node) {
      std::uint8_t& own = data_.nodes[node].own_level;
      if (!known_) own = static_cast<std::uint8_t>(FirstOwnLevel(node));
      ++by_own[own];
    }
    counts[0] = 1;
    for (std::size_t level = 0; level < levels_; ++level) {
      counts[level + 1] = (level > 0 ? counts[level] : 0) + by_own[level];
      counts[0] += counts[level + 1];
    }
  }

  // Replaces the node's labels by its domains.
  void Place(NodeIndex node, std::vector<DomainIndex>& next) {
    const std::size_t own = data_.nodes[node].own_level;
    DomainIndex* cells = data_.node_domains.data() + node * levels_;
    bool alone = false;
    DomainIndex parent = 0;
    for (std::size_t level = 0; level < levels_; ++level) {
      const StringId label = cells[level];
      if (level < own) {
        cells[level] = next[level + 1] - 1;
      } else {
        alone = alone || label == NodeColumns::kNoLabel;
        cells[level] = next[level + 1]++;
        Domain& domain = data_.domains[cells[level]];
        domain.parent = parent;
        domain.first_node = node;
        domain.depth = static_cast<std::uint16_t>(level + 1);
        domain.stands_alone = alone;
        domain.label = alone ? 0 : label;
        Domain& above = data_.domains[parent];
        if (above.child_count++ == 0) above.first_child = cells[level];
      }
      parent = cells[level];
    }
  }

  ClusterData& data_;
  const std::size_t levels_;
  const NodeIndex nodes_;
  const bool known_;
};

}  // namespace

void BuildDomains(ClusterData& data, bool own_levels_known) { Builder(data, own_levels_known).Run(); }

}  // namespace grove::topology
