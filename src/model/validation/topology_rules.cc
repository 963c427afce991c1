// Rules of topology constraints, on create and on the repair of an old set (spec 03 §7.1 to §7.5).
#include "model/validation/constraint_visit.h"
#include "model/validation/inherited_names.h"
#include "model/validation/set_context.h"

namespace grove::validation {
namespace {

// V-200: the domains that the constraint refers to, or null.
Value ReferencedDomains(const TopologyConstraint& constraint) {
  const std::string& required = RequiredDomain(constraint);
  const std::string& preferred = PreferredDomain(constraint);
  std::vector<std::string> domains;
  if (!required.empty()) domains.push_back(required);
  if (!preferred.empty() && preferred != required) domains.push_back(preferred);
  return domains.empty() ? Value() : StringListValue(domains);
}

void ForbidConstraints(const SetContext& context) {
  VisitConstraints(context.template_spec, ConstraintOrder::kSetCliquesGroups,
                   [&](const ConstraintPlace& place, const TopologyConstraint& constraint) {
                     const ConstraintPath path(place);
                     context.findings.Add(ErrorType::kInvalid, path.path(), ReferencedDomains(constraint), "V-200",
                                          "must not be set while topologyAwareScheduling is off");
                   });
}

// Names of the bindings that the constraints refer to (§7.2).
class NameResolution {
 public:
  explicit NameResolution(const SetContext& context) : context_(context), inherited_(context) {}

  // The one name of all constraints; empty if there is an error.
  std::string_view Resolve() {
    VisitConstraints(context_.template_spec, ConstraintOrder::kSetGroupsCliques,
                     [this](const ConstraintPlace& place, const TopologyConstraint& constraint) {
                       Record(place, ResolveOne(place, constraint.topology_name));
                     });
    if (conflict_) ReportConflict();
    return failed_ || conflict_ ? std::string_view{} : first_name_;
  }

 private:
  // V-210, V-211. Empty if there is an error.
  std::string_view ResolveOne(const ConstraintPlace& place, std::string_view own) {
    const std::string_view inherited = inherited_.For(place);
    if (own.empty() && inherited.empty()) {
      const ConstraintPath path(place);
      context_.findings.Add(ErrorType::kRequired, path.Child("topologyName"), "V-210",
                            "must be set: there is no constraint above to inherit it from");
      failed_ = true;
      return {};
    }
    if (!own.empty() && !inherited.empty() && own != inherited) {
      const ConstraintPath path(place);
      context_.findings.Add(
          ErrorType::kInvalid, path.Child("topologyName"), own, "V-211",
          Concat({Quoted(own), " must be ", Quoted(inherited), ", the topologyName of the constraint above"}));
      failed_ = true;
      return {};
    }
    return own.empty() ? inherited : own;
  }

  void Record(const ConstraintPlace& place, std::string_view name) {
    if (name.empty()) return;
    if (first_name_.empty()) first_name_ = name;
    conflict_ = conflict_ || name != first_name_;
    inherited_.Record(place, name);
  }

  void ReportConflict() {
    VisitConstraints(context_.template_spec, ConstraintOrder::kSetGroupsCliques,
                     [this](const ConstraintPlace& place, const TopologyConstraint& constraint) {
                       if (constraint.topology_name.empty()) return;
                       const ConstraintPath path(place);
                       context_.findings.Add(ErrorType::kInvalid, path.Child("topologyName"), constraint.topology_name,
                                             "V-212",
                                             Concat({"all constraints of a set must name one topology, not ",
                                                     Quoted(constraint.topology_name), " beside others"}));
                     });
  }

  const SetContext& context_;
  InheritedNames inherited_;
  std::string_view first_name_;
  bool failed_ = false;
  bool conflict_ = false;
};

// V-215. V-216, a lookup that fails, cannot happen: all bindings are given.
const ClusterTopologyBinding* FindBinding(const SetContext& context, std::string_view name) {
  for (const ClusterTopologyBinding& binding : context.input.context.topologies) {
    if (binding.metadata.name == name) return &binding;
  }
  const FieldPath root;
  context.findings.Add(ErrorType::kInvalid, root.Child("spec.template.topologyConstraint.topologyName"), name, "V-215",
                       Concat({"there is no ClusterTopologyBinding ", Quoted(name)}));
  const NameList names = CollectNames(
      context.input.context.topologies,
      [](const ClusterTopologyBinding& binding) { return std::string_view(binding.metadata.name); }, context.scratch);
  context.findings.SuggestFrom(names, name);
  return nullptr;
}

struct DomainMember {
  std::string_view member;
  std::string_view (*domain)(const TopologyConstraint&);
};

constexpr DomainMember kDomainMembers[] = {
    {"packDomain", [](const TopologyConstraint& constraint) -> std::string_view { return constraint.pack_domain; }},
    {"pack.required",
     [](const TopologyConstraint& constraint) {
       return constraint.pack.has_value() ? std::string_view(constraint.pack->required) : std::string_view{};
     }},
    {"pack.preferred",
     [](const TopologyConstraint& constraint) -> std::string_view { return PreferredDomain(constraint); }},
};

// V-220. Whether all domains exist.
bool ValidateDomains(const SetContext& context, const NameIndex& levels) {
  bool valid = true;
  VisitConstraints(context.template_spec, ConstraintOrder::kSetCliquesGroups,
                   [&](const ConstraintPlace& place, const TopologyConstraint& constraint) {
                     for (const DomainMember& row : kDomainMembers) {
                       const std::string_view domain = row.domain(constraint);
                       if (domain.empty() || levels.Contains(domain)) continue;
                       valid = false;
                       const ConstraintPath path(place);
                       context.findings.Add(ErrorType::kInvalid, path.Child(row.member), domain, "V-220",
                                            Concat({"the topology has no level ", Quoted(domain), ", only ",
                                                    JoinDistinct(levels, ", ")}));
                       context.findings.SuggestFrom(levels.names(), domain);
                     }
                   });
  return valid;
}

NameIndex IndexLevels(const SetContext& context, const ClusterTopologyBinding& binding) {
  return {CollectNames(
              binding.spec.levels, [](const TopologyLevel& level) { return std::string_view(level.domain); },
              context.scratch),
          context.scratch};
}

// Whether `narrower` is a level below `broader`, both being known.
bool IsNarrower(const NameIndex& levels, std::string_view narrower, std::string_view broader) {
  if (narrower.empty() || broader.empty()) return false;
  const std::optional<std::size_t> narrower_level = levels.Find(narrower);
  const std::optional<std::size_t> broader_level = levels.Find(broader);
  return narrower_level.has_value() && broader_level.has_value() && *narrower_level > *broader_level;
}

// Required is compared with required, preferred with preferred (O-16), and the parent gets the error.
struct Comparison {
  const std::string& (*domain)(const TopologyConstraint&);
  std::string_view member;  // below the parent's constraint
  std::string_view set_and_clique;
  std::string_view set_and_group;
  std::string_view group_and_clique;
};

constexpr Comparison kComparisons[] = {
    {RequiredDomain, "", "V-230", "V-232", "V-234"},
    {PreferredDomain, "pack.preferred", "V-231", "V-233", "V-235"},
};

class Hierarchy {
 public:
  Hierarchy(const SetContext& context, const NameIndex& levels) : context_(context), levels_(levels) {}

