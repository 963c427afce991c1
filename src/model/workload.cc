#include "grove/workload.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "model/node.h"

namespace grove {

namespace {

using internal::Member;
using internal::Node;
using internal::Storage;
using std::string_view;

constexpr string_view kDefaultNamespace = "default";
constexpr string_view kOpenQueue = "Open";

struct KindRow {
  string_view group;
  string_view kind;
  ObjectRole role;
  bool groves_own;  // also taken without a group, where no such kind exists: admission tells what is missing
};

constexpr std::array kKinds = {
    KindRow{"grove.io", "PodCliqueSet", ObjectRole::kPodCliqueSet, true},
    KindRow{"grove.io", "ClusterTopologyBinding", ObjectRole::kClusterTopologyBinding, true},
    KindRow{"operator.config.grove.io", "OperatorConfiguration", ObjectRole::kOperatorConfiguration, true},
    KindRow{"resource.k8s.io", "ResourceClaimTemplate", ObjectRole::kResourceClaimTemplate, false},
    KindRow{"scheduling.volcano.sh", "Queue", ObjectRole::kVolcanoQueue, false},
};

bool IsNamespaced(ObjectRole role) {
  return role == ObjectRole::kPodCliqueSet || role == ObjectRole::kResourceClaimTemplate;
}

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

Value MemberOf(const Value& object, string_view key) { return object.Find(key).value_or(Value()); }

// Builds a Workload; each step tells whether to go on.
class Judge {
 public:
  Judge(std::span<const ManifestObject> objects, const WorkloadOptions& options)
      : objects_(objects), options_(options) {
    roles_.reserve(objects.size());
    for (const ManifestObject& object : objects) {
      const ObjectRole role = RoleOf(object.api_version, object.kind);
      const bool set_of_context = role == ObjectRole::kPodCliqueSet && roles_.size() < options.context_objects;
      roles_.push_back(set_of_context ? ObjectRole::kUnused : role);
    }
    workload_.context.strict = options.strict;
    workload_.context.all_stages = options.all_stages;
  }

  Workload Run() && {
    if (!JudgeConfiguration() || !JudgeTopologies() || !CheckNamespaces()) {
      if (!workload_.problem.has_value()) return std::move(workload_);
      Workload nothing;
      nothing.problem = std::move(workload_.problem);
      return nothing;
    }
    TakeContext();
    ForRole(ObjectRole::kPodCliqueSet, [&](std::size_t index) { JudgeSet(index); });
    std::ranges::sort(workload_.verdicts, {}, &ObjectVerdict::index);
    return std::move(workload_);
  }

 private:
  template <class Visitor>
  void ForRole(ObjectRole role, Visitor&& visit) {
    for (std::size_t i = 0; i < objects_.size(); ++i) {
      if (roles_[i] == role) visit(i);
    }
  }

  bool Fail(std::size_t index, std::string message) {
    if (!workload_.problem.has_value()) workload_.problem = WorkloadProblem{index, std::move(message)};
    return false;
  }

  ObjectVerdict& NewVerdict(std::size_t index) {
    ObjectVerdict& verdict = workload_.verdicts.emplace_back();
    verdict.index = index;
    verdict.role = roles_[index];
    if (IsNamespaced(verdict.role)) verdict.namespace_name = NamespaceOf(objects_[index]);
    return verdict;
  }

  [[nodiscard]] std::string NamespaceOf(const ManifestObject& object) const {
    if (!object.namespace_name.empty()) return object.namespace_name;
    return options_.namespace_name.empty() ? std::string(kDefaultNamespace) : options_.namespace_name;
  }

  bool JudgeConfiguration() {
    bool found = false;
    ForRole(ObjectRole::kOperatorConfiguration, [&](std::size_t index) {
      if (std::exchange(found, true)) {
        Fail(index, "a second OperatorConfiguration");
        return;
      }
      ConfigurationResult result = LoadOperatorConfiguration(objects_[index].document);
      workload_.configuration_valid = result.valid();
      if (result.valid()) workload_.context.configuration = std::move(result.configuration);
      NewVerdict(index).errors = std::move(result.errors);
    });
    if (workload_.problem.has_value() || !workload_.configuration_valid) return false;
    SetDefaultScheduler();
    return true;
  }

