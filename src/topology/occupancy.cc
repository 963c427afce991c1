#include <algorithm>

#include "grove/cluster.hpp"

namespace grove {
namespace {

bool HasRules(const PodClass& pod) {
  return !pod.host_ports.empty() || !pod.affinity.empty() || !pod.anti_affinity.empty();
}

// Equal classes among the latest ones are kept once.
constexpr std::size_t kMostRecent = 8;

}  // namespace

Occupancy::Occupancy(Cluster cluster)
    : cluster_(std::move(cluster)), chunks_((cluster_.node_count() + kChunkNodes - 1) / kChunkNodes) {}

std::span<const std::int64_t> Occupancy::free(NodeIndex node) const {
  const std::shared_ptr<Chunk>& chunk = chunks_[node / kChunkNodes];
  if (chunk == nullptr) return cluster_.free(node);
  const std::size_t width = cluster_.resources().size();
  return std::span(chunk->free).subspan(node % kChunkNodes * width, width);
}

std::vector<std::int64_t> Occupancy::CopyFree() const {
  std::vector<std::int64_t> all;
  const std::size_t width = cluster_.resources().size();
  const std::size_t nodes = cluster_.node_count();
  all.reserve(nodes * width);
  for (std::size_t c = 0; c < chunks_.size(); ++c) {
    const auto first = static_cast<NodeIndex>(c * kChunkNodes);
    const std::int64_t* begin = free(first).data();
    all.insert(all.end(), begin, begin + std::min(kChunkNodes, nodes - first) * width);
  }
  return all;
}

bool Occupancy::usable(NodeIndex node) const {
  const std::shared_ptr<Chunk>& chunk = chunks_[node / kChunkNodes];
  return chunk == nullptr ? cluster_.node_usable(node) : chunk->usable[node % kChunkNodes];
}

Occupancy::Chunk& Occupancy::Own(NodeIndex node) {
  std::shared_ptr<Chunk>& chunk = chunks_[node / kChunkNodes];
  if (chunk == nullptr) {
    chunk = std::make_shared<Chunk>();
    const NodeIndex first = node / kChunkNodes * kChunkNodes;
    const auto end = static_cast<NodeIndex>(std::min<std::size_t>(first + kChunkNodes, cluster_.node_count()));
    for (NodeIndex at = first; at < end; ++at) {
      const auto row = cluster_.free(at);
      chunk->free.insert(chunk->free.end(), row.begin(), row.end());
      chunk->usable.push_back(cluster_.node_usable(at));
    }
  } else if (chunk.use_count() > 1) {
    chunk = std::make_shared<Chunk>(*chunk);
  }
  return *chunk;
}

void Occupancy::Take(NodeIndex node, const PodClass& pod, std::int64_t sign) {
  Chunk& chunk = Own(node);
  const std::size_t row = node % kChunkNodes * cluster_.resources().size();
  for (const auto& [name, amount] : pod.requests) {
    const auto resource = cluster_.FindResource(name);
    if (resource && name != "pods") chunk.free[row + *resource] -= sign * amount;
  }
  chunk.free[row + *cluster_.FindResource("pods")] -= sign;
}

std::shared_ptr<const PodClass> Occupancy::Keep(const PodClass& pod) {
  for (const std::shared_ptr<const PodClass>& recent : recent_) {
    if (*recent == pod) return recent;
  }
  if (recent_.size() == kMostRecent) recent_.erase(recent_.begin());
  return recent_.emplace_back(std::make_shared<const PodClass>(pod));
}

void Occupancy::Remember(NodeIndex node, const std::shared_ptr<const PodClass>& pod) {
  if (!Remembers(*pod)) return;
  placed_.push_back({.node = node, .pod = pod});
  ruled_ += HasRules(*pod) ? 1 : 0;
}

bool Occupancy::EraseLatest(NodeIndex node, const PodClass& pod) {
  for (std::size_t i = placed_.size(); i-- > 0;) {
    if (placed_[i].node != node || !(*placed_[i].pod == pod)) continue;
    placed_.erase(placed_.begin() + static_cast<std::ptrdiff_t>(i));
    ruled_ -= HasRules(pod) ? 1 : 0;
    return true;
  }
  return false;
}

bool Occupancy::Place(NodeIndex node, const PodClass& pod) {
  if (node >= cluster_.node_count()) return false;
  Change change{.kind = Change::Kind::kPlace, .node = node, .running = 0, .pod = Keep(pod)};
  Take(node, pod, 1);
  Remember(node, change.pod);
  trail_.push_back(std::move(change));
  return true;
}

// Removes a remembered pod; false if there is none.
bool Occupancy::Forget(NodeIndex node, const PodClass& pod, Change& change) {
  if (EraseLatest(node, pod)) return true;
  const auto running = cluster_.running_pods();
  for (std::uint32_t i = 0; i < running.size(); ++i) {
    if (running[i].node != node || !(cluster_.running_classes()[running[i].pod_class] == pod)) continue;
    const auto at = std::lower_bound(released_.begin(), released_.end(), i);
    if (at != released_.end() && *at == i) continue;
    released_.insert(at, i);
    change.kind = Change::Kind::kReleaseRunning;
    change.running = i;
    return true;
  }
  return false;
}

bool Occupancy::Release(NodeIndex node, const PodClass& pod) {
  if (node >= cluster_.node_count()) return false;
  Change change{.kind = Change::Kind::kRelease, .node = node, .running = 0, .pod = nullptr};
  if (Remembers(pod) && !Forget(node, pod, change)) return false;
  change.pod = Keep(pod);
  Take(node, pod, -1);
  trail_.push_back(std::move(change));
  return true;
}

bool Occupancy::SetUsable(NodeIndex node, bool usable) {
  if (node >= cluster_.node_count()) return false;
  if (this->usable(node) == usable) return true;
  Own(node).usable[node % kChunkNodes] = usable;
  trail_.push_back(
      {.kind = usable ? Change::Kind::kUsable : Change::Kind::kUnusable, .node = node, .running = 0, .pod = nullptr});
  return true;
}

Occupancy::ChangedPod Occupancy::changed_pod(std::size_t mark) const {
  const Change& change = trail_[mark - settled_];
  if (change.pod == nullptr || !Remembers(*change.pod)) return {};
  return {.pod = change.pod.get(), .count = change.kind == Change::Kind::kPlace ? 1 : -1};
}

void Occupancy::Undo(std::size_t mark) {
  while (!trail_.empty() && this->mark() > mark) {
    const Change change = std::move(trail_.back());
    trail_.pop_back();
    switch (change.kind) {
      case Change::Kind::kPlace:
        Take(change.node, *change.pod, -1);
        if (Remembers(*change.pod)) EraseLatest(change.node, *change.pod);
        break;
      case Change::Kind::kRelease:
        Take(change.node, *change.pod, 1);
        Remember(change.node, change.pod);
        break;
      case Change::Kind::kReleaseRunning:
        Take(change.node, *change.pod, 1);
        released_.erase(std::lower_bound(released_.begin(), released_.end(), change.running));
        break;
      case Change::Kind::kUsable:
      case Change::Kind::kUnusable:
        Own(change.node).usable[change.node % kChunkNodes] = change.kind == Change::Kind::kUnusable;
        break;
    }
  }
}

}  // namespace grove
