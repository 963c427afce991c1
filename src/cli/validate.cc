// grove validate: every finding of admission and of lint, text by text, so that memory does not grow with their number.
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include "cli/context_scan.h"
#include "cli/documents.h"
#include "cli/findings_writer.h"
#include "cli/messages.h"
#include "cli/options.h"
#include "cli/text.h"
#include "cli/verbs.h"
#include "cli/workload.h"

namespace grove::cli {

namespace {

struct Tally {
  std::int64_t objects = 0;
  std::int64_t denied = 0;
  std::int64_t errors = 0;
  std::int64_t warnings = 0;
  std::int64_t notes = 0;
  std::int64_t lint = 0;  // those of the warnings and notes that lint rules gave
};

// The texts are read twice: first for what others are judged by, then to judge.
class Validation {
 public:
  Validation(const Options& options, Streams& streams)
      : options_(options), streams_(streams), messages_(options, streams), reader_(options, streams.in) {}

  ExitCode Run() {
    if (!ListTexts() || !ReadContext() || !ReadStored()) return ExitCode::kUsage;
    const WorkloadJudge judge(context_, JudgeOptions(options_, stored_.objects()));
    if (judge.problem().has_value()) {
      TellProblem(*judge.problem());
      return ExitCode::kUsage;
    }
    context_.clear();
    writer_ = MakeFindingsWriter(options_.output, {.color = streams_.color_out}, streams_.out);
    writer_->Begin(names_);
    for (std::size_t i = 0; i < names_.size(); ++i) JudgeText(i, judge);
    writer_->End();
    return Conclude();
  }

 private:
  // Where an object of the context stands.
  struct Place {
    std::size_t text = 0;
    SourceLocation location;
  };

  bool Fail(const InputError& error) {
    messages_.Fail(error);
    return false;
  }

  bool ListTexts() {
    if (options_.inputs.empty()) {
      messages_.Fail("no input; name a file, a folder, or - for standard input");
      return false;
    }
    if (!options_.config_file.empty() && !List(options_.config_file, Origin::kConfig)) return false;
    for (const std::string& path : options_.topology_files) {
      if (!List(path, Origin::kTopology)) return false;
    }
    for (const std::string& path : options_.inputs) {
      if (!List(path, Origin::kInput)) return false;
    }
    return true;
  }

  bool List(const std::string& path, Origin origin) {
    if (const auto error = reader_.List(path, names_)) return Fail(*error);
    origins_.resize(names_.size(), origin);
    return true;
  }

  bool ReadContext() {
    std::size_t of_option = 0;  // objects that the text of an option holds
    for (std::size_t i = 0; i < names_.size(); ++i) {
      const std::size_t before = context_.size();
      if (!ReadContextOf(i)) return false;
      of_option += context_.size() - before;
      const bool last_of_option = i + 1 == names_.size() || origins_[i + 1] != origins_[i];
      if (last_of_option && !CheckOption(origins_[i], of_option)) return false;
      if (last_of_option) of_option = 0;
    }
    return true;
  }

  bool CheckOption(Origin origin, std::size_t objects) {
    if (origin == Origin::kConfig && objects != 1) {
      messages_.Fail(fmt::format("{} must hold one OperatorConfiguration of operator.config.grove.io/v1alpha1",
                                 options_.config_file));
      return false;
    }
    if (origin == Origin::kTopology && objects == 0) {
      messages_.Fail(fmt::format("{} holds no ClusterTopologyBinding of grove.io/v1alpha1",
                                 fmt::join(options_.topology_files, ", ")));
      return false;
    }
    return true;
  }

  bool ReadContextOf(std::size_t text) {
    if (const auto error = reader_.ReadText(names_[text], source_)) return Fail(*error);
    if (origins_[text] == Origin::kInput && !MayHoldContext(source_.text())) return true;
    std::vector<ManifestObject> objects;
    if (const auto error = ParseSource(source_, options_.limits, objects)) return Fail(*error);
    for (ManifestObject& object : objects) {
      const ObjectRole role = RoleOf(object.api_version, object.kind);
      if (!IsContext(role) || !Wants(origins_[text], role) || IsReplaced(text, role)) continue;
      places_.push_back({text, LocationOf(object.document)});
      object.document = CopyOf(object.document);  // what else the text holds is not kept
      context_.push_back(std::move(object));
    }
    return true;
  }

  static bool IsContext(ObjectRole role) {
    return role == ObjectRole::kOperatorConfiguration || role == ObjectRole::kClusterTopologyBinding ||
           role == ObjectRole::kVolcanoQueue;
  }

  // The configuration of --config takes the place of those among the input.
  [[nodiscard]] bool IsReplaced(std::size_t text, ObjectRole role) const {
    return role == ObjectRole::kOperatorConfiguration && origins_[text] == Origin::kInput &&
           !options_.config_file.empty();
  }

