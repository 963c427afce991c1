// The form in which a typed program writes what it read (spec 04 §3.3).
//
// Children of a set pass through the structures of their API versions, so a plain zero that the template spelled out is
// gone in them, a required member that it left out is there, and numbers and quantities have their canonical spelling.
#pragma once

#include <cstdint>

#include "model/node.h"
#include "model/schema.h"

namespace grove::planner {

enum class WrittenAs : std::uint8_t {
  kBuiltIn,         // an object of Kubernetes itself: as the program wrote it
  kCustomResource,  // the API server adds the defaults of the schema to what was written: the case of a PodClique
};

// `node`, an object of `type` from an admitted document, as it reads after it was written once. Sub-values that stay as
// they are are shared with `node`; new ones are in `storage`, which has to keep the storage of `node`. O(size of node).
[[nodiscard]] internal::Node WrittenForm(const schema::Type& type, const internal::Node& node, WrittenAs written_as,
                                         internal::Storage& storage);

// The same for an object that was written before, as kCustomResource: in kBuiltIn it loses the defaults that are zeros.
[[nodiscard]] internal::Node WithoutZeros(const schema::Type& type, const internal::Node& node,
                                          internal::Storage& storage);

}  // namespace grove::planner
