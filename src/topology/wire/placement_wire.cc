#include "grove/placement_wire.hpp"

#include <utility>

#include "absl/strings/str_cat.h"
#include <google/protobuf/arena.h>

#include "topology/wire/messages.h"
#include "topology/wire/reader.h"
#include "topology/wire/writer.h"

namespace grove {

using google::protobuf::Arena;
using topology::ParseMessage;
using topology::WireReader;
using topology::WriteMessage;
namespace pb = grove::placement::v1;

namespace {

std::optional<WireError> ErrorOf(const absl::Status& status, std::string_view field) {
  return WireError{std::string(field), std::string(status.message()), false};
}

bool ReadOptions(const pb::PlacementOptions& from, const WireLimits& limits, WireReader& reader, PlacementOptions& to) {
  const FieldPath root;
  const FieldPath path = root.Child("options");
  if (from.steps_per_gang() > limits.max_steps_per_gang) {
    return reader.FailLimit(path.Child("stepsPerGang"), limits.max_steps_per_gang, "max_steps_per_gang");
  }
  if (from.batch_rounds() > limits.max_batch_rounds) {
    return reader.FailLimit(path.Child("batchRounds"), limits.max_batch_rounds, "max_batch_rounds");
  }
  if (from.threads() > limits.max_threads) {
    return reader.FailLimit(path.Child("threads"), limits.max_threads, "max_threads");
  }
  if (from.steps_per_gang() != 0) to.steps_per_gang = from.steps_per_gang();
  to.batch = from.batch();
  if (from.batch_rounds() != 0) to.batch_rounds = from.batch_rounds();
  if (from.threads() != 0) to.threads = from.threads();
  if (from.explain_changes() > limits.max_explain_changes) {
    return reader.FailLimit(path.Child("explainChanges"), limits.max_explain_changes, "max_explain_changes");
  }
  to.explain_changes = from.explain_changes();
  to.spread_level = from.spread_level();
  to.near_base = from.near_base();
  to.replica_level = from.replica_level();
  to.balance = from.balance();
  to.reuse_nodes = from.reuse_nodes();
  to.preempt = from.preempt();
  return true;
}

void WriteOptions(const PlacementOptions& from, pb::PlacementOptions& to) {
  to.set_steps_per_gang(from.steps_per_gang);
  to.set_batch(from.batch);
  to.set_batch_rounds(from.batch_rounds);
  to.set_threads(from.threads);
  to.set_explain_changes(from.explain_changes);
  to.set_spread_level(from.spread_level);
  to.set_near_base(from.near_base);
  to.set_replica_level(from.replica_level);
  to.set_balance(from.balance);
  to.set_reuse_nodes(from.reuse_nodes);
  to.set_preempt(from.preempt);
}

std::optional<WireError> Convert(const pb::PlacementRequest& from, const WireLimits& limits, WireRequest& to) {
  WireReader reader(limits);
  const FieldPath root;
  if (!ReadOptions(from.options(), limits, reader, to.options) ||
      !reader.ReadCluster(from.cluster(), root.Child("cluster"), to.spec)) {
    return std::move(reader.error());
  }
  absl::StatusOr<Cluster> cluster = BuildCluster(to.spec);
  if (!cluster.ok()) return ErrorOf(cluster.status(), "cluster");
  to.cluster = *std::move(cluster);
  if (!reader.ReadGangs(from, *to.cluster, to.request)) return std::move(reader.error());
  return std::nullopt;
}

}  // namespace

std::string FormatWireError(const WireError& error) {
  return error.field.empty() ? error.message : absl::StrCat(error.field, ": ", error.message);
}

WireRequestResult ReadPlacementRequest(std::string_view bytes, WireFormat format, const WireLimits& limits) {
  WireRequestResult result;
  Arena arena;
  auto& message = *Arena::CreateMessage<pb::PlacementRequest>(&arena);
  result.error = ParseMessage(bytes, format, limits, message);
  if (result.error.has_value()) return result;
  WireRequest request;
  result.error = Convert(message, limits, request);
  if (!result.error.has_value()) result.request = std::move(request);
  return result;
}

WireClusterResult ReadClusterSpec(std::string_view bytes, WireFormat format, const WireLimits& limits) {
  WireClusterResult result;
  Arena arena;
  auto& message = *Arena::CreateMessage<pb::Cluster>(&arena);
  result.error = ParseMessage(bytes, format, limits, message);
  if (result.error.has_value()) return result;
  WireReader reader(limits);
  ClusterSpec spec;
  if (reader.ReadCluster(message, FieldPath(), spec)) {
    result.spec = std::move(spec);
  } else {
    result.error = std::move(reader.error());
  }
  return result;
}

std::string WriteClusterSpec(const ClusterSpec& spec, WireFormat format) {
  Arena arena;
  auto& message = *Arena::CreateMessage<pb::Cluster>(&arena);
  topology::WriteCluster(spec, message);
  return WriteMessage(message, format);
}

std::string WritePlacementRequest(const ClusterSpec& spec, const Cluster& cluster, const PlacementRequest& request,
                                  const PlacementOptions& options, WireFormat format) {
  Arena arena;
  auto& message = *Arena::CreateMessage<pb::PlacementRequest>(&arena);
  topology::WriteCluster(spec, *message.mutable_cluster());
  for (const PodClass& pods : request.classes) topology::WritePodClass(pods, *message.add_pod_classes());
  for (const Gang& gang : request.gangs) topology::WriteGang(gang, cluster, *message.add_gangs());
  WriteOptions(options, *message.mutable_options());
  return WriteMessage(message, format);
}

std::string WritePlacementResult(const Cluster& cluster, const PlacementRequest& request, const PlacementResult& result,
                                 std::span<const NotEvaluated> not_evaluated, WireFormat format) {
  Arena arena;
  auto& message = *Arena::CreateMessage<pb::PlacementResult>(&arena);
  topology::WriteResult(cluster, request, result, message);
  for (const NotEvaluated& part : not_evaluated) {
    pb::NotEvaluated& written = *message.add_not_evaluated();
    written.set_what(part.what);
    written.set_pods(part.pods);
    written.set_example(part.example);
  }
  return WriteMessage(message, format);
}

WireAnswer PlaceMessage(std::string_view bytes, WireFormat format, const WireLimits& limits) {
  WireRequestResult read = ReadPlacementRequest(bytes, format, limits);
  if (!read.request.has_value()) return {{}, std::move(read.error)};
  const WireRequest& request = *read.request;
  const absl::StatusOr<PlacementResult> result = Place(Occupancy(*request.cluster), request.request, request.options);
  if (!result.ok()) return {{}, ErrorOf(result.status(), "")};
  return {WritePlacementResult(*request.cluster, request.request, *result, {}, format), std::nullopt};
}

}  // namespace grove