  bool ReadStored() {
    const auto error = stored_.Read(options_, reader_);
    return error.has_value() ? Fail(*error) : true;
  }

  void TellProblem(const WorkloadProblem& problem) {
    if (problem.stored) {
      const SourceLocation location = LocationOf(stored_.objects()[problem.index].document);
      messages_.Fail(stored_.SourceOf(problem.index), location, problem.message);
      return;
    }
    const Place& place = places_[problem.index];
    if (const auto error = reader_.ReadText(names_[place.text], source_)) messages_.Fail(*error);
    messages_.Fail(source_, place.location, problem.message);
  }

  void TellUnusable(const InputError& problem) {
    messages_.Fail(problem);
    writer_->WriteProblem(problem);
    unusable_ = true;
  }

  void JudgeText(std::size_t text, const WorkloadJudge& judge) {
    if (const auto error = reader_.ReadText(names_[text], source_)) return TellUnusable(*error);
    std::vector<ManifestObject> objects;
    if (const auto error = ParseSource(source_, options_.limits, objects)) return TellUnusable(*error);
    for (const ManifestObject& object : objects) JudgeObject(text, object, judge);
  }

  void JudgeObject(std::size_t text, const ManifestObject& object, const WorkloadJudge& judge) {
    const ObjectRole role = RoleOf(object.api_version, object.kind);
    if (!Wants(origins_[text], role)) return messages_.Note(source_, object, "skipped: " + Describe(object));
    if (IsReplaced(text, role)) {
      return messages_.Note(source_, object, "skipped: the OperatorConfiguration of --config applies");
    }
    if (!judge.configuration_valid() && role != ObjectRole::kOperatorConfiguration) {
      ++not_judged_;
      return;
    }
    if (std::string problem = judge.Contradiction(object); !problem.empty()) {
      return TellUnusable({std::move(problem), source_.name(), &source_, LocationOf(object.document)});
    }
    const std::optional<ObjectVerdict> verdict = judge.Judge(object);
    if (!verdict.has_value()) return;
    if (!options_.old_files.empty() && role == ObjectRole::kPodCliqueSet && !verdict->update) {
      messages_.Note(source_, object, NotStored(*verdict, object));
    }
    const std::vector<Finding> lint =
        options_.lint.has_value() ? Lint(*verdict, judge.context(), *options_.lint) : std::vector<Finding>();
    Count(*verdict, lint);
    writer_->Write({source_, object, *verdict, lint});
    if (!judge.configuration_valid()) configuration_ = Location{source_.name(), LocationOf(object.document)};
  }

  void Count(const ObjectVerdict& verdict, const std::vector<Finding>& lint) {
    ++tally_.objects;
    tally_.denied += verdict.allowed() ? 0 : 1;
    tally_.errors += static_cast<std::int64_t>(verdict.errors.size());
    tally_.warnings += static_cast<std::int64_t>(verdict.warnings.size() + verdict.pruned.size());
    for (const Finding& finding : lint) ++(finding.severity == Severity::kNote ? tally_.notes : tally_.warnings);
    tally_.lint += static_cast<std::int64_t>(lint.size());
  }

  ExitCode Conclude() {
    streams_.out.flush();
    if (not_judged_ > 0) {
      messages_.Note(SourceText(configuration_.name, {}), configuration_.location, kNothingElseIsJudged);
    }
    if (tally_.objects == 0 && !unusable_) {
      messages_.Fail("no PodCliqueSet among the input");
      return ExitCode::kUsage;
    }
    if (!options_.quiet && tally_.objects > 0) {
      fmt::print(streams_.err, "{}: {} denied; {}, {}{}\n", cli::Count(tally_.objects, "object"), tally_.denied,
                 cli::Count(tally_.errors, "error"), cli::Count(tally_.warnings, "warning"),
                 tally_.notes == 0 ? "" : ", " + cli::Count(tally_.notes, "note"));
    }
    if (unusable_) return ExitCode::kUsage;
    const bool failed_lint = options_.fail_on_lint && tally_.lint > 0;
    return tally_.denied == 0 && !failed_lint ? ExitCode::kDone : ExitCode::kFound;
  }

  struct Location {
    std::string name;
    SourceLocation location;
  };

  const Options& options_;
  Streams& streams_;
  Messages messages_;
  InputReader reader_;
  std::vector<std::string> names_;  // of the texts: --config, --topology, then the inputs
  std::vector<Origin> origins_;     // one per name
  std::vector<ManifestObject> context_;
  std::vector<Place> places_;  // one per object of the context
  StoredObjects stored_;
  SourceText source_;  // the text in work
  std::unique_ptr<FindingsWriter> writer_;
  Tally tally_;
  Location configuration_;       // that is denied
  std::int64_t not_judged_ = 0;  // objects beside it
  bool unusable_ = false;        // some text or object
};

}  // namespace

ExitCode RunValidate(const Options& options, Streams& streams) { return Validation(options, streams).Run(); }

}  // namespace grove::cli
