// grove expand: every child object of each set.
#include <algorithm>
#include <cstddef>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include "grove/expansion.hpp"

#include "cli/findings_output.h"
#include "cli/graph.h"
#include "cli/live.h"
#include "cli/loss_report.h"
#include "cli/object_names.h"
#include "cli/options.h"
#include "cli/set_graph.h"
#include "cli/set_tree.h"
#include "cli/text.h"
#include "cli/verbs.h"
#include "cli/workload.h"
#include "model/naming.h"

namespace grove::cli {

namespace {

ExpansionOptions OptionsFor(const Options& options) {
  ExpansionOptions expansion;
  if (!options.init_container_image.empty()) expansion.init_container_image = options.init_container_image;
  if (!options.init_container_version.empty()) expansion.init_container_version = options.init_container_version;
  expansion.seed = options.seed;
  expansion.state = options.state;
  expansion.now = options.now;
  expansion.scheduler_objects = !options.backend.empty();
  expansion.backend = options.backend;
  expansion.kube_pod_groups = options.kube_pod_groups;
  expansion.limits = options.limits;
  return expansion;
}

// Collects what the sets become, and prints it when all are there.
class Expander {
 public:
  Expander(const Options& options, const LoadedWorkload& workload, std::shared_ptr<const LiveObjects> live,
           Streams& streams)
      : options_(options), workload_(workload), live_(std::move(live)), streams_(streams) {}

  ExitCode Run() {
    for (const ObjectVerdict& verdict : workload_.judged.verdicts) {
      streams_.err << FindingsAsText(workload_.FindingsOf(verdict), {.color = streams_.color_err, .warnings = false});
    }
    if (!workload_.InputHas(ObjectRole::kPodCliqueSet)) {
      fmt::print(streams_.err, "grove expand: no PodCliqueSet among the input\n");
      return ExitCode::kUsage;
    }
    ExpansionOptions expansion_options = OptionsFor(options_);
    expansion_options.live = live_;
    WorkloadExpansion expansion = ExpandWorkload(workload_.judged, std::move(expansion_options));
    if (!expansion.limit_exceeded.empty()) {
      TellLimit(std::move(expansion.limit_exceeded), expansion.limit_verdict);
      return ExitCode::kUsage;
    }
    for (SetExpansion& set : expansion.sets) Add(std::move(set));
    if (!expansion.sets.empty() && options_.loss_report != "-") Print();
    if (!TellLosses()) return ExitCode::kUsage;
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
    TellPending(set.pending, options_, streams_);
    for (const ReconcileError& error : set.errors) {
      fmt::print(streams_.err, "{} {}: {} [{}]\n", ErrorAt(set.verdict), Printable(error.object),
                 Printable(error.message), error.code);
      failed_ = true;
    }
    TellOtherScheduler(set);
    std::ranges::move(set.losses, std::back_inserter(losses_));
    if (IsDrawing()) {
      trees_.push_back(BuildSetTree(set.objects, workload_.judged.context.topologies));
      summary_.Add(set.objects, trees_.back());
    } else {
      AppendObjects(std::move(set.objects), objects_);
    }
  }

  // Sets that name a scheduler keep it: --backend is for the others.
  void TellOtherScheduler(const SetExpansion& set) {
    if (options_.quiet || options_.backend.empty() || set.objects.pod_gangs.empty()) return;
    const StringMap& labels = set.objects.pod_gangs.front().metadata.labels;
    const std::string_view named = labels.Get(keys::kSchedulerName);
    if (named == options_.scheduler) return;
    const ObjectVerdict& judged = workload_.judged.verdicts[set.verdict];
    fmt::print(streams_.err, "{}{} the set names scheduler {}, which goes before --backend {}\n",
               Place(*workload_.SourceOf(judged).text, LocationOf(workload_.ObjectOf(judged).document)),
               Paint(streams_.color_err, Ink::kDim, "note:"), Printable(named), options_.backend);
  }

  [[nodiscard]] bool IsDrawing() const {
    return options_.output == "tree" || options_.output == "dot" || options_.output == "mermaid";
  }

  // False if the report cannot be written.
  bool TellLosses() {
    if (options_.loss_report == "-") {
      streams_.out << LossesAsJson(losses_);
      return true;
    }
    streams_.out.flush();
    if (!options_.quiet) streams_.err << LossesAsText(losses_, streams_.color_err);
    if (options_.loss_report.empty()) return true;
    std::ofstream file(options_.loss_report, std::ios::binary);
    file << LossesAsJson(losses_);
    file.close();
    if (!file.fail()) return true;
    fmt::print(streams_.err, "grove expand: cannot write {}\n", Printable(options_.loss_report));
    return false;
  }

  [[nodiscard]] std::vector<Graph> Graphs() const {
    std::vector<Graph> graphs;
    for (const TreeNode& tree : trees_) graphs.push_back(GraphOfSetTree(tree));
    return graphs;
  }

  void Print() {
    if (options_.output == "json") {
      streams_.out << WriteManifest(objects_, OutputFormat::kJson);
    } else if (options_.output == "yaml") {
      streams_.out << WriteManifest(objects_, OutputFormat::kYaml);
    } else if (options_.output == "name") {
      streams_.out << ObjectNames(objects_);
    } else if (options_.output == "dot") {
      streams_.out << WriteDot(Graphs());
    } else if (options_.output == "mermaid") {
      streams_.out << WriteMermaid(Graphs());
    } else {
      const DrawStyle style{.color = streams_.color_out, .ascii = options_.ascii};
      for (const TreeNode& tree : trees_) streams_.out << DrawTree(tree, style) << '\n';
      streams_.out << summary_.ToText(style);
    }
  }

  const Options& options_;
  const LoadedWorkload& workload_;
  std::shared_ptr<const LiveObjects> live_;
  Streams& streams_;
  ObjectSet objects_;
  std::vector<TreeNode> trees_;
  Summary summary_;
  std::vector<TranslationLoss> losses_;
  bool failed_ = false;  // at least one object could not be made
};

}  // namespace

ExitCode RunExpand(const Options& options, Streams& streams) {
  InputReader reader(options, streams.in);
  const std::optional<LoadedWorkload> workload = LoadWorkload(options, reader, streams);
  if (!workload.has_value()) return ExitCode::kUsage;
  const auto live = LoadLive(options, reader, streams);
  if (!live.has_value()) return ExitCode::kUsage;
  return Expander(options, *workload, *live, streams).Run();
}

}  // namespace grove::cli
