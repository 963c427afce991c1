// What the PodCliques of one template, and their pods, have in common in all replicas of a set.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "grove/pod_clique.hpp"

#include "planner/container_template.h"
#include "planner/expansion_context.h"

namespace grove::planner {

struct PodCliqueTemplate {
  // Labels of the PodClique (spec 04 §7.2); those that tell the single object are there with empty values.
  StringMap labels;
  StringMap annotations;
  // Without startsAfter; the pod spec without the claim on the ComputeDomain.
  PodCliqueSpec spec;
  // The group in whose ComputeDomain the pods take part; empty if in none (spec 04 §10.3). Borrowed from the set.
  std::string_view mnnvl_group;

  // The pod spec of a pod, in parts: members that no pod changes, and lists that Grove adds to.
  std::vector<internal::Member> pod_members;
  std::vector<ContainerTemplate> init_containers;
  std::vector<ContainerTemplate> containers;
  std::vector<internal::Node> volumes;
  std::vector<internal::Node> claims;
};

// Makes templates on demand, one per clique template and scaling group: group variables and MNNVL annotations depend on
// the group, and by the suffix rule (spec 04 §7.1) one template can serve several of them.
class PodCliqueTemplates {
 public:
  // `context` must outlive this.
  explicit PodCliqueTemplates(const Context& context);

  // `source` is the template that the PodClique is built from, `group` the scaling group of a member, else kNone.
  [[nodiscard]] const PodCliqueTemplate& Get(std::uint32_t source, std::uint32_t group);

 private:
  const Context& context_;
  std::vector<std::unique_ptr<PodCliqueTemplate>> templates_;
};

// The parts for pods of a PodClique that exists with this pod spec, which may be that of an older template.
[[nodiscard]] PodCliqueTemplate PartsOfLivePodSpec(const Value& pod_spec,
                                                   const std::shared_ptr<internal::Storage>& storage);

// The claim of a pod on its ComputeDomain, as it stands in `resourceClaims`.
[[nodiscard]] internal::Node ComputeDomainClaim(std::string_view domain, internal::Storage& storage);

// The pod spec of a PodClique: that of the template, and `domain_claim` unless it is null.
[[nodiscard]] Value PodSpecOfPodClique(const PodCliqueTemplate& pod_clique_template, const internal::Node* domain_claim,
                                       const std::shared_ptr<internal::Storage>& storage);

}  // namespace grove::planner
