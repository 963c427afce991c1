#include "cli/documents.h"

#include <memory>
#include <ostream>
#include <vector>

#include "grove/manifest.hpp"

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

void PrintDocuments(std::span<const Value> documents, std::string_view output, std::ostream& out) {
  if (output == "json") {
    if (!documents.empty()) {
      out << WriteManifest(documents.size() == 1 ? documents.front() : ListOf(documents), OutputFormat::kJson);
    }
    return;
  }
  for (std::size_t i = 0; i < documents.size(); ++i) {
    out << (i == 0 ? "" : "---\n") << WriteManifest(documents[i], OutputFormat::kYaml);
  }
}

}  // namespace grove::cli
