#include "model/locate.h"

#include <algorithm>
#include <charconv>

#include "grove/manifest.hpp"

#include "model/node.h"

namespace grove {
namespace {

using internal::Member;
using internal::Node;

// Takes `name` off the front of `path` if a step ends there.
bool ConsumeName(std::string_view& path, std::string_view name) {
  if (!path.starts_with(name)) return false;
  const std::string_view rest = path.substr(name.size());
  if (!rest.empty() && rest.front() != '.' && rest.front() != '[') return false;
  path = rest.starts_with('.') ? rest.substr(1) : rest;
  return true;
}

// The member of `object` that the next step names. Keys may hold dots themselves, so the longest fitting one is taken.
const Node* StepIntoMember(const Node& object, std::string_view& path) {
  const Member* best = nullptr;
  std::string_view best_rest;
  for (const Member& member : internal::Members(object)) {
    std::string_view rest = path;
    if (!ConsumeName(rest, internal::Text(member.key))) continue;
    if (best != nullptr && member.key.size <= best->key.size) continue;
    best = &member;
    best_rest = rest;
  }
  if (best == nullptr) return nullptr;
  path = best_rest;
  return &best->value;
}

const Node* StepIntoElement(const Node& array, std::string_view& path) {
  if (!path.starts_with('[')) return nullptr;
  std::size_t index = 0;
  const auto [end, error] = std::from_chars(path.data() + 1, path.data() + path.size(), index);
  if (error != std::errc() || index >= internal::Elements(array).size()) return nullptr;
  path.remove_prefix(static_cast<std::size_t>(end - path.data()));
  if (path.starts_with(']')) path.remove_prefix(1);
  if (path.starts_with('.')) path.remove_prefix(1);
  return &internal::Elements(array)[index];
}

}  // namespace

SourceLocation Locate(const Value& document, std::string_view path) {
  if (path.starts_with('.')) path.remove_prefix(1);
  Node node = document.node();
  Node located = node;  // the innermost value that the source has
  while (!path.empty()) {
    const Node* next = internal::IsArray(node) ? StepIntoElement(node, path) : StepIntoMember(node, path);
    // The reference writes `podSpec.spec.x` for what stands at `podSpec.x`.
    if (next == nullptr && ConsumeName(path, "spec")) continue;
    if (next == nullptr) break;
    node = *next;
    if (node.offset != Node::kNoOffset) located = node;
  }
  return LocationOf(Value(located, document.storage()));
}

SourceLocation LocationIn(const internal::Storage& storage, const Node& node) {
  if (node.offset == Node::kNoOffset) return {};
  const std::span<const std::uint32_t> starts = storage.line_starts();
  const auto next = std::ranges::upper_bound(starts, node.offset);
  if (next == starts.begin()) return starts.empty() ? SourceLocation{} : SourceLocation{1, 1};
  return {static_cast<std::uint32_t>(next - starts.begin()), node.offset - *(next - 1) + 1};
}

SourceLocation LocationOf(const Value& value) {
  return value.storage() == nullptr ? SourceLocation{} : LocationIn(*value.storage(), value.node());
}

}  // namespace grove
