// Documents made of documents, with all that they hold shared.
#pragma once

#include <iosfwd>
#include <span>
#include <string_view>

#include "grove/value.hpp"

namespace grove::cli {

// `{"apiVersion": "v1", "kind": "List", "items": [...]}`.
[[nodiscard]] Value ListOf(std::span<const Value> items);

// Prints `documents` as `-o` says: "json", one as it is and several as a list, or "yaml".
void PrintDocuments(std::span<const Value> documents, std::string_view output, std::ostream& out);

// The same content in storage of its own, apart from the text that it was parsed from. Places are lost.
[[nodiscard]] Value CopyOf(const Value& document);

}  // namespace grove::cli
