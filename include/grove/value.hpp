// Value: an immutable JSON value that keeps everything its author wrote.
//
// Grove does not look into most of a manifest (a pod spec, an autoscaling metric, a claim template), but its users do,
// so nothing of it may be lost: numbers keep their spelling (`1.0` is not `1`, 20 digits stay 20 digits), objects keep
// the order of their members, absent, null and empty stay three things.
//
// A Value is a small handle on shared, immutable storage: copying one copies no content, and any number of threads may
// read it. Sub-values share the storage of the whole.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace grove {

namespace internal {

struct Member;
class Storage;

// One value as 16 bytes. `data` points into a Storage: characters of a string or number, elements, or members.
struct Node {
  const void* data = nullptr;
  std::uint32_t kind : 3 = 0;         // Value::Kind
  std::uint32_t size : 29 = 0;        // bytes, elements or members; of a boolean its truth
  std::uint32_t offset = 0xFFFFFFFF;  // first byte in the source text, kNoOffset for what no source holds

  static constexpr std::uint32_t kNoOffset = 0xFFFFFFFF;
  static constexpr std::uint32_t kMaxSize = (1u << 29) - 1;
};

// A member of an object. `key` is a string node.
struct Member;

}  // namespace internal

class Value {
 public:
  enum class Kind : std::uint8_t { kNull, kBoolean, kNumber, kString, kArray, kObject };

  // Null.
  Value() = default;

  [[nodiscard]] Kind kind() const { return static_cast<Kind>(node_.kind); }
  [[nodiscard]] bool is_null() const { return kind() == Kind::kNull; }
  [[nodiscard]] bool is_object() const { return kind() == Kind::kObject; }
  [[nodiscard]] bool is_array() const { return kind() == Kind::kArray; }
  [[nodiscard]] bool is_string() const { return kind() == Kind::kString; }

  // Truth of a boolean; false for every other kind.
  [[nodiscard]] bool boolean() const;
  // Characters of a string (UTF-8, unescaped), or the spelling of a number; empty for every other kind.
  // Borrowed from the storage: valid while any Value of the same document lives.
  [[nodiscard]] std::string_view text() const;

  // Number of elements of an array or members of an object; 0 for every other kind.
  [[nodiscard]] std::size_t size() const;
  // Element `index` of an array, or the value of member `index` of an object. Requires index < size().
  [[nodiscard]] Value at(std::size_t index) const;
  // Key of member `index` of an object. Requires is_object() and index < size().
  [[nodiscard]] std::string_view key(std::size_t index) const;
  // Value of the member named `key`; nullopt if there is none or this is no object. O(size()).
  [[nodiscard]] std::optional<Value> Find(std::string_view key) const;

  // Compact JSON, members in their order, numbers as spelt.
  [[nodiscard]] std::string ToJson() const;

  // Parses `json`. Null if it is malformed; ParseManifest tells why.
  [[nodiscard]] static Value FromJson(std::string_view json);

  // Equality of content: objects by member name whatever the order, numbers by spelling.
  friend bool operator==(const Value& a, const Value& b);

  // For the library's own rooms.
  Value(internal::Node node, std::shared_ptr<const internal::Storage> storage)
      : node_(node), storage_(std::move(storage)) {}
  [[nodiscard]] const internal::Node& node() const { return node_; }
  [[nodiscard]] const std::shared_ptr<const internal::Storage>& storage() const { return storage_; }

 private:
  internal::Node node_;
  std::shared_ptr<const internal::Storage> storage_;
};

}  // namespace grove
