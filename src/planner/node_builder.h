// Making nodes: objects and arrays of constants and of strings that a Storage holds.
#pragma once

#include <initializer_list>
#include <string_view>

#include "model/node.h"

namespace grove::planner {

// The key is borrowed: static, or held by the storage of the node.
[[nodiscard]] inline internal::Member MakeMember(std::string_view key, internal::Node value) {
  return {internal::StringNode(key), value};
}

[[nodiscard]] inline internal::Node MakeObject(internal::Storage& storage,
                                               std::initializer_list<internal::Member> members) {
  return storage.MakeObject({members.begin(), members.size()});
}

[[nodiscard]] inline internal::Node MakeArray(internal::Storage& storage,
                                              std::initializer_list<internal::Node> elements) {
  return storage.MakeArray({elements.begin(), elements.size()});
}

}  // namespace grove::planner
