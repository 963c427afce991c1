#include "model/naming.h"
#include "planner/child_metadata.h"
#include "planner/children.h"

namespace grove::planner {

Service MakeService(const Context& context, std::int32_t replica) {
  const std::string index = std::to_string(replica);
  Service service;
  service.metadata = ChildOfSet(context, naming::ReplicaName(context.name(), replica), component::kService);
  service.metadata.labels.Set(keys::kReplicaIndex, index);
  service.spec.cluster_ip = "None";
  service.spec.selector = DefaultLabels(context.name());
  service.spec.selector.Set(keys::kReplicaIndex, index);
  const std::optional<HeadlessServiceConfig>& config = context.template_spec().headless_service_config;
  service.spec.publish_not_ready_addresses = config.has_value() && config->publish_not_ready_addresses;
  return service;
}

}  // namespace grove::planner
