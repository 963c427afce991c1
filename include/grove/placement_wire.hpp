// Placement as bytes: the messages of placement.proto, in binary or in protobuf's JSON mapping, to and from the types
// of the planner.
//
// Everything read is checked; what is wrong comes back with the path of the field. Writing is deterministic: equal
// values give equal bytes. No type of protobuf appears here.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "grove/cluster_spec.hpp"
#include "grove/placement.hpp"

namespace grove {

enum class WireFormat : std::uint8_t { kBinary, kJson };

// Bounds on what is read. Exceeding one is an error that names it.
struct WireLimits {
  std::size_t max_bytes = std::size_t{256} << 20;  // of the text or the binary message; at most 2^31 - 1
  std::size_t max_nodes = std::size_t{1} << 20;
  std::size_t max_running_pods = std::size_t{1} << 22;
  std::size_t max_pod_classes = 100'000;  // of the cluster, and of the request
  std::size_t max_gangs = 100'000;
  std::size_t max_groups = 1'000'000;  // groups and scopes of all gangs together
  std::size_t max_pods = 4'000'000;    // candidates and active pods of all gangs together
  std::uint64_t max_steps_per_gang = 100'000'000;
  std::uint32_t max_batch_rounds = 10'000;
  std::uint32_t max_threads = 256;
  std::uint32_t max_explain_changes = 10'000;
};

// Why a message is not accepted.
struct WireError {
  std::string field;    // `cluster.nodes[3].allocatable["cpu"]`; empty for the message as a whole
  std::string message;  // one line
  bool limit_exceeded = false;
};

// "cluster.nodes[3].name: must not be empty".
[[nodiscard]] std::string FormatWireError(const WireError& error);

struct WireRequest {
  ClusterSpec spec;
  std::optional<Cluster> cluster;  // of `spec`; always set in what was read
  PlacementRequest request;
  PlacementOptions options;
};

struct WireRequestResult {
  std::optional<WireRequest> request;  // set iff there is no error
  std::optional<WireError> error;
};

// Reads a PlacementRequest. Names are resolved, indices and amounts checked, the cluster is built.
// O(bytes + nodes * log nodes).
[[nodiscard]] WireRequestResult ReadPlacementRequest(std::string_view bytes, WireFormat format,
                                                     const WireLimits& limits = {});

struct WireClusterResult {
  std::optional<ClusterSpec> spec;  // set iff there is no error
  std::optional<WireError> error;
};

// Reads a Cluster message alone. What it returns, BuildCluster accepts, but for sums of amounts beyond their bound.
[[nodiscard]] WireClusterResult ReadClusterSpec(std::string_view bytes, WireFormat format,
                                                const WireLimits& limits = {});

// A Cluster message. JSON is indented.
[[nodiscard]] std::string WriteClusterSpec(const ClusterSpec& spec, WireFormat format);

// A PlacementRequest message. `cluster` is the one built from `spec`; active pods are written by the names of their
// nodes in it.
[[nodiscard]] std::string WritePlacementRequest(const ClusterSpec& spec, const Cluster& cluster,
                                                const PlacementRequest& request, const PlacementOptions& options,
                                                WireFormat format);

// A PlacementResult message: what Place made of `request` on `cluster`.
[[nodiscard]] std::string WritePlacementResult(const Cluster& cluster, const PlacementRequest& request,
                                               const PlacementResult& result,
                                               std::span<const NotEvaluated> not_evaluated, WireFormat format);

struct WirePlacementResult {
  std::optional<PlacementResult> result;  // set iff there is no error
  std::optional<WireError> error;
};

// Reads a PlacementResult message against the cluster and the request that it answers. Summaries and remarks on what is
// not evaluated are not read; counters other than steps are zero.
[[nodiscard]] WirePlacementResult ReadPlacementResult(std::string_view bytes, WireFormat format, const Cluster& cluster,
                                                      const PlacementRequest& request, const WireLimits& limits = {});

struct WireAnswer {
  std::string bytes;  // a PlacementResult message, empty on error
  std::optional<WireError> error;
};

// From a PlacementRequest message to a PlacementResult message in the same format.
[[nodiscard]] WireAnswer PlaceMessage(std::string_view bytes, WireFormat format, const WireLimits& limits = {});

}  // namespace grove
