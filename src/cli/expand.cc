// grove expand: every child object of each set.
#include <algorithm>
#include <cstddef>
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

ExpansionOptions OptionsFor(const Options& options) {
  ExpansionOptions expansion;
  if (!options.init_container_image.empty()) expansion.init_container_image = options.init_container_image;
  if (!options.init_container_version.empty()) expansion.init_container_version = options.init_container_version;
  expansion.seed = options.seed;
  expansion.state = options.state;
  expansion.now = options.now;
  expansion.scheduler_objects = !options.scheduler.empty();
  expansion.limits = options.limits;
  return expansion;
}

// Collects what the sets become, and prints it when all are there.
class Expander {
 public:
  Expander(const Options& options, const LoadedWorkload& workload, Streams& streams)
      : options_(options), workload_(workload), streams_(streams) {}

  ExitCode Run() {
    for (const ObjectVerdict& verdict : workload_.judged.verdicts) {
      streams_.err << FindingsAsText(workload_.FindingsOf(verdict), {.color = streams_.color_err, .warnings = false});
    }
    if (!workload_.InputHas(ObjectRole::kPodCliqueSet)) {
      fmt::print(streams_.err, "grove expand: no PodCliqueSet among the input\n");
      return ExitCode::kUsage;
    }
    WorkloadExpansion expansion = ExpandWorkload(workload_.judged, OptionsFor(options_));
    if (!expansion.limit_exceeded.empty()) {
      TellLimit(std::move(expansion.limit_exceeded), expansion.limit_verdict);
      return ExitCode::kUsage;
    }
    for (SetExpansion& set : expansion.sets) Add(std::move(set));
    if (!expansion.sets.empty()) Print();
    return workload_.judged.allowed() && !failed_ ? ExitCode::kDone : ExitCode::kFound;
  }

 private:
  // How a line of text about the set of this verdict begins.
  [[nodiscard]] std::string ErrorAt(std::size_t verdict) const {
    const ObjectVerdict& judged = workload_.judged.verdicts[verdict];
    return Place(*workload_.SourceOf(judged).text, LocationOf(workload_.ObjectOf(judged).document)) +
           Paint(streams_.color_err, Ink::kError, "error:");
  }

  void TellLimit(std::string limit, std::size_t verdict) {
    const ManifestObject& object = workload_.ObjectOf(workload_.judged.verdicts[verdict]);
    std::replace(limit.begin(), limit.end(), '_', '-');  // limits and their options have the same names
    fmt::print(streams_.err, "{} {}/{} exceeds a limit (--{})\n", ErrorAt(verdict), object.kind, Printable(object.name),
               limit);
  }

  void Add(SetExpansion&& set) {
    for (const ReconcileError& error : set.errors) {
      fmt::print(streams_.err, "{} {}: {} [{}]\n", ErrorAt(set.verdict), Printable(error.object),
                 Printable(error.message), error.code);
      failed_ = true;
    }
    if (options_.output == "tree") {
      trees_.push_back(BuildSetTree(set.objects, workload_.judged.context.topologies));
      summary_.Add(set.objects, trees_.back());
    } else {
      AppendObjects(std::move(set.objects), objects_);
    }
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
  const LoadedWorkload& workload_;
  Streams& streams_;
  ObjectSet objects_;
  std::vector<TreeNode> trees_;
  Summary summary_;
  bool failed_ = false;  // at least one object could not be made
};

}  // namespace

ExitCode RunExpand(const Options& options, Streams& streams) {
  InputReader reader(options, streams.in);
  const std::optional<LoadedWorkload> workload = LoadWorkload(options, reader, streams);
  if (!workload.has_value()) return ExitCode::kUsage;
  return Expander(options, *workload, streams).Run();
}

}  // namespace grove::cli
