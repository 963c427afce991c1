#include "planner/diff/ownership.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "model/document_diff.h"
#include "model/naming.h"
#include "model/node.h"

namespace grove::planner {
namespace {

using internal::Elements;
using internal::Find;
using internal::Member;
using internal::Members;
using internal::Node;
using internal::Storage;
using internal::Text;

using std::string_view;

// How Grove writes a field of an object that exists.
enum class Mode : std::uint8_t {
  kReplace,      // its value, or nothing
  kUnion,        // a map: its entries win, others stay
  kAppend,       // a list of strings: what is missing is added
  kController,   // ownerReferences: its controller is added where there is none
  kGangMap,      // a map of a PodGang: foreign keys go, those of Grove's prefix stay (PG-45…PG-47)
  kServiceSpec,  // replaced whole; what the API server fills in comes back by itself (O-26)
  kMetrics,      // likewise, where Grove writes none
  kGate,         // of schedulingGates only Grove's goes (spec 04 §11.5)
};

struct Row {
  string_view parent;  // "metadata" or "spec"; empty: the field stands at the top
  string_view field;
  Mode mode;
};

constexpr Row kController{"metadata", "ownerReferences", Mode::kController};
constexpr Row kLabels{"metadata", "labels", Mode::kReplace};
constexpr Row kMoreLabels{"metadata", "labels", Mode::kUnion};
constexpr Row kAnnotations{"metadata", "annotations", Mode::kReplace};
constexpr Row kFinalizers{"metadata", "finalizers", Mode::kAppend};

constexpr std::array kSet = {kFinalizers};
constexpr std::array kServiceAccount = {kLabels, kController, Row{"", "automountServiceAccountToken", Mode::kReplace}};
constexpr std::array kService = {kLabels, kController, Row{"", "spec", Mode::kServiceSpec}};
constexpr std::array kAutoscaler = {kLabels,
                                    kController,
                                    Row{"spec", "scaleTargetRef", Mode::kReplace},
                                    Row{"spec", "minReplicas", Mode::kReplace},
                                    Row{"spec", "maxReplicas", Mode::kReplace},
                                    Row{"spec", "metrics", Mode::kMetrics}};
constexpr std::array kClaim = {kMoreLabels, kController};
constexpr std::array kGroup = {kLabels,
                               kAnnotations,
                               kController,
                               kFinalizers,
                               Row{"spec", "minAvailable", Mode::kReplace},
                               Row{"spec", "cliqueNames", Mode::kReplace}};
constexpr std::array kPodClique = {kLabels,
                                   kAnnotations,
                                   kController,
                                   kFinalizers,
                                   Row{"spec", "roleName", Mode::kReplace},
                                   Row{"spec", "podSpec", Mode::kReplace},
                                   Row{"spec", "minAvailable", Mode::kReplace},
                                   Row{"spec", "startsAfter", Mode::kReplace},
                                   Row{"spec", "autoScalingConfig", Mode::kReplace}};
constexpr std::array kGang = {Row{"metadata", "labels", Mode::kGangMap},
                              Row{"metadata", "annotations", Mode::kGangMap},
                              kController,
                              Row{"spec", "podgroups", Mode::kReplace},
                              Row{"spec", "topologyConstraint", Mode::kReplace},
                              Row{"spec", "topologyConstraintGroupConfigs", Mode::kReplace},
                              Row{"spec", "priorityClassName", Mode::kReplace}};
constexpr std::array kPod = {Row{"spec", "schedulingGates", Mode::kGate}};
// The queue is the live object's; the switches beside it are KAI's (SB-43).
constexpr std::array kKaiPodGroup = {kMoreLabels,
                                     Row{"metadata", "annotations", Mode::kUnion},
                                     kController,
                                     Row{"spec", "minMember", Mode::kReplace},
                                     Row{"spec", "minSubGroup", Mode::kReplace},
                                     Row{"spec", "preemptibility", Mode::kReplace},
                                     Row{"spec", "priorityClassName", Mode::kReplace},
                                     Row{"spec", "topologyConstraint", Mode::kReplace},
                                     Row{"spec", "subGroups", Mode::kReplace}};
constexpr std::array kVolcanoPodGroup = {kMoreLabels,
                                         kController,
                                         Row{"spec", "minMember", Mode::kReplace},
                                         Row{"spec", "subGroupPolicy", Mode::kReplace},
                                         Row{"spec", "queue", Mode::kReplace},
                                         Row{"spec", "priorityClassName", Mode::kReplace}};

struct Kind {
  string_view kind;
  string_view group;  // only where two kinds have one name
  std::span<const Row> rows;
};

// Kinds that are not here are never written again.
constexpr std::array kKinds = {
    Kind{"PodCliqueSet", "", kSet},
    Kind{"ServiceAccount", "", kServiceAccount},
    Kind{"Service", "", kService},
    Kind{"HorizontalPodAutoscaler", "", kAutoscaler},
    Kind{"ResourceClaim", "", kClaim},
    Kind{"PodCliqueScalingGroup", "", kGroup},
    Kind{"PodClique", "", kPodClique},
    Kind{"PodGang", "", kGang},
    Kind{"Pod", "", kPod},
    Kind{"PodGroup", "scheduling.run.ai", kKaiPodGroup},
    Kind{"PodGroup", "scheduling.volcano.sh", kVolcanoPodGroup},
};

// Members of a Service's spec that the API server fills in.
constexpr std::array kFilledIn = {string_view("clusterIPs"),      string_view("internalTrafficPolicy"),
                                  string_view("ipFamilies"),      string_view("ipFamilyPolicy"),
                                  string_view("sessionAffinity"), string_view("type")};

class Overlay {
 public:
  Overlay(const Value& live, const Value& desired) : desired_(desired), storage_(std::make_shared<Storage>()) {
    storage_->Keep(live.storage());
    storage_->Keep(desired.storage());
    result_ = live.node();
  }

