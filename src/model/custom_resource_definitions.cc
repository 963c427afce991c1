#include "grove/custom_resource_definitions.hpp"

#include <array>
#include <span>
#include <string>
#include <string_view>

#include "model/fields/cluster_topology_binding.h"
#include "model/fields/pod_clique.h"
#include "model/fields/pod_clique_scaling_group.h"
#include "model/fields/pod_clique_set.h"
#include "model/fields/pod_gang.h"
#include "model/node_sink.h"
#include "model/open_api_schema.h"

namespace grove {
namespace {

using internal::NodeSink;
using std::string_view;

struct Column {
  string_view name;
  string_view type;
  string_view path;
  bool wide = false;  // only with `kubectl get -o wide`
};

// What a definition says beside its schema (spec 01 §1.3).
struct Resource {
  string_view api_version;
  string_view kind;
  string_view plural;
  string_view short_name;
  const schema::Type* type = nullptr;
  std::span<const Column> columns;
  bool cluster_scoped = false;
  string_view scale_selector = {};  // in the status; empty: no subresource `scale`
};

constexpr Column kAge{"Age", "date", ".metadata.creationTimestamp"};
constexpr Column kReplicas{"Replicas", "integer", ".spec.replicas"};
constexpr Column kMinAvailable{"MinAvail", "integer", ".spec.minAvailable"};
constexpr Column kAvailable{"Available", "integer", ".status.availableReplicas"};
constexpr Column kScheduled{"Scheduled", "integer", ".status.scheduledReplicas"};
constexpr Column kUpdated{"Updated", "integer", ".status.updatedReplicas"};
constexpr Column kCliquesUpdated{"PCLQs-Updated", "integer", ".status.updateProgress.updatedPodCliquesCount"};
constexpr Column kCliques{"PCLQs-Total", "integer", ".status.updateProgress.totalPodCliquesCount"};
constexpr Column kGroupsUpdated{"PCSGs-Updated", "integer",
                                ".status.updateProgress.updatedPodCliqueScalingGroupsCount"};
constexpr Column kGroups{"PCSGs-Total", "integer", ".status.updateProgress.totalPodCliqueScalingGroupsCount"};
constexpr Column kMinBreached{"MinBreached", "string",
                              R"(.status.conditions[?(@.type=="MinAvailableBreached")].status)", true};

constexpr std::array kSetColumns = {kReplicas, kAvailable,     kUpdated, kCliquesUpdated,
                                    kCliques,  kGroupsUpdated, kGroups,  kAge};
constexpr std::array kCliqueColumns = {
    kMinAvailable, kReplicas, Column{"Ready", "integer", ".status.readyReplicas"},
    kScheduled,    kUpdated,  Column{"Gated", "integer", ".status.scheduleGatedReplicas", true},
    kMinBreached,  kAge};
constexpr std::array kScalingGroupColumns = {kMinAvailable,   kReplicas, kAvailable,   kScheduled, kUpdated,
                                             kCliquesUpdated, kCliques,  kMinBreached, kAge};
constexpr std::array kTopologyColumns = {Column{"Domains", "string", ".spec.levels[*].domain"}, kAge};
constexpr std::array kGangColumns = {Column{"Phase", "string", ".status.phase"}, kAge};

template <class T>
constexpr Resource Describe(string_view plural, string_view short_name, std::span<const Column> columns,
                            string_view scale_selector = {}) {
  return {.api_version = T::kApiVersion,
          .kind = T::kKind,
          .plural = plural,
          .short_name = short_name,
          .type = &fields::kObjectOf<T>,
          .columns = columns,
          .cluster_scoped = std::is_same_v<T, ClusterTopologyBinding>,
          .scale_selector = scale_selector};
}

constexpr std::array kResources = {
    Describe<PodCliqueSet>("podcliquesets", "pcs", kSetColumns, ".status.hpaPodSelector"),
    Describe<PodClique>("podcliques", "pclq", kCliqueColumns, ".status.hpaPodSelector"),
    Describe<PodCliqueScalingGroup>("podcliquescalinggroups", "pcsg", kScalingGroupColumns, ".status.selector"),
    Describe<ClusterTopologyBinding>("clustertopologybindings", "ct", kTopologyColumns),
    Describe<PodGang>("podgangs", "pg", kGangColumns),
};

void Text(NodeSink& sink, string_view key, string_view text) {
  sink.Key(key);
  sink.String(text);
}

void WriteNames(NodeSink& sink, const Resource& resource) {
  const string_view plural = resource.plural;
  sink.Key("names");
  sink.StartObject();
  Text(sink, "kind", resource.kind);
  Text(sink, "listKind", std::string(resource.kind) + "List");
  Text(sink, "plural", plural);
  sink.Key("shortNames");
  sink.StartArray();
  sink.String(resource.short_name);
  sink.EndArray();
  Text(sink, "singular", plural.substr(0, plural.size() - 1));
  sink.EndObject();
}

void WriteColumns(NodeSink& sink, std::span<const Column> columns) {
  sink.Key("additionalPrinterColumns");
  sink.StartArray();
  for (const Column& column : columns) {
    sink.StartObject();
    Text(sink, "jsonPath", column.path);
    Text(sink, "name", column.name);
    if (column.wide) {
      sink.Key("priority");
      sink.Integer(1);
    }
    Text(sink, "type", column.type);
    sink.EndObject();
  }
  sink.EndArray();
}

void WriteSubresources(NodeSink& sink, const Resource& resource) {
  sink.Key("subresources");
  sink.StartObject();
  if (!resource.scale_selector.empty()) {
    sink.Key("scale");
    sink.StartObject();
    Text(sink, "labelSelectorPath", resource.scale_selector);
    Text(sink, "specReplicasPath", ".spec.replicas");
    Text(sink, "statusReplicasPath", ".status.replicas");
    sink.EndObject();
  }
  sink.Key("status");
  sink.StartObject();
  sink.EndObject();
  sink.EndObject();
}

void WriteVersion(NodeSink& sink, const Resource& resource, string_view version) {
  sink.StartObject();
  WriteColumns(sink, resource.columns);
  Text(sink, "name", version);
  sink.Key("schema");
  sink.StartObject();
  sink.Key("openAPIV3Schema");
  WriteObjectSchema(sink, *resource.type);
  sink.EndObject();
  for (const string_view flag : {"served", "storage"}) {
    sink.Key(flag);
    sink.Boolean(true);
  }
  WriteSubresources(sink, resource);
  sink.EndObject();
}

Value DefinitionOf(const Resource& resource) {
  const std::size_t slash = resource.api_version.find('/');
  const string_view group = resource.api_version.substr(0, slash);
  NodeSink sink;
  sink.StartObject();
  Text(sink, "apiVersion", "apiextensions.k8s.io/v1");
  Text(sink, "kind", "CustomResourceDefinition");
  sink.Key("metadata");
  sink.StartObject();
  Text(sink, "name", std::string(resource.plural) + '.' + std::string(group));
  sink.EndObject();
  sink.Key("spec");
  sink.StartObject();
  Text(sink, "group", group);
  WriteNames(sink, resource);
  Text(sink, "scope", resource.cluster_scoped ? "Cluster" : "Namespaced");
  sink.Key("versions");
  sink.StartArray();
  WriteVersion(sink, resource, resource.api_version.substr(slash + 1));
  sink.EndArray();
  sink.EndObject();
  sink.EndObject();
  return sink.Finish();
}

}  // namespace

std::vector<Value> CustomResourceDefinitions() {
  std::vector<Value> definitions;
  definitions.reserve(kResources.size());
  for (const Resource& resource : kResources) definitions.push_back(DefinitionOf(resource));
  return definitions;
}

}  // namespace grove
