// What nodes and domains look like: equal hashes for what a request cannot tell apart, whatever its name.
//
// A look depends on a salt and on the columns of admission that matter; a few are kept, and each follows the log of
// changes when it is used again. With a look go the orders of units by copies, whose ties it breaks.
#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <vector>

#include "topology/change_log.h"
#include "topology/copy_index.h"
#include "topology/heap_bytes.h"
#include "topology/needs_table.h"
#include "topology/node_table.h"
#include "topology/ordered_units.h"

namespace grove::topology {

class Looks {
 public:
  struct Key {
    std::uint64_t salt = 0;              // decides between what would otherwise be equally good
    std::vector<std::uint32_t> columns;  // other than "everywhere"
    bool singular = false;               // rules on other pods tell every node from every other

    friend bool operator==(const Key&, const Key&) = default;
  };

  Looks(const NodeTable& nodes, const NeedsTable& needs, const ChangeLog& log)
      : nodes_(nodes), needs_(needs), log_(log) {}
  // A copy that looks at copies of the tables.
  Looks(const Looks& other, const NodeTable& nodes, const NeedsTable& needs, const ChangeLog& log)
      : nodes_(nodes), needs_(needs), log_(log), looks_(other.looks_), current_(other.current_), clock_(other.clock_) {}
  Looks(const Looks&) = delete;
  Looks& operator=(const Looks&) = delete;

  // Makes this look the current one, and current. O(levels) for each change since it was, O(nodes) for a new one.
  void Use(const Key& key);
  // Lets go what is of use to plans with a salt alone: few plans need it, and it is as large as the rest.
  void DropSalted();
  // The node has changed, and the log says so afterwards.
  void Follow(NodeIndex node);
  [[nodiscard]] std::uint64_t node(NodeIndex node) const { return looks_[current_].nodes[node]; }
  [[nodiscard]] std::uint64_t domain(DomainIndex domain) const { return looks_[current_].domains[domain]; }

  // The order of the domains of a depth (levels + 1: of the nodes) by copies, up to date.
  const OrderedUnits& Order(const CopyIndex& index, std::uint32_t depth);
  // The index is gone, or other than before.
  void Drop(std::uint32_t index_id);
  void Clear() { looks_.clear(); }

  [[nodiscard]] std::size_t bytes() const { return HeapBytes(looks_); }

  std::uint64_t domains_read = 0;
  std::uint64_t updates = 0;  // hashes and places in orders that were renewed because of a change
  std::uint64_t nodes_read = 0;

 private:
  struct Ranking {
    std::uint32_t index_id = 0;
    std::uint32_t depth = 0;
    ChangeLog::Position seen = 0;
    OrderedUnits units;

    [[nodiscard]] std::size_t bytes() const { return units.bytes(); }
  };
  struct Look {
    Key key;
    std::vector<std::uint64_t> nodes;
    std::vector<std::uint64_t> domains;
    std::list<Ranking> orders;
    ChangeLog::Position seen = 0;
    std::uint64_t used = 0;

    [[nodiscard]] std::size_t bytes() const { return HeapBytesOf(key.columns, nodes, domains, orders); }
  };
  static constexpr std::size_t kMostLooks = 3;

  [[nodiscard]] std::uint64_t HashOf(const Key& key, NodeIndex node) const;
  void Make(Look& look);
  void Follow(Look& look, NodeIndex node);
  void CatchUp(Look& look);
  [[nodiscard]] OrderedUnits::Key KeyOf(const CopyIndex& index, std::uint32_t depth, Unit unit) const;
  void Build(const CopyIndex& index, Ranking& order);
  void ForgetLargeOrders();

  const NodeTable& nodes_;
  const NeedsTable& needs_;
  const ChangeLog& log_;
  std::vector<Look> looks_;
  std::size_t current_ = 0;
  std::uint64_t clock_ = 0;
};

}  // namespace grove::topology
