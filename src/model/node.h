// The storage behind Value: nodes in an arena. The library's own passes walk nodes, not Values: a node is 16 bytes, is
// copied freely, and must not outlive the Storage that it points into.
#pragma once

#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "grove/value.hpp"

namespace grove::internal {

using Kind = Value::Kind;

struct Member {
  Node key;
  Node value;
};

[[nodiscard]] inline Kind KindOf(const Node& node) { return static_cast<Kind>(node.kind); }
[[nodiscard]] inline bool IsNull(const Node& node) { return KindOf(node) == Kind::kNull; }
[[nodiscard]] inline bool IsObject(const Node& node) { return KindOf(node) == Kind::kObject; }
[[nodiscard]] inline bool IsArray(const Node& node) { return KindOf(node) == Kind::kArray; }
[[nodiscard]] inline bool IsString(const Node& node) { return KindOf(node) == Kind::kString; }
[[nodiscard]] inline bool IsNumber(const Node& node) { return KindOf(node) == Kind::kNumber; }

// Characters of a string or number; empty for other kinds.
[[nodiscard]] inline std::string_view Text(const Node& node) {
  if (!IsString(node) && !IsNumber(node)) return {};
  return {static_cast<const char*>(node.data), node.size};
}
// Members of an object; empty for other kinds.
[[nodiscard]] inline std::span<const Member> Members(const Node& node) {
  if (!IsObject(node)) return {};
  return {static_cast<const Member*>(node.data), node.size};
}
// Elements of an array; empty for other kinds.
[[nodiscard]] inline std::span<const Node> Elements(const Node& node) {
  if (!IsArray(node)) return {};
  return {static_cast<const Node*>(node.data), node.size};
}
// Value of the member named `key`, or null. Linear: objects of a manifest are small.
[[nodiscard]] inline const Node* Find(const Node& object, std::string_view key) {
  for (const Member& member : Members(object)) {
    if (Text(member.key) == key) return &member.value;
  }
  return nullptr;
}

[[nodiscard]] inline Node MakeNode(Kind kind, const void* data, std::size_t size,
                                   std::uint32_t offset = Node::kNoOffset) {
  Node node;
  node.data = data;
  node.kind = static_cast<std::uint32_t>(kind);
  node.size = static_cast<std::uint32_t>(size);
  node.offset = offset;
  return node;
}
// The text is borrowed: static, or held by the storage that will hold the node.
[[nodiscard]] inline Node StringNode(std::string_view text, std::uint32_t offset = Node::kNoOffset) {
  return MakeNode(Kind::kString, text.data(), text.size(), offset);
}
[[nodiscard]] inline Node NumberNode(std::string_view text, std::uint32_t offset = Node::kNoOffset) {
  return MakeNode(Kind::kNumber, text.data(), text.size(), offset);
}
[[nodiscard]] inline Node BooleanNode(bool value, std::uint32_t offset = Node::kNoOffset) {
  return MakeNode(Kind::kBoolean, nullptr, value ? 1 : 0, offset);
}
[[nodiscard]] inline Node EmptyObject() { return MakeNode(Kind::kObject, nullptr, 0); }
[[nodiscard]] inline Node EmptyArray() { return MakeNode(Kind::kArray, nullptr, 0); }

// Equality of content; see Value::operator==.
[[nodiscard]] bool NodesEqual(const Node& a, const Node& b);

// Owner of the bytes that nodes point to: an arena, and other storages whose nodes it refers to.
// Written by one thread while it is being filled, immutable once it is shared.
class Storage {
 public:
  Storage() = default;
  Storage(const Storage&) = delete;
  Storage& operator=(const Storage&) = delete;

  // Uninitialised room for `count` objects of a trivial type. Never null for count > 0.
  template <class T>
  [[nodiscard]] T* Allocate(std::size_t count) {
    static_assert(std::is_trivially_destructible_v<T>);
    return static_cast<T*>(AllocateBytes(count * sizeof(T), alignof(T)));
  }

  [[nodiscard]] std::string_view Copy(std::string_view text) {
    if (text.empty()) return {};
    char* copy = Allocate<char>(text.size());
    std::memcpy(copy, text.data(), text.size());
    return {copy, text.size()};
  }
  [[nodiscard]] Node CopyString(std::string_view text) { return StringNode(Copy(text)); }
  [[nodiscard]] Node MakeArray(std::span<const Node> elements, std::uint32_t offset = Node::kNoOffset) {
    return MakeNode(Kind::kArray, CopyAll(elements), elements.size(), offset);
  }
  [[nodiscard]] Node MakeObject(std::span<const Member> members, std::uint32_t offset = Node::kNoOffset) {
    return MakeNode(Kind::kObject, CopyAll(members), members.size(), offset);
  }
  [[nodiscard]] Node MakeInteger(std::int64_t value) { return NumberNode(Copy(std::to_string(value))); }

  // Keeps `other` alive as long as this storage. Null and repeated storages are ignored.
  void Keep(std::shared_ptr<const Storage> other) {
    if (other == nullptr || other.get() == this) return;
    if (!kept_.empty() && kept_.back() == other) return;
    kept_.push_back(std::move(other));
  }

  // States where the lines of the text begin that offsets of nodes count in. A table that a kept storage has serves
  // too.
  void SetLineStarts(std::vector<std::uint32_t> starts) { line_starts_ = std::move(starts); }
  // Ascending, the first for line 1; empty if no text is known.
  [[nodiscard]] std::span<const std::uint32_t> line_starts() const;

  // Bytes that the arena has taken from the heap.
  [[nodiscard]] std::size_t allocated_bytes() const { return allocated_; }

 private:
  static constexpr std::size_t kFirstBlock = 4096;
  static constexpr std::size_t kLargestBlock = std::size_t{1} << 20;

  template <class T>
  const T* CopyAll(std::span<const T> items) {
    if (items.empty()) return nullptr;
    T* copy = Allocate<T>(items.size());
    std::memcpy(static_cast<void*>(copy), items.data(), items.size_bytes());
    return copy;
  }

  void* AllocateBytes(std::size_t bytes, std::size_t alignment) {
    std::size_t start = (used_ + alignment - 1) & ~(alignment - 1);
    if (current_ == nullptr || start + bytes > capacity_) {
      NewBlock(bytes);
      start = 0;
    }
    used_ = start + bytes;
    return current_ + start;
  }

  void NewBlock(std::size_t at_least);

  char* current_ = nullptr;
  std::size_t used_ = 0;
  std::size_t capacity_ = 0;
  std::size_t allocated_ = 0;
  std::vector<std::unique_ptr<char[]>> blocks_;
  std::vector<std::shared_ptr<const Storage>> kept_;
  std::vector<std::uint32_t> line_starts_;
};

}  // namespace grove::internal
