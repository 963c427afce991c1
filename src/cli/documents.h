// Documents made of documents, with all that they hold shared.
#pragma once

#include <span>
#include <string_view>

#include "grove/value.hpp"

namespace grove::cli {

// `document` with `metadata.namespace` set. Values keep their places in the source. A document whose metadata is no
// object is returned as it is.
[[nodiscard]] Value WithNamespace(const Value& document, std::string_view namespace_name);

// `{"apiVersion": "v1", "kind": "List", "items": [...]}`.
[[nodiscard]] Value ListOf(std::span<const Value> items);

}  // namespace grove::cli
