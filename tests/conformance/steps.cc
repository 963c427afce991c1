#include "steps.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "grove/workload.hpp"

#include "admission_answer.h"
#include "answer.h"
#include "world.h"

namespace grove {
namespace {

constexpr std::int64_t kSecondsPerStep = 60;
// More turns than any set needs to start.
constexpr int kMostTurns = 30;

// What a step needs that the library does not do; the words are those of skips.json.
constexpr std::string_view kRollingUpdate = "rolling update";
constexpr std::string_view kGangTermination = "gang termination";
constexpr std::string_view kUnknownState = "state before the step";

std::string Unsupported(std::string_view reason) {
  Object out;
  out.Add("unsupported", Quoted(reason));
  return out.Finish();
}

class Steps {
 public:
  explicit Steps(FirstState first)
      : admitted_(std::move(first.admitted)),
        context_(std::move(first.context)),
        cluster_(std::move(first.cluster)),
        topologies_(std::move(first.topologies)) {
    world_.objects = std::move(first.expansion.objects);
    world_.Stamp(kBegin);
  }

  std::string Run(const Value& steps, const Value& recorded) {
    std::string list = "[";
    bool known = true;
    for (std::size_t i = 0; i < steps.size(); ++i) {
      if (i < recorded.size()) {
        if (i > 0) world_.Adopt(recorded.at(i), now_);
        known = true;
      }
      now_.unix_seconds += kSecondsPerStep;
      std::string answer = known ? Answer(steps.at(i)) : Unsupported(kUnknownState);
      known = known && !unsupported_;
      list += (i == 0 ? "" : ",") + std::move(answer);
    }
    return list + ']';
  }

 private:
  std::string Answer(const Value& step) {
    unsupported_ = false;
    Object out;
    if (!Make(step, out)) {
      if (const Value topology = Member(step, "topology"); !topology.is_null()) PutTopology(topology);
    }
    return Settle(step, std::move(out));
  }

  // Makes the change. False if it is one of the cluster around the set.
  bool Make(const Value& step, Object& out) {
    if (const Value scale = Member(step, "scale"); !scale.is_null()) {
      const std::int32_t replicas = std::stoi(std::string(Member(scale, "replicas").text()));
      NeedObject(world_.Scale(Text(scale, "kind"), Text(scale, "name"), replicas), out);
    } else if (const Value update = Member(step, "update"); !update.is_null()) {
      Update(update, out);
    } else if (const Value pod = Member(step, "deletePod"); !pod.is_null()) {
      world_.DeletePod(Text(pod, "podClique"), Member(pod, "index").text());
    } else if (const Value status = Member(step, "podStatus"); !status.is_null()) {
      SetPods(status);
    } else if (const Value age = Member(step, "age"); !age.is_null()) {
      now_.unix_seconds += SecondsOf(age.text());
    } else if (Member(step, "deletePodCliqueSet").boolean()) {
      world_.objects.pod_clique_set.metadata.deletion_timestamp = now_;
    } else {
      return false;
    }
    return true;
  }

  static void NeedObject(bool exists, Object& out) {
    if (!exists) out.Add("error", Quoted("no such object"));
  }

  // "5h", "1h30m", "59s".
  static std::int64_t SecondsOf(std::string_view text) {
    std::int64_t seconds = 0;
    std::int64_t number = 0;
    for (const char c : text) {
      if (c >= '0' && c <= '9') {
        number = number * 10 + (c - '0');
        continue;
      }
      seconds += number * (c == 'h' ? 3600 : c == 'm' ? 60 : 1);
      number = 0;
    }
    return seconds;
  }

  void Update(const Value& manifest, Object& out) {
    PodCliqueSet& live = world_.objects.pod_clique_set;
    // The scale subresource may have changed what is stored.
    const Value stored = ApplyMergePatch(
        admitted_.document(), Value::FromJson(R"({"spec":{"replicas":)" + std::to_string(live.spec.replicas) + "}}"));
    const Admission admission = AdmitUpdate(stored, manifest, context_);
    out.Add("admission", AdmissionJson(admission, ""));
    if (!admission.admitted.has_value()) return;
    admitted_ = *admission.admitted;
    if (!CompareDocuments(Member(stored, "spec"), Member(admitted_.document(), "spec")).empty()) {
      ++live.metadata.generation;
    }
    live.spec = admitted_.set().spec;
  }

  void SetPods(const Value& status) {
    const std::string clique = Text(status, "podClique");
    const Value indices = Member(status, "indices");
    world_.SetPods(Text(status, "state"), [&](const Pod& pod) {
      const std::string_view index = pod.metadata.labels.Get("grove.io/podclique-pod-index");
      if (clique != "*" && pod.metadata.labels.Get("grove.io/podclique") != clique) return false;
      if (!indices.is_array()) return true;
      for (std::size_t i = 0; i < indices.size(); ++i) {
        if (indices.at(i).text() == index) return true;
      }
      return false;
    });
  }

