// Pod specs of the pods of one PodClique (spec 04 §11.1, §12.1).
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "planner/pod_claims.h"
#include "planner/pod_clique_template.h"

namespace grove::planner {

// What the pods of one PodClique get besides the parts of their template. All is borrowed.
struct PodSpecInputs {
  const PodCliqueTemplate* parts = nullptr;
  std::string_view pod_clique_name;
  std::string_view scheduler_name;
  std::string_view scheduling_group;  // empty for none
  internal::Node subdomain;
  internal::Node scheduling_gates;
  std::span<const internal::Node> variables;
  const PodClaims* claims = nullptr;
  const internal::Node* domain_claim = nullptr;       // null for none
  const internal::Node* startup_container = nullptr;  // null for none
  std::span<const internal::Node> startup_volumes;
};

// Builds what all pods of a PodClique share once. A pod then costs one array of members, unless it refers to a claim of
// its own: every container of it then has to name that claim.
class PodSpecMaker {
 public:
  // `inputs` and what they refer to must outlive this.
  PodSpecMaker(const PodSpecInputs& inputs, internal::Storage& storage);

  // The spec of the pod with that index.
  [[nodiscard]] internal::Node Make(std::int64_t index);

 private:
  void AddClaim(std::string_view name);
  // Writes the members that depend on claims, behind the first `fixed_` ones.
  void BuildLists();
  [[nodiscard]] internal::Node BuildContainers(const std::vector<ContainerTemplate>& containers,
                                               const internal::Node* last) const;
  void AddList(std::string_view key, const internal::Node& list);

  const PodSpecInputs& inputs_;
  internal::Storage& storage_;
  std::vector<internal::Member> members_;
  std::size_t fixed_ = 0;
  std::vector<internal::Node> pod_claims_;        // of the pod
  std::vector<internal::Node> container_claims_;  // added to every container
};

}  // namespace grove::planner
