// Tables of sets and what the rules of create find in them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "grove/admission.hpp"

#include "model/findings.h"

namespace grove::validation {

// The smallest set that no rule refuses, completely defaulted, and what admission depends on: the default scheduler,
// topology-aware scheduling and MNNVL off.
struct Subject {
  Subject();

  PodCliqueSetTemplateSpec& Template() { return set.spec.template_spec; }
  PodCliqueTemplateSpec& Clique(std::size_t i) { return Template().cliques.at(i); }
  PodCliqueScalingGroupConfig& Group(std::size_t i) { return Template().pod_clique_scaling_groups.at(i); }
  PodCliqueTemplateSpec& AddClique(std::string_view name);
  PodCliqueScalingGroupConfig& AddGroup(std::string_view name, std::vector<std::string> cliques);
  // The pod spec of clique `i` with these JSON members besides its container.
  void SetPodSpec(std::size_t i, std::string_view members);
  // Only these schedulers; the first is the default.
  void EnableSchedulers(const std::vector<std::string>& names);
  // Topology-aware scheduling with the binding `topo`: zone, rack, host.
  void EnableTopology();

  PodCliqueSet set;
  AdmissionContext context;
};

[[nodiscard]] TopologyConstraint Constraint(std::string_view topology, std::string_view required,
                                            std::string_view preferred = "");

// "V-142 Invalid spec.template.cliques[0].spec.minAvailable 0": rule, class, path, and the bad value as JSON if any;
// an object only as `{...}`.
[[nodiscard]] std::vector<std::string> Rendered(const std::vector<FieldError>& errors);

// What ValidateCreate finds.
[[nodiscard]] Findings FindingsOf(const Subject& subject);

struct SetCase {
  const char* name;
  void (*change)(Subject&);
  std::vector<std::string> expected;
};

inline void PrintTo(const SetCase& test, std::ostream* out) { *out << test.name; }

// Runs all cases; each error has a detail text of one lower-case line.
void ExpectFindings(const std::vector<SetCase>& cases);

}  // namespace grove::validation
