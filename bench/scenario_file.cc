#include "scenario_file.h"

#include <algorithm>
#include <map>

#include "rapidjson/document.h"
#include "rapidjson/stringbuffer.h"
#include "rapidjson/writer.h"

namespace grove::bench {
namespace {

using Json = rapidjson::Value;

ResourceAmounts ReadAmounts(const Json& object) {
  ResourceAmounts amounts;
  for (const auto& member : object.GetObject()) amounts.emplace_back(member.name.GetString(), member.value.GetInt64());
  return amounts;
}

std::string StringOr(const Json& object, const char* key) {
  return object.HasMember(key) && object[key].IsString() ? object[key].GetString() : std::string();
}

PackLevels ReadPack(const Json& object) {
  if (!object.HasMember("topology")) return {};
  return {.required = StringOr(object["topology"], "required"), .preferred = StringOr(object["topology"], "preferred")};
}

class RequestReader {
 public:
  explicit RequestReader(PlacementRequest& request) : request_(request) {}

  void Add(const Json& json) {
    Gang gang;
    gang.name = json["name"].GetString();
    gang.order = static_cast<std::int64_t>(request_.gangs.size());
    gang.pack = ReadPack(json);
    std::map<std::string, std::uint32_t> scopes;
    if (json.HasMember("groupConfigs")) {
      for (const Json& config : json["groupConfigs"].GetArray()) {
        for (const Json& member : config["podGroupNames"].GetArray()) {
          scopes[member.GetString()] = static_cast<std::uint32_t>(gang.scopes.size());
        }
        gang.scopes.push_back(
            {.name = config["name"].GetString(), .parent = GangScope::kNoParent, .pack = ReadPack(config)});
      }
    }
    for (const Json& group : json["podGroups"].GetArray()) {
      GangGroup& added = gang.groups.emplace_back();
      added.name = group["name"].GetString();
      if (const auto scope = scopes.find(added.name); scope != scopes.end()) added.scope = scope->second;
      added.pack = ReadPack(group);
      added.min_replicas = group["minReplicas"].GetUint();
      added.candidates = {{.pod_class = ClassOf(ReadAmounts(group["requests"])), .count = group["replicas"].GetUint()}};
    }
    request_.gangs.push_back(std::move(gang));
  }

 private:
  std::uint32_t ClassOf(const ResourceAmounts& requests) {
    const auto [at, is_new] = classes_.try_emplace(requests, static_cast<std::uint32_t>(request_.classes.size()));
    if (is_new) {
      request_.classes.emplace_back();
      request_.classes.back().requests = requests;
    }
    return at->second;
  }

  PlacementRequest& request_;
  std::map<ResourceAmounts, std::uint32_t> classes_;
};

}  // namespace

std::optional<Scenario> ReadScenario(const std::string& json, std::string& why) {
  rapidjson::Document document;
  document.Parse<rapidjson::kParseIterativeFlag>(json.data(), json.size());
  if (document.HasParseError() || !document.IsObject() || StringOr(document, "format") != "planner-bench/1") {
    why = "no planner-bench/1 document";
    return std::nullopt;
  }
  Scenario scenario;
  scenario.name = document["name"].GetString();
  for (const Json& level : document["topology"]["levels"].GetArray()) {
    scenario.levels.push_back({.domain = level["domain"].GetString(), .key = level["key"].GetString()});
  }
  for (const Json& node : document["nodes"].GetArray()) {
    NodeSpec& spec = scenario.nodes.emplace_back();
    spec.name = node["name"].GetString();
    for (const auto& label : node["labels"].GetObject()) {
      spec.labels.emplace_back(label.name.GetString(), label.value.GetString());
    }
    spec.allocatable = ReadAmounts(node["allocatable"]);
    if (node.HasMember("used")) spec.used = ReadAmounts(node["used"]);
  }
  RequestReader reader(scenario.request);
  for (const Json& gang : document["gangs"].GetArray()) reader.Add(gang);
  return scenario;
}

std::string WriteResult(const Scenario& scenario, const Cluster& cluster, const PlacementResult& result) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
  writer.StartObject();
  writer.Key("format");
  writer.String("planner-bench-result/1");
  writer.Key("scenario");
  writer.String(scenario.name.c_str());
  writer.Key("scheduled");
  writer.StartArray();
  for (const GangPlacement& placement : result.gangs) {
    if (placement.outcome != GangOutcome::kPlaced) continue;
    const Gang& gang = scenario.request.gangs[placement.gang];
    writer.StartObject();
    writer.Key("gang");
    writer.String(gang.name.c_str());
    writer.Key("pods");
    writer.StartObject();
    for (std::uint32_t g = 0; g < gang.groups.size(); ++g) {
      writer.Key(gang.groups[g].name.c_str());
      writer.StartArray();
      for (const PodPlacement& pod : placement.pods) {
        if (pod.group == g) writer.Uint(cluster.input_position(pod.node));
      }
      writer.EndArray();
    }
    writer.EndObject();
    writer.EndObject();
  }
  writer.EndArray();
  writer.Key("unscheduled");
  writer.StartArray();
  for (const GangPlacement& placement : result.gangs) {
    if (placement.outcome == GangOutcome::kPlaced) continue;
    writer.StartObject();
    writer.Key("gang");
    writer.String(scenario.request.gangs[placement.gang].name.c_str());
    writer.Key("reason");
    writer.String(placement.outcome == GangOutcome::kInfeasible ? "proven infeasible" : "not found within the budget");
    writer.EndObject();
  }
  writer.EndArray();
  writer.EndObject();
  return buffer.GetString();
}

}  // namespace grove::bench
