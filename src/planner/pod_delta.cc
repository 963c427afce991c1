// Which pods of a PodClique come and go (spec 09 §2.6).
#include <algorithm>
#include <charconv>
#include <string>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"

#include "grove/scaling.hpp"

#include "model/naming.h"
#include "model/node.h"
#include "model/stable_sort.h"
#include "planner/status/pod_state.h"

namespace grove {
namespace {

std::string_view TextOf(const Value& spec, std::string_view member) {
  const internal::Node* found = internal::Find(spec.node(), member);
  return found == nullptr ? std::string_view{} : internal::Text(*found);
}

// Row 2 of the order; phases that the reference does not know rank like Pending.
int PhaseRank(std::string_view phase) {
  if (phase == "Unknown") return 1;
  return phase == "Running" ? 2 : 0;
}

// What the order looks at, read once per pod. Members in the order of its rows; smaller goes first.
struct RemovalKey {
  bool assigned = false;
  int phase = 0;
  bool ready = false;
  bool current = false;
  std::int64_t age_rank = 0;  // smallest without creation time, then youngest first
  std::int64_t index_rank = 0;
  std::string_view name;

  friend auto operator<=>(const RemovalKey&, const RemovalKey&) = default;
};

RemovalKey KeyOf(const Pod& pod, std::string_view expected_hash, RemovalTie tie) {
  RemovalKey key;
  key.assigned = !TextOf(pod.spec, "nodeName").empty();
  key.phase = PhaseRank(pod.status.phase);
  key.ready = planner::IsReady(pod);
  key.current = pod.metadata.labels.Get(keys::kPodTemplateHash) == expected_hash;
  const auto& created = pod.metadata.creation_timestamp;
  // Times that codec reads are far from the limits of the type.
  key.age_rank = created.has_value() ? -created->unix_seconds : std::numeric_limits<std::int64_t>::min();
  if (tie == RemovalTie::kHighestIndex) key.index_rank = -std::int64_t{planner::IndexOf(pod).value_or(0)};
  key.name = pod.metadata.name;
  return key;
}

class Delta {
 public:
  Delta(std::span<const Pod* const> pods, std::optional<PodExpectations> expectations) : pods_(pods) {
    result_.expectations = std::move(expectations);
    if (result_.expectations.has_value()) Sync(*result_.expectations);
  }

  absl::StatusOr<PodDelta> Compute(std::int32_t replicas, std::string_view expected_hash, RemovalTie tie) && {
    const auto expected = [&](auto member) {
      return result_.expectations.has_value() ? static_cast<std::int64_t>(((*result_.expectations).*member).size()) : 0;
    };
    const std::int64_t existing = static_cast<std::int64_t>(pods_.size()) + expected(&PodExpectations::create);
    const std::int64_t difference = existing - replicas - expected(&PodExpectations::remove);
    if (difference < 0) {
      absl::StatusOr<std::vector<std::int32_t>> indices = FreeIndices(pods_, -difference);
      if (!indices.ok()) return indices.status();
      result_.create = *std::move(indices);
    } else if (difference > 0) {
      Remove(difference, replicas, expected_hash, tie);
    }
    return std::move(result_);
  }

 private:
  // Rows of the table in spec 09 §2.6, "sync at the start of a pass".
  void Sync(PodExpectations& expectations) const {
    absl::flat_hash_set<std::string_view> live;
    std::vector<std::string> terminating;
    for (const Pod* pod : pods_) {
      if (planner::IsTerminating(*pod)) {
        terminating.push_back(IdentityOf(*pod));
      } else {
        live.insert(IdentityOf(*pod));
      }
    }
    const auto is_live = [&](const std::string& uid) { return live.contains(std::string_view{uid}); };
    std::erase_if(expectations.create, is_live);
    std::erase_if(expectations.remove, [&](const std::string& uid) { return !is_live(uid); });
    for (std::string& uid : terminating) expectations.remove.push_back(std::move(uid));
  }

