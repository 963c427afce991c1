#include "planner/lint/names_of_set.h"

#include <algorithm>
#include <string_view>

#include "model/naming.h"

namespace grove::planner::lint {

namespace {

// Names of standalone PodCliques, and of those of the first replicas of each group, `count(group)` at most.
template <class Count>
std::vector<NamedPodClique> Names(const Subject& subject, const Count& count) {
  std::vector<NamedPodClique> names;
  for (const std::size_t i : subject.layout.standalone) {
    names.push_back({subject.clique(i).name, static_cast<std::uint32_t>(i)});
  }
  for (std::size_t g = 0; g < subject.layout.members.size(); ++g) {
    const std::int32_t replicas = std::min(count(subject.group(g)), kComparedReplicas);
    for (std::int32_t j = 0; j < replicas; ++j) {
      for (const std::size_t i : subject.layout.members[g]) {
        names.push_back(
            {naming::MemberName(subject.group(g).name, j, subject.clique(i).name), static_cast<std::uint32_t>(i)});
      }
    }
  }
  return names;
}

// An index stands in the name as if the name were joined itself: "s-0-b", or "s-0" for a group.
bool HoldsIndex(std::string_view name) {
  for (std::size_t at = name.find('-'); at != std::string_view::npos; at = name.find('-', at + 1)) {
    const std::size_t end = std::min(name.find_first_not_of("0123456789", at + 1), name.size());
    if (end > at + 1 && (end == name.size() || name[end] == '-')) return true;
  }
  return false;
}

}  // namespace

std::vector<NamedPodClique> NamesOfBaseGang(const Subject& subject) {
  return Names(subject, [](const PodCliqueScalingGroupConfig& group) { return MinAvailableOf(group); });
}

std::vector<NamedPodClique> NamesThatMayCollide(const Subject& subject) {
  const auto holds_index = [](const auto& element) { return HoldsIndex(element.name); };
  const bool possible = !subject.spec.pod_clique_scaling_groups.empty() &&
                        (std::ranges::any_of(subject.spec.cliques, holds_index) ||
                         std::ranges::any_of(subject.spec.pod_clique_scaling_groups, holds_index));
  if (!possible) return {};
  return Names(subject, [](const PodCliqueScalingGroupConfig& group) { return MostReplicasOf(group); });
}

}  // namespace grove::planner::lint
