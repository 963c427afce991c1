// The pods of PodCliques (spec 04 §11, §12).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "absl/status/status.h"

#include "grove/expansion.hpp"

#include "planner/pod_clique_template.h"
#include "planner/pod_name.h"
#include "planner/startup_container.h"

namespace grove::planner {

// The pods of a PodClique that exist and stay, and the indices of those to be made.
struct PodPlan {
  std::vector<const Pod*> kept;
  std::vector<std::int32_t> create;
};

class PodMaker {
 public:
  // Pods are appended to `pods`. Both must outlive this.
  PodMaker(const Context& context, std::vector<Pod>& pods);

  // Starts a replica of the set: names and variables of the replica are made once.
  void BeginReplica(std::int32_t replica);

  // What becomes of the pods of `pod_clique`: of those of the live object `live`, null if it is new, and of those that
  // it lacks. FailedPrecondition if the indices of live pods are not to be told; all live pods are kept then.
  [[nodiscard]] absl::Status Plan(const PodClique& pod_clique, const PodClique* live, PodPlan& plan) const;

  // Appends the pods that exist and stay.
  void Keep(const PodPlan& plan);

  // Makes pods with these indices for `pod_clique`, which belongs to the current replica. `source` is the template that
  // it was built from, `clique` the one that it is named after, `shares_startup` tells whether it waits for what all
  // base PodCliques of that template wait for. Afterwards nullopt, or why it gets no pods.
  std::optional<ReconcileError> Make(const PodClique& pod_clique, const PodCliqueKey& key, std::uint32_t clique,
                                     std::uint32_t source, const PodCliqueTemplate& parts,
                                     const internal::Node* domain_claim, std::span<const std::int32_t> indices,
                                     bool shares_startup);

 private:
  // The startup container of a PodClique; those in base replicas of the same template share one. nullopt if it waits
  // for a PodClique without template.
  std::optional<internal::Node> StartupContainerOf(const PodClique& pod_clique, std::uint32_t source, bool shared);
  // The name of a new pod; one that a live pod has is not taken.
  void NamePod(const PodNameSuffixes& suffixes, std::int32_t index, Pod& pod) const;
  [[nodiscard]] std::string_view ExpectedHash(const PodClique& pod_clique) const;
  [[nodiscard]] Pod MakePrototype(const PodClique& pod_clique) const;

  const Context& context_;
  std::vector<Pod>& pods_;
  StartupContainer startup_;
  internal::Node scheduling_gates_;
  internal::Node set_variable_;
  internal::Node pod_index_variable_;

  // Of the current replica of the set.
  std::string replica_text_;
  internal::Node replica_variable_;
  internal::Node service_variable_;
  internal::Node subdomain_;
  std::vector<std::optional<internal::Node>> base_startup_containers_;  // by source template
};

}  // namespace grove::planner
