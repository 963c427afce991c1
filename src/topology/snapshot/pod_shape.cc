#include "topology/snapshot/pod_shape.h"

#include <algorithm>
#include <array>

#include "absl/strings/str_cat.h"

#include "model/codec.h"
#include "topology/snapshot/label_selector.h"
#include "topology/snapshot/pod_requests.h"
#include "topology/text.h"

namespace grove::topology {
namespace {

constexpr std::array<std::string_view, kUnevaluatedCount> kNames = {
    "persistent volumes",          "resource claims",
    "preferred affinity to nodes", "preferred affinity to pods",
    "topology spread constraints", "namespace selectors of affinity",
    "overhead of a runtime class", "a resize that is under way",
};

// Volumes that can keep a pod from a node; the others are made where the pod runs.
constexpr std::array<std::string_view, 8> kBindingVolumes = {
    "persistentVolumeClaim",
    "ephemeral",
    "awsElasticBlockStore",
    "azureDisk",
    "cinder",
    "gcePersistentDisk",
    "iscsi",
    "rbd",
};

bool HasBindingVolume(const Node& spec) {
  const auto binds = [](const Node& volume) {
    return std::ranges::any_of(kBindingVolumes,
                               [&](std::string_view kind) { return Member(&volume, kind) != nullptr; });
  };
  const auto volumes = MemberElements(&spec, "volumes");
  return std::ranges::any_of(volumes, binds);
}

class ShapeReader {
 public:
  ShapeReader(const Node& spec, const LabelPairs& labels, const FieldPath& path, Fault& fault, PodShape& out)
      : spec_(spec), labels_(labels), path_(path), fault_(fault), out_(out) {}

  bool Run() {
    NameWhatIsNotEvaluated();
    out_.pods.node_selector = ReadLabels(Member(&spec_, "nodeSelector"));
    return ReadPodRequests(spec_, path_, fault_, out_.pods.requests) && ReadTolerations() && ReadHostPorts() &&
           ReadNodeAffinity() && ReadTerms("podAffinity", out_.affinity) &&
           ReadTerms("podAntiAffinity", out_.anti_affinity);
  }

 private:
  void NameWhatIsNotEvaluated() {
    const auto name = [&](bool present, std::uint32_t bit) { out_.unevaluated |= present ? bit : 0; };
    const Node* affinity = Member(&spec_, "affinity");
    const auto prefers = [&](std::string_view kind) {
      return !MemberElements(Member(affinity, kind), "preferredDuringSchedulingIgnoredDuringExecution").empty();
    };
    name(HasBindingVolume(spec_), kVolumes);
    name(!MemberElements(&spec_, "resourceClaims").empty(), kResourceClaims);
    name(prefers("nodeAffinity"), kPreferredNodeAffinity);
    name(prefers("podAffinity") || prefers("podAntiAffinity"), kPreferredPodAffinity);
    name(!MemberElements(&spec_, "topologySpreadConstraints").empty(), kTopologySpread);
    name(Member(&spec_, "runtimeClassName") != nullptr && Member(&spec_, "overhead") == nullptr, kRuntimeClassOverhead);
  }

  bool ReadTolerations() {
    const FieldPath list = path_.Child("tolerations");
    for (const Node& toleration : MemberElements(&spec_, "tolerations")) {
      const FieldPath at = list.Index(out_.pods.tolerations.size());
      Toleration& read = out_.pods.tolerations.emplace_back();
      read.key = MemberText(&toleration, "key");
      read.value = MemberText(&toleration, "value");
      const std::string_view op = MemberText(&toleration, "operator");
      read.exists = op == "Exists";
      if (!read.exists && !op.empty() && op != "Equal") {
        return fault_.Set(at.Child("operator"), absl::StrCat(Quoted(op), " is not known"));
      }
      const std::string_view effect = MemberText(&toleration, "effect");
      read.any_effect = effect.empty();
      if (!effect.empty() && !ReadTaintEffect(effect, at.Child("effect"), fault_, read.effect)) return false;
    }
    return true;
  }

  bool ReadPort(const Node& port, bool host_network, const FieldPath& path) {
    const Node* number = Member(&port, host_network ? "containerPort" : "hostPort");
    if (const Node* host = Member(&port, "hostPort")) number = host;
    if (number == nullptr) return true;
    const std::optional<std::int64_t> value = codec::ParseInteger(internal::Text(*number));
    if (!value.has_value() || *value < 0 || *value > 65535) {
      return fault_.Set(path.Child("hostPort"), "must be from 0 to 65535");
    }
    if (*value == 0) return true;
    HostPort read;
    read.port = static_cast<std::int32_t>(*value);
    if (const std::string_view protocol = MemberText(&port, "protocol"); !protocol.empty()) read.protocol = protocol;
    read.address = MemberText(&port, "hostIP");
    auto& ports = out_.pods.host_ports;
    if (std::ranges::find(ports, read) == ports.end()) ports.push_back(std::move(read));
    return true;
  }

