// What the inputs amount to: the sets to work on, and the cluster that they are judged in.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "grove/admission.hpp"
#include "grove/expansion.hpp"

#include "cli/command.h"
#include "cli/input.h"
#include "cli/options.h"

namespace grove::cli {

// What the command does with a document of a kind.
enum class Role : std::uint8_t {
  kUnused,
  kPodCliqueSet,
  kTopology,
  kConfiguration,
  kResourceClaimTemplate,
  kVolcanoQueue,
};

// Admission's answer on one document that is judged: a set, a topology or a configuration.
struct Verdict {
  [[nodiscard]] bool allowed() const { return errors.empty(); }

  InputObject input;
  Role role = Role::kUnused;
  Origin origin = Origin::kInput;
  std::string namespace_name;  // in effect; empty for kinds without
  std::vector<FieldError> errors;
  std::vector<Warning> warnings;
  std::vector<PrunedField> pruned;
  Value defaulted;                               // null for a configuration
  std::optional<AdmittedPodCliqueSet> admitted;  // of a set that was let pass
};

struct Workload {
  AdmissionContext context;
  std::vector<ResourceClaimTemplate> resource_claim_templates;
  // In the order of the command line: --config, --topology, then the inputs.
  std::vector<Verdict> verdicts;

  [[nodiscard]] bool allowed() const;
};

// Reads and judges all that the command line names. On unusable input tells `streams.err` why and gives nullopt; the
// exit code is then kUsage. `reader` keeps the texts that verdicts point to.
[[nodiscard]] std::optional<Workload> LoadWorkload(const Options& options, InputReader& reader, Streams& streams);

}  // namespace grove::cli
