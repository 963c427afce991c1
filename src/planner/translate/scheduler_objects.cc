#include "planner/translate/scheduler_objects.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

#include "planner/translate/backend.h"

namespace grove::planner {

void AddSchedulerObjects(const PodCliqueSet& set, const ExpansionOptions& options, Expansion& expansion) {
  const TranslationOptions translation_options{options.topologies, options.kube_pod_groups};
  for (const PodGang& gang : expansion.objects.pod_gangs) {
    const Backend& backend = ServingBackend(BackendOfGang(gang, options.configuration), options.backend);
    Translation translation = Translate(gang, set, backend.name, translation_options);
    std::ranges::move(translation.objects, std::back_inserter(expansion.objects.scheduler_objects));
    std::ranges::move(translation.losses, std::back_inserter(expansion.losses));
    if (translation.error.empty()) continue;
    expansion.errors.push_back(
        {"PodGang/" + gang.metadata.name, std::string(backend.failure_code), std::move(translation.error)});
  }
}

}  // namespace grove::planner
