// Names of the objects that Grove makes (spec 04 §2), and the label and annotation keys they carry (spec 01 §9).
// Plain joins of user names and decimal indices: nothing is truncated, escaped or hashed.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace grove::naming {

// `<set>-<replica>`: the headless Service and the base PodGang of a replica.
[[nodiscard]] std::string ReplicaName(std::string_view set, std::int64_t replica);
// `<replica name>.<namespace>.svc.cluster.local`.
[[nodiscard]] std::string ServiceAddress(std::string_view replica_name, std::string_view namespace_name);
// `<set>-<replica>-<clique or group>`: a standalone PodClique, a PodCliqueScalingGroup, or the autoscaler of either.
[[nodiscard]] std::string ChildName(std::string_view set, std::int64_t replica, std::string_view child);
// `<group object>-<group replica>-<clique>`: a PodClique of a scaling group.
[[nodiscard]] std::string MemberName(std::string_view group_object, std::int64_t group_replica,
                                     std::string_view clique);
// `<group object>-<k>`, k counted from 0 over the group replicas beyond minAvailable.
[[nodiscard]] std::string ScaledGangName(std::string_view group_object, std::int64_t k);
// `grove.io:pcs:<set>`: Role and RoleBinding.
[[nodiscard]] std::string RoleName(std::string_view set);
// `<set>-ic-sat`: the token Secret.
[[nodiscard]] std::string TokenSecretName(std::string_view set);

}  // namespace grove::naming

namespace grove::keys {

inline constexpr std::string_view kName = "app.kubernetes.io/name";
inline constexpr std::string_view kManagedBy = "app.kubernetes.io/managed-by";
inline constexpr std::string_view kPartOf = "app.kubernetes.io/part-of";
inline constexpr std::string_view kComponent = "app.kubernetes.io/component";
inline constexpr std::string_view kManager = "grove-operator";  // value of kManagedBy

inline constexpr std::string_view kPrefix = "grove.io/";
inline constexpr std::string_view kPodClique = "grove.io/podclique";
inline constexpr std::string_view kPodGang = "grove.io/podgang";
inline constexpr std::string_view kBasePodGang = "grove.io/base-podgang";
inline constexpr std::string_view kReplicaIndex = "grove.io/podcliqueset-replica-index";
inline constexpr std::string_view kScalingGroup = "grove.io/podcliquescalinggroup";
inline constexpr std::string_view kScalingGroupReplicaIndex = "grove.io/podcliquescalinggroup-replica-index";
inline constexpr std::string_view kPodIndex = "grove.io/podclique-pod-index";
inline constexpr std::string_view kPodTemplateHash = "grove.io/pod-template-hash";
inline constexpr std::string_view kSchedulerName = "grove.io/scheduler-name";
inline constexpr std::string_view kTopologyName = "grove.io/topology-name";
inline constexpr std::string_view kMnnvlGroup = "grove.io/mnnvl-group";

inline constexpr std::string_view kKaiNodePool = "kai.scheduler/node-pool";
inline constexpr std::string_view kKaiQueue = "kai.scheduler/queue";
inline constexpr std::string_view kKaiSkipPodGrouper = "kai.scheduler/skip-podgrouper";
inline constexpr std::string_view kKaiSubGroup = "kai.scheduler/subgroup-name";
inline constexpr std::string_view kKaiPodGroup = "pod-group-name";
inline constexpr std::string_view kKaiTopology = "kai.scheduler/topology";
inline constexpr std::string_view kVolcanoQueue = "scheduling.grove.io/volcano-queue";
inline constexpr std::string_view kVolcanoGroup = "scheduling.volcano.sh/group-name";
inline constexpr std::string_view kKubernetesGroup = "scheduling.k8s.io/group-name";

inline constexpr std::string_view kPodCliqueSetFinalizer = "grove.io/podcliqueset.grove.io";
inline constexpr std::string_view kPodCliqueFinalizer = "grove.io/podclique.grove.io";
inline constexpr std::string_view kScalingGroupFinalizer = "grove.io/podcliquescalinggroup.grove.io";
inline constexpr std::string_view kComputeDomainFinalizer = "grove.io/computedomain-finalizer";
inline constexpr std::string_view kSchedulingGate = "grove.io/podgang-pending-creation";

}  // namespace grove::keys

namespace grove::schedulers {

// Names of the scheduler backends (spec 07 §1): profile names, and the `schedulerName` of pods.
inline constexpr std::string_view kDefault = "default-scheduler";
inline constexpr std::string_view kKai = "kai-scheduler";
inline constexpr std::string_view kVolcano = "volcano";
inline constexpr std::string_view kLpx = "lpx-scheduler";

}  // namespace grove::schedulers
