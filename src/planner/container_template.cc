#include "planner/container_template.h"

#include <algorithm>

#include "planner/node_builder.h"

namespace grove::planner {

using internal::Member;
using internal::Node;
using internal::Storage;

namespace {

// The elements of `first`, then those of `second`.
Node Concatenate(std::span<const Node> first, std::span<const Node> second, Storage& storage) {
  const std::size_t size = first.size() + second.size();
  Node* elements = storage.Allocate<Node>(size);
  std::ranges::copy(second, std::ranges::copy(first, elements).out);
  return internal::MakeNode(internal::Kind::kArray, elements, size);
}

Node WithClaims(const Node& resources, const Node& claims, Storage& storage) {
  std::vector<Member> members;
  for (const Member& member : internal::Members(resources)) {
    if (internal::Text(member.key) != "claims") members.push_back(member);
  }
  members.push_back(MakeMember("claims", claims));
  return storage.MakeObject(members);
}

}  // namespace

ContainerTemplate::ContainerTemplate(const Node& container, std::span<const std::string_view> replaced)
    : resources_(internal::EmptyObject()) {
  for (const Member& member : internal::Members(container)) {
    const std::string_view key = internal::Text(member.key);
    if (key == "env") {
      for (const Node& variable : internal::Elements(member.value)) {
        const Node* name = internal::Find(variable, "name");
        if (name != nullptr && std::ranges::find(replaced, internal::Text(*name)) != replaced.end()) continue;
        environment_.push_back(variable);
      }
    } else if (key == "resources") {
      resources_ = member.value;
    } else {
      members_.push_back(member);
    }
  }
  if (const Node* claims = internal::Find(resources_, "claims")) {
    claims_.assign(internal::Elements(*claims).begin(), internal::Elements(*claims).end());
  }
}

Node ContainerTemplate::Make(std::span<const Node> variables, std::span<const Node> claims, Storage& storage) const {
  Member* members = storage.Allocate<Member>(members_.size() + 2);
  Member* end = std::ranges::copy(members_, members).out;
  if (!variables.empty() || !environment_.empty()) {
    *end++ = MakeMember("env", Concatenate(variables, environment_, storage));
  }
  const Node resources =
      claims.empty() ? resources_ : WithClaims(resources_, Concatenate(claims_, claims, storage), storage);
  *end++ = MakeMember("resources", resources);
  return internal::MakeNode(internal::Kind::kObject, members, static_cast<std::size_t>(end - members));
}

std::vector<ContainerTemplate> MakeContainerTemplates(const Node& pod_spec, std::string_view list,
                                                      std::span<const std::string_view> replaced) {
  std::vector<ContainerTemplate> templates;
  if (const Node* containers = internal::Find(pod_spec, list)) {
    for (const Node& container : internal::Elements(*containers)) templates.emplace_back(container, replaced);
  }
  return templates;
}

}  // namespace grove::planner