  void SetDefaultScheduler() {
    if (options_.default_scheduler.empty()) return;
    SchedulerConfiguration& scheduler = workload_.context.configuration.scheduler;
    if (std::ranges::find(scheduler.profiles, options_.default_scheduler, &SchedulerProfile::name) ==
        scheduler.profiles.end()) {
      scheduler.profiles.push_back({options_.default_scheduler, std::nullopt});
    }
    scheduler.default_profile_name = options_.default_scheduler;
  }

  bool JudgeTopologies() {
    std::set<string_view> names;
    ForRole(ObjectRole::kClusterTopologyBinding, [&](std::size_t index) {
      const std::string& name = objects_[index].name;
      if (!name.empty() && !names.insert(name).second) {
        Fail(index, "a second ClusterTopologyBinding named " + name);
        return;
      }
      TopologyAdmission admission = AdmitClusterTopologyBinding(objects_[index].document, workload_.context);
      if (admission.admitted.has_value()) workload_.context.topologies.push_back(std::move(*admission.admitted));
      ObjectVerdict& verdict = NewVerdict(index);
      verdict.errors = std::move(admission.errors);
      if (!options_.strict) verdict.pruned = std::move(admission.pruned);
      verdict.defaulted = std::move(admission.defaulted);
    });
    return !workload_.problem.has_value();
  }

  bool CheckNamespaces() {
    if (options_.namespace_name.empty()) return true;
    ForRole(ObjectRole::kPodCliqueSet, [&](std::size_t index) {
      const std::string& named = objects_[index].namespace_name;
      if (named.empty() || named == options_.namespace_name) return;
      const std::string& name = objects_[index].name;
      Fail(index, "PodCliqueSet " + (name.empty() ? "" : name + " ") + "is of namespace " + named + " where " +
                      options_.namespace_name + " is asked for");
    });
    return !workload_.problem.has_value();
  }

  void TakeContext() {
    ForRole(ObjectRole::kUnused, [&](std::size_t index) { workload_.unused.push_back(index); });
    ForRole(ObjectRole::kResourceClaimTemplate, [&](std::size_t index) {
      const ManifestObject& object = objects_[index];
      workload_.resource_claim_templates.push_back(
          {NamespaceOf(object), object.name, MemberOf(object.document, "spec")});
    });
    ForRole(ObjectRole::kVolcanoQueue, [&](std::size_t index) {
      const ManifestObject& object = objects_[index];
      const std::optional<Value> state = MemberOf(object.document, "status").Find("state");
      auto& queues = workload_.context.volcano_queues;
      if (!queues.has_value()) queues.emplace();
      queues->push_back({object.name, std::string(state.has_value() ? state->text() : kOpenQueue)});
    });
  }

  void JudgeSet(std::size_t index) {
    const ManifestObject& object = objects_[index];
    const bool named = !object.namespace_name.empty() || options_.namespace_name.empty();
    Admission admission =
        Admit(named ? object.document : WithNamespace(object.document, options_.namespace_name), workload_.context);
    ObjectVerdict& verdict = NewVerdict(index);
    verdict.errors = std::move(admission.errors);
    verdict.warnings = std::move(admission.warnings);
    if (!options_.strict) verdict.pruned = std::move(admission.pruned);
    verdict.defaulted = std::move(admission.defaulted);
    verdict.admitted = std::move(admission.admitted);
  }

  std::span<const ManifestObject> objects_;
  const WorkloadOptions& options_;
  std::vector<ObjectRole> roles_;
  Workload workload_;
};

}  // namespace

ObjectRole RoleOf(string_view api_version, string_view kind) {
  const std::size_t slash = api_version.find('/');
  const bool has_group = slash != string_view::npos;
  for (const KindRow& row : kKinds) {
    if (row.kind != kind) continue;
    if (has_group ? row.group == api_version.substr(0, slash) : row.groves_own) return row.role;
  }
  return ObjectRole::kUnused;
}

bool Workload::allowed() const {
  return std::ranges::all_of(verdicts, [](const ObjectVerdict& verdict) { return verdict.allowed(); });
}

Workload JudgeWorkload(std::span<const ManifestObject> objects, const WorkloadOptions& options) {
  return Judge(objects, options).Run();
}

}  // namespace grove
