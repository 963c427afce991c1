// What all parts of one expansion share: the set and its options, and what is computed once per set.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "grove/expansion.hpp"

#include "model/node.h"
#include "planner/live_index.h"
#include "planner/resource_sharing.h"
#include "planner/set_hashes.h"
#include "planner/template_lookup.h"

namespace grove::planner {

// A scaling group of the set.
struct ScalingGroup {
  const PodCliqueScalingGroupConfig* config = nullptr;
  std::int32_t replicas = 0;           // of the template; see Context::GroupReplicas
  std::int32_t min_available = 0;      // replicas below it belong to the base gang
  std::vector<std::uint32_t> cliques;  // templates of its members, in the order of cliqueNames
  std::int64_t template_pods = 0;      // pods of one replica, by the replicas of the templates
  SharingList sharing;
  // Members whose name another PodClique of the same replica of the set has, which comes first and stays (O-2), as
  // pairs of group replica and template; sorted, mostly empty.
  std::vector<std::pair<std::int32_t, std::uint32_t>> shadowed;
};

// A clique of the set.
struct Clique {
  const PodCliqueTemplateSpec* config = nullptr;
  std::uint32_t group = kNone;  // the scaling group that it is a member of
  SharingList sharing;
};

// Place of a PodClique in the hierarchy.
struct PodCliqueKey {
  std::int32_t replica = 0;        // of the set
  std::uint32_t clique = 0;        // that it is named after
  std::uint32_t group = kNone;     // of a member
  std::int32_t group_replica = 0;  // of a member
};

// Immutable once made, but for `storage`, which collects the nodes of all objects.
struct Context {
  // Refers to `pod_clique_set` and `expansion_options`, which must outlive this. `document` is the set as it is stored.
  Context(const PodCliqueSet& pod_clique_set, const Value& document, const ExpansionOptions& expansion_options,
          LiveIndex live_objects = {});

  const PodCliqueSet& set;
  const ExpansionOptions& options;
  LiveIndex live;
  std::shared_ptr<internal::Storage> storage;
  SetHashes hashes;
  SharingList sharing;
  std::vector<Clique> cliques;
  std::vector<ScalingGroup> groups;

  [[nodiscard]] const std::string& name() const { return set.metadata.name; }
  [[nodiscard]] const std::string& namespace_name() const { return set.metadata.namespace_name; }
  [[nodiscard]] const PodCliqueSetTemplateSpec& template_spec() const { return set.spec.template_spec; }
  // Replicas of a scaling group in one replica of the set: what the live object has, else the template's (PG-03).
  [[nodiscard]] std::int32_t GroupReplicas(std::int32_t replica, std::uint32_t group) const;
  [[nodiscard]] bool IsBase(const PodCliqueKey& key) const {
    return key.group == kNone || key.group_replica < groups[key.group].min_available;
  }
};

// Calls `visit` with the key of every standalone PodClique of a replica of the set, in template order.
template <class Visitor>
void ForEachStandalone(const Context& context, std::int32_t replica, Visitor&& visit) {
  for (std::uint32_t clique = 0; clique < context.cliques.size(); ++clique) {
    if (context.cliques[clique].group == kNone) visit(PodCliqueKey{replica, clique, kNone, 0});
  }
}

// The same for the members of one scaling group that come to exist, by group replica, then in the order of cliqueNames.
template <class Visitor>
void ForEachMember(const Context& context, std::int32_t replica, std::uint32_t group, Visitor&& visit) {
  const ScalingGroup& config = context.groups[group];
  if (config.cliques.empty()) return;
  const std::int32_t replicas = context.GroupReplicas(replica, group);
  for (std::int32_t j = 0; j < replicas; ++j) {
    for (const std::uint32_t clique : config.cliques) {
      if (!config.shadowed.empty() && std::ranges::binary_search(config.shadowed, std::pair(j, clique))) continue;
      visit(PodCliqueKey{replica, clique, group, j});
    }
  }
}

// Name of a PodCliqueScalingGroup (spec 04 §2).
[[nodiscard]] std::string ScalingGroupName(const Context& context, std::int32_t replica, std::uint32_t group);
// Name of a PodClique (spec 04 §2).
[[nodiscard]] std::string PodCliqueName(const Context& context, const PodCliqueKey& key);

// The template that a PodClique is built from, which is not always the one that it is named after (spec 04 §7.1).
[[nodiscard]] std::uint32_t SourceTemplate(const Context& context, std::string_view pod_clique_name);

}  // namespace grove::planner
