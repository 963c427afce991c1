// Verdicts on single objects, in the context that others make.

#include <algorithm>
#include <memory>
#include <set>
#include <utility>

#include "grove/workload.hpp"

#include "model/node.h"

namespace grove {

namespace {

using internal::Member;
using internal::Node;
using internal::Storage;
using std::string_view;

constexpr string_view kDefaultNamespace = "default";
constexpr string_view kOpenQueue = "Open";

// Members of `object`, the one named `key` replaced or added.
std::vector<Member> WithMember(const Node& object, string_view key, const Node& value) {
  std::vector<Member> members(internal::Members(object).begin(), internal::Members(object).end());
  for (Member& member : members) {
    if (internal::Text(member.key) != key) continue;
    member.value = value;
    return members;
  }
  members.push_back({internal::StringNode(key), value});
  return members;
}

// `document` with `metadata.namespace` set; as it is if its metadata is no object, which admission will tell.
Value WithNamespace(const Value& document, string_view namespace_name) {
  const Node* metadata = internal::Find(document.node(), "metadata");
  if (metadata == nullptr || !internal::IsObject(*metadata)) return document;
  auto storage = std::make_shared<Storage>();
  storage->Keep(document.storage());
  const Node named =
      storage->MakeObject(WithMember(*metadata, "namespace", storage->CopyString(namespace_name)), metadata->offset);
  const Node root = storage->MakeObject(WithMember(document.node(), "metadata", named), document.node().offset);
  return {root, std::move(storage)};
}

// Calls `visit` with the index of each object of this role.
template <class Visitor>
void ForRole(std::span<const ManifestObject> objects, ObjectRole role, Visitor&& visit) {
  for (std::size_t i = 0; i < objects.size(); ++i) {
    if (RoleOf(objects[i].api_version, objects[i].kind) == role) visit(i);
  }
}

// With strict validation unknown fields are errors, also of what the operator reads by itself.
void TakeConfigurationResult(ConfigurationResult&& result, bool strict, ObjectVerdict& verdict) {
  verdict.errors = std::move(result.errors);
  verdict.pruned = std::move(result.pruned);
  if (!strict) return;
  for (PrunedField& field : verdict.pruned) {
    verdict.errors.push_back({ErrorType::kBadRequest, std::move(field.field), std::nullopt, "unknown field", "V-010",
                              Stage::kSchema, field.location, std::move(field.suggestion)});
  }
  verdict.pruned.clear();
}

}  // namespace

WorkloadJudge::WorkloadJudge(std::span<const ManifestObject> objects, const WorkloadOptions& options)
    : options_(options) {
  context_.strict = options.strict;
  context_.all_stages = options.all_stages;
  TakeConfiguration(objects);
  if (problem_.has_value() || !configuration_valid_) return;
  TakeTopologies(objects);
  TakeQueues(objects);
  if (!problem_.has_value()) TakeStored();
}

void WorkloadJudge::TakeConfiguration(std::span<const ManifestObject> objects) {
  bool found = false;
  ForRole(objects, ObjectRole::kOperatorConfiguration, [&](std::size_t index) {
    if (std::exchange(found, true)) {
      if (!problem_.has_value()) problem_ = WorkloadProblem{index, "a second OperatorConfiguration"};
      return;
    }
    ConfigurationResult result = LoadOperatorConfiguration(objects[index].document);
    configuration_valid_ = result.valid() && (!options_.strict || result.pruned.empty());
    if (configuration_valid_) context_.configuration = std::move(result.configuration);
  });
  if (!found && options_.bindings_enable_topology) {
    ForRole(objects, ObjectRole::kClusterTopologyBinding,
            [&](std::size_t) { context_.configuration.topology_aware_scheduling.enabled = true; });
  }
  if (configuration_valid_) SetDefaultScheduler();
}

void WorkloadJudge::SetDefaultScheduler() {
  if (options_.default_scheduler.empty()) return;
  SchedulerConfiguration& scheduler = context_.configuration.scheduler;
  if (std::ranges::find(scheduler.profiles, options_.default_scheduler, &SchedulerProfile::name) ==
      scheduler.profiles.end()) {
    scheduler.profiles.push_back({options_.default_scheduler, std::nullopt});
  }
  scheduler.default_profile_name = options_.default_scheduler;
}

void WorkloadJudge::TakeTopologies(std::span<const ManifestObject> objects) {
  std::set<string_view> names;
  ForRole(objects, ObjectRole::kClusterTopologyBinding, [&](std::size_t index) {
    const std::string& name = objects[index].name;
    if (!name.empty() && !names.insert(name).second) {
      if (!problem_.has_value()) problem_ = WorkloadProblem{index, "a second ClusterTopologyBinding named " + name};
      return;
    }
    TopologyAdmission admission = AdmitClusterTopologyBinding(objects[index].document, context_);
    if (admission.admitted.has_value()) context_.topologies.push_back(std::move(*admission.admitted));
  });
}

void WorkloadJudge::TakeQueues(std::span<const ManifestObject> objects) {
  ForRole(objects, ObjectRole::kVolcanoQueue, [&](std::size_t index) {
    const Value status = objects[index].document.Find("status").value_or(Value());
    const std::optional<Value> state = status.Find("state");
    if (!context_.volcano_queues.has_value()) context_.volcano_queues.emplace();
    context_.volcano_queues->push_back(
        {objects[index].name, std::string(state.has_value() ? state->text() : kOpenQueue)});
  });
}

void WorkloadJudge::TakeStored() {
  ForRole(options_.stored, ObjectRole::kPodCliqueSet, [&](std::size_t index) {
    const ManifestObject& object = options_.stored[index];
    if (object.name.empty()) return;
    const NameKey key(NamespaceOf(object), object.name);
    if (stored_.emplace(key, &object).second || problem_.has_value()) return;
    problem_ = WorkloadProblem{index, "a second stored PodCliqueSet " + key.first + "/" + key.second, true};
  });
}

std::string WorkloadJudge::NamespaceOf(const ManifestObject& object) const {
  if (!object.namespace_name.empty()) return object.namespace_name;
  return options_.namespace_name.empty() ? std::string(kDefaultNamespace) : options_.namespace_name;
}

std::string WorkloadJudge::Contradiction(const ManifestObject& object) const {
  const std::string& named = object.namespace_name;
  if (options_.namespace_name.empty() || named.empty() || named == options_.namespace_name) return {};
  if (RoleOf(object.api_version, object.kind) != ObjectRole::kPodCliqueSet) return {};
  return "PodCliqueSet " + (object.name.empty() ? "" : object.name + " ") + "is of namespace " + named + " where " +
         options_.namespace_name + " is asked for";
}

std::optional<ObjectVerdict> WorkloadJudge::Judge(const ManifestObject& object) const {
  ObjectVerdict verdict;
  verdict.role = RoleOf(object.api_version, object.kind);
  if (verdict.role == ObjectRole::kPodCliqueSet) {
    JudgeSet(object, verdict);
  } else if (verdict.role == ObjectRole::kClusterTopologyBinding) {
    TopologyAdmission admission = AdmitClusterTopologyBinding(object.document, context_);
    verdict.errors = std::move(admission.errors);
    if (!options_.strict) verdict.pruned = std::move(admission.pruned);
    verdict.defaulted = std::move(admission.defaulted);
  } else if (verdict.role == ObjectRole::kOperatorConfiguration) {
    TakeConfigurationResult(LoadOperatorConfiguration(object.document), options_.strict, verdict);
  } else {
    return std::nullopt;
  }
  return verdict;
}

void WorkloadJudge::JudgeSet(const ManifestObject& object, ObjectVerdict& verdict) const {
  const auto in_namespace = [&](const ManifestObject& set) {
    const bool named = !set.namespace_name.empty() || options_.namespace_name.empty();
    return named ? set.document : WithNamespace(set.document, options_.namespace_name);
  };
  verdict.namespace_name = NamespaceOf(object);
  const auto stored = stored_.empty() ? stored_.end() : stored_.find(NameKey(verdict.namespace_name, object.name));
  verdict.update = stored != stored_.end();
  Admission admission = verdict.update ? AdmitUpdate(in_namespace(*stored->second), in_namespace(object), context_)
                                       : Admit(in_namespace(object), context_);
  verdict.errors = std::move(admission.errors);
  verdict.warnings = std::move(admission.warnings);
  if (!options_.strict) verdict.pruned = std::move(admission.pruned);
  verdict.structurally_defaulted = std::move(admission.structurally_defaulted);
  verdict.defaulted = std::move(admission.defaulted);
  verdict.admitted = std::move(admission.admitted);
}

}  // namespace grove
