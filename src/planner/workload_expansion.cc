// Expansion of all sets of a workload.

#include <algorithm>
#include <cstddef>
#include <utility>

#include "grove/workload.hpp"

namespace grove {

namespace {

// What is left of `limit` for the sets that follow.
void Use(std::size_t used, std::size_t& limit) { limit -= std::min(used, limit); }

std::size_t StartupReferences(const ObjectSet& objects) {
  std::size_t count = 0;
  for (const PodClique& clique : objects.pod_cliques) count += clique.spec.starts_after.size();
  return count;
}

}  // namespace

WorkloadExpansion ExpandWorkload(const Workload& workload, ExpansionOptions options) {
  options.configuration = workload.context.configuration;
  options.topologies = workload.context.topologies;
  options.resource_claim_templates = workload.resource_claim_templates;
  WorkloadExpansion result;
  for (std::size_t i = 0; i < workload.verdicts.size(); ++i) {
    const ObjectVerdict& verdict = workload.verdicts[i];
    if (!verdict.admitted.has_value()) continue;
    Expansion expansion = Expand(*verdict.admitted, options);
    if (!expansion.limit_exceeded.empty()) return {{}, std::move(expansion.limit_exceeded), i};
    Use(expansion.objects.size(), options.limits.max_objects);
    Use(StartupReferences(expansion.objects), options.limits.max_startup_references);
    result.sets.push_back({i, std::move(expansion.objects), std::move(expansion.errors), std::move(expansion.losses),
                           std::move(expansion.pending)});
  }
  return result;
}

void AppendObjects(ObjectSet&& from, ObjectSet& to) {
  const auto append = [&](auto member) {
    auto& source = from.*member;
    auto& target = to.*member;
    if (target.empty()) {
      target = std::move(source);
    } else {
      for (auto& object : source) target.push_back(std::move(object));
    }
  };
  append(&ObjectSet::service_accounts);
  append(&ObjectSet::roles);
  append(&ObjectSet::role_bindings);
  append(&ObjectSet::secrets);
  append(&ObjectSet::services);
  append(&ObjectSet::horizontal_pod_autoscalers);
  append(&ObjectSet::compute_domains);
  append(&ObjectSet::resource_claims);
  append(&ObjectSet::pod_cliques);
  append(&ObjectSet::pod_clique_scaling_groups);
  append(&ObjectSet::pod_gangs);
  append(&ObjectSet::pods);
  append(&ObjectSet::kai_pod_groups);
  append(&ObjectSet::volcano_pod_groups);
  append(&ObjectSet::scheduler_objects);
}

}  // namespace grove
