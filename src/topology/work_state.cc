#include "topology/work_state.h"

#include <algorithm>

#include "topology/mix.h"
#include "topology/node_admission.h"

namespace grove::topology {

WorkState::WorkState(const Occupancy& occupancy, std::span<const PodClass> classes, std::uint64_t salt)
    : occupancy_(occupancy),
      classes_(classes.begin(), classes.end()),
      domains_(cluster().domains()),
      levels_(static_cast<std::uint32_t>(cluster().levels().size())),
      width_(cluster().resources().size()),
      rules_(occupancy_, classes_),
      needs_(classes_.size()),
      indexes_(classes_.size()),
      salt_(salt) {
  const std::size_t nodes = cluster().node_count();
  free_.reserve(nodes * width_);
  usable_.reserve(nodes);
  node_domains_.reserve(nodes * levels_);
  for (NodeIndex node = 0; node < nodes; ++node) {
    const auto row = occupancy_.free(node);
    free_.insert(free_.end(), row.begin(), row.end());
    usable_.push_back(occupancy_.usable(node) ? 1 : 0);
    for (std::size_t level = 0; level < levels_; ++level) node_domains_.push_back(cluster().domain_of(node, level));
  }
  std::vector<std::int64_t> largest(width_, 0);
  for (NodeIndex node = 0; node < nodes; ++node) {
    const auto row = cluster().allocatable(node);
    for (std::size_t r = 0; r < width_; ++r) largest[r] = std::max(largest[r], row[r]);
  }
  for (std::size_t i = 0; i < classes_.size(); ++i) ResolveClass(classes_[i], largest, needs_[i]);
  SignAll();
}

std::pair<DomainIndex, DomainIndex> WorkState::DomainsInside(DomainIndex index, std::uint32_t depth) const {
  DomainIndex first = index;
  DomainIndex last = index;
  while (domains_[first].depth < depth) {
    const Domain& end = domains_[last];
    first = domains_[first].first_child;
    last = end.first_child + end.child_count - 1;
  }
  return {first, last + 1};
}

void WorkState::ResolveClass(const PodClass& pods, const std::vector<std::int64_t>& largest, ClassNeeds& needs) {
  needs.requests.assign(width_, 0);
  for (const auto& [name, amount] : pods.requests) {
    if (amount == 0 || name == "pods") continue;
    const auto resource = cluster().FindResource(name);
    needs.impossible = needs.impossible || !resource;
    if (resource) needs.requests[*resource] = amount;
  }
  needs.requests[*cluster().FindResource("pods")] = 1;
  const auto nodes = static_cast<NodeIndex>(cluster().node_count());
  const bool any_labels = AdmitsAnyLabels(pods);
  needs.admitted_everywhere = true;
  for (NodeIndex node = 0; node < nodes; ++node) {
    const bool plain =
        any_labels && usable_[node] != 0 && cluster().node_usable(node) && cluster().node_taints(node).empty();
    const bool fine = plain || (usable_[node] != 0 && AdmitsByLabels(cluster(), node, pods) &&
                                ToleratesTaints(cluster(), node, pods));
    if (fine) continue;
    if (needs.admitted_everywhere) needs.admitted.assign(nodes, 1);
    needs.admitted_everywhere = false;
    needs.admitted[node] = 0;
  }
  for (std::size_t r = 0; r < width_; ++r) {
    if (needs.requests[r] == 0 || largest[r] == 0) continue;
    needs.share = std::max(needs.share, static_cast<double>(needs.requests[r]) / static_cast<double>(largest[r]));
  }
}

bool WorkState::Admits(NodeIndex node, std::uint32_t pod_class) const {
  const ClassNeeds& needs = needs_[pod_class];
  return !needs.impossible && (needs.admitted_everywhere || needs.admitted[node] != 0);
}

std::int32_t WorkState::CountCopies(NodeIndex node, std::uint32_t pod_class) const {
  if (!Admits(node, pod_class)) return 0;
  const ClassNeeds& needs = needs_[pod_class];
  const std::int64_t* row = free_.data() + std::size_t{node} * width_;
  std::int64_t copies = kMostCopies;
  for (std::size_t r = 0; r < width_; ++r) {
    const std::int64_t request = needs.requests[r];
    if (request == 0) continue;
    // Few divisions: most resources are not the scarce one.
    if (row[r] < request) return 0;
    if (copies <= 1 || row[r] / copies >= request) continue;
    copies = std::min(copies, row[r] / request);
  }
  if (rules_.Concerns(pod_class)) {
    if (!rules_.PortsAllow(node, pod_class)) return 0;
    if (rules_.OnePerNode(pod_class)) copies = std::min<std::int64_t>(copies, 1);
  }
  return static_cast<std::int32_t>(copies);
}

std::int64_t WorkState::CopiesWithin(std::uint32_t small, std::uint32_t large) const {
  const ClassNeeds& a = needs_[small];
  const ClassNeeds& b = needs_[large];
  if (small == large) return 1;
  // Where the large one may go and the small one may not, nothing of the small one's room is taken.
  if (!a.admitted_everywhere) {
    if (b.admitted_everywhere) return 0;
    for (std::size_t i = 0; i < a.admitted.size(); ++i) {
      if (b.admitted[i] != 0 && a.admitted[i] == 0) return 0;
    }
  }
  if (rules_.OnePerNode(small) || a.impossible || b.impossible) return 0;
  std::int64_t copies = 1024;  // times the largest gang stays below kMostCopies
  for (std::size_t r = 0; r < width_; ++r) {
    if (a.requests[r] > 0) copies = std::min(copies, b.requests[r] / a.requests[r]);
  }
  return copies;
}

void WorkState::Rebuild(CopyIndex& index) {
  const auto nodes = static_cast<NodeIndex>(cluster().node_count());
  index.copies.resize(nodes);
  index.sums.assign(domains_.size(), 0);
  for (NodeIndex node = 0; node < nodes; ++node) {
    const std::int32_t copies = CountCopies(node, index.pod_class);
    index.copies[node] = copies;
    if (levels_ > 0) index.sums[node_domains_[std::size_t{node} * levels_ + levels_ - 1]] += copies;
    if (levels_ == 0) index.sums[0] += copies;
  }
  for (std::size_t d = domains_.size(); d-- > 1;) index.sums[domains_[d].parent] += index.sums[d];
  index.orders.clear();
  index.orders.resize(depth_count() + 1);
  index.seen = changed_.size();
  ++counters.index_builds;
  counters.nodes_read += nodes;
}

void WorkState::SetCopies(CopyIndex& index, NodeIndex node, std::int32_t copies) {
  const std::int64_t difference = std::int64_t{copies} - index.copies[node];
  if (difference == 0) return;
  index.copies[node] = copies;
  index.sums[0] += difference;
  const DomainIndex* row = node_domains_.data() + std::size_t{node} * levels_;
  for (std::uint32_t level = 0; level < levels_; ++level) index.sums[row[level]] += difference;
}

OrderedUnits::Key WorkState::KeyOf(const CopyIndex& index, std::uint32_t depth, Unit unit) const {
  if (depth < depth_count()) return {.copies = index.sums[unit], .signature = signatures_[unit], .unit = unit};
  const NodeIndex node = unit - domain_count();
  return {.copies = index.copies[node], .signature = node_signatures_[node], .unit = unit};
}

void WorkState::CatchUp(CopyIndex& index) {
  if (changed_.size() - index.seen > cluster().node_count()) return Rebuild(index);
  for (std::size_t i = index.seen; i < changed_.size(); ++i) {
    SetCopies(index, changed_[i], CountCopies(changed_[i], index.pod_class));
  }
  counters.nodes_read += changed_.size() - index.seen;
  for (std::uint32_t depth = 0; depth <= depth_count(); ++depth) {
    if (index.orders[depth] == nullptr) continue;
    Unit last = kNoUnit;
    for (std::size_t i = index.seen; i < changed_.size(); ++i) {
      const NodeIndex node = changed_[i];
      const Unit unit = depth < depth_count() ? DomainAt(node, depth) : domain_count() + node;
      if (unit != last) index.orders[depth]->Update(KeyOf(index, depth, unit));
      last = unit;
    }
  }
  index.seen = changed_.size();
}

CopyIndex& WorkState::Index(std::uint32_t pod_class) {
  std::unique_ptr<CopyIndex>& index = indexes_[pod_class];
  if (index == nullptr) {
    Evict();
    index = std::make_unique<CopyIndex>();
    index->pod_class = pod_class;
    Rebuild(*index);
  } else if (index->seen != changed_.size()) {
    CatchUp(*index);
  }
  index->used = ++clock_;
  return *index;
}

// Keeps memory bounded when there are very many classes.
void WorkState::Evict() {
  std::size_t count = 0;
  std::unique_ptr<CopyIndex>* oldest = nullptr;
  for (std::unique_ptr<CopyIndex>& index : indexes_) {
    if (index == nullptr) continue;
    ++count;
    const bool watched = std::find(watched_.begin(), watched_.end(), index.get()) != watched_.end();
    if (!watched && (oldest == nullptr || index->used < (*oldest)->used)) oldest = &index;
  }
  if (count >= kMostIndexes && oldest != nullptr) oldest->reset();
}

const OrderedUnits& WorkState::Order(CopyIndex& index, std::uint32_t depth) {
  std::unique_ptr<OrderedUnits>& order = index.orders[depth];
  if (order == nullptr) {
    auto [first, end] = depth < depth_count()
                            ? DomainsInside(0, depth)
                            : std::pair<Unit, Unit>(domain_count(), domain_count() + cluster().node_count());
    std::vector<OrderedUnits::Key> keys;
    keys.reserve(end - first);
    for (Unit unit = first; unit < end; ++unit) keys.push_back(KeyOf(index, depth, unit));
    order = std::make_unique<OrderedUnits>();
    order->Build(first, std::move(keys));
    counters.domains_read += end - first;
  }
  return *order;
}

void WorkState::Sign(NodeIndex node) {
  const std::int64_t* row = free_.data() + std::size_t{node} * width_;
  std::uint64_t sum = fixed_signatures_.empty() ? 0 : fixed_signatures_[node];
  for (std::size_t r = 0; r < width_; ++r) sum += Mix((static_cast<std::uint64_t>(row[r]) * 64 + r) ^ salt_);
  node_signatures_[node] = sum;
}

namespace {

std::uint64_t Contribution(std::uint64_t signature, bool stands_alone) {
  return Mix(signature ^ (stands_alone ? 0xA5A5A5A5A5A5A5A5u : 0));
}

}  // namespace

void WorkState::SignAll() {
  const auto nodes = static_cast<NodeIndex>(cluster().node_count());
  const bool ruled = [&] {
    for (std::uint32_t c = 0; c < classes_.size(); ++c) {
      if (rules_.Concerns(c)) return true;
    }
    return false;
  }();
  for (std::uint32_t c = 0; c < classes_.size(); ++c) {
    if (needs_[c].admitted_everywhere) continue;
    fixed_signatures_.resize(nodes);
    for (NodeIndex node = 0; node < nodes; ++node) fixed_signatures_[node] += needs_[c].admitted[node] * Mix(c);
  }
  if (ruled) {
    fixed_signatures_.resize(nodes);
    for (NodeIndex node = 0; node < nodes; ++node) fixed_signatures_[node] += Mix(~std::uint64_t{node});
  }
  node_signatures_.resize(nodes);
  signatures_.assign(domains_.size(), 0);
  for (NodeIndex node = 0; node < nodes; ++node) {
    Sign(node);
    signatures_[DomainAt(node, levels_)] += Contribution(node_signatures_[node], false);
  }
  for (std::size_t d = domains_.size(); d-- > 1;) {
    signatures_[domains_[d].parent] += Contribution(signatures_[d], domains_[d].stands_alone);
  }
}

void WorkState::Take(NodeIndex node, std::uint32_t pod_class, std::int32_t count) {
  Move(node, pod_class, count);
  changed_.push_back(node);
}

void WorkState::TakeBack(NodeIndex node, std::uint32_t pod_class, std::int32_t count) {
  Move(node, pod_class, -count);
  changed_.pop_back();
}

void WorkState::Move(NodeIndex node, std::uint32_t pod_class, std::int32_t count) {
  const ClassNeeds& needs = needs_[pod_class];
  std::int64_t* row = free_.data() + std::size_t{node} * width_;
  for (std::size_t r = 0; r < width_; ++r) row[r] -= needs.requests[r] * count;
  rules_.Add(node, pod_class, count);
  ++counters.nodes_read;
  std::uint64_t old = node_signatures_[node];
  Sign(node);
  std::uint64_t now = node_signatures_[node];
  bool alone = false;
  for (std::uint32_t depth = levels_ + 1; depth-- > 0;) {
    const DomainIndex at = DomainAt(node, depth);
    const std::uint64_t change = Contribution(now, alone) - Contribution(old, alone);
    old = signatures_[at];
    signatures_[at] += change;
    now = signatures_[at];
    alone = domains_[at].stands_alone;
  }
  for (CopyIndex* index : watched_) SetCopies(*index, node, CountCopies(node, index->pod_class));
}

}  // namespace grove::topology
