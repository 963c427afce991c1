// Startup: which cliques wait for which, and what that comes to for each PodClique (spec 04 §7.5, §12).
//
// The order is enforced inside the pods: an init container waits until enough pods of every parent are Ready. Cliques
// that wait for each other therefore wait for ever, which is why admission refuses such sets, and why the graph of a
// set that was refused is worth looking at.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "grove/admission.hpp"
#include "grove/expansion.hpp"
#include "grove/pod_clique_set.hpp"
#include "grove/value.hpp"

namespace grove {

enum class StartupType : std::uint8_t {
  kNone,      // the set names none: no PodClique can be made of it
  kAnyOrder,  // no clique waits; so does a type that Grove does not know
  kInOrder,   // each clique waits for the one before it in the template, and for that one alone
  kExplicit,  // each clique waits for those that its `startsAfter` names
};

// A clique of the template.
struct StartupClique {
  std::string name;
  std::string scaling_group;  // that it is a member of; empty for a standalone clique
  std::int32_t replicas = 0;
  std::int32_t min_available = 0;  // pods that must be Ready before those that wait may start
  // Positions of the cliques that it waits for, as the template lists them, repeated if it repeats them.
  std::vector<std::uint32_t> parents;
  // Entries of `startsAfter` that name no clique; admission refuses them (V-148).
  std::vector<std::string> unknown_parents;
  // The length of the longest chain of parents; nullopt if it waits, directly or not, for itself or for nobody known.
  std::optional<std::uint32_t> wave;

  friend bool operator==(const StartupClique&, const StartupClique&) = default;
};

struct StartupGraph {
  // No clique waits in vain.
  [[nodiscard]] bool starts() const;

  StartupType type = StartupType::kNone;
  std::vector<StartupClique> cliques;  // in the order of the template
  // Positions of the cliques of each wave, ascending. Cliques without a wave are in none.
  std::vector<std::vector<std::uint32_t>> waves;
  // One cycle for each knot of cliques that wait for each other: positions in the order of waiting, each clique waits
  // for the next one and the last one for the first. A shortest cycle through the knot's first clique, which it begins
  // with. A clique that waits for itself is a cycle of one. Ordered by first clique.
  std::vector<std::vector<std::uint32_t>> cycles;
};

// The graph of a set, whether admission lets it pass or not. Of cliques of one name the first is meant, as for Grove.
// A missing startup type is AnyOrder only after defaulting. Total, pure, thread-safe. O(cliques + entries of
// startsAfter), and a logarithm.
[[nodiscard]] StartupGraph MakeStartupGraph(const PodCliqueSet& set);
// The same for a document; members of another type than the API has count as absent.
[[nodiscard]] StartupGraph MakeStartupGraph(const Value& document);

// A PodClique that another one waits for.
struct StartupParent {
  std::string name;                // of the PodClique
  std::int32_t min_available = 0;  // pods of it that must be Ready at one instant

  friend bool operator==(const StartupParent&, const StartupParent&) = default;
};

// A PodClique, and what its pods wait for.
struct StartupPodClique {
  std::string name;
  std::string pod_gang;                     // the order is enforced among the pods of one PodGang
  std::uint32_t clique = 0;                 // position of its template in StartupGraph::cliques
  std::int32_t replica = 0;                 // of the set
  std::vector<StartupParent> starts_after;  // in the order of its init container's arguments
  // The length of the longest chain of PodCliques that it waits for; nullopt if one of them is itself or never exists.
  std::optional<std::uint32_t> wave;

  friend bool operator==(const StartupPodClique&, const StartupPodClique&) = default;
};

struct StartupPodCliques {
  std::vector<StartupPodClique> pod_cliques;  // by replica of the set, then standalone before members
  // As StartupGraph::cycles, of positions in pod_cliques. An admitted set can have some nevertheless: a PodClique takes
  // its parents from the first clique whose name its own name ends in, be that its own or not (spec 04 §7.1).
  std::vector<std::vector<std::uint32_t>> cycles;
  // A bound of Limits, named, that was exceeded; the list is empty then.
  std::string limit_exceeded;
};

// What every PodClique of an admitted set waits for: replicas that belong to the base gang wait for all base replicas
// of a parent, replicas beyond minAvailable for their own replica alone (spec 04 §7.5). Of `options`, the limits count,
// and what else decides which PodCliques exist. Pure, thread-safe. O(PodCliques + startsAfter).
[[nodiscard]] StartupPodCliques MakeStartupPodCliques(const AdmittedPodCliqueSet& set,
                                                      const ExpansionOptions& options = {});

}  // namespace grove
