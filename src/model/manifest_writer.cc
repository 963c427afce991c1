// Objects and documents as text.
#include <algorithm>
#include <string>
#include <utility>

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

// Grows a text that many objects are appended to in a few large steps, but hardly beyond what all of them need: the
// text shall take little more memory than its length, and little of it be copied.
class Growth {
 public:
  Growth(std::string& text, std::size_t objects) : text_(text), remaining_(objects) {}

  // After each object.
  void OnObject() {
    --remaining_;
    ++objects_;
    const std::size_t largest = std::max(kLeast, text_.size() - last_size_);
    last_size_ = text_.size();
    if (text_.capacity() - text_.size() >= 2 * largest) return;
    // What came since the last step tells most about what is to come: objects of one kind stand together.
    const std::size_t mean = (text_.size() - step_size_) / objects_ + 1;
    const std::size_t expected = text_.size() + 2 * largest + remaining_ * (mean + mean / 32);
    Reserve(std::clamp(expected, text_.size() + text_.size() / 8, kLargestStep * (text_.size() + 2 * largest)));
    step_size_ = text_.size();
    objects_ = 0;
  }

 private:
  static constexpr std::size_t kLeast = 1024;
  static constexpr std::size_t kLargestStep = 8;

  // std::string::reserve would at least double.
  void Reserve(std::size_t capacity) {
    std::string larger;
    larger.reserve(capacity);
    larger += text_;
    text_ = std::move(larger);
  }

  std::string& text_;
  std::size_t remaining_;
  std::size_t objects_ = 0;    // since the last step
  std::size_t step_size_ = 0;  // of the text then
  std::size_t last_size_ = 0;  // of the text after the object before
};

std::size_t Count(const ObjectSet& objects) {
  std::size_t count = 0;
  ForEachObject(objects, [&](const auto&) { ++count; });
  return count;
}

// About how long the text of `count` objects gets, or nothing for a few: taking memory once is worth writing one object
// in a hundred twice.
template <class Sink>
std::size_t EstimateLength(const ObjectSet& objects, std::size_t count) {
  constexpr std::size_t kFew = 2000;
  constexpr std::size_t kStride = 127;  // a prime, since objects of one shape come back at regular distances
  if (count < kFew) return 0;
  std::string sample;
  Sink sink(sample);
  std::size_t index = 0;
  ForEachObject(objects, [&](const auto& object) {
    if (index++ % kStride == 0) codec::WriteApiObject(sink, object);
  });
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
std::string WriteJsonList(const ObjectSet& objects) {
  const std::size_t count = Count(objects);
  std::string text;
  text.reserve(EstimateLength<Sink>(objects, count));
  Sink sink(text);
  Growth growth(text, count);
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
