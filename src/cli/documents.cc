#include "cli/documents.h"

#include <memory>
#include <vector>

#include "model/node.h"

namespace grove::cli {

namespace {

using internal::Member;
using internal::Node;

// Recursion is bounded by the depth limit of the readers.
Node Copy(const Node& node, internal::Storage& storage) {
  if (internal::IsString(node)) return internal::StringNode(storage.Copy(internal::Text(node)));
  if (internal::IsNumber(node)) return internal::NumberNode(storage.Copy(internal::Text(node)));
  if (internal::IsArray(node)) {
    std::vector<Node> elements;
    elements.reserve(node.size);
    for (const Node& element : internal::Elements(node)) elements.push_back(Copy(element, storage));
    return storage.MakeArray(elements);
  }
  if (!internal::IsObject(node)) return internal::MakeNode(internal::KindOf(node), nullptr, node.size);
  std::vector<Member> members;
  members.reserve(node.size);
  for (const Member& member : internal::Members(node)) {
    members.push_back({Copy(member.key, storage), Copy(member.value, storage)});
  }
  return storage.MakeObject(members);
}

}  // namespace

Value CopyOf(const Value& document) {
  auto storage = std::make_shared<internal::Storage>();
  const Node root = Copy(document.node(), *storage);
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
