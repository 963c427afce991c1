// Documents made of documents, with all that they hold shared.
#pragma once

#include <span>

#include "grove/value.hpp"

namespace grove::cli {

// `{"apiVersion": "v1", "kind": "List", "items": [...]}`.
[[nodiscard]] Value ListOf(std::span<const Value> items);

// The same content in storage of its own, apart from the text that it was parsed from. Places are lost.
[[nodiscard]] Value CopyOf(const Value& document);

}  // namespace grove::cli
