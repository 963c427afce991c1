// Objects and documents as text.
#include <span>
#include <string>

#include "grove/expansion.hpp"
#include "grove/manifest.hpp"

#include "model/codec.h"
#include "model/fields/cluster_topology_binding.h"
#include "model/fields/kubernetes.h"
#include "model/fields/pod_clique.h"
#include "model/fields/pod_clique_scaling_group.h"
#include "model/fields/pod_gang.h"
#include "model/fields/scheduler_objects.h"
#include "model/json_sink.h"
#include "model/yaml_sink.h"

namespace grove {
namespace {

// About how long the text of all objects gets. Where they are many, taking memory once is worth writing one object in a
// hundred twice: it spares copying the text and a third of the memory.
template <class Sink>
std::size_t EstimateLength(const ObjectSet& objects) {
  constexpr std::size_t kFew = 2000;
  constexpr std::size_t kUsualLength = 2048;
  constexpr std::size_t kStride = 127;  // a prime, since objects of one shape come back at regular distances
  std::size_t count = 0;
  ForEachObject(objects, [&](const auto&) { ++count; });
  if (count < kFew) return count * kUsualLength;
  std::string sample;
  Sink sink(sample);
  std::size_t index = 0;
  sink.StartArray();
  ForEachObject(objects, [&](const auto& object) {
    if (index++ % kStride == 0) codec::WriteApiObject(sink, object);
  });
  sink.EndArray();
  sink.Finish();
  const std::size_t length = sample.size() * kStride;
  return length + length / 32;
}

template <class Sink>
std::string WriteJsonDocument(const Value& document) {
  std::string text;
  Sink sink(text);
  sink.Raw(document);
  sink.Finish();
  return text;
}

template <class Sink>
std::string WriteJsonList(const ObjectSet& objects, std::span<const Value> first) {
  std::string text;
  text.reserve(EstimateLength<Sink>(objects));
  Sink sink(text);
  sink.StartObject();
  sink.Key("apiVersion");
  sink.String("v1");
  sink.Key("kind");
  sink.String("List");
  sink.Key("items");
  sink.StartArray();
  for (const Value& document : first) sink.Raw(document);
  ForEachObject(objects, [&](const auto& object) { codec::WriteApiObject(sink, object); });
  sink.EndArray();
  sink.EndObject();
  sink.Finish();
  return text;
}

}  // namespace

std::string WriteManifest(const Value& document, OutputFormat format) {
  if (format == OutputFormat::kJson) return WriteJsonDocument<internal::IndentedJsonSink>(document) + "\n";
  if (format == OutputFormat::kCompactJson) return WriteJsonDocument<internal::CompactJsonSink>(document);
  std::string text;
  if (!internal::HasYaml()) return text;
  {
    internal::YamlSink sink(text);
    sink.StartDocument();
    sink.Raw(document);
    sink.EndDocument();
  }
  return text;
}

std::string WriteManifest(const ObjectSet& objects, OutputFormat format, std::span<const Value> first) {
  if (format == OutputFormat::kJson) return WriteJsonList<internal::IndentedJsonSink>(objects, first) + "\n";
  if (format == OutputFormat::kCompactJson) return WriteJsonList<internal::CompactJsonSink>(objects, first);
  std::string text;
  if (!internal::HasYaml()) return text;
  {
    internal::YamlSink sink(text);
    for (const Value& document : first) {
      sink.StartDocument();
      sink.Raw(document);
      sink.EndDocument();
    }
    ForEachObject(objects, [&](const auto& object) {
      sink.StartDocument();
      codec::WriteApiObject(sink, object);
      sink.EndDocument();
    });
  }
  return text;
}

}  // namespace grove
