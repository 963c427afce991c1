#include "planner/translate/backend.h"

#include <algorithm>

#include "absl/status/status.h"

#include "model/naming.h"

namespace grove::planner {
namespace {

constexpr Backend kBackends[] = {
    // by ascending name
    {BackendKind::kDefault, schedulers::kDefault, false, false},
    {BackendKind::kKai, schedulers::kKai, true, true},
    {BackendKind::kLpx, schedulers::kLpx, false, false},
    {BackendKind::kVolcano, schedulers::kVolcano, true, false},
};

bool IsEnabled(const OperatorConfiguration& configuration, const Backend& backend) {
  if (backend.kind == BackendKind::kDefault) return true;
  const auto& profiles = configuration.scheduler.profiles;
  return std::any_of(profiles.begin(), profiles.end(),
                     [&](const SchedulerProfile& profile) { return profile.name == backend.name; });
}

}  // namespace

const Backend* FindBackend(std::string_view name) {
  for (const Backend& backend : kBackends) {
    if (backend.name == name) return &backend;
  }
  return nullptr;
}

const Backend* FindEnabledBackend(const OperatorConfiguration& configuration, std::string_view name) {
  const Backend* backend = FindBackend(name);
  return backend != nullptr && IsEnabled(configuration, *backend) ? backend : nullptr;
}

std::vector<const Backend*> EnabledBackends(const OperatorConfiguration& configuration) {
  std::vector<const Backend*> enabled;
  for (const Backend& backend : kBackends) {
    if (IsEnabled(configuration, backend)) enabled.push_back(&backend);
  }
  return enabled;
}

const Backend& DefaultBackend(const OperatorConfiguration& configuration) {
  const Backend* backend = FindEnabledBackend(configuration, configuration.scheduler.default_profile_name);
  return backend != nullptr ? *backend : *FindBackend(schedulers::kDefault);
}

std::string_view SchedulerNameOf(const Value& pod_spec) {
  const std::optional<Value> name = pod_spec.Find("schedulerName");
  // The text lives in the storage of the pod spec, not in the handle.
  return name.has_value() && name->is_string() ? name->text() : std::string_view{};
}

const Backend* BackendOfSet(const PodCliqueSet& set, const OperatorConfiguration& configuration) {
  const auto& cliques = set.spec.template_spec.cliques;
  return cliques.empty() ? &DefaultBackend(configuration) : BackendOfPod(cliques.front().spec.pod_spec, configuration);
}

std::string_view SchedulerNameOfGangs(const PodCliqueSet& set, const OperatorConfiguration& configuration) {
  for (const PodCliqueTemplateSpec& clique : set.spec.template_spec.cliques) {
    if (const std::string_view name = SchedulerNameOf(clique.spec.pod_spec); !name.empty()) return name;
  }
  return DefaultBackend(configuration).name;
}

const Backend& BackendOfGang(const PodGang& gang, const OperatorConfiguration& configuration) {
  const Backend* named = FindEnabledBackend(configuration, gang.metadata.labels.Get(keys::kSchedulerName));
  return named != nullptr ? *named : DefaultBackend(configuration);
}

const Backend* BackendOfPod(const Value& pod_spec, const OperatorConfiguration& configuration) {
  const std::string_view name = SchedulerNameOf(pod_spec);
  return name.empty() ? &DefaultBackend(configuration) : FindEnabledBackend(configuration, name);
}

absl::StatusOr<PodPreparation> PreparePods(const Backend& backend, std::string_view gang_name,
                                           std::string_view clique_name) {
  PodPreparation preparation;
  preparation.scheduler_name = backend.name;
  switch (backend.kind) {
    case BackendKind::kDefault:
    case BackendKind::kLpx:
      break;
    case BackendKind::kKai:
      if (gang_name.empty() || clique_name.empty()) {  // SB-20
        return absl::FailedPreconditionError("pod lacks the label of its PodGang or PodClique");
      }
      preparation.annotations.Set(keys::kKaiSkipPodGrouper, "true");
      preparation.annotations.Set(keys::kKaiPodGroup, gang_name);
      preparation.labels.Set(keys::kKaiSubGroup, clique_name);
      break;
    case BackendKind::kVolcano:
      if (gang_name.empty()) {  // SB-61
        return absl::FailedPreconditionError("pod lacks the label of its PodGang");
      }
      preparation.annotations.Set(keys::kVolcanoGroup, gang_name);
      preparation.annotations.Set(keys::kKubernetesGroup, gang_name);
      break;
  }
  return preparation;
}

}  // namespace grove::planner
