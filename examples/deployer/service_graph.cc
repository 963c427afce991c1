#include "service_graph.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

namespace deployer {
namespace {

using grove::Value;

// What a service may say, and whether it comes to anything here.
struct Field {
  std::string_view name;
  bool carried;
};
constexpr std::array kServiceFields = {
    Field{"annotations", true},      Field{"autoscaling", false},   Field{"componentType", true},
    Field{"dynamoNamespace", false}, Field{"envFromSecret", true},  Field{"envs", true},
    Field{"extraPodMetadata", true}, Field{"extraPodSpec", true},   Field{"ingress", false},
    Field{"labels", true},           Field{"livenessProbe", true},  Field{"modelRef", false},
    Field{"multinode", true},        Field{"readinessProbe", true}, Field{"replicas", true},
    Field{"resources", true},        Field{"serviceName", false},   Field{"sharedMemory", true},
    Field{"subComponentType", true}, Field{"volumeMounts", true},
};

constexpr std::array<std::pair<std::string_view, Backend>, 3> kBackends = {
    {{"vllm", Backend::kVllm}, {"sglang", Backend::kSglang}, {"trtllm", Backend::kTrtllm}}};

std::string Text(const Value& object, std::string_view key) {
  const std::optional<Value> found = object.Find(key);
  return found.has_value() && found->is_string() ? std::string(found->text()) : std::string();
}

class Reader {
 public:
  GraphResult Run(const grove::ManifestObject& object) {
    ServiceGraph& graph = result_.graph;
    graph.name = object.name;
    graph.namespace_name = object.namespace_name.empty() ? "default" : object.namespace_name;
    const Value spec = object.document.Find("spec").value_or(Value());
    graph.envs = spec.Find("envs").value_or(Value());
    ReadBackend(spec);
    const std::optional<Value> services = spec.Find("services");
    if (!services.has_value() || !services->is_object() || services->size() == 0) {
      Fail("spec.services", "needs at least one service", services.value_or(spec));
      return std::move(result_);
    }
    for (std::size_t i = 0; i < services->size(); ++i) ReadService(services->key(i), services->at(i));
    std::sort(graph.services.begin(), graph.services.end(),
              [](const Service& a, const Service& b) { return a.name < b.name; });
    return std::move(result_);
  }

 private:
  void Fail(std::string field, std::string text, const Value& where) {
    result_.errors.push_back({std::move(field), std::move(text), grove::LocationOf(where)});
  }

  void ReadBackend(const Value& spec) {
    const std::optional<Value> stated = spec.Find("backendFramework");
    if (!stated.has_value()) return;
    const auto known =
        std::find_if(kBackends.begin(), kBackends.end(), [&](const auto& row) { return row.first == stated->text(); });
    if (known == kBackends.end()) return Fail("spec.backendFramework", "must be vllm, sglang or trtllm", *stated);
    result_.graph.backend = known->second;
  }

  void ReadService(std::string_view name, const Value& spec) {
    const std::string path = "spec.services." + std::string(name);
    if (!spec.is_object()) return Fail(path, "must be an object", spec);
    Service service;
    service.name = name;
    service.spec = spec;
    service.component_type = Text(spec, "componentType");
    ReadCount(spec, "replicas", path + ".replicas", 0, service.replicas);
    if (const std::optional<Value> multinode = spec.Find("multinode")) {
      ReadCount(*multinode, "nodeCount", path + ".multinode.nodeCount", 2, service.node_count);
    }
    if (service.node_count > 1 && result_.graph.backend == Backend::kNone) {
      Fail(path + ".multinode", "needs spec.backendFramework: who starts the other nodes depends on it", spec);
    }
    for (std::size_t i = 0; i < spec.size(); ++i) {
      const auto known = std::find_if(kServiceFields.begin(), kServiceFields.end(),
                                      [&](const Field& field) { return field.name == spec.key(i); });
      if (known != kServiceFields.end() && known->carried) continue;
      result_.warnings.push_back({path + "." + std::string(spec.key(i)),
                                  known == kServiceFields.end() ? "unknown field" : "is not carried to Grove",
                                  grove::LocationOf(spec.at(i))});
    }
    result_.graph.services.push_back(std::move(service));
  }

  void ReadCount(const Value& object, std::string_view key, const std::string& path, std::int32_t least,
                 std::int32_t& out) {
    const std::optional<Value> found = object.Find(key);
    if (!found.has_value()) return;
    const std::string_view text = found->text();
    std::int32_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool whole =
        found->kind() == Value::Kind::kNumber && error == std::errc() && end == text.data() + text.size();
    if (!whole || number < least) return Fail(path, "must be a whole number from " + std::to_string(least), *found);
    out = number;
  }

  GraphResult result_;
};

}  // namespace

bool IsServiceGraph(const grove::ManifestObject& object) {
  return object.api_version == "nvidia.com/v1alpha1" && object.kind == "DynamoGraphDeployment";
}

GraphResult ReadServiceGraph(const grove::ManifestObject& object) { return Reader().Run(object); }

}  // namespace deployer
