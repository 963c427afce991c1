#include "topology/request_check.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

#include "topology/text.h"

namespace grove::topology {
namespace {

absl::Status Invalid(const Gang& gang, const std::string& what) {
  return absl::InvalidArgumentError(absl::StrCat("gang ", gang.gang_namespace, "/", gang.name, ": ", what));
}

absl::Status CheckScopes(const Gang& gang) {
  std::vector<std::uint32_t> nesting(gang.scopes.size(), 1);
  for (std::size_t i = 0; i < gang.scopes.size(); ++i) {
    const std::uint32_t parent = gang.scopes[i].parent;
    if (parent == GangScope::kNoParent) continue;
    if (parent >= i) return Invalid(gang, absl::StrCat("scope ", i, " stands before its parent ", parent));
    nesting[i] = nesting[parent] + 1;
    if (nesting[i] > kDeepestNesting) {
      return Invalid(gang, absl::StrCat("scopes are nested more than ", kDeepestNesting, " deep"));
    }
  }
  return absl::OkStatus();
}

absl::Status CheckGroup(const Cluster& cluster, const PlacementRequest& request, const Gang& gang,
                        const GangGroup& group, std::uint64_t& pods) {
  if (group.scope != GangGroup::kNoScope && group.scope >= gang.scopes.size()) {
    return Invalid(gang, absl::StrCat("group ", group.name, " is in scope ", group.scope, ", which does not exist"));
  }
  std::uint64_t existing = group.active.size();
  for (const CandidatePods& run : group.candidates) {
    if (run.pod_class >= request.classes.size()) {
      return Invalid(
          gang, absl::StrCat("group ", group.name, " has pods of class ", run.pod_class, ", which does not exist"));
    }
    existing += run.count;
  }
  pods += std::max<std::uint64_t>(group.min_replicas, existing);
  for (const NodeIndex node : group.former) {
    if (node >= cluster.node_count()) {
      return Invalid(gang, absl::StrCat("group ", group.name, " was on node ", node, ", which does not exist"));
    }
  }
  for (const ActivePod& pod : group.active) {
    if (pod.node >= cluster.node_count()) {
      return Invalid(gang,
                     absl::StrCat("a pod of group ", group.name, " is on node ", pod.node, ", which does not exist"));
    }
    if (pod.pod_class != ActivePod::kUnknownClass && pod.pod_class >= request.classes.size()) {
      return Invalid(gang, absl::StrCat("group ", group.name, " has active pods of class ", pod.pod_class,
                                        ", which does not exist"));
    }
  }
  return absl::OkStatus();
}

absl::Status CheckNames(const PlacementRequest& request) {
  std::vector<const Gang*> sorted;
  for (const Gang& gang : request.gangs) sorted.push_back(&gang);
  const auto key = [](const Gang* gang) { return std::tie(gang->gang_namespace, gang->name); };
  std::sort(sorted.begin(), sorted.end(), [&](const Gang* a, const Gang* b) { return key(a) < key(b); });
  for (std::size_t i = 1; i < sorted.size(); ++i) {
    if (key(sorted[i - 1]) == key(sorted[i])) return Invalid(*sorted[i], "there are two of this name");
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status CheckRequest(const Cluster& cluster, const PlacementRequest& request) {
  for (const PodClass& pods : request.classes) {
    if (absl::Status status = CheckPodClass(pods); !status.ok()) return status;
  }
  for (const Gang& gang : request.gangs) {
    if (absl::Status status = CheckScopes(gang); !status.ok()) return status;
    std::uint64_t pods = 0;
    for (const GangGroup& group : gang.groups) {
      if (absl::Status status = CheckGroup(cluster, request, gang, group, pods); !status.ok()) return status;
    }
    if (pods > kMostPodsPerGang) {
      return Invalid(gang, absl::StrCat("it has ", pods, " pods, at most ", kMostPodsPerGang, " are possible"));
    }
  }
  return CheckNames(request);
}

absl::Status CheckOptions(const Cluster& cluster, const PlacementOptions& options) {
  for (const std::string& level : {options.spread_level, options.replica_level}) {
    if (level.empty() || cluster.FindLevel(level).has_value()) continue;
    return absl::InvalidArgumentError(absl::StrCat("no level of the topology is called ", Quoted(level)));
  }
  return absl::OkStatus();
}

}  // namespace grove::topology
