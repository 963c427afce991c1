#include "planner/startup_order.h"

#include "model/naming.h"

namespace grove::planner {

namespace {

constexpr std::string_view kInOrder = "CliqueStartupTypeInOrder";
constexpr std::string_view kExplicit = "CliqueStartupTypeExplicit";

}  // namespace

StartupType StartupTypeOf(const std::optional<std::string>& type) {
  if (!type.has_value()) return StartupType::kNone;
  if (*type == kInOrder) return StartupType::kInOrder;
  return *type == kExplicit ? StartupType::kExplicit : StartupType::kAnyOrder;
}

StartupOrder::StartupOrder(const Context& context) : context_(context) {
  const StartupType type = StartupTypeOf(context.template_spec().clique_startup_type);
  defined_ = type != StartupType::kNone;
  const std::vector<PodCliqueTemplateSpec>& cliques = context.template_spec().cliques;
  parents_.resize(cliques.size());
  base_counts_.resize(cliques.size());
  for (std::size_t i = 0; i < cliques.size(); ++i) {
    if (type == StartupType::kInOrder && i > 0) parents_[i].push_back(MakeParent(cliques[i - 1].name));
    if (type == StartupType::kExplicit) {
      for (const std::string& name : cliques[i].spec.starts_after) parents_[i].push_back(MakeParent(name));
    }
    for (const Parent& parent : parents_[i]) {
      base_counts_[i] += parent.group == kNone ? 1 : context.groups[parent.group].min_available;
    }
  }
}

StartupOrder::Parent StartupOrder::MakeParent(std::string_view name) const {
  const std::uint32_t clique = FindTemplateByName(context_.template_spec().cliques, name);
  return {name, clique, clique == kNone ? kNone : context_.cliques[clique].group};
}

void StartupOrder::AppendBase(std::int32_t replica, const Parent& parent, std::vector<std::string>& names) const {
  if (parent.group == kNone) {
    names.push_back(naming::ChildName(context_.name(), replica, parent.name));
    return;
  }
  const std::string group = ScalingGroupName(context_, replica, parent.group);
  // All replicas that the base gang has by template, whether they exist or not (O-30).
  for (std::int32_t j = 0; j < context_.groups[parent.group].min_available; ++j) {
    names.push_back(naming::MemberName(group, j, parent.name));
  }
}

std::vector<std::string> StartupOrder::StartsAfter(const PodCliqueKey& key, std::uint32_t source) const {
  std::vector<std::string> names;
  if (context_.IsBase(key)) {
    names.reserve(static_cast<std::size_t>(base_counts_[source]));
    for (const Parent& parent : parents_[source]) AppendBase(key.replica, parent, names);
    return names;
  }
  // A scaled replica waits inside itself only.
  for (const Parent& parent : parents_[source]) {
    if (parent.group != key.group) continue;
    names.push_back(
        naming::MemberName(ScalingGroupName(context_, key.replica, key.group), key.group_replica, parent.name));
  }
  return names;
}

std::int64_t StartupOrder::Count(const PodCliqueKey& key, std::uint32_t source) const {
  return context_.IsBase(key) ? base_counts_[source] : static_cast<std::int64_t>(parents_[source].size());
}

}  // namespace grove::planner
