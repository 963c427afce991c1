// The only reader of YAML text: libyaml's event parser, bounded, into the same nodes that JSON makes.
//
// Scalars, tags, merge keys and keys that are no strings are read as `sigs.k8s.io/yaml` reads them. Stricter than it on
// purpose: a repeated key is an error, and so is anything behind the end of a document that begins no other.
#pragma once

#include <cstdint>
#include <string_view>

#include "grove/limits.hpp"

#include "model/node.h"
#include "model/read_result.h"

namespace grove::internal {

// Reads every document of `text` into `storage`, which holds all that nodes point to. Aliases share the nodes of what
// they stand for. Numbers are spelt as Go's JSON encoder spells them. Offsets of nodes count from `base`.
// O(text) within the limits; memory a small multiple of the text.
// If the library was built without YAML, an error says so.
[[nodiscard]] DocumentsResult ReadYaml(std::string_view text, const Limits& limits, Storage& storage,
                                       std::uint32_t base = 0);

}  // namespace grove::internal
