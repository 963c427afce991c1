#include "topology/looks.h"

#include <algorithm>

#include "topology/mix.h"

namespace grove::topology {
namespace {

constexpr std::uint64_t kUnusable = 0x5555555555555555u;
constexpr std::uint64_t kFavoured = 0x3333333333333333u;

std::uint64_t Contribution(std::uint64_t hash, bool stands_alone) {
  return Mix(hash ^ (stands_alone ? 0xA5A5A5A5A5A5A5A5u : 0));
}

}  // namespace

std::uint64_t Looks::HashOf(const Key& key, NodeIndex node) const {
  const std::int64_t* row = nodes_.row(node);
  std::uint64_t sum = 0;
  for (std::size_t r = 0; r < nodes_.width; ++r) {
    sum += Mix((static_cast<std::uint64_t>(row[r]) * 64 + r) ^ key.salt);
  }
  for (std::size_t c = 0; c < key.columns.size(); ++c) {
    if (needs_.Admits(key.columns[c], node)) sum += Mix(c);
  }
  if (nodes_.usable[node] == 0) sum += kUnusable;
  if (nodes_.usable[node] == 2) sum += kFavoured;
  if (key.singular) sum += Mix(~std::uint64_t{node});
  return sum;
}

void Looks::Make(Look& look) {
  look.nodes.resize(nodes_.count);
  look.domains.assign(nodes_.domains.size(), 0);
  look.orders.clear();
  const bool repeats = look.key.columns.empty() && !look.key.singular;
  std::uint64_t contribution = 0;
  for (NodeIndex node = 0; node < nodes_.count; ++node) {
    // Neighbours are often alike.
    const bool same = repeats && node > 0 && nodes_.usable[node] == nodes_.usable[node - 1] &&
                      std::equal(nodes_.row(node), nodes_.row(node) + nodes_.width, nodes_.row(node - 1));
    look.nodes[node] = same ? look.nodes[node - 1] : HashOf(look.key, node);
    if (!same) contribution = Contribution(look.nodes[node], false);
    look.domains[nodes_.DomainAt(node, nodes_.levels)] += contribution;
  }
  std::uint64_t of_last = 0;
  bool last_alone = false;
  contribution = Contribution(0, false);
  for (std::size_t d = nodes_.domains.size(); d-- > 1;) {
    const Domain& domain = nodes_.domains[d];
    if (look.domains[d] != of_last || domain.stands_alone != last_alone) {
      of_last = look.domains[d];
      last_alone = domain.stands_alone;
      contribution = Contribution(of_last, last_alone);
    }
    look.domains[domain.parent] += contribution;
  }
  look.seen = log_.end();
  nodes_read += nodes_.count;
}

void Looks::Follow(Look& look, NodeIndex node) {
  std::uint64_t old = look.nodes[node];
  std::uint64_t now = HashOf(look.key, node);
  if (old == now) return;
  look.nodes[node] = now;
  bool alone = false;
  for (std::uint32_t depth = nodes_.levels + 1; depth-- > 0;) {
    const DomainIndex at = nodes_.DomainAt(node, depth);
    const std::uint64_t change = Contribution(now, alone) - Contribution(old, alone);
    old = look.domains[at];
    look.domains[at] += change;
    now = look.domains[at];
    alone = nodes_.domains[at].stands_alone;
  }
  updates += nodes_.levels + 2;
}

void Looks::Follow(NodeIndex node) {
  if (!looks_.empty()) Follow(looks_[current_], node);
}

void Looks::CatchUp(Look& look) {
  if (!log_.Reaches(look.seen)) return Make(look);
  for (const NodeIndex node : log_.Since(look.seen)) Follow(look, node);
  look.seen = log_.end();
}

// Orders of about as many units as there are nodes are built again when they are asked for: plans with a salt build as
// large ones, and both at once would be most of the memory in use.
void Looks::ForgetLargeOrders() {
  for (Look& look : looks_) {
    std::erase_if(look.orders, [&](const Ranking& order) { return order.units.size() * 2 > nodes_.count; });
  }
}

void Looks::Use(const Key& key) {
  if (key.salt != 0) ForgetLargeOrders();
  // The current one has followed every change.
  if (!looks_.empty()) looks_[current_].seen = log_.end();
  const auto found = std::ranges::find_if(looks_, [&](const Look& look) { return look.key == key; });
  if (found != looks_.end()) {
    current_ = static_cast<std::size_t>(found - looks_.begin());
    CatchUp(*found);
  } else {
    if (looks_.size() < kMostLooks) looks_.emplace_back();
    const auto oldest =
        std::min_element(looks_.begin(), looks_.end(), [](const Look& a, const Look& b) { return a.used < b.used; });
    current_ = static_cast<std::size_t>(oldest - looks_.begin());
    oldest->key = key;
    Make(*oldest);
  }
  looks_[current_].used = ++clock_;
}

void Looks::DropSalted() {
  if (looks_.empty() || looks_[current_].key.salt == 0) return;
  std::erase_if(looks_, [](const Look& look) { return look.key.salt != 0; });
  current_ = 0;
  if (!looks_.empty()) CatchUp(looks_[current_]);
}

OrderedUnits::Key Looks::KeyOf(const CopyIndex& index, std::uint32_t depth, Unit unit) const {
  if (depth <= nodes_.levels) return {.copies = index.sums[unit], .signature = domain(unit), .unit = unit};
  const auto node = static_cast<NodeIndex>(unit - nodes_.domains.size());
  return {.copies = index.copies[node], .signature = this->node(node), .unit = unit};
}

void Looks::Build(const CopyIndex& index, Ranking& order) {
  Unit first = 0;
  Unit end = 1;
  if (order.depth > nodes_.levels) {
    first = static_cast<Unit>(nodes_.domains.size());
    end = first + nodes_.count;
  } else {
    for (std::uint32_t depth = 0; depth < order.depth; ++depth) {
      const Domain& last = nodes_.domains[end - 1];
      first = nodes_.domains[first].first_child;
      end = last.first_child + last.child_count;
    }
  }
  std::vector<OrderedUnits::Key> keys;
  keys.reserve(end - first);
  for (Unit unit = first; unit < end; ++unit) keys.push_back(KeyOf(index, order.depth, unit));
  order.units.Build(first, keys);
  order.seen = log_.end();
  domains_read += end - first;
}

const OrderedUnits& Looks::Order(const CopyIndex& index, std::uint32_t depth) {
  std::list<Ranking>& orders = looks_[current_].orders;
  auto order =
      std::ranges::find_if(orders, [&](const Ranking& o) { return o.index_id == index.id && o.depth == depth; });
  if (order == orders.end()) {
    order = orders.insert(orders.end(), Ranking{.index_id = index.id, .depth = depth, .seen = 0, .units = {}});
    Build(index, *order);
  } else if (!log_.Reaches(order->seen)) {
    Build(index, *order);
  } else {
    Unit last = kNoUnit;
    for (const NodeIndex node : log_.Since(order->seen)) {
      const Unit unit =
          depth <= nodes_.levels ? nodes_.DomainAt(node, depth) : static_cast<Unit>(nodes_.domains.size()) + node;
      if (unit == last) continue;
      order->units.Update(KeyOf(index, depth, unit));
      last = unit;
      ++updates;
    }
    order->seen = log_.end();
  }
  return order->units;
}

void Looks::Drop(std::uint32_t index_id) {
  for (Look& look : looks_) {
    std::erase_if(look.orders, [&](const Ranking& order) { return order.index_id == index_id; });
  }
}

}  // namespace grove::topology
