#include "cli/workload.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include "cli/documents.h"
#include "cli/text.h"

namespace grove::cli {

namespace {

using std::string_view;

struct Kind {
  string_view group;
  string_view version;  // empty: any
  string_view kind;
  Role role;
  bool namespaced;
  bool judged;  // gets a verdict
};

constexpr std::array kKinds = {
    Kind{"grove.io", "v1alpha1", "PodCliqueSet", Role::kPodCliqueSet, true, true},
    Kind{"grove.io", "v1alpha1", "ClusterTopologyBinding", Role::kTopology, false, true},
    Kind{"operator.config.grove.io", "v1alpha1", "OperatorConfiguration", Role::kConfiguration, false, true},
    Kind{"resource.k8s.io", "", "ResourceClaimTemplate", Role::kResourceClaimTemplate, true, false},
    Kind{"scheduling.volcano.sh", "", "Queue", Role::kVolcanoQueue, false, false},
};

const Kind* KindOf(const ManifestObject& object) {
  const string_view api_version = object.api_version;
  const std::size_t slash = api_version.find('/');
  if (slash == string_view::npos) return nullptr;
  for (const Kind& kind : kKinds) {
    if (kind.kind == object.kind && kind.group == api_version.substr(0, slash) &&
        (kind.version.empty() || kind.version == api_version.substr(slash + 1))) {
      return &kind;
    }
  }
  return nullptr;
}

struct Document {
  InputObject input;
  const Kind* kind = nullptr;
  Origin origin = Origin::kInput;
};

std::string Describe(const Document& document) {
  const ManifestObject& object = document.input.object;
  std::string description = object.kind.empty() ? "object without a kind" : object.kind;
  if (!object.name.empty()) description += " " + object.name;
  return description;
}

// Builds a Workload step by step; each step tells whether to go on.
class Loader {
 public:
  Loader(const Options& options, InputReader& reader, Streams& streams)
      : options_(options), reader_(reader), streams_(streams) {}

  std::optional<Workload> Run() {
    const bool usable = ReadAll() && SetNamespaces() && JudgeConfiguration() && JudgeTopologies();
    if (!usable) return std::nullopt;
    TakeResourceClaimTemplates();
    TakeVolcanoQueues();
    JudgeSets();
    for (Slot& slot : slots_) {
      if (slot.verdict.has_value()) workload_.verdicts.push_back(std::move(*slot.verdict));
    }
    return std::move(workload_);
  }

 private:
  struct Slot {
    Document document;
    std::optional<Verdict> verdict;
  };

  bool Fail(string_view message) {
    fmt::print(streams_.err, "grove {}: {}\n", options_.verb->name, Printable(message));
    return false;
  }

  bool Fail(const Document& document, string_view message) {
    const SourceText& source = *document.input.source;
    const SourceLocation location = LocationOf(document.input.object.document);
    fmt::print(streams_.err, "{}{} {}\n{}", Place(source, location), Paint(streams_.color_err, Ink::kError, "error:"),
               Printable(message), Excerpt(source, location, streams_.color_err));
    return false;
  }

  void Note(const Document& document, string_view message) {
    if (options_.quiet) return;
    fmt::print(streams_.err, "{}{} {}\n", Place(*document.input.source, LocationOf(document.input.object.document)),
               Paint(streams_.color_err, Ink::kDim, "note:"), Printable(message));
  }

  bool ReadAll() {
    if (options_.inputs.empty()) return Fail("no input; name a file, a folder, or - for standard input");
    if (!options_.config_file.empty() && !Read(options_.config_file, Origin::kConfig)) return false;
    for (const std::string& file : options_.topology_files) {
      if (!Read(file, Origin::kTopology)) return false;
    }
    for (const std::string& path : options_.inputs) {
      if (!Read(path, Origin::kInput)) return false;
    }
    return true;
  }

  bool Read(const std::string& path, Origin origin) {
    std::vector<InputObject> objects;
    if (const auto error = reader_.Read(path, objects)) {
      if (error->source == nullptr) return Fail(error->message);
      fmt::print(streams_.err, "{}{} {}\n{}", Place(*error->source, error->location),
                 Paint(streams_.color_err, Ink::kError, "error:"), Printable(error->message),
                 Excerpt(*error->source, error->location, streams_.color_err));
      return false;
    }
    std::size_t wanted = 0;
    for (InputObject& object : objects) wanted += Take(std::move(object), origin) ? 1 : 0;
    if (origin == Origin::kConfig && wanted != 1) {
      return Fail(fmt::format("{} must hold one OperatorConfiguration of operator.config.grove.io/v1alpha1", path));
    }
    if (origin == Origin::kTopology && wanted == 0) {
      return Fail(fmt::format("{} holds no ClusterTopologyBinding of grove.io/v1alpha1", path));
    }
    return true;
  }

  // Keeps `object` if the origin wants its kind.
  bool Take(InputObject object, Origin origin) {
    Document document{std::move(object), nullptr, origin};
    document.kind = KindOf(document.input.object);
    const Role role = document.kind == nullptr ? Role::kUnused : document.kind->role;
    const bool wanted = origin == Origin::kConfig     ? role == Role::kConfiguration
                        : origin == Origin::kTopology ? role == Role::kTopology
                                                      : role != Role::kUnused;
    if (!wanted) {
      const std::string& version = document.input.object.api_version;
      Note(document, fmt::format("skipped: {}{}", Describe(document), version.empty() ? "" : " of " + version));
      return false;
    }
    slots_.push_back({std::move(document), std::nullopt});
    return true;
  }

