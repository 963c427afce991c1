#include "cli/gpus.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "cli/tree.h"
#include "model/quantity.h"

namespace grove::cli {

namespace {

std::int64_t GpusOfList(const std::optional<Value>& list) {
  std::int64_t gpus = 0;
  if (!list.has_value() || !list->is_object()) return gpus;
  for (std::size_t i = 0; i < list->size(); ++i) {
    if (!list->key(i).ends_with("/gpu")) continue;
    const Value amount = list->at(i);
    const std::optional<Quantity> quantity = Quantity::Parse(amount.text());
    if (!quantity.has_value()) continue;
    gpus = SaturatingAdd(gpus, std::max<std::int64_t>(0, quantity->ScaledValue(0).value_or(0)));
  }
  return gpus;
}

std::int64_t GpusOfContainer(const Value& container) {
  const std::optional<Value> resources = container.Find("resources");
  if (!resources.has_value()) return 0;
  return std::max(GpusOfList(resources->Find("limits")), GpusOfList(resources->Find("requests")));
}

}  // namespace

std::int64_t GpusPerPod(const Value& pod_spec) {
  std::int64_t running = 0;
  std::int64_t peak = 0;
  const Value init_containers = pod_spec.Find("initContainers").value_or(Value());
  for (std::size_t i = 0; i < init_containers.size(); ++i) {
    const Value container = init_containers.at(i);
    const std::int64_t gpus = GpusOfContainer(container);
    const std::optional<Value> restart_policy = container.Find("restartPolicy");
    if (restart_policy.has_value() && restart_policy->text() == "Always") {
      running = SaturatingAdd(running, gpus);
    } else {
      peak = std::max(peak, SaturatingAdd(running, gpus));
    }
  }
  const Value containers = pod_spec.Find("containers").value_or(Value());
  for (std::size_t i = 0; i < containers.size(); ++i) {
    running = SaturatingAdd(running, GpusOfContainer(containers.at(i)));
  }
  return std::max(running, peak);
}

}  // namespace grove::cli
