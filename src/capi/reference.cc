// What the library knows by heart: resource definitions, rules, scheduler backends.

#include <array>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include "grove/custom_resource_definitions.hpp"
#include "grove/lint.hpp"
#include "grove/rules.hpp"
#include "grove/translation.hpp"
#include "grove/version.hpp"

#include "capi/buffer.h"
#include "capi/guard.h"
#include "capi/json.h"
#include "capi/options.h"
#include "grove.h"

namespace grove::capi {

namespace {

std::string WriteDefinitions(OutputFormat format) {
  const std::vector<Value> definitions = CustomResourceDefinitions();
  std::string out;
  if (format == OutputFormat::kYaml) {
    for (const Value& definition : definitions) {
      if (!out.empty()) out += "---\n";
      out += WriteManifest(definition, format);
    }
    return out;
  }
  Json json;
  json.StartObject();
  AddText(json, "apiVersion", "v1");
  AddText(json, "kind", "List");
  AddList(json, "items", definitions, [&](const Value& definition) { json.Raw(definition); });
  json.EndObject();
  return WriteManifest(json.Finish(), format);
}

std::string WriteRules(OutputFormat format) {
  Json json;
  json.StartObject();
  json.Key("rules");
  json.StartArray();
  for (const RuleFamily& family : RuleFamilies()) {
    for (const RuleDescription& rule : family.rules) {
      json.StartObject();
      AddText(json, "id", rule.id);
      AddText(json, "family", family.name);
      AddText(json, "stage", rule.stage == Stage::kSchema ? "schema" : "webhook");
      AddText(json, "severity", SeverityName(rule.severity));
      AddText(json, "title", rule.title);
      AddText(json, "help", rule.help);
      json.EndObject();
    }
  }
  json.EndArray();
  AddObjects(json, "lint", LintRules(), [&](const LintRule& rule) {
    AddText(json, "id", rule.id);
    AddText(json, "severity", SeverityName(rule.severity));
    AddText(json, "title", rule.title);
    AddText(json, "effect", rule.effect);
    AddText(json, "reason", rule.reason);
    AddText(json, "fix", rule.fix);
    AddText(json, "source", rule.source);
  });
  json.EndObject();
  return WriteManifest(json.Finish(), format);
}

std::string WriteBackends(OutputFormat format) {
  Json json;
  json.StartObject();
  AddObjects(json, "backends", SchedulerBackends(), [&](const SchedulerBackend& backend) {
    AddText(json, "name", backend.name);
    AddText(json, "schedulerName", backend.scheduler_name);
    AddText(json, "summary", backend.summary);
    AddBoolean(json, "schedulesGangs", backend.schedules_gangs);
    AddBoolean(json, "carriesTopology", backend.carries_topology);
    AddBoolean(json, "ofReference", backend.of_reference);
  });
  json.EndObject();
  return WriteManifest(json.Finish(), format);
}

Outcome WriteTopic(grove_topic topic, grove_format output, grove_buffer* result) {
  OutputFormat format = OutputFormat::kCompactJson;
  GROVE_CAPI_TRY(RequireResult(result));
  GROVE_CAPI_TRY(ReadOutputFormat(output, "output", format));
  constexpr std::array kWriters = {WriteDefinitions, WriteRules, WriteBackends};
  std::uint32_t number = 0;
  std::memcpy(&number, &topic, sizeof number);  // it may hold any value
  if (number >= kWriters.size()) return InvalidArgument("topic", "is no topic");
  *result = MakeBuffer(kWriters[number](format));
  return {};
}

}  // namespace

}  // namespace grove::capi

// The view is of a literal, hence NUL-terminated.
extern "C" const char* grove_compatibility_level(void) { return grove::CompatibilityLevel().data(); }

extern "C" grove_status grove_reference(grove_topic topic, grove_format output, grove_buffer* result,
                                        grove_error** error) {
  grove::capi::Clear(result);
  return grove::capi::Guard(error, [&] { return grove::capi::WriteTopic(topic, output, result); });
}
