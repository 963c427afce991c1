#include "world.h"

#include <algorithm>
#include <utility>

namespace grove {
namespace {

template <class T>
T* FindNamed(std::vector<T>& list, std::string_view name) {
  const auto found = std::find_if(list.begin(), list.end(), [&](const T& o) { return o.metadata.name == name; });
  return found == list.end() ? nullptr : &*found;
}

template <class T>
constexpr bool kHasStatus = requires(T object) {
  object.status.conditions;
};

// Whether the API server counts generations of the kind.
template <class T>
constexpr bool kCountsGenerations = kHasStatus<T> && !std::is_same_v<T, Pod>;

template <class Visitor>
void ForEachList(ObjectSet& objects, Visitor&& visit) {
  visit(objects.service_accounts);
  visit(objects.roles);
  visit(objects.role_bindings);
  visit(objects.secrets);
  visit(objects.services);
  visit(objects.horizontal_pod_autoscalers);
  visit(objects.compute_domains);
  visit(objects.resource_claims);
  visit(objects.pod_cliques);
  visit(objects.pod_clique_scaling_groups);
  visit(objects.pod_gangs);
  visit(objects.pods);
  visit(objects.kai_pod_groups);
  visit(objects.volcano_pod_groups);
}

template <class T>
void StampObject(T& object, Time now) {
  if (!object.metadata.creation_timestamp.has_value()) object.metadata.creation_timestamp = now;
  if constexpr (kCountsGenerations<T>)
    object.metadata.generation = std::max<std::int64_t>(object.metadata.generation, 1);
}

const Condition* FindCondition(const std::vector<Condition>& conditions, std::string_view type) {
  for (const Condition& condition : conditions) {
    if (condition.type == type) return &condition;
  }
  return nullptr;
}

// The generation that an object of the record has: one more than before if its spec changed, and never less than what
// Grove says that it observed.
template <class T>
std::int64_t GenerationOf(const T& recorded, const T* known) {
  std::int64_t generation = 1;
  if (known != nullptr) generation = known->metadata.generation + (known->spec == recorded.spec ? 0 : 1);
  if constexpr (requires { recorded.status.observed_generation; }) {
    generation = std::max(generation, recorded.status.observed_generation.value_or(0));
  }
  return generation;
}

// Whether an object of the record is the one that was known, not a new one of its name: a PodClique of a scaling group
// gets another template only by being made anew, and so does a pod. Under OnDelete the former is patched, which its
// generation then tells.
template <class T>
bool IsSame(const T& known, const T& recorded) {
  if constexpr (std::is_same_v<T, Pod> || std::is_same_v<T, PodClique>) {
    constexpr std::string_view kHash = "grove.io/pod-template-hash";
    if (known.metadata.labels.Get(kHash) == recorded.metadata.labels.Get(kHash)) return true;
    if constexpr (std::is_same_v<T, Pod>) return false;
    const auto& owners = recorded.metadata.owner_references;
    return owners.empty() || owners.front().kind != PodCliqueScalingGroup::kKind;
  }
  return true;
}

// Whether an update of the object ran since: its conditions were Unknown then.
template <class T>
bool WasUpdated(const T& recorded, const T& known) {
  if constexpr (requires { recorded.status.update_progress->pod_clique_set_generation_hash; }) {
    const auto hash = [](const T& object) {
      const auto& progress = object.status.update_progress;
      return progress.has_value() ? progress->pod_clique_set_generation_hash : std::string();
    };
    return hash(recorded) != hash(known);
  }
  return false;
}

template <class T>
void Complete(T& recorded, const T* known, Time last_step) {
  recorded.metadata.creation_timestamp = known == nullptr ? last_step : known->metadata.creation_timestamp;
  if constexpr (kCountsGenerations<T>) recorded.metadata.generation = GenerationOf(recorded, known);
  if constexpr (kHasStatus<T>) {
    for (Condition& condition : recorded.status.conditions) {
      const Condition* before = known == nullptr ? nullptr : FindCondition(known->status.conditions, condition.type);
      const bool same = before != nullptr && before->status == condition.status && !WasUpdated(recorded, *known);
      condition.last_transition_time = same ? before->last_transition_time : last_step;
    }
  }
}

std::string ContainerStatusJson(const Value& container, std::string_view state) {
  const bool ready = state == "ready";
  const bool crashed = state == "crashed";
  Object out;
  out.Add("name", Quoted(Text(container, "name")));
  out.Add("image", Quoted(Text(container, "image")));
  out.Add("imageID", "\"\"");
  out.Add("ready", Boolean(ready));
  out.Add("started", Boolean(ready || state == "notReady"));
  out.Add("restartCount", crashed ? "1" : "0");
  out.Add("state", "{}");
  out.Add("lastState", crashed ? R"({"terminated":{"exitCode":1,"reason":"Error"}})" : "{}");
  return out.Finish();
}

std::string PodStatusJson(const Value& spec, std::string_view state) {
  Object out;
  std::string conditions = R"([{"type":"PodScheduled","status":"True"})";
  if (state == "ready") {
    conditions += R"(,{"type":"Ready","status":"True"})";
  } else if (state != "scheduled") {
    conditions += R"(,{"type":"Ready","status":"False","reason":"ContainersNotReady"})";
  }
  out.Add("conditions", conditions + ']');
  out.Add("phase", Quoted(state == "scheduled" ? "Pending" : "Running"));
  if (state != "scheduled") {
    const Value containers = Member(spec, "containers");
    std::string list = "[";
    for (std::size_t i = 0; i < containers.size(); ++i) {
      list += (i == 0 ? "" : ",") + ContainerStatusJson(containers.at(i), state);
    }
    out.Add("containerStatuses", list + ']');
  }
  return out.Finish();
}

// The typed form of a pod's document.
Pod ReadPod(const Value& document) {
  const std::vector<ManifestObject> objects = {ToManifestObject(document)};
  const std::string set = Text(Member(Member(document, "metadata"), "labels"), "app.kubernetes.io/part-of");
  ObjectSet read = LiveObjects(objects).Of(objects.front().namespace_name, set);
  return read.pods.empty() ? Pod() : std::move(read.pods.front());
}

}  // namespace

void World::Stamp(Time now) {
  StampObject(objects.pod_clique_set, now);
  ForEachList(objects, [&](auto& list) {
    for (auto& object : list) StampObject(object, now);
  });
}

void World::Adopt(const Value& recorded, Time last_step) {
  std::vector<ManifestObject> documents;
  for (std::size_t k = 0; k < recorded.size(); ++k) {
    const Value list = recorded.at(k);
    for (std::size_t i = 0; i < list.size(); ++i) documents.push_back(ToManifestObject(list.at(i)));
  }
  ObjectMeta& set = objects.pod_clique_set.metadata;
  ObjectSet adopted = LiveObjects(documents).Of(set.namespace_name, set.name);
  const bool is_there = !adopted.pod_clique_set.metadata.name.empty();
  Complete(adopted.pod_clique_set, is_there ? &objects.pod_clique_set : nullptr, last_step);
  std::vector<std::pair<void*, void*>> lists;
  ForEachList(adopted, [&](auto& list) {
    ForEachList(objects, [&](auto& known) {
      if constexpr (std::is_same_v<decltype(list), decltype(known)>) {
        for (auto& object : list) {
          const auto* same = FindNamed(known, object.metadata.name);
          Complete(object, same != nullptr && IsSame(*same, object) ? same : nullptr, last_step);
        }
      }
    });
  });
  objects = std::move(adopted);
  pod_statuses_.clear();
  const Value pods = Member(recorded, "Pod");
  for (std::size_t i = 0; i < pods.size(); ++i) {
    pod_statuses_[Text(Member(pods.at(i), "metadata"), "name")] = Member(pods.at(i), "status").ToJson();
  }
}

bool World::Scale(std::string_view kind, std::string_view name, std::int32_t replicas) {
  const auto scale = [&](auto* object) {
    if (object == nullptr || object->metadata.name != name) return false;
    if (object->spec.replicas != replicas) ++object->metadata.generation;
    object->spec.replicas = replicas;
    return true;
  };
  if (kind == PodCliqueSet::kKind) return scale(&objects.pod_clique_set);
  if (kind == PodClique::kKind) return scale(FindNamed(objects.pod_cliques, name));
  return kind == PodCliqueScalingGroup::kKind && scale(FindNamed(objects.pod_clique_scaling_groups, name));
}

void World::DeletePod(std::string_view pod_clique, std::string_view index) {
  std::erase_if(objects.pods, [&](const Pod& pod) {
    return pod.metadata.labels.Get("grove.io/podclique") == pod_clique &&
           pod.metadata.labels.Get("grove.io/podclique-pod-index") == index;
  });
}

bool World::SetPod(std::string_view state, Pod& pod) {
  if (Member(pod.spec, "schedulingGates").size() > 0) return false;
  const std::string status = PodStatusJson(pod.spec, state);
  std::string& known = pod_statuses_[pod.metadata.name];
  if (known == status && !Text(pod.spec, "nodeName").empty()) return false;
  known = status;
  const Value change = Value::FromJson(R"({"spec":{"nodeName":"node-0"},"status":)" + status + "}");
  Pod changed = ReadPod(ApplyMergePatch(ToValue(pod), change));
  changed.metadata = pod.metadata;
  pod = std::move(changed);
  return true;
}

std::string World::PodJson(const Pod& pod) const {
  const auto found = pod_statuses_.find(pod.metadata.name);
  // A pod of that name that is bound is the one that the status is of: nobody else binds pods.
  if (found == pod_statuses_.end() || Text(pod.spec, "nodeName").empty()) return ToValue(pod).ToJson();
  return ApplyMergePatch(ToValue(pod), Value::FromJson(R"({"status":)" + found->second + "}")).ToJson();
}

std::string CheckPatches(const ObjectDiff& diff, const ObjectSet& live, const ObjectSet& desired) {
  if (!diff.conflicts.empty()) return "conflict at " + diff.conflicts.front().name;
  std::map<std::pair<std::string, std::string>, Value> documents;
  const auto key = [](std::string_view version, std::string_view kind, std::string_view name) {
    return std::pair(std::string(kind) + std::string(version), std::string(name));
  };
  const auto put = [&](const auto& object) {
    documents[key(ApiVersionOf(object), KindOf(object), object.metadata.name)] = ToValue(object);
  };
  put(live.pod_clique_set);
  ForEachObject(live, put);
  for (const ObjectChange& change : diff.changes) {
    Value& document = documents[key(change.object.api_version, change.object.kind, change.object.name)];
    document = change.action == ObjectAction::kPatch ? ApplyMergePatch(document, change.document) : change.document;
  }
  std::string problem;
  const Value unwritten = Value::FromJson(R"({"status":null,"metadata":{"generation":null}})");
  ForEachObject(desired, [&](const auto& object) {
    const Value is =
        ApplyMergePatch(documents[key(ApiVersionOf(object), KindOf(object), object.metadata.name)], unwritten);
    for (const FieldChange& change : CompareDocuments(is, ApplyMergePatch(ToValue(object), unwritten))) {
      problem = "the patch of " + std::string(KindOf(object)) + "/" + object.metadata.name + " misses " + change.path;
    }
  });
  return problem;
}

}  // namespace grove
