#include "model/naming.h"
#include "planner/child_metadata.h"
#include "planner/children.h"

namespace grove::planner {

namespace {

constexpr std::string_view kApiGroup = "rbac.authorization.k8s.io";

// A name with colons is no label value: the label has dashes in their place.
ObjectMeta RoleMetadata(const Context& context, std::string_view component) {
  ObjectMeta metadata = ChildOfSet(context, naming::RoleName(context.name()), component);
  metadata.labels.Set(keys::kName, "grove.io-pcs-" + context.name());
  return metadata;
}

}  // namespace

Role MakeRole(const Context& context) {
  Role role;
  role.metadata = RoleMetadata(context, component::kRole);
  PolicyRule& rule = role.rules.emplace_back();
  rule.api_groups = {""};
  rule.resources = {"pods", "pods/status"};
  rule.verbs = {"get", "list", "watch"};
  return role;
}

RoleBinding MakeRoleBinding(const Context& context) {
  RoleBinding binding;
  binding.metadata = RoleMetadata(context, component::kRoleBinding);
  binding.role_ref = {std::string(kApiGroup), std::string(Role::kKind), naming::RoleName(context.name())};
  RoleSubject& subject = binding.subjects.emplace_back();
  subject.kind = ServiceAccount::kKind;
  subject.name = context.name();
  subject.namespace_name = context.namespace_name();
  return binding;
}

}  // namespace grove::planner
