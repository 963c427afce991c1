#include "planner/mnnvl.h"

#include <algorithm>
#include <string>

#include "model/naming.h"
#include "model/quantity.h"

namespace grove::planner {

namespace {

constexpr std::string_view kGpu = "nvidia.com/gpu";
constexpr std::string_view kWithdrawn = "none";

bool HasGpu(const internal::Node& resources, std::string_view list) {
  const internal::Node* quantities = internal::Find(resources, list);
  const internal::Node* gpus = quantities == nullptr ? nullptr : internal::Find(*quantities, kGpu);
  if (gpus == nullptr) return false;
  const std::optional<Quantity> quantity = Quantity::Parse(internal::Text(*gpus));
  return quantity.has_value() && !quantity->IsZero();
}

}  // namespace

std::string_view EffectiveMnnvlGroup(std::initializer_list<const StringMap*> layers) {
  for (const StringMap* annotations : layers) {
    if (annotations == nullptr) continue;
    if (const auto group = annotations->Find(keys::kMnnvlGroup))
      return *group == kWithdrawn ? std::string_view{} : *group;
  }
  return {};
}

bool UsesGpu(const internal::Node& container) {
  const internal::Node* resources = internal::Find(container, "resources");
  return resources != nullptr && (HasGpu(*resources, "limits") || HasGpu(*resources, "requests"));
}

bool PodUsesGpu(const internal::Node& pod_spec) {
  for (const std::string_view list : {"containers", "initContainers"}) {
    const internal::Node* containers = internal::Find(pod_spec, list);
    if (containers != nullptr && std::ranges::any_of(internal::Elements(*containers), UsesGpu)) return true;
  }
  return false;
}

}  // namespace grove::planner