  void Validate() const {
    const PodCliqueSetTemplateSpec& spec = context_.template_spec;
    if (spec.topology_constraint.has_value()) {
      const ConstraintPlace set{ConstraintLevel::kSet, 0};
      for (const PodCliqueTemplateSpec& clique : spec.cliques) {
        Compare(set, *spec.topology_constraint, clique.topology_constraint, clique.name, &Comparison::set_and_clique);
      }
      for (const PodCliqueScalingGroupConfig& group : spec.pod_clique_scaling_groups) {
        Compare(set, *spec.topology_constraint, group.topology_constraint, group.name, &Comparison::set_and_group);
      }
    }
    for (std::size_t i = 0; i < spec.pod_clique_scaling_groups.size(); ++i) {
      ValidateMembers({ConstraintLevel::kGroup, i}, spec.pod_clique_scaling_groups[i]);
    }
  }

 private:
  void ValidateMembers(const ConstraintPlace& place, const PodCliqueScalingGroupConfig& group) const {
    if (!group.topology_constraint.has_value()) return;
    for (const std::string& name : group.clique_names) {
      const std::optional<std::size_t> position = context_.clique_names.Find(name);
      if (!position.has_value()) continue;
      Compare(place, *group.topology_constraint, context_.template_spec.cliques[*position].topology_constraint, name,
              &Comparison::group_and_clique);
    }
  }

  void Compare(const ConstraintPlace& place, const TopologyConstraint& parent,
               const std::optional<TopologyConstraint>& child, std::string_view child_name,
               std::string_view Comparison::*rule) const {
    if (!child.has_value()) return;
    for (const Comparison& comparison : kComparisons) {
      const std::string& parent_domain = comparison.domain(parent);
      const std::string& child_domain = comparison.domain(*child);
      if (!IsNarrower(levels_, parent_domain, child_domain)) continue;
      const ConstraintPath path(place);
      context_.findings.Add(ErrorType::kInvalid, path.Child(comparison.member), parent_domain, comparison.*rule,
                            Concat({Quoted(parent_domain), " must not be narrower than ", Quoted(child_domain), " of ",
                                    Quoted(child_name)}));
    }
  }

  const SetContext& context_;
  const NameIndex& levels_;
};

bool HasConstraint(const PodCliqueSetTemplateSpec& spec) {
  bool found = false;
  VisitConstraints(spec, ConstraintOrder::kSetCliquesGroups,
                   [&found](const ConstraintPlace&, const TopologyConstraint&) { found = true; });
  return found;
}

}  // namespace

const ClusterTopologyBinding* ValidateTopologyConstraints(const SetContext& context) {
  if (!HasConstraint(context.template_spec)) return nullptr;
  if (!context.configuration.topology_aware_scheduling.enabled) {
    ForbidConstraints(context);
    return nullptr;
  }
  const std::string_view name = NameResolution(context).Resolve();
  if (name.empty()) return nullptr;
  const ClusterTopologyBinding* binding = FindBinding(context, name);
  if (binding == nullptr) return nullptr;
  const NameIndex levels = IndexLevels(context, *binding);
  if (ValidateDomains(context, levels)) Hierarchy(context, levels).Validate();
  return binding;
}

void WarnAboutTopologyConstraints(const SetContext& context, const ClusterTopologyBinding& binding) {
  const NameIndex levels = IndexLevels(context, binding);
  VisitConstraints(context.template_spec, ConstraintOrder::kSetCliquesGroups,
                   [&](const ConstraintPlace& place, const TopologyConstraint& constraint) {
                     const std::string& required = RequiredDomain(constraint);
                     const std::string& preferred = PreferredDomain(constraint);
                     if (!IsNarrower(levels, required, preferred)) return;
                     const ConstraintPath path(place);
                     context.findings.Warn(path.Child("pack.preferred"), kPreferredBroaderThanRequired,
                                           Concat({Quoted(preferred), " is broader than pack.required (",
                                                   Quoted(required), "), so that it has no effect"}));
                   });
}

}  // namespace grove::validation
