// grove startup: which clique waits for which.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include "cli/findings_output.h"
#include "cli/options.h"
#include "cli/startup_view.h"
#include "cli/text.h"
#include "cli/verbs.h"
#include "cli/workload.h"

namespace grove::cli {

namespace {

constexpr const char* kDefaultNamespace = "default";

class Starter {
 public:
  Starter(const Options& options, const LoadedWorkload& workload, Streams& streams)
      : options_(options), workload_(workload), streams_(streams) {
    expansion_.configuration = workload.judged.context.configuration;
    expansion_.topologies = workload.judged.context.topologies;
    expansion_.resource_claim_templates = workload.judged.resource_claim_templates;
    expansion_.limits = options.limits;
  }

  ExitCode Run() {
    if (!workload_.InputHas(ObjectRole::kPodCliqueSet)) return Fail("no PodCliqueSet among the input");
    for (const ObjectVerdict& verdict : workload_.judged.verdicts) {
      streams_.err << FindingsAsText(workload_.FindingsOf(verdict), {.color = streams_.color_err, .warnings = false});
      if (verdict.role != ObjectRole::kPodCliqueSet || verdict.defaulted.is_null()) continue;
      if (!Add(verdict)) return ExitCode::kUsage;
    }
    if (!sets_.empty() && !Print()) return ExitCode::kUsage;
    const auto starts = [](const SetStartup& set) { return set.graph.starts() && set.pod_cliques.cycles.empty(); };
    return workload_.judged.allowed() && std::ranges::all_of(sets_, starts) ? ExitCode::kDone : ExitCode::kFound;
  }

 private:
  ExitCode Fail(std::string_view message) {
    fmt::print(streams_.err, "grove startup: {}\n", message);
    return ExitCode::kUsage;
  }

  bool Add(const ObjectVerdict& verdict) {
    SetStartup& set = sets_.emplace_back();
    set.name = workload_.ObjectOf(verdict).name;
    set.namespace_name = verdict.namespace_name.empty() ? kDefaultNamespace : verdict.namespace_name;
    set.graph = MakeStartupGraph(verdict.defaulted);
    if (!verdict.admitted.has_value()) return true;
    set.admitted = true;
    set.replicas = verdict.admitted->set().spec.replicas;
    set.pod_cliques = MakeStartupPodCliques(*verdict.admitted, expansion_);
    if (set.pod_cliques.limit_exceeded.empty()) return true;
    std::string limit = set.pod_cliques.limit_exceeded;
    std::replace(limit.begin(), limit.end(), '_', '-');  // limits and their options have the same names
    Fail(fmt::format("PodCliqueSet {} exceeds a limit (--{})", Printable(set.name), limit));
    return false;
  }

  bool Print() {
    if (options_.output == "text" || options_.output == "json") {
      for (const SetStartup& set : sets_) {
        if (options_.output == "json") {
          streams_.out << StartupAsJson(set) << '\n';
        } else {
          streams_.out << (&set == &sets_.front() ? "" : "\n") << StartupAsText(set, streams_.color_out);
        }
      }
      return true;
    }
    std::vector<Graph> graphs;
    for (const SetStartup& set : sets_) {
      graphs.push_back(options_.pod_cliques && set.admitted ? PodCliquesAsGraph(set) : CliquesAsGraph(set));
    }
    std::string drawing;
    if (options_.output == "dot") drawing = WriteDot(graphs);
    if (options_.output == "mermaid") drawing = WriteMermaid(graphs);
    if (options_.output == "svg") drawing = WriteSvg(graphs);
    if (drawing.empty()) {
      Fail("the graph is too large to be laid out; -o dot leaves that to another program");
      return false;
    }
    streams_.out << drawing;
    return true;
  }

  const Options& options_;
  const LoadedWorkload& workload_;
  Streams& streams_;
  ExpansionOptions expansion_;
  std::vector<SetStartup> sets_;
};

}  // namespace

ExitCode RunStartup(const Options& options, Streams& streams) {
  InputReader reader(options, streams.in);
  const std::optional<LoadedWorkload> workload = LoadWorkload(options, reader, streams);
  if (!workload.has_value()) return ExitCode::kUsage;
  return Starter(options, *workload, streams).Run();
}

}  // namespace grove::cli
