#include "planner/status/pod_gang_status.h"

#include <algorithm>
#include <span>

#include "model/naming.h"
#include "planner/status/conditions.h"
#include "planner/status/pod_state.h"

namespace grove::planner {
namespace {

// Pods in excess do not make up for those that another PodClique lacks.
std::int64_t PendingPodsOf(const PodGang& gang, const PodClique& clique, std::span<const Pod* const> pods) {
  std::int64_t present = 0;
  std::int64_t strange = 0;
  for (const Pod* pod : pods) {
    if (IsTerminating(*pod)) continue;
    ++present;
    if (pod->metadata.labels.Get(keys::kPodGang) != gang.metadata.name) ++strange;
  }
  return std::max<std::int64_t>(0, clique.spec.replicas - present) + strange;
}

}  // namespace

std::optional<std::int64_t> PendingPods(const PodGang& gang, const ChildIndex& children) {
  std::int64_t pending = 0;
  for (const PodGroup& group : gang.spec.pod_groups) {
    const PodClique* clique = children.FindClique(group.name);
    if (clique == nullptr) return std::nullopt;
    pending += PendingPodsOf(gang, *clique, children.PodsNamed(group.name));
  }
  return pending;
}

bool IsComplete(const PodGang& gang, const ChildIndex& children) { return PendingPods(gang, children) == 0; }

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
