#include "cli/documents.h"

#include <memory>
#include <vector>

#include "model/node.h"

namespace grove::cli {

namespace {

using internal::Member;
using internal::Node;

}  // namespace

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
