#include "planner/startup_report.h"

#include <cstdint>
#include <vector>

#include "model/node_sink.h"

namespace grove::planner {

namespace {

using Sink = internal::NodeSink;
using std::string_view;

constexpr string_view kTypes[] = {"", "CliqueStartupTypeAnyOrder", "CliqueStartupTypeInOrder",
                                  "CliqueStartupTypeExplicit"};

void AddText(Sink& sink, string_view key, string_view text) {
  if (text.empty()) return;
  sink.Key(key);
  sink.String(text);
}

void AddNumber(Sink& sink, string_view key, std::int64_t number) {
  sink.Key(key);
  sink.Integer(number);
}

// A list of `write(item)`.
template <class Items, class Write>
void AddList(Sink& sink, string_view key, const Items& items, const Write& write) {
  sink.Key(key);
  sink.StartArray();
  for (const auto& item : items) write(item);
  sink.EndArray();
}

// Lists of names for lists of positions.
template <class Named>
void AddNames(Sink& sink, string_view key, const std::vector<std::vector<std::uint32_t>>& lists,
              const std::vector<Named>& named) {
  AddList(sink, key, lists, [&](const std::vector<std::uint32_t>& list) {
    sink.StartArray();
    for (const std::uint32_t i : list) sink.String(named[i].name);
    sink.EndArray();
  });
}

void WriteClique(Sink& sink, const StartupGraph& graph, const StartupClique& clique) {
  sink.StartObject();
  AddText(sink, "name", clique.name);
  AddText(sink, "scalingGroup", clique.scaling_group);
  AddNumber(sink, "replicas", clique.replicas);
  AddNumber(sink, "minAvailable", clique.min_available);
  if (clique.wave.has_value()) AddNumber(sink, "wave", *clique.wave);
  if (!clique.parents.empty()) {
    AddList(sink, "startsAfter", clique.parents, [&](std::uint32_t i) { sink.String(graph.cliques[i].name); });
  }
  if (!clique.unknown_parents.empty()) {
    AddList(sink, "unknown", clique.unknown_parents, [&](const std::string& name) { sink.String(name); });
  }
  sink.EndObject();
}

void WritePodClique(Sink& sink, const StartupGraph& graph, const StartupPodClique& pod_clique) {
  sink.StartObject();
  AddText(sink, "name", pod_clique.name);
  AddText(sink, "clique", graph.cliques[pod_clique.clique].name);
  AddText(sink, "podGang", pod_clique.pod_gang);
  AddNumber(sink, "replica", pod_clique.replica);
  if (pod_clique.wave.has_value()) AddNumber(sink, "wave", *pod_clique.wave);
  if (!pod_clique.starts_after.empty()) {
    AddList(sink, "startsAfter", pod_clique.starts_after, [&](const StartupParent& parent) {
      sink.StartObject();
      AddText(sink, "name", parent.name);
      AddNumber(sink, "minAvailable", parent.min_available);
      sink.EndObject();
    });
  }
  sink.EndObject();
}

}  // namespace

Value DescribeStartup(const StartupGraph& graph, const StartupPodCliques* pod_cliques,
                      const StartupReportFormat& format) {
  const bool complete = pod_cliques == nullptr || pod_cliques->cycles.empty();
  Sink sink;
  sink.StartObject();
  AddText(sink, "namespace", format.namespace_name);
  AddText(sink, "name", format.name);
  AddText(sink, "startupType", kTypes[static_cast<std::size_t>(graph.type)]);
  sink.Key("starts");
  sink.Boolean(graph.starts() && complete);
  AddList(sink, "cliques", graph.cliques, [&](const StartupClique& clique) { WriteClique(sink, graph, clique); });
  AddNames(sink, "waves", graph.waves, graph.cliques);
  AddNames(sink, "cycles", graph.cycles, graph.cliques);
  if (pod_cliques != nullptr) {
    AddList(sink, "podCliques", pod_cliques->pod_cliques,
            [&](const StartupPodClique& each) { WritePodClique(sink, graph, each); });
    if (!complete) AddNames(sink, "podCliqueCycles", pod_cliques->cycles, pod_cliques->pod_cliques);
  }
  sink.EndObject();
  return sink.Finish();
}

}  // namespace grove::planner
