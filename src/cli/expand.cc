// grove expand: every child object of each set.
#include <algorithm>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include "grove/expansion.hpp"

#include "cli/findings_output.h"
#include "cli/object_names.h"
#include "cli/options.h"
#include "cli/set_tree.h"
#include "cli/text.h"
#include "cli/verbs.h"
#include "cli/workload.h"

namespace grove::cli {

namespace {

ExpansionOptions OptionsFor(const Options& options, const Workload& workload) {
  ExpansionOptions expansion;
  expansion.configuration = workload.context.configuration;
  expansion.topologies = workload.context.topologies;
  expansion.resource_claim_templates = workload.resource_claim_templates;
  if (!options.init_container_image.empty()) expansion.init_container_image = options.init_container_image;
  if (!options.init_container_version.empty()) expansion.init_container_version = options.init_container_version;
  expansion.seed = options.seed;
  expansion.state = options.state;
  expansion.now = options.now;
  expansion.scheduler_objects = !options.scheduler.empty();
  expansion.limits = options.limits;
  return expansion;
}

void Append(ObjectSet&& from, ObjectSet& to) {
  const auto append = [&](auto member) {
    auto& source = from.*member;
    auto& target = to.*member;
    target.insert(target.end(), std::make_move_iterator(source.begin()), std::make_move_iterator(source.end()));
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
}

// Collects what the sets become, and prints it when all are there.
class Expander {
 public:
  Expander(const Options& options, const Workload& workload, Streams& streams)
      : options_(options), streams_(streams), expansion_options_(OptionsFor(options, workload)) {}

  ExitCode Run(const Workload& workload) {
    bool any = false;
    for (const Verdict& verdict : workload.verdicts) {
      streams_.err << FindingsAsText(verdict, {.color = streams_.color_err, .warnings = false});
      any = any || verdict.role == Role::kPodCliqueSet;
      if (!verdict.admitted.has_value()) continue;
      if (!Add(verdict)) return ExitCode::kUsage;
      expanded_ = true;
    }
    if (!any) {
      fmt::print(streams_.err, "grove expand: no PodCliqueSet among the input\n");
      return ExitCode::kUsage;
    }
    if (expanded_) Print();
    return workload.allowed() && !failed_ ? ExitCode::kDone : ExitCode::kFound;
  }

 private:
  // False if a limit ends it all.
  bool Add(const Verdict& verdict) {
    Expansion expansion = Expand(*verdict.admitted, expansion_options_);
    const std::string place = Place(*verdict.input.source, LocationOf(verdict.input.object.document));
    if (!expansion.limit_exceeded.empty()) {
      // Limits and their options have the same names.
      std::replace(expansion.limit_exceeded.begin(), expansion.limit_exceeded.end(), '_', '-');
      fmt::print(streams_.err, "{}{} {}/{} exceeds a limit (--{})\n", place,
                 Paint(streams_.color_err, Ink::kError, "error:"), verdict.input.object.kind,
                 Printable(verdict.input.object.name), expansion.limit_exceeded);
      return false;
    }
    for (const ReconcileError& error : expansion.errors) {
      fmt::print(streams_.err, "{}{} {}: {} [{}]\n", place, Paint(streams_.color_err, Ink::kError, "error:"),
                 Printable(error.object), Printable(error.message), error.code);
      failed_ = true;
    }
    if (options_.output == "tree") {
      trees_.push_back(BuildSetTree(expansion.objects, expansion_options_.topologies));
      summary_.Add(expansion.objects, trees_.back());
    } else {
      Append(std::move(expansion.objects), objects_);
    }
    return true;
  }

  void Print() {
    if (options_.output == "json") {
      streams_.out << WriteManifest(objects_, OutputFormat::kJson);
    } else if (options_.output == "yaml") {
      streams_.out << WriteManifest(objects_, OutputFormat::kYaml);
    } else if (options_.output == "name") {
      streams_.out << ObjectNames(objects_);
    } else {
      const DrawStyle style{.color = streams_.color_out, .ascii = options_.ascii};
      for (const TreeNode& tree : trees_) streams_.out << DrawTree(tree, style) << '\n';
      streams_.out << summary_.ToText(style);
    }
  }

  const Options& options_;
  Streams& streams_;
  const ExpansionOptions expansion_options_;
  ObjectSet objects_;
  std::vector<TreeNode> trees_;
  Summary summary_;
  bool expanded_ = false;  // at least one set
  bool failed_ = false;
};

}  // namespace

ExitCode RunExpand(const Options& options, Streams& streams) {
  InputReader reader(options, streams.in);
  const std::optional<Workload> workload = LoadWorkload(options, reader, streams);
  if (!workload.has_value()) return ExitCode::kUsage;
  return Expander(options, *workload, streams).Run(*workload);
}

}  // namespace grove::cli
