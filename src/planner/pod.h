// The pods of PodCliques (spec 04 §11, §12).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "grove/expansion.hpp"

#include "planner/pod_clique_template.h"
#include "planner/startup_container.h"

namespace grove::planner {

class PodMaker {
 public:
  // Pods are appended to `pods`. Both must outlive this.
  PodMaker(const Context& context, std::vector<Pod>& pods);

  // Starts a replica of the set: names and variables of the replica are made once.
  void BeginReplica(std::int32_t replica);

  // Makes the pods of `pod_clique`, which belongs to the current replica. `source` is the template that it was built
  // from, `clique` the one that it is named after. Afterwards nullopt, or why it gets no pods.
  std::optional<ReconcileError> Make(const PodClique& pod_clique, const PodCliqueKey& key, std::uint32_t clique,
                                     std::uint32_t source, const PodCliqueTemplate& parts,
                                     const internal::Node* domain_claim);

 private:
  // The startup container of a PodClique; those in base replicas of the same template share one. nullopt if it waits
  // for a PodClique without template.
  std::optional<internal::Node> StartupContainerOf(const PodClique& pod_clique, const PodCliqueKey& key,
                                                   std::uint32_t source);
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
