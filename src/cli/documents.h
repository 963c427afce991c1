// Documents made of documents, with all that they hold shared.
#pragma once

#include <span>

#include "grove/value.hpp"

namespace grove::cli {

// `{"apiVersion": "v1", "kind": "List", "items": [...]}`.
[[nodiscard]] Value ListOf(std::span<const Value> items);

}  // namespace grove::cli
