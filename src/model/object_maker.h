// Making an object member by member, for reports to programs.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "grove/field_error.hpp"
#include "grove/value.hpp"

#include "model/node.h"

namespace grove::internal {

// Members of one object, in the order of the calls. Keys are borrowed: static, or held by the storage. Texts are copied
// into the storage.
class ObjectMaker {
 public:
  explicit ObjectMaker(Storage& storage) : storage_(storage) {}

  void Add(std::string_view key, const Node& node) { members_.push_back({StringNode(key), node}); }
  void Add(std::string_view key, std::string_view text) { Add(key, storage_.CopyString(text)); }
  void Add(std::string_view key, const Value& value) {
    storage_.Keep(value.storage());
    Add(key, value.node());
  }
  void AddUnlessEmpty(std::string_view key, std::string_view text) {
    if (!text.empty()) Add(key, text);
  }
  void AddNumber(std::string_view key, std::int64_t number) { Add(key, storage_.MakeInteger(number)); }
  void AddPlace(SourceLocation location) {
    if (location.line == 0) return;
    AddNumber("line", location.line);
    AddNumber("column", location.column);
  }
  [[nodiscard]] Node Finish() const { return storage_.MakeObject(members_); }

 private:
  Storage& storage_;
  std::vector<Member> members_;
};

}  // namespace grove::internal
