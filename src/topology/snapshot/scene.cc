#include "topology/snapshot/scene.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

#include "model/codec.h"
#include "model/fields/pod_gang.h"
#include "model/stable_sort.h"
#include "topology/snapshot/label_selector.h"
#include "topology/snapshot/node_reader.h"
#include "topology/text.h"

namespace grove::topology {
namespace {

constexpr std::int32_t kPriorityWithoutClass = 50;  // PL-20

class SceneReader {
 public:
  SceneReader(const PlacementSources& sources, const PlacementInputOptions& options, Scene& scene,
              PlacementInput& input)
      : sources_(sources), options_(options), scene_(scene), input_(input) {}

  bool Run() {
    if (options_.keep_labels) scene_.terms.AddAnyTerm();
    if (sources_.snapshot != nullptr) {
      input_.spec = *sources_.snapshot;
      for (const PodClass& pods : input_.spec.pod_classes) {
        scene_.terms.AddClass(pods);
        scene_.terms.AddNamespace(pods.pod_namespace);
      }
    }
    for (std::size_t i = 0; i < sources_.objects.size(); ++i) {
      if (!ReadObject(i)) return false;
    }
    if (sources_.sets != nullptr) {
      for (const PodGang& gang : sources_.sets->pod_gangs) scene_.gangs.push_back({gang, std::nullopt});
    }
    return CheckNames() && SortPods();
  }

 private:
  bool Fail(std::size_t object, Fault&& fault) {
    return FailInput(input_, object, std::move(fault.field), std::move(fault.message));
  }

  bool ReadObject(std::size_t index) {
    const ManifestObject& object = sources_.objects[index];
    switch (PlacementRoleOf(object.api_version, object.kind)) {
      case PlacementRole::kUnused:
        return true;
      case PlacementRole::kNode:
        return ReadOneNode(index);
      case PlacementRole::kPod:
        return ReadOnePod(index);
      case PlacementRole::kPodGang:
        return ReadGang(index);
      case PlacementRole::kPriorityClass:
        return ReadPriorityClass(object.document.node(), object.name);
      case PlacementRole::kNamespace:
        scene_.terms.AddNamespaceLabels(object.name,
                                        ReadLabels(Member(Member(&object.document.node(), "metadata"), "labels")));
        return true;
    }
    return true;
  }

  bool ReadOneNode(std::size_t index) {
    if (input_.spec.nodes.size() >= options_.max_nodes) {
      return FailInput(input_, index, "", absl::StrCat("more than ", options_.max_nodes, " nodes (max_nodes)"));
    }
    Fault fault;
    if (!ReadNode(sources_.objects[index].document.node(), fault, input_.spec.nodes.emplace_back())) {
      return Fail(index, std::move(fault));
    }
    node_objects_.emplace_back(index);
    return true;
  }

  bool ReadOnePod(std::size_t index) {
    if (scene_.pods.size() >= options_.max_pods) {
      return FailInput(input_, index, "", absl::StrCat("more than ", options_.max_pods, " pods (max_pods)"));
    }
    Fault fault;
    ObservedPod& pod = scene_.pods.emplace_back();
    if (!ReadPod(sources_.objects[index].document.node(), fault, pod)) return Fail(index, std::move(fault));
    pod.object = index;
    if (options_.lift_grove_gates && pod.stage == PodStage::kGated && pod.only_grove_gate) {
      pod.stage = PodStage::kCandidate;
    }
    scene_.terms.AddNamespace(pod.namespace_name);
    if (pod.stage != PodStage::kDone) scene_.terms.AddShape(pod.shape);
    return true;
  }

  bool ReadGang(std::size_t index) {
    if (!options_.pod_gangs) return true;
    GangSource& source = scene_.gangs.emplace_back();
    source.gang = codec::FromValue<PodGang>(sources_.objects[index].document);
    source.object = index;
    if (!source.gang.metadata.name.empty()) return true;
    return FailInput(input_, index, "metadata.name", "must not be empty");
  }

  bool ReadPriorityClass(const Node& object, const std::string& name) {
    std::int32_t value = 0;
    if (const Node* found = Member(&object, "value")) codec::ReadInteger(*found, value);
    scene_.priorities[name] = value;
    if (MemberIsTrue(&object, "globalDefault")) {
      scene_.default_priority = std::max(value, scene_.default_priority.value_or(value));
    }
    return true;
  }

  bool CheckNames() {
    absl::flat_hash_map<std::string_view, std::size_t> names;
    const std::size_t from_snapshot = input_.spec.nodes.size() - node_objects_.size();
    for (std::size_t i = 0; i < input_.spec.nodes.size(); ++i) {
      const std::string& name = input_.spec.nodes[i].name;
      if (names.try_emplace(name, i).second) continue;
      const auto object = i >= from_snapshot ? std::optional(node_objects_[i - from_snapshot]) : std::nullopt;
      return FailInput(input_, object, "metadata.name", absl::StrCat("two nodes have the name ", Quoted(name)));
    }
    absl::flat_hash_map<Key, std::size_t> gangs;
    for (const GangSource& source : scene_.gangs) {
      const ObjectMeta& metadata = source.gang.metadata;
      if (gangs.try_emplace(Key(metadata.namespace_name, metadata.name), 0).second) continue;
      return FailInput(input_, source.object, "metadata.name",
                       absl::StrCat("two PodGangs have the name ", Quoted(metadata.name), " in one namespace"));
    }
    return true;
  }

  bool SortPods() {
    const auto key = [](const ObservedPod& pod) { return Key(pod.namespace_name, pod.name); };
    internal::StableSort(scene_.pods, [&](const ObservedPod& a, const ObservedPod& b) { return key(a) < key(b); });
    const auto twice = std::adjacent_find(scene_.pods.begin(), scene_.pods.end(),
                                          [&](const auto& a, const auto& b) { return key(a) == key(b); });
    if (twice == scene_.pods.end()) return true;
    return FailInput(input_, std::next(twice)->object, "metadata.name",
                     absl::StrCat("two pods have the name ", Quoted(twice->name), " in one namespace"));
  }

  const PlacementSources& sources_;
  const PlacementInputOptions& options_;
  Scene& scene_;
  PlacementInput& input_;
  std::vector<std::size_t> node_objects_;  // positions of the nodes read, after those of the snapshot
};

}  // namespace

std::int32_t Scene::PriorityOf(std::string_view class_name) const {
  const auto found = priorities.find(class_name);
  if (found != priorities.end() && !class_name.empty()) return found->second;
  return default_priority.value_or(kPriorityWithoutClass);
}

bool FailInput(PlacementInput& input, std::optional<std::size_t> object, std::string field, std::string message) {
  input.error = PlacementInputError{object, std::move(field), std::move(message)};
  return false;
}

bool ReadScene(const PlacementSources& sources, const PlacementInputOptions& options, Scene& scene,
               PlacementInput& input) {
  return SceneReader(sources, options, scene, input).Run();
}

}  // namespace grove::topology
