#include "topology/work_state.h"

#include <algorithm>

#include "topology/heap_bytes.h"
#include "topology/planner.h"
#include "topology/problem.h"

namespace grove::topology {
namespace {

NodeTable MakeTable(const Occupancy& occupancy) {
  const Cluster& cluster = occupancy.cluster();
  NodeTable table;
  table.count = static_cast<std::uint32_t>(cluster.node_count());
  table.levels = static_cast<std::uint32_t>(cluster.levels().size());
  table.width = cluster.resources().size();
  table.domains = cluster.domains();
  if (table.count > 0) table.node_domains = cluster.domains_of(0).data();
  table.free = occupancy.CopyFree();
  table.usable.resize(table.count);
  for (NodeIndex node = 0; node < table.count; ++node) table.usable[node] = occupancy.usable(node) ? 1 : 0;
  return table;
}

}  // namespace

WorkState::WorkState(Occupancy occupancy)
    : occupancy_(std::move(occupancy)),
      nodes_(MakeTable(occupancy_)),
      free_in_all_(nodes_.width, 0),
      needs_(cluster()),
      rules_(cluster()),
      log_(nodes_.count),
      looks_(nodes_, needs_, log_) {
  domain_slots.resize(nodes_.domains.size(), 0);
  for (NodeIndex node = 0; node < nodes_.count; ++node) CountFree(nodes_.row(node), 1);
}

WorkState::WorkState(const WorkState& other)
    : counters(other.counters),
      domain_slots(other.domain_slots),
      occupancy_(other.occupancy_),
      nodes_(other.nodes_),
      free_in_all_(other.free_in_all_),
      needs_(other.needs_),
      rules_(other.rules_),
      log_(other.log_),
      looks_(other.looks_, nodes_, needs_, log_),
      clock_(other.clock_) {
  for (const auto& index : other.indexes_) indexes_.push_back(std::make_unique<CopyIndex>(*index));
}

void WorkState::CountFree(const std::int64_t* row, int sign) {
  for (std::size_t r = 0; r < nodes_.width; ++r) {
    const Wide free = std::max<std::int64_t>(0, row[r]);
    free_in_all_[r] += sign > 0 ? free : -free;
  }
}

void WorkState::Refresh(NodeIndex node) {
  std::int64_t* row = nodes_.row(node);
  const auto now = occupancy_.free(node);
  const std::uint8_t usable = occupancy_.usable(node) ? 1 : 0;
  ++counters.nodes_read;
  if (usable == nodes_.usable[node] && std::equal(now.begin(), now.end(), row)) return;
  CountFree(row, -1);
  std::copy(now.begin(), now.end(), row);
  CountFree(row, 1);
  nodes_.usable[node] = usable;
  looks_.Follow(node);
  log_.Add(node);
}

void WorkState::FollowPods(std::size_t mark, bool undone) {
  for (std::size_t change = mark; change < occupancy_.mark(); ++change) {
    const Occupancy::ChangedPod changed = occupancy_.changed_pod(change);
    if (changed.pod == nullptr) continue;
    rules_.Follow(occupancy_.changed_node(change), *changed.pod, undone ? -changed.count : changed.count);
  }
}

void WorkState::Begin(std::span<const PodClass> classes, std::uint64_t salt) {
  if (needs_.size() > kMostNeeds) {
    needs_.Clear();
    indexes_.clear();
    looks_.Clear();
  }
  classes_ = classes;
  entries_.clear();
  rules_.Begin(occupancy_, classes);
  for (std::uint32_t c = 0; c < classes.size(); ++c) {
    entries_.push_back(needs_.Add(cluster(), classes[c], rules_.OnePerNode(c)));
  }
  Looks::Key key{.salt = salt, .columns = {}, .singular = false};
  for (std::uint32_t c = 0; c < classes.size(); ++c) {
    const std::uint32_t column = needs(c).column;
    key.singular = key.singular || rules_.Concerns(c);
    if (column == NeedsTable::kEverywhere) continue;
    if (std::ranges::find(key.columns, column) == key.columns.end()) key.columns.push_back(column);
  }
  looks_.Use(key);
  begin_ = log_.end();
}

void WorkState::End() {
  watched_.clear();
  for (const NodeIndex node : rules_.End()) log_.Add(node);
  const ChangeLog::Position end = log_.end();
  if (log_.Reaches(begin_)) {
    for (ChangeLog::Position at = begin_; at < end; ++at) Refresh(log_.Since(at).front());
  } else {
    for (NodeIndex node = 0; node < nodes_.count; ++node) Refresh(node);
  }
  looks_.DropSalted();
  log_.Trim();
  classes_ = {};
}

void WorkState::Prepare(std::span<const PodClass> classes) {
  Begin(classes);
  for (std::uint32_t c = 0; c < classes.size(); ++c) {
    const CopyIndex& index = Index(c);
    // The domains by how many fit, but for levels with about as many domains as nodes: few gangs ask for those.
    for (std::uint32_t depth = 1; depth <= nodes_.levels; ++depth) {
      const auto [first, end] = DomainsInside(0, depth);
      if ((end - first) * 2 <= nodes_.count) Order(index, depth);
    }
  }
  End();
}

std::pair<DomainIndex, DomainIndex> WorkState::DomainsInside(DomainIndex index, std::uint32_t depth) const {
  DomainIndex first = index;
  DomainIndex last = index;
  while (nodes_.domains[first].depth < depth) {
    const Domain& end = nodes_.domains[last];
    first = nodes_.domains[first].first_child;
    last = end.first_child + end.child_count - 1;
  }
  return {first, last + 1};
}

std::int32_t WorkState::CountCopies(NodeIndex node, CopyIndex& index) const {
  const ClassNeeds& needs = needs_[index.id];
  if (needs.impossible || nodes_.usable[node] == 0 || !needs_.Admits(needs.column, node)) {
    index.Limit(node, CopyIndex::kUnlimited);
    return 0;
  }
  std::size_t scarcest = 0;
  std::int64_t copies = needs.CopiesIn(nodes_.row(node), scarcest);
  index.Limit(node, static_cast<std::uint8_t>(std::min<std::size_t>(scarcest, CopyIndex::kMostResources - 1)));
  if (needs.one_per_node) {
    if (!rules_.PortsAllow(node, index.pod_class)) return 0;
    copies = std::min<std::int64_t>(copies, 1);
  }
  return static_cast<std::int32_t>(copies);
}

std::int64_t WorkState::CopiesWithin(std::uint32_t small, std::uint32_t large, std::uint64_t scarce) {
  if (small == large) return 1;
  const ClassNeeds& a = needs(small);
  const ClassNeeds& b = needs(large);
  // Where the large one may go and the small one may not, nothing of the small one's room is taken.
  if (!needs_.Covers(a.column, b.column)) return 0;
  if (a.one_per_node || a.impossible || b.impossible) return 0;
  std::int64_t copies = 1024;  // times the largest gang stays below kMostCopies
  for (std::size_t i = 0; i < a.asked.size(); ++i) {
    if ((scarce >> std::min<std::size_t>(i, CopyIndex::kMostResources - 1) & 1) == 0) continue;
    copies = std::min(copies, b.requests[a.asked[i].resource] / a.asked[i].amount);
  }
  return scarce == 0 ? 0 : copies;
}

void WorkState::Rebuild(CopyIndex& index) {
  index.copies.resize(nodes_.count);
  index.scarcest.assign(nodes_.count, CopyIndex::kUnlimited);
  const std::size_t resources = needs_[index.id].asked.size();
  index.limited.assign(std::min<std::size_t>(resources, CopyIndex::kMostResources), 0);
  index.sums.assign(nodes_.domains.size(), 0);
  for (NodeIndex node = 0; node < nodes_.count; ++node) {
    const std::int32_t copies = CountCopies(node, index);
    index.copies[node] = copies;
    index.sums[nodes_.DomainAt(node, nodes_.levels)] += copies;
  }
  for (std::size_t d = nodes_.domains.size(); d-- > 1;) index.sums[nodes_.domains[d].parent] += index.sums[d];
  index.seen = log_.end();
  ++counters.index_builds;
  counters.nodes_read += nodes_.count;
}

void WorkState::SetCopies(CopyIndex& index, NodeIndex node, std::int32_t copies) {
  const std::int64_t difference = std::int64_t{copies} - index.copies[node];
  if (difference == 0) return;
  index.copies[node] = copies;
  index.sums[0] += difference;
  for (std::uint32_t depth = 1; depth <= nodes_.levels; ++depth) index.sums[nodes_.DomainAt(node, depth)] += difference;
  counters.updates += nodes_.levels + 2;
}

void WorkState::CatchUp(CopyIndex& index) {
  if (!log_.Reaches(index.seen)) return Rebuild(index);
  const auto changed = log_.Since(index.seen);
  for (const NodeIndex node : changed) SetCopies(index, node, CountCopies(node, index));
  counters.nodes_read += changed.size();
  index.seen = log_.end();
}

CopyIndex& WorkState::Index(std::uint32_t pod_class) {
  log_.Trim();
  const std::uint32_t id = entries_[pod_class];
  auto found = std::ranges::find_if(indexes_, [&](const auto& index) { return index->id == id; });
  if (found == indexes_.end()) {
    Evict();
    found = indexes_.insert(indexes_.end(), std::make_unique<CopyIndex>());
    (*found)->id = id;
    (*found)->pod_class = pod_class;
    Rebuild(**found);
  } else {
    (*found)->pod_class = pod_class;
    if ((*found)->seen != log_.end()) CatchUp(**found);
  }
  (*found)->used = ++clock_;
  return **found;
}

// Keeps memory bounded when there are very many classes.
void WorkState::Evict() {
  auto oldest = indexes_.end();
  for (auto at = indexes_.begin(); at != indexes_.end(); ++at) {
    const bool watched = std::ranges::find(watched_, at->get()) != watched_.end();
    if (!watched && (oldest == indexes_.end() || (*at)->used < (*oldest)->used)) oldest = at;
  }
  if (indexes_.size() < kMostIndexes || oldest == indexes_.end()) return;
  looks_.Drop((*oldest)->id);
  indexes_.erase(oldest);
}

void WorkState::Take(NodeIndex node, std::uint32_t pod_class, std::int32_t count) {
  rules_.Add(node, pod_class, count);
  Move(node, pod_class, count);
  log_.Add(node);
}

void WorkState::TakeBack(NodeIndex node, std::uint32_t pod_class, std::int32_t count) {
  rules_.TakeBack(node, pod_class, count);
  Move(node, pod_class, -count);
  log_.RemoveLast();
}

void WorkState::Move(NodeIndex node, std::uint32_t pod_class, std::int32_t count) {
  std::int64_t* row = nodes_.row(node);
  for (const ClassNeeds::Request& request : needs(pod_class).asked) {
    std::int64_t& free = row[request.resource];
    Wide& in_all = free_in_all_[request.resource];
    in_all -= std::max<std::int64_t>(0, free);
    free -= request.amount * count;
    in_all += std::max<std::int64_t>(0, free);
  }
  ++counters.nodes_read;
  looks_.Follow(node);
  for (CopyIndex* index : watched_) SetCopies(*index, node, CountCopies(node, *index));
}

void WorkState::SetMark(NodeIndex node, Mark mark) {
  const auto now = static_cast<std::uint8_t>(mark);
  if (nodes_.usable[node] == now) return;
  nodes_.usable[node] = now;
  ++counters.nodes_read;
  looks_.Follow(node);
  log_.Add(node);
  for (CopyIndex* index : watched_) SetCopies(*index, node, CountCopies(node, *index));
}

PlacementCounters WorkState::Counters() const {
  PlacementCounters all = counters;
  all.nodes_read += looks_.nodes_read;
  all.domains_read += looks_.domains_read;
  all.updates += looks_.updates + rules_.pods_read;
  return all;
}

std::size_t WorkState::bytes() const {
  std::size_t total = sizeof(*this) + HeapBytesOf(domain_slots, nodes_.free, nodes_.usable, free_in_all_, needs_,
                                                  rules_, log_, looks_, entries_, watched_);
  total += indexes_.capacity() * sizeof(indexes_[0]);
  for (const auto& index : indexes_) total += sizeof(CopyIndex) + index->bytes();
  if (problems != nullptr) total += problems->bytes();
  if (planner != nullptr) total += planner->bytes();
  return total;
}

}  // namespace grove::topology
