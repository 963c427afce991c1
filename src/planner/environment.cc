#include "planner/environment.h"

#include <string>

#include "model/naming.h"
#include "planner/node_builder.h"

namespace grove::planner {

using internal::Node;
using internal::Storage;

Node LiteralVariable(std::string_view name, std::string_view value, Storage& storage) {
  return MakeObject(storage,
                    {MakeMember("name", internal::StringNode(name)), MakeMember("value", internal::StringNode(value))});
}

Node LabelVariable(std::string_view name, std::string_view label, Storage& storage) {
  const Node source = MakeObject(storage, {MakeMember("fieldRef", FieldReference(LabelPath(label, storage), storage))});
  return MakeObject(storage, {MakeMember("name", internal::StringNode(name)), MakeMember("valueFrom", source)});
}

Node FieldReference(std::string_view path, Storage& storage) {
  return MakeObject(storage, {MakeMember("fieldPath", internal::StringNode(path))});
}

std::string_view LabelPath(std::string_view label, Storage& storage) {
  std::string path = "metadata.labels['";
  path.append(label).append("']");
  return storage.Copy(path);
}

std::array<Node, kGroupVariables.size()> MakeGroupVariables(std::int64_t template_pods, Storage& storage) {
  const std::string_view count = storage.Copy(std::to_string(template_pods));
  return {LabelVariable(kGroupVariables[0], keys::kScalingGroup, storage),
          LiteralVariable(kGroupVariables[1], count, storage),
          LabelVariable(kGroupVariables[2], keys::kScalingGroupReplicaIndex, storage)};
}

}  // namespace grove::planner
