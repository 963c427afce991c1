#include "model/node.h"

#include <algorithm>

namespace grove::internal {

void Storage::NewBlock(std::size_t at_least) {
  const std::size_t grown = std::min(kLargestBlock, blocks_.empty() ? kFirstBlock : capacity_ * 2);
  capacity_ = std::max(grown, at_least);
  blocks_.push_back(std::make_unique_for_overwrite<char[]>(capacity_));
  current_ = blocks_.back().get();
  used_ = 0;
  allocated_ += capacity_;
}

std::span<const std::uint32_t> Storage::line_starts() const {
  if (!line_starts_.empty()) return line_starts_;
  for (const auto& kept : kept_) {
    if (const auto starts = kept->line_starts(); !starts.empty()) return starts;
  }
  return {};
}

namespace {

bool ObjectsEqual(const Node& a, const Node& b) {
  for (std::size_t i = 0; i < Members(a).size(); ++i) {
    // Mostly the members have the same order.
    const Member& member = Members(a)[i];
    const Member& same_place = Members(b)[i];
    const Node* other = Text(same_place.key) == Text(member.key) ? &same_place.value : Find(b, Text(member.key));
    if (other == nullptr || !NodesEqual(member.value, *other)) return false;
  }
  return true;
}

}  // namespace

bool NodesEqual(const Node& a, const Node& b) {
  if (a.kind != b.kind || a.size != b.size) return false;
  if (a.data == b.data) return true;
  switch (KindOf(a)) {
    case Kind::kNull:
    case Kind::kBoolean:
      return true;
    case Kind::kNumber:
    case Kind::kString:
      return Text(a) == Text(b);
    case Kind::kArray:
      return std::ranges::equal(Elements(a), Elements(b), NodesEqual);
    case Kind::kObject:
      return ObjectsEqual(a, b);
  }
  return false;
}

}  // namespace grove::internal
