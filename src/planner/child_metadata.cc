#include "planner/child_metadata.h"

#include <utility>

#include "model/naming.h"
#include "planner/owner.h"

namespace grove::planner {

StringMap DefaultLabels(std::string_view set) {
  StringMap labels;
  labels.Set(keys::kManagedBy, keys::kManager);
  labels.Set(keys::kPartOf, set);
  return labels;
}

ObjectMeta ChildOfSet(const Context& context, std::string name, std::string_view component) {
  ObjectMeta metadata;
  metadata.namespace_name = context.namespace_name();
  metadata.labels = DefaultLabels(context.name());
  metadata.labels.Set(keys::kComponent, component);
  metadata.labels.Set(keys::kName, name);
  metadata.name = std::move(name);
  metadata.owner_references.push_back(ControllerReference(context.set));
  return metadata;
}

}  // namespace grove::planner
