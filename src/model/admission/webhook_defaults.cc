#include "model/admission/webhook_defaults.h"

#include <optional>
#include <vector>

#include "model/codec.h"
#include "model/names.h"

namespace grove::admission {

using internal::Elements;
using internal::Find;
using internal::IsNull;
using internal::Member;
using internal::Members;
using internal::Node;
using internal::NumberNode;
using internal::StringNode;
using internal::Text;

namespace {

constexpr std::string_view kDefaultNamespace = "default";
constexpr std::string_view kDefaultRestartPolicy = "Always";
constexpr std::string_view kDefaultGracePeriodSeconds = "30";
constexpr std::string_view kDefaultTerminationDelay = "4h0m0s";

// An absent member and a null one are the same to the typed form.
const Node* FindPresent(const Node& object, std::string_view key) {
  const Node* found = Find(object, key);
  return found == nullptr || IsNull(*found) ? nullptr : found;
}

Node FindOrNull(const Node& object, std::string_view key) {
  const Node* found = Find(object, key);
  return found == nullptr ? Node{} : *found;
}

bool IsBlankMember(const Node& object, std::string_view key) { return IsBlank(Text(FindOrNull(object, key))); }

bool IsZeroMember(const Node& object, std::string_view key) {
  const Node* found = FindPresent(object, key);
  return found == nullptr || codec::ParseInteger(Text(*found)) == 0;
}

// A copy of an object's members to change.
class ObjectEditor {
 public:
  explicit ObjectEditor(const Node& object)
      : offset_(object.offset), members_(Members(object).begin(), Members(object).end()) {}

  void Set(std::string_view key, const Node& value) {
    for (Member& member : members_) {
      if (Text(member.key) == key) {
        member.value = value;
        return;
      }
    }
    members_.push_back({StringNode(key), value});
  }
  void SetIfAbsent(std::string_view key, const Node& value) {
    for (const Member& member : members_) {
      if (Text(member.key) == key && !IsNull(member.value)) return;
    }
    Set(key, value);
  }
  [[nodiscard]] Node Build(internal::Storage& storage) const { return storage.MakeObject(members_, offset_); }