  void Write(const Row& row) {
    const Node* parent = row.parent.empty() ? &result_ : Find(result_, row.parent);
    const Node* wanted = row.parent.empty() ? &desired_.node() : Find(desired_.node(), row.parent);
    const Node* old_value = parent == nullptr ? nullptr : Find(*parent, row.field);
    const Node* new_value = wanted == nullptr ? nullptr : Find(*wanted, row.field);
    const std::optional<Node> value = Combine(row.mode, old_value, new_value);
    const Node changed = With(parent, row.field, value);
    result_ = row.parent.empty() ? changed : With(&result_, row.parent, changed);
  }

  Value Finish() { return {result_, storage_}; }

 private:
  // `object` with that member set, or without it.
  Node With(const Node* object, string_view key, const std::optional<Node>& value) {
    std::vector<Member> members;
    bool found = false;
    if (object != nullptr) {
      for (const Member& member : Members(*object)) {
        const bool is_it = Text(member.key) == key;
        found = found || is_it;
        if (!is_it) {
          members.push_back(member);
        } else if (value.has_value()) {
          members.push_back({member.key, *value});
        }
      }
    }
    if (!found && value.has_value()) members.push_back({internal::StringNode(key), *value});
    return storage_->MakeObject(members);
  }

  std::optional<Node> Combine(Mode mode, const Node* live, const Node* desired) {
    const auto copy = [](const Node* node) { return node == nullptr ? std::nullopt : std::optional<Node>(*node); };
    switch (mode) {
      case Mode::kReplace:
        return copy(desired);
      case Mode::kUnion:
        return Joined(live, desired, [](string_view) { return true; });
      case Mode::kGangMap:
        return Joined(live, desired,
                      [](string_view key) { return key.starts_with(keys::kPrefix) && key != keys::kTopologyName; });
      case Mode::kServiceSpec:
        return Joined(live, desired, [](string_view key) { return std::ranges::count(kFilledIn, key) > 0; });
      case Mode::kAppend:
        return Appended(live, desired);
      case Mode::kController:
        return HasController(live) ? copy(live) : Appended(live, desired);
      case Mode::kMetrics:
        return internal::SaysNothing(desired) && IsDefaultMetrics(live) ? copy(live) : copy(desired);
      case Mode::kGate:
        return IsGated(desired) ? copy(live) : WithoutGate(live);
    }
    return std::nullopt;
  }

