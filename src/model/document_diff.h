// Comparing documents as nodes. See grove/diff.hpp for what counts as a difference.
#pragma once

#include <optional>
#include <string_view>

#include "model/node.h"

namespace grove::internal {

// Nothing is said by null, `{}` and `[]`; null pointers stand for absent.
[[nodiscard]] bool SaysNothing(const Node* node);

// Whether two members, null where absent, are the same. Strict: empty differs from absent.
[[nodiscard]] bool SameContent(const Node* before, const Node* after, bool strict = false);

// The merge patch for a member, null where absent; nullopt if they are the same. New nodes are made in `storage`, which
// must keep the storages of both.
[[nodiscard]] std::optional<Node> MergePatchNode(const Node* before, const Node* after, Storage& storage,
                                                 bool strict = false);

}  // namespace grove::internal
