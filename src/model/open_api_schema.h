// Shapes as a custom resource definition writes them: OpenAPI v3 with the extensions of Kubernetes.
#pragma once

#include <string_view>

#include "model/node_sink.h"
#include "model/schema.h"

namespace grove::schema {

// The regular expression that `pattern` stands for, in the dialect of RE2; empty for kNone.
[[nodiscard]] std::string_view PatternText(Pattern pattern);

// Writes the schema of an API object of the type `type`: apiVersion, kind and metadata, and what `type` says of all
// else.
void WriteObjectSchema(grove::internal::NodeSink& sink, const Type& type);

}  // namespace grove::schema
