#include "grove/workload.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace grove {

namespace {

using std::string_view;

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

// The role of object `index`: sets of the context play none.
ObjectRole RoleIn(std::span<const ManifestObject> objects, std::size_t index, const WorkloadOptions& options) {
  const ObjectRole role = RoleOf(objects[index].api_version, objects[index].kind);
  return role == ObjectRole::kPodCliqueSet && index < options.context_objects ? ObjectRole::kUnused : role;
}

std::optional<WorkloadProblem> ProblemOf(std::span<const ManifestObject> objects, const WorkloadOptions& options,
                                         const WorkloadJudge& judge) {
  if (judge.problem().has_value() || !judge.configuration_valid()) return judge.problem();
  for (std::size_t i = 0; i < objects.size(); ++i) {
    if (RoleIn(objects, i, options) != ObjectRole::kPodCliqueSet) continue;
    if (std::string problem = judge.Contradiction(objects[i]); !problem.empty()) return {{i, std::move(problem)}};
  }
  return std::nullopt;
}

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
  const WorkloadJudge judge(objects, options);
  Workload workload;
  workload.problem = ProblemOf(objects, options, judge);
  if (workload.problem.has_value()) return workload;
  workload.context = judge.context();
  workload.configuration_valid = judge.configuration_valid();
  for (std::size_t i = 0; i < objects.size(); ++i) {
    const ManifestObject& object = objects[i];
    const ObjectRole role = RoleIn(objects, i, options);
    if (!judge.configuration_valid() && role != ObjectRole::kOperatorConfiguration) continue;
    if (role == ObjectRole::kUnused) {
      workload.unused.push_back(i);
    } else if (role == ObjectRole::kResourceClaimTemplate) {
      workload.resource_claim_templates.push_back(
          {judge.NamespaceOf(object), object.name, object.document.Find("spec").value_or(Value())});
    } else if (std::optional<ObjectVerdict> verdict = judge.Judge(object)) {
      verdict->index = i;
      workload.verdicts.push_back(std::move(*verdict));
    }
  }
  return workload;
}

}  // namespace grove
