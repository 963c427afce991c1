#include "planner/translate/backend.h"

#include <algorithm>
#include <optional>

#include "model/naming.h"
#include "planner/translate/default_scheduler.h"
#include "planner/translate/kai.h"
#include "planner/translate/kube.h"
#include "planner/translate/lpx.h"
#include "planner/translate/volcano.h"

namespace grove::planner {
namespace {

// By ascending scheduler name, those of the reference first.
constexpr const Backend* kBackends[] = {
    &kDefaultBackend, &kKaiBackend, &kLpxBackend, &kVolcanoBackend, &kKubeBackend,
};

bool IsEnabled(const OperatorConfiguration& configuration, const Backend& backend) {
  if (backend.scheduler_name == schedulers::kDefault) return true;
  const auto& profiles = configuration.scheduler.profiles;
  return std::ranges::any_of(profiles,
                             [&](const SchedulerProfile& profile) { return profile.name == backend.scheduler_name; });
}

}  // namespace

const Backend* FindBackend(std::string_view scheduler_name) {
  for (const Backend* backend : kBackends) {
    if (backend->of_reference && backend->scheduler_name == scheduler_name) return backend;
  }
  return nullptr;
}

const Backend* FindBackendByName(std::string_view name) {
  for (const Backend* backend : kBackends) {
    if (backend->name == name) return backend;
  }
  return nullptr;
}

const Backend& ServingBackend(const Backend& backend, std::string_view asked) {
  const Backend* named = FindBackendByName(asked);
  return named != nullptr && named->scheduler_name == backend.scheduler_name ? *named : backend;
}

const Backend* FindEnabledBackend(const OperatorConfiguration& configuration, std::string_view name) {
  const Backend* backend = FindBackend(name);
  return backend != nullptr && IsEnabled(configuration, *backend) ? backend : nullptr;
}

std::vector<const Backend*> EnabledBackends(const OperatorConfiguration& configuration) {
  std::vector<const Backend*> enabled;
  for (const Backend* backend : kBackends) {
    if (backend->of_reference && IsEnabled(configuration, *backend)) enabled.push_back(backend);
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
  return DefaultBackend(configuration).scheduler_name;
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
                                           std::string_view clique_name, const TranslationOptions& options) {
  PodPreparation preparation;
  preparation.scheduler_name = backend.scheduler_name;
  if (backend.prepare == nullptr) return preparation;
  if (absl::Status status = backend.prepare(gang_name, clique_name, options, preparation); !status.ok()) return status;
  return preparation;
}

}  // namespace grove::planner

namespace grove {

std::vector<SchedulerBackend> SchedulerBackends() {
  std::vector<SchedulerBackend> backends;
  for (const planner::Backend* backend : planner::kBackends) backends.push_back(*backend);
  return backends;
}

}  // namespace grove
