// What a user of the framework states: a graph of services, as a DynamoGraphDeployment (nvidia.com/v1alpha1) has them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "grove/manifest.hpp"
#include "grove/value.hpp"

namespace deployer {

enum class Backend : std::uint8_t { kNone, kVllm, kSglang, kTrtllm };

struct Service {
  std::string name;            // "VllmDecodeWorker"
  std::string component_type;  // "frontend", "worker", "prefill", "decode", ...
  std::int32_t replicas = 1;
  std::int32_t node_count = 1;  // nodes that one replica spans
  grove::Value spec;            // all of it, as written
};

struct ServiceGraph {
  std::string name;
  std::string namespace_name;
  Backend backend = Backend::kNone;
  grove::Value envs;              // of every service
  std::vector<Service> services;  // by name: the order in the text decides nothing
};

struct Remark {
  std::string field;
  std::string text;
  grove::SourceLocation location;
};

struct GraphResult {
  ServiceGraph graph;
  std::vector<Remark> errors;    // then the graph is void
  std::vector<Remark> warnings;  // what this deployer does not carry
};

[[nodiscard]] bool IsServiceGraph(const grove::ManifestObject& object);

[[nodiscard]] GraphResult ReadServiceGraph(const grove::ManifestObject& object);

}  // namespace deployer
