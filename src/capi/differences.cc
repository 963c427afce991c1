// Differences: between two manifests, between a manifest and what exists, between two documents.

#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "grove/diff.hpp"
#include "grove/live_objects.hpp"

#include "capi/buffer.h"
#include "capi/expansion_texts.h"
#include "capi/guard.h"
#include "capi/json.h"
#include "capi/options.h"
#include "capi/workload_texts.h"
#include "grove.h"

namespace grove::capi {

namespace {

using std::string_view;

void Append(ObjectDiff from, ObjectDiff& to) {
  const auto append = [](auto& source, auto& target) {
    target.insert(target.end(), std::make_move_iterator(source.begin()), std::make_move_iterator(source.end()));
  };
  append(from.changes, to.changes);
  append(from.leaked, to.leaked);
  append(from.waiting, to.waiting);
  append(from.conflicts, to.conflicts);
}

// The expansion of the set of the same namespace and name; null if there is none.
const SetExpansion* FindSet(const WorkloadExpansion& expansion, const SetExpansion& wanted) {
  const ObjectMeta& name = wanted.objects.pod_clique_set.metadata;
  for (const SetExpansion& set : expansion.sets) {
    const ObjectMeta& other = set.objects.pod_clique_set.metadata;
    if (other.name == name.name && other.namespace_name == name.namespace_name) return &set;
  }
  return nullptr;
}

ObjectDiff CompareExpansions(const WorkloadExpansion& before, const WorkloadExpansion& after) {
  const ObjectSet nothing;
  ObjectDiff all;
  for (const SetExpansion& set : after.sets) {
    const SetExpansion* old = FindSet(before, set);
    Append(CompareObjects(old == nullptr ? nothing : old->objects, set.objects), all);
  }
  for (const SetExpansion& set : before.sets) {
    if (FindSet(after, set) == nullptr) Append(CompareObjects(set.objects, nothing), all);
  }
  return all;
}

Outcome DiffTexts(const Texts& before, const Texts& after, const grove_expand_options* options, grove_buffer* result) {
  GROVE_CAPI_TRY(RequireResult(result));
  ExpandSettings settings;
  GROVE_CAPI_TRY(ReadExpandSettings(options, after.format, settings));
  if (settings.expansion.live != nullptr) return InvalidArgument("options->live", "must be NULL");
  if (!settings.stored.empty()) return InvalidArgument("options->stored", "must be NULL");
  ExpandedTexts old_side;
  ExpandedTexts new_side;
  GROVE_CAPI_TRY(ExpandTexts(before, settings, old_side));
  GROVE_CAPI_TRY(ExpandTexts(after, settings, new_side));
  const ObjectDiff diff = CompareExpansions(old_side.expansion, new_side.expansion);
  *result = MakeBuffer(WriteManifest(DescribeDiff(diff), settings.output));
  return {};
}

Outcome DiffLive(const Texts& texts, std::uint32_t clean, const grove_expand_options* options, grove_buffer* result) {
  GROVE_CAPI_TRY(RequireResult(result));
  bool delete_leaked = false;
  GROVE_CAPI_TRY(ReadSwitch(clean, "clean", delete_leaked));
  if (options == nullptr) return InvalidArgument("options", "is NULL");
  ExpandSettings settings;
  GROVE_CAPI_TRY(ReadExpandSettings(options, texts.format, settings));
  if (settings.expansion.live == nullptr) return InvalidArgument("options->live", "must not be empty");
  settings.expansion.set_replicas = SetReplicas::kManifest;
  ExpandedTexts expanded;
  GROVE_CAPI_TRY(ExpandTexts(texts, settings, expanded));
  DiffOptions diff_options;
  if (delete_leaked) diff_options.leaks = LeakPolicy::kClean;
  ObjectDiff all;
  for (const SetExpansion& set : expanded.expansion.sets) {
    Append(Diff(set.objects, *settings.expansion.live, diff_options), all);
  }
  *result = MakeBuffer(WriteManifest(DescribeDiff(all), settings.output));
  return {};
}

Outcome ReadDocument(const char* data, std::size_t size, string_view argument, const ParseOptions& options,
                     Value& out) {
  string_view text;
  GROVE_CAPI_TRY(ReadText(data, size, argument, text));
  std::vector<ManifestObject> objects;
  if (!text.empty()) GROVE_CAPI_TRY(ParseText(text, argument, options, objects));
  if (objects.size() != 1) return InvalidArgument(argument, "must be one document");
  out = objects.front().document;
  return {};
}

Outcome CompareTexts(const Value& before, const Value& after, grove_buffer* result) {
  Json json;
  json.StartObject();
  AddObjects(json, "fields", CompareDocuments(before, after), [&](const FieldChange& change) {
    AddText(json, "path", change.path);
    for (const auto& [key, value] : {std::pair("before", change.before), std::pair("after", change.after)}) {
      if (!value.has_value()) continue;
      json.Key(key);
      json.Raw(*value);
    }
  });
  if (const std::optional<Value> patch = MergePatchOf(before, after)) {
    json.Key("patch");
    json.Raw(*patch);
  }
  json.EndObject();
  *result = MakeBuffer(WriteManifest(json.Finish(), OutputFormat::kCompactJson));
  return {};
}

}  // namespace

}  // namespace grove::capi

using grove::capi::Guard;
using grove::capi::Texts;

extern "C" grove_status grove_diff(const char* before, size_t before_size, const char* after, size_t after_size,
                                   const char* context, size_t context_size, grove_format format,
                                   const grove_expand_options* options, grove_buffer* result, grove_error** error) {
  grove::capi::Clear(result);
  return Guard(error, [&] {
    const Texts old_texts = {before, before_size, context, context_size, format, nullptr, 0, "before"};
    const Texts new_texts = {after, after_size, context, context_size, format, nullptr, 0, "after"};
    return grove::capi::DiffTexts(old_texts, new_texts, options, result);
  });
}

extern "C" grove_status grove_diff_live(const char* manifest, size_t manifest_size, const char* context,
                                        size_t context_size, grove_format format, uint32_t clean,
                                        const grove_expand_options* options, grove_buffer* result,
                                        grove_error** error) {
  grove::capi::Clear(result);
  return Guard(error, [&] {
    return grove::capi::DiffLive({manifest, manifest_size, context, context_size, format}, clean, options, result);
  });
}

extern "C" grove_status grove_compare(const char* before, size_t before_size, const char* after, size_t after_size,
                                      grove_format format, const grove_limits* limits, grove_buffer* result,
                                      grove_error** error) {
  grove::capi::Clear(result);
  return Guard(error, [&]() -> grove::capi::Outcome {
    GROVE_CAPI_TRY(grove::capi::RequireResult(result));
    grove::ParseOptions options;
    GROVE_CAPI_TRY(grove::capi::ReadInputFormat(format, "format", options.format));
    GROVE_CAPI_TRY(grove::capi::ReadLimits(limits, "limits", options.limits));
    grove::Value old_document;
    grove::Value new_document;
    GROVE_CAPI_TRY(grove::capi::ReadDocument(before, before_size, "before", options, old_document));
    GROVE_CAPI_TRY(grove::capi::ReadDocument(after, after_size, "after", options, new_document));
    return grove::capi::CompareTexts(old_document, new_document, result);
  });
}