  // A pod that never was in a cluster goes by its name.
  static const std::string& IdentityOf(const Pod& pod) {
    return pod.metadata.uid.empty() ? pod.metadata.name : pod.metadata.uid;
  }

  void Remove(std::int64_t difference, std::int32_t replicas, std::string_view expected_hash, RemovalTie tie) {
    std::vector<const Pod*> live;
    std::vector<std::size_t> positions;
    for (std::size_t p = 0; p < pods_.size(); ++p) {
      if (planner::IsTerminating(*pods_[p]) || IsExpectedToGo(*pods_[p])) continue;
      live.push_back(pods_[p]);
      positions.push_back(p);
    }
    const std::int64_t excess = static_cast<std::int64_t>(live.size()) - replicas;
    const std::int64_t count = std::clamp<std::int64_t>(excess, 0, difference);
    for (const std::size_t position : OrderForRemoval(live, expected_hash, tie)) {
      if (static_cast<std::int64_t>(result_.remove.size()) == count) break;
      result_.remove.push_back(positions[position]);
    }
  }

  [[nodiscard]] bool IsExpectedToGo(const Pod& pod) const {
    if (!result_.expectations.has_value()) return false;
    const std::vector<std::string>& going = result_.expectations->remove;
    return std::ranges::find(going, IdentityOf(pod)) != going.end();
  }

  std::span<const Pod* const> pods_;
  PodDelta result_;
};

}  // namespace

std::optional<std::int32_t> IndexOfHostname(std::string_view hostname) {
  const std::size_t dash = hostname.rfind('-');
  if (dash == std::string_view::npos || dash + 1 == hostname.size()) return std::nullopt;
  const std::string_view digits = hostname.substr(dash + 1);
  std::int32_t index = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), index);
  if (error != std::errc() || end != digits.data() + digits.size() || index < 0) return std::nullopt;
  return index;
}

absl::StatusOr<std::vector<std::int32_t>> FreeIndices(std::span<const Pod* const> pods, std::int64_t count) {
  std::vector<std::int32_t> used;
  for (const Pod* pod : pods) {
    if (!planner::IsActive(*pod)) continue;
    const std::optional<std::int32_t> index = planner::IndexOf(*pod);
    if (!index.has_value()) {
      return absl::FailedPreconditionError(absl::StrCat("pod ", pod->metadata.name, " has no index in its hostname"));
    }
    used.push_back(*index);
  }
  std::sort(used.begin(), used.end());
  if (const auto twice = std::adjacent_find(used.begin(), used.end()); twice != used.end()) {
    return absl::FailedPreconditionError(absl::StrCat("two pods have index ", *twice));
  }
  std::vector<std::int32_t> free;
  auto next_used = used.begin();
  for (std::int64_t index = 0; static_cast<std::int64_t>(free.size()) < count; ++index) {
    if (next_used != used.end() && *next_used == index) {
      ++next_used;
    } else if (index > std::numeric_limits<std::int32_t>::max()) {
      return absl::FailedPreconditionError("no index is left");
    } else {
      free.push_back(static_cast<std::int32_t>(index));
    }
  }
  return free;
}

std::vector<std::size_t> OrderForRemoval(std::span<const Pod* const> pods, std::string_view expected_hash,
                                         RemovalTie tie) {
  std::vector<RemovalKey> pod_keys;
  pod_keys.reserve(pods.size());
  for (const Pod* pod : pods) pod_keys.push_back(KeyOf(*pod, expected_hash, tie));
  const std::vector<std::uint32_t> order =
      internal::StableOrder(pods.size(), [&](std::uint32_t a, std::uint32_t b) { return pod_keys[a] < pod_keys[b]; });
  return {order.begin(), order.end()};
}

absl::StatusOr<PodDelta> DeltaOfPods(std::int32_t replicas, std::span<const Pod* const> pods,
                                     std::string_view expected_hash, std::optional<PodExpectations> expectations,
                                     RemovalTie tie) {
  return Delta(pods, std::move(expectations)).Compute(replicas, expected_hash, tie);
}

}  // namespace grove
