// The startup order of every PodClique.

#include <string_view>
#include <utility>

#include "absl/container/flat_hash_map.h"

#include "grove/startup.hpp"

#include "model/naming.h"
#include "planner/object_count.h"
#include "planner/startup_order.h"
#include "planner/startup_waves.h"

namespace grove {
namespace {

using planner::Context;
using planner::kNone;
using planner::PodCliqueKey;

std::string GangOf(const Context& context, const PodCliqueKey& key) {
  if (context.IsBase(key)) return naming::ReplicaName(context.name(), key.replica);
  return naming::ScaledGangName(planner::ScalingGroupName(context, key.replica, key.group),
                                key.group_replica - context.groups[key.group].min_available);
}

StartupPodClique MakeOne(const Context& context, const planner::StartupOrder& order, const PodCliqueKey& key) {
  StartupPodClique out;
  out.name = planner::PodCliqueName(context, key);
  out.pod_gang = GangOf(context, key);
  out.clique = key.clique;
  out.replica = key.replica;
  for (std::string& name : order.StartsAfter(key, planner::SourceTemplate(context, out.name))) {
    StartupParent& parent = out.starts_after.emplace_back();
    const std::uint32_t source = planner::SourceTemplate(context, name);
    if (source != kNone) {
      const PodCliqueSpec& spec = context.cliques[source].config->spec;
      parent.min_available = spec.min_available.value_or(spec.replicas);
    }
    parent.name = std::move(name);
  }
  return out;
}

void AddWaves(StartupPodCliques& result) {
  absl::flat_hash_map<std::string_view, std::uint32_t> positions;  // only looked up
  for (std::uint32_t i = 0; i < result.pod_cliques.size(); ++i) positions.emplace(result.pod_cliques[i].name, i);
  planner::Waiting waiting;
  for (const StartupPodClique& pod_clique : result.pod_cliques) {
    std::vector<std::uint32_t>& parents = waiting.parents.emplace_back();
    waiting.hopeless.push_back(false);
    for (const StartupParent& parent : pod_clique.starts_after) {
      const auto found = positions.find(std::string_view(parent.name));
      if (found == positions.end()) {
        waiting.hopeless.back() = true;
      } else {
        parents.push_back(found->second);
      }
    }
  }
  const std::vector<std::optional<std::uint32_t>> waves = planner::WavesOf(waiting);
  for (std::size_t i = 0; i < waves.size(); ++i) result.pod_cliques[i].wave = waves[i];
  result.cycles = planner::CyclesOf(waiting);
}

}  // namespace

StartupPodCliques MakeStartupPodCliques(const AdmittedPodCliqueSet& set, const ExpansionOptions& options) {
  StartupPodCliques result;
  const Context context(set.set(), set.document(), options);
  const planner::StartupOrder order(context);
  const planner::ExpansionSize size = planner::SizeOf(context, order);
  result.limit_exceeded = size.exceeded_limit;
  if (!result.limit_exceeded.empty() || !order.defined()) return result;
  result.pod_cliques.reserve(static_cast<std::size_t>(size.pod_cliques));
  const auto add = [&](const PodCliqueKey& key) { result.pod_cliques.push_back(MakeOne(context, order, key)); };
  for (std::int32_t i = 0; i < context.set.spec.replicas; ++i) {
    planner::ForEachStandalone(context, i, add);
    for (std::uint32_t group = 0; group < context.groups.size(); ++group) {
      planner::ForEachMember(context, i, group, add);
    }
  }
  AddWaves(result);
  return result;
}

}  // namespace grove
