// Objects and documents as text.
#include <algorithm>
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

// Grows a text that objects of about one size are appended to: by doubling, but hardly beyond what the rest will need,
// so that the text takes little more memory than its length.
class Growth {
 public:
  Growth(std::string& text, std::size_t objects) : text_(text), remaining_(objects), last_size_(text.size()) {}

  // After each object.
  void OnObject() {
    const std::size_t written = text_.size() - last_size_;
    last_size_ = text_.size();
    --remaining_;
    if (text_.capacity() - text_.size() > 2 * written) return;
    const std::size_t expected = text_.size() + remaining_ * (written + written / 16) + kEnd;
    text_.reserve(std::min(expected, 2 * text_.size() + kEnd));
  }

 private:
  static constexpr std::size_t kEnd = 256;

  std::string& text_;
  std::size_t remaining_;
  std::size_t last_size_;
};

std::size_t Count(const ObjectSet& objects) {
  std::size_t count = 0;
  ForEachObject(objects, [&](const auto&) { ++count; });
  return count;
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
std::string WriteJsonList(const ObjectSet& objects) {
  std::string text;
  Sink sink(text);
  Growth growth(text, Count(objects));
  sink.StartObject();
  sink.Key("apiVersion");
  sink.String("v1");
  sink.Key("kind");
  sink.String("List");
  sink.Key("items");
  sink.StartArray();
  ForEachObject(objects, [&](const auto& object) {
    codec::WriteApiObject(sink, object);
    growth.OnObject();
  });
  sink.EndArray();
  sink.EndObject();
  sink.Finish();
  return text;
}

}  // namespace

std::string WriteManifest(const Value& document, OutputFormat format) {
  if (format == OutputFormat::kJson) return WriteJsonDocument<internal::IndentedJsonSink>(document);
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

std::string WriteManifest(const ObjectSet& objects, OutputFormat format) {
  if (format == OutputFormat::kJson) return WriteJsonList<internal::IndentedJsonSink>(objects);
  if (format == OutputFormat::kCompactJson) return WriteJsonList<internal::CompactJsonSink>(objects);
  std::string text;
  if (!internal::HasYaml()) return text;
  {
    internal::YamlSink sink(text);
    ForEachObject(objects, [&](const auto& object) {
      sink.StartDocument();
      codec::WriteApiObject(sink, object);
      sink.EndDocument();
    });
  }
  return text;
}

}  // namespace grove