 private:
  std::uint32_t offset_;
  std::vector<Member> members_;
};

bool CliqueNeedsDefaults(const Node& clique) {
  const Node spec = FindOrNull(clique, "spec");
  const Node pod_spec = FindOrNull(spec, "podSpec");
  const Node* auto_scaling = FindPresent(spec, "autoScalingConfig");
  return IsZeroMember(spec, "replicas")                                                        // D-02
         || FindPresent(spec, "minAvailable") == nullptr                                       // D-03
         || (auto_scaling != nullptr && FindPresent(*auto_scaling, "minReplicas") == nullptr)  // D-04
         || IsBlankMember(pod_spec, "restartPolicy")                                           // D-05
         || FindPresent(pod_spec, "terminationGracePeriodSeconds") == nullptr;                 // D-06
}

bool GroupNeedsDefaults(const Node& group) {
  const Node* scale = FindPresent(group, "scaleConfig");
  return scale != nullptr && FindPresent(*scale, "minReplicas") == nullptr;  // D-07
}

Node DefaultPodSpec(const Node& pod_spec, internal::Storage& storage) {
  ObjectEditor edited(pod_spec);
  if (IsBlankMember(pod_spec, "restartPolicy")) edited.Set("restartPolicy", StringNode(kDefaultRestartPolicy));  // D-05
  edited.SetIfAbsent("terminationGracePeriodSeconds", NumberNode(kDefaultGracePeriodSeconds));                   // D-06
  return edited.Build(storage);
}

// Sets `minReplicas` of the autoscaling configuration `key` of `parent`, if there is one and it has none (D-04, D-07).
void DefaultMinReplicas(const Node& parent, std::string_view key, const Node& replicas, ObjectEditor& edited,
                        internal::Storage& storage) {
  const Node* config = FindPresent(parent, key);
  if (config == nullptr) return;
  ObjectEditor edited_config(*config);
  edited_config.SetIfAbsent("minReplicas", replicas);
  edited.Set(key, edited_config.Build(storage));
}

Node DefaultClique(const Node& clique, internal::Storage& storage) {
  const Node spec = FindOrNull(clique, "spec");
  const Node input_replicas = FindOrNull(spec, "replicas");
  ObjectEditor edited_spec(spec);
  if (IsZeroMember(spec, "replicas")) edited_spec.Set("replicas", NumberNode("1"));     // D-02
  edited_spec.SetIfAbsent("minAvailable", input_replicas);                              // D-03: the input value
  DefaultMinReplicas(spec, "autoScalingConfig", input_replicas, edited_spec, storage);  // D-04: the input value
  edited_spec.Set("podSpec", DefaultPodSpec(FindOrNull(spec, "podSpec"), storage));
  ObjectEditor edited(clique);
  edited.Set("spec", edited_spec.Build(storage));
  return edited.Build(storage);
}

Node DefaultGroup(const Node& group, internal::Storage& storage) {
  if (!GroupNeedsDefaults(group)) return group;
  ObjectEditor edited(group);
  DefaultMinReplicas(group, "scaleConfig", FindOrNull(group, "replicas"), edited, storage);  // D-07
  return edited.Build(storage);
}

template <class Function>
Node MapElements(const Node& list, internal::Storage& storage, Function&& function) {
  std::vector<Node> elements;
  elements.reserve(Elements(list).size());
  for (const Node& element : Elements(list)) elements.push_back(function(element, storage));
  return storage.MakeArray(elements, list.offset);
}

Node DefaultTemplate(const Node& set_template, internal::Storage& storage) {
  ObjectEditor edited(set_template);
  edited.Set("cliques", MapElements(FindOrNull(set_template, "cliques"), storage, DefaultClique));  // D-10
  if (const Node* groups = FindPresent(set_template, "podCliqueScalingGroups")) {
    edited.Set("podCliqueScalingGroups", MapElements(*groups, storage, DefaultGroup));
  }
  edited.SetIfAbsent("terminationDelay", StringNode(kDefaultTerminationDelay));  // D-08
  if (FindPresent(set_template, "headlessServiceConfig") == nullptr) {           // D-09
    const Member publish{StringNode("publishNotReadyAddresses"), internal::BooleanNode(true)};
    edited.Set("headlessServiceConfig", storage.MakeObject({&publish, 1}));
  }
  return edited.Build(storage);
}

}  // namespace

bool NeedsWebhookDefaults(const Node& set) {
  const Node set_template = FindOrNull(FindOrNull(set, "spec"), "template");
  const Node* cliques = FindPresent(set_template, "cliques");
  const Node* groups = FindPresent(set_template, "podCliqueScalingGroups");
  if (IsBlankMember(FindOrNull(set, "metadata"), "namespace")) return true;        // D-01
  if (cliques == nullptr || groups == nullptr) return true;                        // D-10
  if (FindPresent(set_template, "terminationDelay") == nullptr) return true;       // D-08
  if (FindPresent(set_template, "headlessServiceConfig") == nullptr) return true;  // D-09
  for (const Node& clique : Elements(*cliques)) {
    if (CliqueNeedsDefaults(clique)) return true;
  }
  for (const Node& group : Elements(*groups)) {
    if (GroupNeedsDefaults(group)) return true;
  }
  return false;
}

Node ApplyWebhookDefaults(const Node& set, internal::Storage& storage) {
  ObjectEditor edited(set);
  const Node metadata = FindOrNull(set, "metadata");
  if (IsBlankMember(metadata, "namespace")) {  // D-01
    ObjectEditor edited_metadata(metadata);
    edited_metadata.Set("namespace", StringNode(kDefaultNamespace));
    edited.Set("metadata", edited_metadata.Build(storage));
  }
  const Node spec = FindOrNull(set, "spec");
  ObjectEditor edited_spec(spec);
  edited_spec.Set("template", DefaultTemplate(FindOrNull(spec, "template"), storage));
  edited.Set("spec", edited_spec.Build(storage));
  return edited.Build(storage);
}

}  // namespace grove::admission
