#include "planner/lint/subject.h"

#include <algorithm>

#include "absl/container/flat_hash_map.h"

#include "model/naming.h"

namespace grove::planner::lint {

namespace {

using internal::Node;
using std::string_view;

constexpr string_view kInOrder = "CliqueStartupTypeInOrder";
constexpr string_view kExplicit = "CliqueStartupTypeExplicit";

std::vector<std::vector<std::uint32_t>> ParentsOf(const PodCliqueSetTemplateSpec& spec) {
  std::vector<std::vector<std::uint32_t>> parents(spec.cliques.size());
  if (spec.clique_startup_type == kInOrder) {
    for (std::uint32_t i = 1; i < parents.size(); ++i) parents[i].push_back(i - 1);
  } else if (spec.clique_startup_type == kExplicit) {
    absl::flat_hash_map<string_view, std::uint32_t> positions;
    for (std::uint32_t i = 0; i < parents.size(); ++i) positions.emplace(spec.cliques[i].name, i);
    for (std::uint32_t i = 0; i < parents.size(); ++i) {
      for (const std::string& name : spec.cliques[i].spec.starts_after) {
        const auto found = positions.find(string_view(name));
        if (found != positions.end()) parents[i].push_back(found->second);
      }
    }
  }
  return parents;
}

const Backend& BackendFor(const PodCliqueSet& set, const OperatorConfiguration& configuration) {
  const Backend* backend = BackendOfSet(set, configuration);
  return backend != nullptr ? *backend : DefaultBackend(configuration);
}

const Node* Descend(const Node* node, std::initializer_list<string_view> keys) {
  for (const string_view key : keys) {
    node = node == nullptr ? nullptr : internal::Find(*node, key);
  }
  return node;
}

}  // namespace

Subject::Subject(const PodCliqueSet& pod_clique_set, const Value& stored, const AdmissionContext& admission)
    : set(pod_clique_set),
      spec(pod_clique_set.spec.template_spec),
      document(stored),
      context(admission),
      backend(BackendFor(pod_clique_set, admission.configuration)),
      layout(LayoutOf(spec)),
      group_of(spec.cliques.size(), kNone),
      parents(ParentsOf(spec)),
      children(spec.cliques.size()) {
  for (std::uint32_t g = 0; g < layout.members.size(); ++g) {
    for (const std::size_t member : layout.members[g]) {
      if (group_of[member] == kNone) group_of[member] = g;
    }
  }
  for (std::uint32_t i = 0; i < parents.size(); ++i) {
    for (const std::uint32_t parent : parents[i]) children[parent].push_back(i);
  }
}

bool Subject::StartsInOrder() const { return spec.clique_startup_type == kInOrder; }

std::int32_t ReplicasOf(const PodCliqueScalingGroupConfig& group) { return group.replicas.value_or(1); }
std::int32_t MinAvailableOf(const PodCliqueScalingGroupConfig& group) { return group.min_available.value_or(1); }
std::int32_t MinAvailableOf(const PodCliqueTemplateSpec& clique) {
  return clique.spec.min_available.value_or(clique.spec.replicas);
}

std::int32_t MostReplicasOf(const PodCliqueScalingGroupConfig& group) {
  const std::int32_t replicas = ReplicasOf(group);
  return group.scale_config.has_value() ? std::max(replicas, group.scale_config->max_replicas) : replicas;
}

bool HasScaledReplicas(const PodCliqueScalingGroupConfig& group) {
  return MostReplicasOf(group) > MinAvailableOf(group);
}

bool IsWritten(const Subject& subject, const Node& object, std::initializer_list<string_view> keys,
               string_view unless) {
  if (subject.document.node().offset == Node::kNoOffset) return true;  // no text at all
  const Node* value = Descend(&object, keys);
  if (value == nullptr || value->offset == Node::kNoOffset) return false;
  if (unless.empty()) return true;
  const Node* parent = &object;
  for (auto key = keys.begin(); key + 1 != keys.end(); ++key) parent = internal::Find(*parent, *key);
  const Node* source = internal::Find(*parent, unless);
  return source == nullptr || source->offset != value->offset;
}

Node CliqueNode(const Subject& subject, std::size_t i) {
  const Node* cliques = Descend(&subject.document.node(), {"spec", "template", "cliques"});
  return cliques != nullptr && i < internal::Elements(*cliques).size() ? internal::Elements(*cliques)[i] : Node{};
}

const Node* PodMember(const PodCliqueTemplateSpec& clique, string_view key) {
  const Node* found = internal::Find(clique.spec.pod_spec.node(), key);
  return found == nullptr || internal::IsNull(*found) ? nullptr : found;
}

string_view PodText(const PodCliqueTemplateSpec& clique, string_view key) {
  const Node* found = PodMember(clique, key);
  return found == nullptr ? string_view{} : internal::Text(*found);
}

std::string CliquePath(std::size_t i, string_view member) {
  return Concat({"spec.template.cliques[", std::to_string(i), "].", member});
}

std::string GroupPath(std::size_t g, string_view member) {
  return Concat({"spec.template.podCliqueScalingGroups[", std::to_string(g), "].", member});
}

std::string QuotedList(std::span<const string_view> texts) {
  constexpr std::size_t kShown = 4;
  const std::size_t shown = texts.size() > kShown ? kShown - 1 : texts.size();
  std::string list;
  for (std::size_t i = 0; i < shown; ++i) {
    if (i > 0) list += i + 1 == texts.size() ? " and " : ", ";
    list += Quoted(texts[i]);
  }
  if (shown < texts.size()) list += Concat({" and ", std::to_string(texts.size() - shown), " more"});
  return list;
}

std::string Counted(std::int64_t number, string_view noun) {
  return Concat({std::to_string(number), " ", noun, number == 1 ? "" : "s"});
}

}  // namespace grove::planner::lint
