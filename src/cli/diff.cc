// grove diff: two manifests after defaulting and expansion, or a manifest and what exists.
#include "grove/diff.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include "cli/documents.h"
#include "cli/findings_output.h"
#include "cli/live.h"
#include "cli/object_changes.h"
#include "cli/options.h"
#include "cli/text.h"
#include "cli/verbs.h"
#include "cli/workload.h"

namespace grove::cli {

namespace {

// What the sets of one input become.
struct Side {
  std::vector<SetExpansion> sets;
  bool allowed = true;
};

class Differ {
 public:
  Differ(const Options& options, Streams& streams)
      : options_(options), streams_(streams), reader_(options, streams.in) {}

  ExitCode Run() {
    const bool with_live = !options_.live_files.empty();
    const std::size_t wanted = with_live ? 1 : 2;
    if (options_.inputs.size() != wanted) {
      fmt::print(streams_.err, "grove diff: {}\n",
                 with_live ? "with --live, name one input: the manifest to be applied"
                           : "name two inputs: the old manifest and the new one");
      return ExitCode::kUsage;
    }
    return with_live ? DiffWithLive() : DiffTwo();
  }

 private:
  ExitCode DiffTwo() {
    const std::optional<Side> before = Expanded(options_.inputs[0], nullptr);
    const std::optional<Side> after = before.has_value() ? Expanded(options_.inputs[1], nullptr) : std::nullopt;
    if (!before.has_value() || !after.has_value()) return ExitCode::kUsage;
    ObjectDiff all;
    const ObjectSet nothing;
    for (const SetExpansion& set : after->sets) {
      const SetExpansion* old = Find(*before, set);
      Append(CompareObjects(old == nullptr ? nothing : old->objects, set.objects), all);
    }
    for (const SetExpansion& set : before->sets) {
      if (Find(*after, set) == nullptr) Append(CompareObjects(set.objects, nothing), all);
    }
    Print(all, false);
    return all.empty() && before->allowed && after->allowed ? ExitCode::kDone : ExitCode::kFound;
  }

  ExitCode DiffWithLive() {
    const auto live = LoadLive(options_, reader_, streams_);
    if (!live.has_value()) return ExitCode::kUsage;
    const std::optional<Side> side = Expanded(options_.inputs[0], *live);
    if (!side.has_value()) return ExitCode::kUsage;
    DiffOptions options;
    if (options_.clean) options.leaks = LeakPolicy::kClean;
    ObjectDiff all;
    for (const SetExpansion& set : side->sets) Append(Diff(set.objects, **live, options), all);
    Print(all, true);
    TellRest(all);
    return all.empty() && side->allowed ? ExitCode::kDone : ExitCode::kFound;
  }

  // What the sets of `path` become; nullopt after telling what is wrong with the input.
  std::optional<Side> Expanded(const std::string& path, std::shared_ptr<const LiveObjects> live) {
    Options options = options_;
    options.inputs = {path};
    const std::optional<LoadedWorkload> workload = LoadWorkload(options, reader_, streams_);
    if (!workload.has_value()) return std::nullopt;
    Side side;
    side.allowed = workload->judged.allowed();
    for (const ObjectVerdict& verdict : workload->judged.verdicts) {
      streams_.err << FindingsAsText(workload->FindingsOf(verdict), {.color = streams_.color_err, .warnings = false});
    }
    if (!workload->InputHas(ObjectRole::kPodCliqueSet)) return Fail(path, "no PodCliqueSet among the input");
    ExpansionOptions expansion;
    expansion.live = std::move(live);
    expansion.set_replicas = SetReplicas::kManifest;
    expansion.scheduler_objects = !options_.scheduler.empty();
    expansion.limits = options_.limits;
    WorkloadExpansion expanded = ExpandWorkload(workload->judged, expansion);
    if (!expanded.limit_exceeded.empty()) return Fail(path, "exceeds the limit " + expanded.limit_exceeded);
    for (const SetExpansion& set : expanded.sets) TellErrors(set, side);
    side.sets = std::move(expanded.sets);
    return side;
  }

  std::nullopt_t Fail(const std::string& path, std::string_view message) {
    fmt::print(streams_.err, "grove diff: {}: {}\n", Printable(path), message);
    return std::nullopt;
  }

  void TellErrors(const SetExpansion& set, Side& side) {
    for (const ReconcileError& error : set.errors) {
      fmt::print(streams_.err, "{} {}: {} [{}]\n", Paint(streams_.color_err, Ink::kError, "error:"),
                 Printable(error.object), Printable(error.message), error.code);
      side.allowed = false;
    }
    TellPending(set.pending, options_, streams_);
  }

  static const SetExpansion* Find(const Side& side, const SetExpansion& wanted) {
    const ObjectMeta& name = wanted.objects.pod_clique_set.metadata;
    for (const SetExpansion& set : side.sets) {
      const ObjectMeta& other = set.objects.pod_clique_set.metadata;
      if (other.name == name.name && other.namespace_name == name.namespace_name) return &set;
    }
    return nullptr;
  }

  static void Append(ObjectDiff&& from, ObjectDiff& to) {
    const auto append = [](auto& source, auto& target) {
      target.insert(target.end(), std::make_move_iterator(source.begin()), std::make_move_iterator(source.end()));
    };
    append(from.changes, to.changes);
    append(from.leaked, to.leaked);
    append(from.waiting, to.waiting);
    append(from.conflicts, to.conflicts);
  }

  void Print(const ObjectDiff& diff, bool causes) {
    if (options_.output == "json") {
      streams_.out << WriteManifest(DescribeDiff(diff), OutputFormat::kJson);
    } else {
      streams_.out << ChangesAsText(diff, {.color = streams_.color_out, .causes = causes});
    }
  }

  void TellRest(const ObjectDiff& diff) {
    if (options_.quiet) return;
    const auto tell = [&](const std::vector<ObjectReference>& objects, std::string_view what) {
      for (const ObjectReference& object : objects) {
        fmt::print(streams_.err, "note: {} {} {}\n", object.kind, Printable(object.name), what);
      }
    };
    if (!options_.clean) tell(diff.leaked, "is wanted by nobody, and the operator leaves it (--clean deletes it)");
    tell(diff.waiting, "is being deleted, and is created again after that");
    tell(diff.conflicts, "belongs to another controller: the operator fails at it");
  }

  const Options& options_;
  Streams& streams_;
  InputReader reader_;
};

}  // namespace

ExitCode RunDiff(const Options& options, Streams& streams) { return Differ(options, streams).Run(); }

}  // namespace grove::cli
