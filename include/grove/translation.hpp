// Translation: what a scheduler gets to see of a PodGang, and what is lost on the way (spec 07).
//
// A PodGang says which pods belong together, how many of each kind must start at once and how tightly they are packed.
// No scheduler takes it as it is. A backend turns it into the objects that its scheduler reads, and the loss report
// names everything that the gang, or the set behind it, asks for and that scheduler does not carry or will not honour.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "grove/cluster_topology_binding.hpp"
#include "grove/pod_clique_set.hpp"
#include "grove/pod_gang.hpp"
#include "grove/scheduler_objects.hpp"

namespace grove {

// A backend that PodGangs can be translated for.
struct SchedulerBackend {
  std::string_view name;            // short: "kai", "volcano", "kube", "default", "lpx"
  std::string_view scheduler_name;  // `schedulerName` of its pods, and the name of its profile
  std::string_view summary;         // the objects that it makes, in one line
  bool schedules_gangs = false;     // makes scheduler objects of each PodGang
  bool carries_topology = false;    // constraints reach the scheduler, and topologies are synchronised
  bool of_reference = true;         // the reference has it: its scheduler name alone selects it
};

// All backends, ordered by scheduler name, those of the reference first. Texts are static.
[[nodiscard]] std::vector<SchedulerBackend> SchedulerBackends();

// What becomes of a thing that was asked for.
enum class LossEffect : std::uint8_t {
  kDropped,      // no object tells the scheduler of it
  kWeakened,     // told, and kept less strictly or in fewer situations
  kConditional,  // told, and kept only if the scheduler is set up for it
  kRefused,      // told, and the scheduler's own checks refuse the object for it
};

// "dropped", "weakened", "conditional", "refused".
[[nodiscard]] std::string_view LossEffectName(LossEffect effect);

// One thing that was asked for and that the target does not carry or will not honour.
struct TranslationLoss {
  std::string object;  // that asks for it: "PodGang/serve-0" or "PodCliqueSet/serve"
  std::string field;   // in that object: "spec.podgroups[1].minReplicas"
  std::string asked;   // its value as text
  std::string gang;    // name of the PodGang that was translated
  LossEffect effect = LossEffect::kDropped;
  // Static texts: one lower-case line each.
  std::string_view lost;         // what the target does not carry or honour
  std::string_view consequence;  // what that means when pods run
  std::string_view rule;         // where the specification says so: "spec 07 §4.5"

  friend bool operator==(const TranslationLoss&, const TranslationLoss&) = default;
};

// How the Kubernetes backend cuts a PodGang, which has pod groups of its own, into PodGroups, which have no parts.
enum class KubePodGroups : std::uint8_t {
  kPerGang,    // one for all pods of the gang: all or nothing, while the minimum counts pods of any kind
  kPerClique,  // one per pod group: each with its minimum, while the groups start independently of each other
};

struct TranslationOptions {
  // The ClusterTopologyBindings that exist; they tell which level is the coarser one. Borrowed during the call.
  std::span<const ClusterTopologyBinding> topologies;
  KubePodGroups kube_pod_groups = KubePodGroups::kPerGang;
};

struct Translation {
  // In the order in which they are to be created; empty for a scheduler that needs none.
  std::vector<SchedulerObject> objects;
  // In the order of the backend's table of losses, then of the gang's fields.
  std::vector<TranslationLoss> losses;
  // Why nothing was made; empty if nothing went wrong.
  std::string error;
};

// Translates one PodGang of `set` for the backend of that name (or, if none has it, of that scheduler name).
//
// The objects are those of a cluster that knows the gang for the first time; what a scheduler or a user changed in
// objects that exist is not known here. `error` is set if there is no such backend, or if the reference would make
// nothing either: no PodCliqueSet controls the gang, the KAI queue is not decided, a constraint is there without the
// name of a topology (SB-41). Losses are told all the same. Pure, deterministic, safe from any number of threads.
// O((pod groups + topology levels) * cliques).
[[nodiscard]] Translation Translate(const PodGang& gang, const PodCliqueSet& set, std::string_view backend,
                                    const TranslationOptions& options = {});

}  // namespace grove
