// What the lint rules look at, and where they put what they find.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "grove/lint.hpp"

#include "model/node.h"
#include "model/validation/rule_table.h"
#include "planner/set_layout.h"
#include "planner/template_lookup.h"
#include "planner/translate/backend.h"

namespace grove::planner::lint {

// A set and what is computed of it once.
struct Subject {
  // Borrows all arguments. `document` is the set as it is stored.
  Subject(const PodCliqueSet& pod_clique_set, const Value& stored, const AdmissionContext& admission);

  [[nodiscard]] const PodCliqueTemplateSpec& clique(std::size_t i) const { return spec.cliques[i]; }
  [[nodiscard]] const PodCliqueScalingGroupConfig& group(std::size_t g) const {
    return spec.pod_clique_scaling_groups[g];
  }
  [[nodiscard]] bool IsMember(std::size_t i) const { return group_of[i] != kNone; }
  // Some other clique waits for it.
  [[nodiscard]] bool IsParent(std::size_t i) const { return !children[i].empty(); }
  [[nodiscard]] bool StartsInOrder() const;

  const PodCliqueSet& set;
  const PodCliqueSetTemplateSpec& spec;
  const Value& document;
  const AdmissionContext& context;
  const Backend& backend;  // that the pods go to
  SetLayout layout;
  std::vector<std::uint32_t> group_of;               // per clique its scaling group, or kNone
  std::vector<std::vector<std::uint32_t>> parents;   // per clique those that it waits for, in their order
  std::vector<std::vector<std::uint32_t>> children;  // the reverse
};

// Replicas and minAvailable of a scaling group, defaulted; the most replicas that its autoscaler may ask for.
[[nodiscard]] std::int32_t ReplicasOf(const PodCliqueScalingGroupConfig& group);
[[nodiscard]] std::int32_t MinAvailableOf(const PodCliqueScalingGroupConfig& group);
[[nodiscard]] std::int32_t MostReplicasOf(const PodCliqueScalingGroupConfig& group);
[[nodiscard]] std::int32_t MinAvailableOf(const PodCliqueTemplateSpec& clique);
// Replicas beyond minAvailable exist, or may come to.
[[nodiscard]] bool HasScaledReplicas(const PodCliqueScalingGroupConfig& group);

// Whether the user wrote the value, which stands at `keys` below `object`; in doubt, as for sets that no text holds,
// true. Some defaults are copies of a value beside them and so have its place: `unless` is the key of that.
[[nodiscard]] bool IsWritten(const Subject& subject, const internal::Node& object,
                             std::initializer_list<std::string_view> keys, std::string_view unless = {});
// The clique as it stands in the document; a null node if it does not.
[[nodiscard]] internal::Node CliqueNode(const Subject& subject, std::size_t i);
// Member of a pod spec, null if there is none or it is null.
[[nodiscard]] const internal::Node* PodMember(const PodCliqueTemplateSpec& clique, std::string_view key);
// Text of a member of a pod spec, empty if there is none.
[[nodiscard]] std::string_view PodText(const PodCliqueTemplateSpec& clique, std::string_view key);

// "spec.template.cliques[2].<member>", "spec.template.podCliqueScalingGroups[0].<member>".
[[nodiscard]] std::string CliquePath(std::size_t i, std::string_view member);
[[nodiscard]] std::string GroupPath(std::size_t g, std::string_view member);

using validation::Concat;
using validation::Quoted;
// `"a", "b" and "c"`; the rest is counted where there are more than four.
[[nodiscard]] std::string QuotedList(std::span<const std::string_view> texts);
// "1 pod", "2 pods".
[[nodiscard]] std::string Counted(std::int64_t number, std::string_view noun);

// Takes the findings of one rule.
class Report {
 public:
  Report(const LintRule& rule, std::vector<Finding>& out) : rule_(rule), out_(out) {}

  void Add(std::string field, std::string detail, std::string fix) {
    out_.push_back({rule_.severity,
                    Stage::kLint,
                    std::nullopt,
                    std::move(field),
                    std::nullopt,
                    std::move(detail),
                    {},
                    rule_.id,
                    {},
                    std::move(fix)});
  }

 private:
  const LintRule& rule_;
  std::vector<Finding>& out_;
};

// One row per rule. A rule is about sets or about topology bindings; the other function is null.
struct BindingSubject {
  const ClusterTopologyBinding& binding;
  const AdmissionContext& context;
};

struct Row {
  LintRule rule;
  void (*check_set)(const Subject& subject, Report& report) = nullptr;
  void (*check_binding)(const BindingSubject& subject, Report& report) = nullptr;
};

// The families, each in the file of its name, by ascending id.
[[nodiscard]] std::span<const Row> NameRules();
[[nodiscard]] std::span<const Row> GangRules();
[[nodiscard]] std::span<const Row> TopologyRules();
[[nodiscard]] std::span<const Row> ScalingRules();
[[nodiscard]] std::span<const Row> StartupRules();
[[nodiscard]] std::span<const Row> WaitingRules();
[[nodiscard]] std::span<const Row> PodRules();

}  // namespace grove::planner::lint
