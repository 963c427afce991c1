#include "planner/status/pod_gang_status.h"

#include <algorithm>

#include "model/naming.h"
#include "planner/status/conditions.h"
#include "planner/status/pod_state.h"

namespace grove::planner {
namespace {

// PG-31. Pods in excess do not make up for those that another PodClique lacks.
bool HasPendingPods(const PodGang& gang, const PodClique& clique, std::span<const Pod* const> pods) {
  std::int64_t present = 0;
  for (const Pod* pod : pods) {
    if (IsTerminating(*pod)) continue;
    ++present;
    if (pod->metadata.labels.Get(keys::kPodGang) != gang.metadata.name) return true;
  }
  return present < clique.spec.replicas;
}

}  // namespace

bool IsComplete(const PodGang& gang, const ChildIndex& children) {
  return std::all_of(gang.spec.pod_groups.begin(), gang.spec.pod_groups.end(), [&](const PodGroup& group) {
    const PodClique* clique = children.FindClique(group.name);
    return clique != nullptr && !HasPendingPods(gang, *clique, children.PodsNamed(group.name));
  });
}

PodGangStatus InitializedStatus(bool complete, Time now) {
  const Verdict verdict =
      complete ? Verdict{kTrue, "PodGangPodsCreated", "PodGang is fully initialized"}
               : Verdict{kFalse, "PodGangPodsCreationPending", "Not all pods of the PodGang have been created yet"};
  PodGangStatus status;
  status.phase = "Pending";
  SetCondition(status.conditions, condition_types::kInitialized, verdict, 0, now);
  return status;
}

}  // namespace grove::planner
