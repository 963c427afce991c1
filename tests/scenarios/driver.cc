// Places scenarios with the C++ library: driver message|objects FILE. Prints a PlacementResult message as JSON.
#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "grove/admission.hpp"
#include "grove/manifest.hpp"
#include "grove/placement.hpp"
#include "grove/placement_input.hpp"
#include "grove/placement_wire.hpp"

namespace {

int Fail(std::string_view message) {
  std::fprintf(stderr, "%.*s\n", static_cast<int>(message.size()), message.data());
  return 1;
}

int PlaceObjects(std::string_view text) {
  const grove::ParseResult parsed = grove::ParseManifest(text, {.format = grove::TextFormat::kJson, .limits = {}});
  if (parsed.error.has_value()) return Fail(parsed.error->message);
  std::vector<grove::ClusterTopologyBinding> topologies;
  for (const grove::ManifestObject& object : parsed.objects) {
    if (object.kind != grove::ClusterTopologyBinding::kKind) continue;
    auto admission = grove::AdmitClusterTopologyBinding(object.document);
    if (!admission.admitted.has_value()) return Fail("the topology is denied");
    topologies.push_back(*std::move(admission.admitted));
  }
  grove::PlacementSources sources;
  sources.objects = parsed.objects;
  sources.topologies = topologies;
  const grove::PlacementInput input = grove::ReadPlacementInput(sources);
  if (input.error.has_value()) return Fail(input.error->message);
  const auto result = grove::Place(grove::Occupancy(*input.cluster), input.request);
  if (!result.ok()) return Fail({result.status().message().data(), result.status().message().size()});
  const std::string json = grove::WritePlacementResult(*input.cluster, input.request, *result, input.not_evaluated,
                                                       grove::WireFormat::kJson);
  std::fwrite(json.data(), 1, json.size(), stdout);
  return 0;
}

int PlaceRequest(std::string_view text) {
  const grove::WireAnswer answer = grove::PlaceMessage(text, grove::WireFormat::kJson);
  if (answer.error.has_value()) return Fail(grove::FormatWireError(*answer.error));
  std::fwrite(answer.bytes.data(), 1, answer.bytes.size(), stdout);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return Fail("usage: driver message|objects FILE");
  std::ifstream file(argv[2], std::ios::binary);
  const std::string text((std::istreambuf_iterator<char>(file)), {});
  return argv[1] == std::string_view("message") ? PlaceRequest(text) : PlaceObjects(text);
}