  // -n is the namespace of what names none, and a contradiction to what names another.
  bool SetNamespaces() {
    for (Slot& slot : slots_) {
      ManifestObject& object = slot.document.input.object;
      if (!slot.document.kind->namespaced) {
        object.namespace_name.clear();
        continue;
      }
      if (object.namespace_name.empty()) {
        if (!options_.namespace_name.empty()) object.document = WithNamespace(object.document, options_.namespace_name);
        object.namespace_name = options_.namespace_name.empty() ? "default" : options_.namespace_name;
      } else if (!options_.namespace_name.empty() && object.namespace_name != options_.namespace_name) {
        return Fail(slot.document,
                    fmt::format("{} is of namespace {}, but the command line says {}", Describe(slot.document),
                                object.namespace_name, options_.namespace_name));
      }
    }
    return true;
  }

  template <class Visitor>
  bool ForRole(Role role, Visitor&& visit) {
    for (Slot& slot : slots_) {
      if (slot.document.kind->role == role && !visit(slot)) return false;
    }
    return true;
  }

  static Verdict& NewVerdict(Slot& slot) {
    Verdict& verdict = slot.verdict.emplace();
    verdict.input = slot.document.input;
    verdict.role = slot.document.kind->role;
    verdict.origin = slot.document.origin;
    verdict.namespace_name = slot.document.input.object.namespace_name;
    return verdict;
  }

  bool JudgeConfiguration() {
    const Slot* chosen = nullptr;
    const bool usable = ForRole(Role::kConfiguration, [&](Slot& slot) {
      if (chosen != nullptr && chosen->document.origin == Origin::kInput) {
        return Fail(slot.document, "a second OperatorConfiguration; --config decides between several");
      }
      if (chosen != nullptr) {
        Note(slot.document, "skipped: the OperatorConfiguration of --config applies");
        return true;
      }
      chosen = &slot;
      ConfigurationResult result = LoadOperatorConfiguration(slot.document.input.object.document);
      if (result.valid()) workload_.context.configuration = std::move(result.configuration);
      NewVerdict(slot).errors = std::move(result.errors);
      return true;
    });
    UseBackend();
    workload_.context.strict = options_.strict;
    return usable;
  }

  // --backend makes its scheduler the one of sets that name none.
  void UseBackend() {
    if (options_.scheduler.empty()) return;
    SchedulerConfiguration& scheduler = workload_.context.configuration.scheduler;
    const auto same = [&](const SchedulerProfile& profile) { return profile.name == options_.scheduler; };
    if (std::none_of(scheduler.profiles.begin(), scheduler.profiles.end(), same)) {
      scheduler.profiles.push_back({options_.scheduler, std::nullopt});
    }
    scheduler.default_profile_name = options_.scheduler;
  }

  bool JudgeTopologies() {
    return ForRole(Role::kTopology, [&](Slot& slot) {
      const std::string& name = slot.document.input.object.name;
      const auto& known = workload_.context.topologies;
      if (std::any_of(known.begin(), known.end(), [&](const auto& other) { return other.metadata.name == name; })) {
        return Fail(slot.document, fmt::format("ClusterTopologyBinding {} is given twice", name));
      }
      TopologyAdmission admission = AdmitClusterTopologyBinding(slot.document.input.object.document, workload_.context);
      if (admission.admitted.has_value()) workload_.context.topologies.push_back(std::move(*admission.admitted));
      Verdict& verdict = NewVerdict(slot);
      verdict.errors = std::move(admission.errors);
      if (!options_.strict) verdict.pruned = std::move(admission.pruned);  // errors already, if strict
      verdict.defaulted = std::move(admission.defaulted);
      return true;
    });
  }

  void TakeResourceClaimTemplates() {
    ForRole(Role::kResourceClaimTemplate, [&](Slot& slot) {
      const ManifestObject& object = slot.document.input.object;
      workload_.resource_claim_templates.push_back(
          {object.namespace_name, object.name, object.document.Find("spec").value_or(Value())});
      return true;
    });
  }

  // A Queue without a status is one that Volcano will open.
  void TakeVolcanoQueues() {
    ForRole(Role::kVolcanoQueue, [&](Slot& slot) {
      const ManifestObject& object = slot.document.input.object;
      const Value status = object.document.Find("status").value_or(Value());
      const std::optional<Value> state = status.Find("state");
      if (!workload_.context.volcano_queues.has_value()) workload_.context.volcano_queues.emplace();
      workload_.context.volcano_queues->push_back(
          {object.name, state.has_value() ? std::string(state->text()) : std::string("Open")});
      return true;
    });
  }

  void JudgeSets() {
    ForRole(Role::kPodCliqueSet, [&](Slot& slot) {
      Admission admission = Admit(slot.document.input.object.document, workload_.context);
      Verdict& verdict = NewVerdict(slot);
      verdict.errors = std::move(admission.errors);
      verdict.warnings = std::move(admission.warnings);
      if (!options_.strict) verdict.pruned = std::move(admission.pruned);  // errors already, if strict
      verdict.defaulted = std::move(admission.defaulted);
      verdict.admitted = std::move(admission.admitted);
      return true;
    });
  }

  const Options& options_;
  InputReader& reader_;
  Streams& streams_;
  std::vector<Slot> slots_;
  Workload workload_;
};

}  // namespace

bool Workload::allowed() const {
  return std::all_of(verdicts.begin(), verdicts.end(), [](const Verdict& verdict) { return verdict.allowed(); });
}

std::optional<Workload> LoadWorkload(const Options& options, InputReader& reader, Streams& streams) {
  return Loader(options, reader, streams).Run();
}

}  // namespace grove::cli