  // On the host's network every port of a container is one of the host.
  bool ReadPorts(std::string_view key, bool restartable_only, bool host_network) {
    const FieldPath list = path_.Child(key);
    std::size_t index = 0;
    for (const Node& container : MemberElements(&spec_, key)) {
      const FieldPath at = list.Index(index++);
      if (restartable_only && MemberText(&container, "restartPolicy") != "Always") continue;
      const FieldPath ports = at.Child("ports");
      std::size_t port_index = 0;
      for (const Node& port : MemberElements(&container, "ports")) {
        if (!ReadPort(port, host_network, ports.Index(port_index++))) return false;
      }
    }
    return true;
  }

  bool ReadHostPorts() {
    const bool host_network = MemberIsTrue(&spec_, "hostNetwork");
    return ReadPorts("containers", false, host_network) && ReadPorts("initContainers", true, host_network);
  }

  bool ReadNodeAffinity() {
    const Node* required =
        Member(Member(Member(&spec_, "affinity"), "nodeAffinity"), "requiredDuringSchedulingIgnoredDuringExecution");
    if (required == nullptr) return true;
    const FieldPath affinity = path_.Child("affinity");
    const FieldPath node_affinity = affinity.Child("nodeAffinity");
    const FieldPath selector = node_affinity.Child("requiredDuringSchedulingIgnoredDuringExecution");
    const FieldPath terms = selector.Child("nodeSelectorTerms");
    for (const Node& term : MemberElements(required, "nodeSelectorTerms")) {
      const FieldPath at = terms.Index(out_.pods.node_affinity.size());
      NodeSelectorTerm& read = out_.pods.node_affinity.emplace_back();
      if (!ReadRequirements(Member(&term, "matchExpressions"), at.Child("matchExpressions"), fault_,
                            read.match_labels) ||
          !ReadRequirements(Member(&term, "matchFields"), at.Child("matchFields"), fault_, read.match_fields)) {
        return false;
      }
    }
    // Required, but without a term: no node matches.
    if (out_.pods.node_affinity.empty()) out_.pods.node_affinity.emplace_back();
    return true;
  }

  bool ReadTerms(std::string_view kind, std::vector<AffinityShape>& out) {
    const FieldPath affinity = path_.Child("affinity");
    const FieldPath of_kind = affinity.Child(kind);
    const FieldPath list = of_kind.Child("requiredDuringSchedulingIgnoredDuringExecution");
    for (const Node& term :
         MemberElements(Member(Member(&spec_, "affinity"), kind), "requiredDuringSchedulingIgnoredDuringExecution")) {
      const FieldPath at = list.Index(out.size());
      if (!ReadTerm(term, at, out.emplace_back())) return false;
    }
    return true;
  }

  bool ReadTerm(const Node& from, const FieldPath& path, AffinityShape& to) {
    to.term.topology_key = MemberText(&from, "topologyKey");
    if (to.term.topology_key.empty()) return fault_.Set(path.Child("topologyKey"), "must not be empty");
    for (const Node& name : MemberElements(&from, "namespaces")) to.term.namespaces.emplace_back(internal::Text(name));
    const Node* selector = Member(&from, "labelSelector");
    if (selector == nullptr) {
      // No selector at all matches no pod.
      to.term.selector.push_back({"none", LabelRequirement::Operator::kIn, {}});
      return true;
    }
    if (!ReadLabelSelector(*selector, path.Child("labelSelector"), fault_, to.term.selector)) return false;
    if (const Node* namespaces = Member(&from, "namespaceSelector")) {
      if (!ReadLabelSelector(*namespaces, path.Child("namespaceSelector"), fault_, to.namespaces.emplace())) {
        return false;
      }
    }
    AddOwnValues(from, "matchLabelKeys", LabelRequirement::Operator::kIn, to.term);
    AddOwnValues(from, "mismatchLabelKeys", LabelRequirement::Operator::kNotIn, to.term);
    return true;
  }

  // The API server makes requirements of these keys and the pod's own values; those of a template stand as they are.
  void AddOwnValues(const Node& from, std::string_view list, LabelRequirement::Operator op, PodAffinityTerm& to) {
    for (const Node& key : MemberElements(&from, list)) {
      const auto label =
          std::ranges::find_if(labels_, [&](const auto& entry) { return entry.first == internal::Text(key); });
      if (label == labels_.end()) continue;
      LabelRequirement own{label->first, op, {label->second}};
      if (std::ranges::find(to.selector, own) == to.selector.end()) {
        to.selector.push_back(std::move(own));
      }
    }
  }

  const Node& spec_;
  const LabelPairs& labels_;
  const FieldPath& path_;
  Fault& fault_;
  PodShape& out_;
};

}  // namespace

std::string_view UnevaluatedName(std::uint32_t bit) {
  for (std::uint32_t i = 0; i < kUnevaluatedCount; ++i) {
    if (bit == (1u << i)) return kNames[i];
  }
  return {};
}

bool ReadPodShape(const Node& spec, const LabelPairs& labels, const FieldPath& path, Fault& fault, PodShape& out) {
  return ShapeReader(spec, labels, path, fault, out).Run();
}

}  // namespace grove::topology
