// What an autoscaler decides: one document in, one out.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "grove/manifest.hpp"
#include "grove/scaling.hpp"

#include "capi/buffer.h"
#include "capi/guard.h"
#include "capi/json.h"
#include "capi/options.h"
#include "capi/workload_texts.h"
#include "grove.h"
#include "model/codec.h"
#include "model/field_path.h"

namespace grove::capi {

namespace {

using std::string_view;

// How one member of an object is read, and into what.
struct Field {
  string_view name;
  void* target;
  Outcome (*read)(const Value& value, const FieldPath& path, void* target);
};

Failure Wrong(const Value& value, const FieldPath& path, string_view what) {
  return {GROVE_INVALID_ARGUMENT, std::string(what), "state", path.ToString(), LocationOf(value), {}};
}

// Every member of an object, by the field of its name. What is null is absent.
Outcome ReadObject(const Value& object, const FieldPath& path, std::span<const Field> fields) {
  if (!object.is_object()) return Wrong(object, path, "must be an object");
  for (std::size_t i = 0; i < object.size(); ++i) {
    const FieldPath member = path.Child(object.key(i));
    const auto field = std::ranges::find(fields, object.key(i), &Field::name);
    if (field == fields.end()) return Wrong(object.at(i), member, "is no field of this document");
    if (!object.at(i).is_null()) GROVE_CAPI_TRY(field->read(object.at(i), member, field->target));
  }
  return {};
}

Outcome ReadWhole(const Value& value, const FieldPath& path, std::int64_t least, std::int64_t most, std::int64_t& out) {
  const bool is_number = value.kind() == Value::Kind::kNumber;
  const std::optional<std::int64_t> number = is_number ? codec::ParseInteger(value.text()) : std::nullopt;
  if (!number.has_value() || *number < least || *number > most) {
    return Wrong(value, path, "must be a whole number of at most " + std::to_string(most));
  }
  out = *number;
  return {};
}

template <class Number>
Field Whole(string_view name, Number& out) {
  return {name, &out, [](const Value& value, const FieldPath& path, void* target) {
            using Limits = std::numeric_limits<Number>;
            std::int64_t number = 0;
            Outcome outcome = ReadWhole(value, path, Limits::min(), Limits::max(), number);
            if (!outcome.has_value()) *static_cast<Number*>(target) = static_cast<Number>(number);
            return outcome;
          }};
}

Field Truth(string_view name, bool& out) {
  return {name, &out, [](const Value& value, const FieldPath& path, void* target) -> Outcome {
            if (value.kind() != Value::Kind::kBoolean) return Wrong(value, path, "must be true or false");
            *static_cast<bool*>(target) = value.boolean();
            return {};
          }};
}

// `kRead(value, path, item)` reads an item.
template <auto kRead, class Item>
Field List(string_view name, std::vector<Item>& out) {
  return {name, &out, [](const Value& list, const FieldPath& path, void* target) -> Outcome {
            auto& items = *static_cast<std::vector<Item>*>(target);
            if (!list.is_array()) return Wrong(list, path, "must be a list");
            for (std::size_t i = 0; i < list.size(); ++i) {
              GROVE_CAPI_TRY(kRead(list.at(i), path.Index(i), items.emplace_back()));
            }
            return {};
          }};
}

constexpr std::array<std::pair<string_view, MetricTarget>, 4> kKinds = {{
    {"averageValue", MetricTarget::kAverageValue},
    {"utilization", MetricTarget::kUtilization},
    {"totalAverageValue", MetricTarget::kTotalAverageValue},
    {"totalValue", MetricTarget::kTotalValue},
}};

Field Kind(string_view name, MetricTarget& out) {
  return {name, &out, [](const Value& value, const FieldPath& path, void* target) -> Outcome {
            const auto* kind = std::ranges::find(kKinds, value.text(), &decltype(kKinds)::value_type::first);
            if (!value.is_string() || kind == kKinds.end()) {
              return Wrong(value, path, "must be averageValue, utilization, totalAverageValue or totalValue");
            }
            *static_cast<MetricTarget*>(target) = kind->second;
            return {};
          }};
}

Outcome ReadPod(const Value& value, const FieldPath& path, PodMetric& pod) {
  const Field fields[] = {Whole("value", pod.value), Whole("request", pod.request), Truth("missing", pod.missing),
                          Truth("ready", pod.ready)};
  return ReadObject(value, path, fields);
}

Outcome ReadMetric(const Value& value, const FieldPath& path, Metric& metric) {
  const Field fields[] = {Kind("kind", metric.kind), Whole("target", metric.target), List<ReadPod>("pods", metric.pods),
                          Whole("total", metric.total), Whole("readyPods", metric.ready_pods)};
  GROVE_CAPI_TRY(ReadObject(value, path, fields));
  if (!value.Find("kind").has_value()) return Wrong(value, path.Child("kind"), "must be stated");
  return metric.target > 0 ? Outcome() : Wrong(value, path.Child("target"), "must be above 0");
}

Outcome ReadRecommendation(const Value& value, const FieldPath& path, Recommendation& past) {
  const Field fields[] = {Whole("at", past.at.unix_seconds), Whole("replicas", past.replicas)};
  return ReadObject(value, path, fields);
}

Outcome ReadState(const Value& value, HpaInput& out) {
  const Field fields[] = {Whole("current", out.current_replicas),
                          Whole("minReplicas", out.bounds.min_replicas),
                          Whole("maxReplicas", out.bounds.max_replicas),
                          Whole("now", out.now.unix_seconds),
                          Whole("toleranceThousandths", out.tolerance_thousandths),
                          Whole("scaleDownStabilizationSeconds", out.scale_down_stabilization_seconds),
                          List<ReadRecommendation>("history", out.history),
                          List<ReadMetric>("metrics", out.metrics)};
  return ReadObject(value, FieldPath(), fields);
}

Value DescribeDecision(const HpaDecision& decision) {
  Json json;
  json.StartObject();
  AddNumber(json, "replicas", decision.replicas);
  AddNumber(json, "proposed", decision.proposed);
  AddText(json, "reason", decision.reason);
  AddObjects(json, "history", decision.history, [&](const Recommendation& past) {
    AddNumber(json, "at", past.at.unix_seconds);
    AddNumber(json, "replicas", past.replicas);
  });
  json.EndObject();
  return json.Finish();
}

Outcome Decide(string_view text, const ParseOptions& options, grove_buffer* result) {
  std::vector<ManifestObject> documents;
  if (!text.empty()) GROVE_CAPI_TRY(ParseText(text, "state", options, documents));
  if (documents.size() != 1) return InvalidArgument("state", "must be one document");
  HpaInput input;
  GROVE_CAPI_TRY(ReadState(documents.front().document, input));
  const absl::StatusOr<HpaDecision> decision = DesiredByAutoscaler(input);
  if (!decision.ok()) {
    const auto message = decision.status().message();
    return InvalidArgument("state", string_view(message.data(), message.size()));
  }
  *result = MakeBuffer(WriteManifest(DescribeDecision(*decision), OutputFormat::kCompactJson));
  return {};
}

}  // namespace

}  // namespace grove::capi

extern "C" grove_status grove_autoscale(const char* state, size_t state_size, grove_format format,
                                        const grove_limits* limits, grove_buffer* result, grove_error** error) {
  grove::capi::Clear(result);
  return grove::capi::Guard(error, [&]() -> grove::capi::Outcome {
    std::string_view text;
    grove::ParseOptions options;
    GROVE_CAPI_TRY(grove::capi::RequireResult(result));
    GROVE_CAPI_TRY(grove::capi::ReadInputFormat(format, "format", options.format));
    GROVE_CAPI_TRY(grove::capi::ReadLimits(limits, "limits", options.limits));
    GROVE_CAPI_TRY(grove::capi::ReadText(state, state_size, "state", text));
    return grove::capi::Decide(text, options, result);
  });
}