  // The entries of `desired`, and those of `live` that `keeps` names.
  template <class Keeps>
  std::optional<Node> Joined(const Node* live, const Node* desired, Keeps keeps) {
    std::vector<Member> members;
    if (live != nullptr) {
      for (const Member& member : Members(*live)) {
        const Node* other = desired == nullptr ? nullptr : Find(*desired, Text(member.key));
        if (other != nullptr) {
          members.push_back({member.key, *other});
        } else if (keeps(Text(member.key))) {
          members.push_back(member);
        }
      }
    }
    if (desired != nullptr) {
      for (const Member& member : Members(*desired)) {
        if (live == nullptr || Find(*live, Text(member.key)) == nullptr) members.push_back(member);
      }
    }
    return storage_->MakeObject(members);
  }

  std::optional<Node> Appended(const Node* live, const Node* desired) {
    std::vector<Node> elements;
    for (const Node* list : {live, desired}) {
      if (list == nullptr) continue;
      for (const Node& element : Elements(*list)) {
        const bool known =
            std::ranges::any_of(elements, [&](const Node& other) { return internal::NodesEqual(element, other); });
        if (!known) elements.push_back(element);
      }
    }
    return storage_->MakeArray(elements);
  }

  static bool HasController(const Node* owners) {
    if (owners == nullptr) return false;
    return std::ranges::any_of(Elements(*owners), [](const Node& owner) {
      const Node* controller = Find(owner, "controller");
      return controller != nullptr && internal::KindOf(*controller) == internal::Kind::kBoolean &&
             controller->size != 0;
    });
  }

  // What the API server writes where no metric is given: the average use of the CPU.
  static bool IsDefaultMetrics(const Node* metrics) {
    if (metrics == nullptr || Elements(*metrics).size() != 1) return internal::SaysNothing(metrics);
    const Value by_default = Value::FromJson(
        R"([{"type":"Resource","resource":{"name":"cpu","target":{"type":"Utilization","averageUtilization":80}}}])");
    return internal::SameContent(metrics, &by_default.node());
  }

  static bool IsGroveGate(const Node& gate) {
    const Node* name = Find(gate, "name");
    return name != nullptr && Text(*name) == keys::kSchedulingGate;
  }
  static bool IsGated(const Node* gates) {
    return gates != nullptr && std::ranges::any_of(Elements(*gates), IsGroveGate);
  }
  std::optional<Node> WithoutGate(const Node* gates) {
    if (gates == nullptr) return std::nullopt;
    std::vector<Node> left;
    std::ranges::remove_copy_if(Elements(*gates), std::back_inserter(left), IsGroveGate);
    if (left.empty()) return std::nullopt;
    return storage_->MakeArray(left);
  }

  const Value& desired_;
  std::shared_ptr<Storage> storage_;
  Node result_;
};

}  // namespace

Value WrittenOver(string_view kind, string_view api_version, bool is_untouched, const Value& live,
                  const Value& desired) {
  if (is_untouched) return live;
  const auto row = std::ranges::find_if(kKinds, [&](const Kind& entry) {
    return entry.kind == kind && (entry.group.empty() || api_version.starts_with(entry.group));
  });
  if (row == kKinds.end()) return live;
  Overlay overlay(live, desired);
  for (const Row& field : row->rows) overlay.Write(field);
  return overlay.Finish();
}

}  // namespace grove::planner
