#include "planner/translate/scheduler_objects.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

#include "model/codec.h"
#include "model/fields/scheduler_objects.h"
#include "planner/translate/backend.h"

namespace grove::planner {
namespace {

template <class T>
bool AddIf(const SchedulerObject& object, std::vector<T>& list) {
  if (object.api_version != T::kApiVersion || object.kind != T::kKind) return false;
  list.push_back(codec::FromValue<T>(object.document));
  return true;
}

// Kinds with a list of their own are those of which fields of a live object are kept (SB-43, SB-70).
void AddObject(SchedulerObject&& object, ObjectSet& objects) {
  if (AddIf(object, objects.kai_pod_groups) || AddIf(object, objects.volcano_pod_groups)) return;
  objects.scheduler_objects.push_back(std::move(object));
}

}  // namespace

void AddSchedulerObjects(const PodCliqueSet& set, const ExpansionOptions& options, Expansion& expansion) {
  const TranslationOptions translation_options{options.topologies, options.kube_pod_groups};
  for (const PodGang& gang : expansion.objects.pod_gangs) {
    const Backend& backend = ServingBackend(BackendOfGang(gang, options.configuration), options.backend);
    Translation translation = Translate(gang, set, backend.name, translation_options);
    for (SchedulerObject& object : translation.objects) AddObject(std::move(object), expansion.objects);
    std::ranges::move(translation.losses, std::back_inserter(expansion.losses));
    if (translation.error.empty()) continue;
    expansion.errors.push_back(
        {"PodGang/" + gang.metadata.name, std::string(backend.failure_code), std::move(translation.error)});
  }
}

}  // namespace grove::planner
