#include "cli/documents.h"

#include <memory>
#include <vector>

#include "model/node.h"

namespace grove::cli {

namespace {

using internal::Member;
using internal::Node;

// Members of `object`, the one named `key` replaced or added.
std::vector<Member> WithMember(const Node& object, std::string_view key, const Node& value) {
  std::vector<Member> members(internal::Members(object).begin(), internal::Members(object).end());
  for (Member& member : members) {
    if (internal::Text(member.key) != key) continue;
    member.value = value;
    return members;
  }
  members.push_back({internal::StringNode(key), value});
  return members;
}

}  // namespace

Value WithNamespace(const Value& document, std::string_view namespace_name) {
  const Node* found = internal::Find(document.node(), "metadata");
  const Node metadata = found == nullptr ? internal::EmptyObject() : *found;
  if (!document.is_object() || !internal::IsObject(metadata)) return document;
  auto storage = std::make_shared<internal::Storage>();
  storage->Keep(document.storage());
  const Node named =
      storage->MakeObject(WithMember(metadata, "namespace", storage->CopyString(namespace_name)), metadata.offset);
  const Node root = storage->MakeObject(WithMember(document.node(), "metadata", named), document.node().offset);
  return {root, std::move(storage)};
}

Value ListOf(std::span<const Value> items) {
  auto storage = std::make_shared<internal::Storage>();
  std::vector<Node> nodes;
  nodes.reserve(items.size());
  for (const Value& item : items) {
    storage->Keep(item.storage());
    nodes.push_back(item.node());
  }
  const Member members[] = {
      {internal::StringNode("apiVersion"), internal::StringNode("v1")},
      {internal::StringNode("kind"), internal::StringNode("List")},
      {internal::StringNode("items"), storage->MakeArray(nodes)},
  };
  const Node root = storage->MakeObject(members);
  return {root, std::move(storage)};
}

}  // namespace grove::cli
