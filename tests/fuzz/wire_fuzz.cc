// A request of placement in either format is read or refused; what was read is written as the same again, and is
// answered with a placement that the checker accepts.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "grove/placement_check.hpp"
#include "grove/placement_wire.hpp"

namespace {

// Small, so that one input never takes long.
constexpr grove::WireLimits kLimits{.max_bytes = 1u << 16,
                                    .max_nodes = 64,
                                    .max_running_pods = 64,
                                    .max_pod_classes = 16,
                                    .max_gangs = 8,
                                    .max_groups = 32,
                                    .max_pods = 256,
                                    .max_steps_per_gang = 20'000,
                                    .max_batch_rounds = 4,
                                    .max_threads = 2};

void CheckAnswer(const grove::WireRequest& request) {
  grove::PlacementOptions options = request.options;
  if (options.steps_per_gang > kLimits.max_steps_per_gang) options.steps_per_gang = kLimits.max_steps_per_gang;
  const grove::Occupancy occupancy(*request.cluster);
  const auto result = grove::Place(occupancy, request.request, options);
  if (!result.ok()) return;
  if (!grove::CheckPlacement(occupancy, request.request, *result).empty()) std::abort();
  const std::string bytes =
      grove::WritePlacementResult(*request.cluster, request.request, *result, {}, grove::WireFormat::kBinary);
  const auto again = grove::ReadPlacementResult(bytes, grove::WireFormat::kBinary, *request.cluster, request.request);
  if (again.error.has_value() || again.result->gangs.size() != result->gangs.size()) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto format = bytes.starts_with('{') ? grove::WireFormat::kJson : grove::WireFormat::kBinary;
  const auto read = grove::ReadPlacementRequest(bytes, format, kLimits);
  if (read.request.has_value() == read.error.has_value()) std::abort();
  if (read.error.has_value()) return 0;
  const grove::WireRequest& request = *read.request;
  const auto write = [](const grove::WireRequest& r) {
    return grove::WritePlacementRequest(r.spec, *r.cluster, r.request, r.options, grove::WireFormat::kBinary);
  };
  const std::string written = write(request);
  const auto again = grove::ReadPlacementRequest(written, grove::WireFormat::kBinary);
  if (!again.request.has_value() || write(*again.request) != written) std::abort();
  CheckAnswer(request);
  return 0;
}