  void PutTopology(const Value& manifest) {
    TopologyAdmission admission = AdmitClusterTopologyBinding(manifest, context_);
    if (!admission.admitted.has_value()) return;
    topologies_.Put(*admission.admitted);
    std::erase_if(context_.topologies, [&](const ClusterTopologyBinding& binding) {
      return binding.metadata.name == admission.admitted->metadata.name;
    });
    context_.topologies.push_back(std::move(*admission.admitted));
  }

  std::string Settle(const Value& step, Object out) {
    topologies_.Sync(context_.configuration, now_);
    std::vector<ReconcileError> errors = Reconcile();
    if (Member(step, "runPods").boolean()) {
      const auto all = [](const Pod&) { return true; };
      for (int turn = 0; turn < kMostTurns && !unsupported_ && world_.SetPods("ready", all); ++turn) {
        errors = Reconcile();
      }
    }
    if (unsupported_) return Unsupported(reason_);
    if (!problem_.empty()) out.Add("problem", Quoted(problem_));
    ObjectsByKind objects;
    if (!gone_) objects.Add(world_.objects.pod_clique_set);
    ForEachObject(world_.objects, [&](const auto& object) {
      if constexpr (std::is_same_v<std::remove_cvref_t<decltype(object)>, Pod>) {
        objects.Add("Pod", world_.PodJson(object));
      } else {
        objects.Add(object);
      }
    });
    topologies_.AddTo(objects);
    out.Add("objects", problem_.empty() ? objects.Finish() : "null");
    if (!errors.empty()) out.Add("reconcileErrors", ReconcileErrorsJson(errors));
    return out.Finish();
  }

  // Lets Grove come to rest.
  std::vector<ReconcileError> Reconcile() {
    if (gone_) return {};
    ExpansionOptions options = OptionsOf(context_, cluster_, now_);
    const auto live = std::make_shared<const LiveObjects>(world_.objects);
    options.live = live;
    Expansion expansion = Expand(admitted_, options);
    if (!expansion.pending.empty()) {
      unsupported_ = true;
      reason_ = expansion.pending.front() == PendingWork::kRollingUpdate ? kRollingUpdate : kGangTermination;
      return {};
    }
    const ObjectDiff diff = Diff(expansion.objects, *live);
    if (problem_.empty()) problem_ = CheckPatches(diff, world_.objects, expansion.objects);
    KeepUndeleted(diff, expansion.objects);
    gone_ = expansion.objects.pod_clique_set.metadata.deletion_timestamp.has_value();
    world_.objects = std::move(expansion.objects);
    RenamePods(world_.objects);
    world_.Stamp(now_);
    return std::move(expansion.errors);
  }

  // Adds what exists, is not asked for, and is not deleted either.
  void KeepUndeleted(const ObjectDiff& diff, ObjectSet& objects) const {
    std::set<std::pair<std::string, std::string>> there;
    const auto key = [](std::string_view version, std::string_view kind, std::string_view name) {
      return std::pair(KindName(kind, version), std::string(name));
    };
    for (const ObjectChange& change : diff.changes) {
      there.insert(key(change.object.api_version, change.object.kind, change.object.name));
    }
    ForEachObject(objects, [&](const auto& object) {
      there.insert(key(ApiVersionOf(object), KindOf(object), object.metadata.name));
    });
    ObjectSet left = world_.objects;
    const auto keep = [&](auto& list) {
      std::erase_if(list, [&](const auto& object) {
        return there.contains(key(ApiVersionOf(object), KindOf(object), object.metadata.name));
      });
    };
    keep(left.service_accounts);
    keep(left.roles);
    keep(left.role_bindings);
    keep(left.secrets);
    keep(left.services);
    keep(left.horizontal_pod_autoscalers);
    keep(left.compute_domains);
    keep(left.resource_claims);
    keep(left.pod_cliques);
    keep(left.pod_clique_scaling_groups);
    keep(left.pod_gangs);
    keep(left.pods);
    keep(left.kai_pod_groups);
    keep(left.volcano_pod_groups);
    AppendObjects(std::move(left), objects);
  }

  AdmittedPodCliqueSet admitted_;
  AdmissionContext context_;
  Cluster cluster_;
  TopologyState topologies_;
  World world_;
  Time now_ = kBegin;
  bool gone_ = false;
  bool unsupported_ = false;
  std::string reason_;
  std::string problem_;
};

}  // namespace

ExpansionOptions OptionsOf(const AdmissionContext& context, const Cluster& cluster, Time now) {
  ExpansionOptions options;
  options.configuration = context.configuration;
  options.topologies = context.topologies;
  options.resource_claim_templates = cluster.claim_templates;
  options.init_container_image = "registry.example.com/grove/grove-initc";
  options.init_container_version = "v0.0.0-golden";
  options.state = ObjectState::kAtRest;
  options.scheduler_objects = true;
  options.now = now;
  return options;
}

std::string AnswerSteps(FirstState first, const Value& steps, const Value& recorded) {
  return Steps(std::move(first)).Run(steps, recorded);
}

}  // namespace grove
