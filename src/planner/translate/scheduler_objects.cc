#include "planner/translate/scheduler_objects.h"

#include <string>
#include <utility>

#include "planner/translate/backend.h"
#include "planner/translate/kai.h"
#include "planner/translate/volcano.h"

namespace grove::planner {
namespace {

constexpr char kKaiMappingFailed[] = "KAIBackendMappingFailed";

void AddKaiPodGroup(const PodGang& gang, const PodCliqueSet& set, Expansion& expansion) {
  absl::StatusOr<KaiPodGroup> group = MakeKaiPodGroup(gang, set);
  if (group.ok()) {
    expansion.objects.kai_pod_groups.push_back(*std::move(group));
  } else {
    expansion.errors.push_back(
        {"PodGang/" + gang.metadata.name, kKaiMappingFailed, std::string(group.status().message())});
  }
}

}  // namespace

void AddSchedulerObjects(const PodCliqueSet& set, const ExpansionOptions& options, Expansion& expansion) {
  for (const PodGang& gang : expansion.objects.pod_gangs) {
    switch (BackendOfGang(gang, options.configuration).kind) {
      case BackendKind::kKai:
        AddKaiPodGroup(gang, set, expansion);
        break;
      case BackendKind::kVolcano:
        expansion.objects.volcano_pod_groups.push_back(MakeVolcanoPodGroup(gang));
        break;
      case BackendKind::kDefault:
      case BackendKind::kLpx:
        break;
    }
  }
}

}  // namespace grove::planner
