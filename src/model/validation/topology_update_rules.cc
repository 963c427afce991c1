// Rules of topology constraints on update (spec 03 §7.6, §7.7): they stay, except for two ways out of old spellings.
//
// A constraint is legacy if it has a packDomain but no topologyName. Whether a set with such constraints may change at
// all depends on what can be made of the old set; once its names are missing, an update must add all of them at once.
#include "model/validation/constraint_visit.h"
#include "model/validation/inherited_names.h"
#include "model/validation/set_context.h"

namespace grove::validation {
namespace {

using MaybeConstraint = std::optional<TopologyConstraint>;

bool IsLegacy(const TopologyConstraint& constraint) {
  return constraint.topology_name.empty() && !constraint.pack_domain.empty();
}

bool SameDomains(const TopologyConstraint& a, const TopologyConstraint& b) {
  return a.pack_domain == b.pack_domain && RequiredDomain(a) == RequiredDomain(b) &&
         PreferredDomain(a) == PreferredDomain(b);
}

// A constraint before and after the update.
struct Change {
  const MaybeConstraint& before;
  const MaybeConstraint& after;
  bool repair_allowed;

  [[nodiscard]] bool HasBoth() const { return before.has_value() && after.has_value(); }

  [[nodiscard]] bool IsChange() const {
    if (!HasBoth()) return before.has_value() != after.has_value();
    return before->topology_name != after->topology_name || !SameDomains(*before, *after);
  }

  // An absent constraint has an empty name.
  [[nodiscard]] bool RenamesTopology() const { return NameOf(before) != NameOf(after); }

  // packDomain gives way to pack.required, and nothing else happens.
  [[nodiscard]] bool IsLegalMigration() const {
    return HasBoth() && !before->pack_domain.empty() && after->pack_domain.empty() && after->pack.has_value() &&
           !after->pack->required.empty() && before->topology_name == after->topology_name &&
           RequiredDomain(*after) == before->pack_domain && PreferredDomain(*after) == PreferredDomain(*before);
  }

  // A legacy constraint gets its name.
  [[nodiscard]] bool IsRepair() const {
    return repair_allowed && HasBoth() && IsLegacy(*before) && !after->topology_name.empty() &&
           after->pack_domain == before->pack_domain;
  }

  static std::string_view NameOf(const MaybeConstraint& constraint) {
    return constraint.has_value() ? std::string_view(constraint->topology_name) : std::string_view{};
  }
};

std::string Describe(const Change& change) {
  if (!change.before.has_value()) return "a constraint must not be added to a set that exists";
  if (!change.after.has_value()) return "the constraint must not be removed";
  if (change.RenamesTopology()) {
    return Concat({"topologyName must not change, was ", Quoted(Change::NameOf(change.before)), ", is ",
                   Quoted(Change::NameOf(change.after))});
  }
  return "must not change, except that packDomain may become pack.required with the same domain";
}

bool IsForbidden(const Change& change) { return change.IsChange() && !change.IsRepair() && !change.IsLegalMigration(); }

constexpr Rule<Change> kSetRules[] = {
    {"V-250", On::kUpdate, [](const Change& change) { return change.RenamesTopology() && !change.IsRepair(); },
     ErrorType::kForbidden, "topologyName", nullptr, Describe},
    {"V-251", On::kUpdate, [](const Change& change) { return !change.RenamesTopology() && IsForbidden(change); },
     ErrorType::kForbidden, "", nullptr, Describe},
};
constexpr Rule<Change> kCliqueRules[] = {
    {"V-252", On::kUpdate, IsForbidden, ErrorType::kForbidden, "", nullptr, Describe},
};
constexpr Rule<Change> kGroupRules[] = {
    {"V-253", On::kUpdate, IsForbidden, ErrorType::kForbidden, "", nullptr, Describe},
};

// Elements go by name; one that is new had no constraint.
template <class Element>
void ValidateElements(const SetContext& context, const std::vector<Element>& before, const NameIndex& names_before,
                      const std::vector<Element>& after, ConstraintLevel level, std::span<const Rule<Change>> rules,
                      bool repair_allowed) {
  const MaybeConstraint none;
  for (std::size_t i = 0; i < after.size(); ++i) {
    const std::optional<std::size_t> position = names_before.FindLast(after[i].name);
    const Change change{position.has_value() ? before[*position].topology_constraint : none,
                        after[i].topology_constraint, repair_allowed};
    const ConstraintPath path({level, i});
    Apply<Change>(rules, context.operation, change, path.path(), context.findings);
  }
}

// V-250 to V-253.
void ValidateChanges(const SetContext& context, const SetContext& old, bool repair_allowed) {
  const PodCliqueSetTemplateSpec& before = old.template_spec;
  const PodCliqueSetTemplateSpec& after = context.template_spec;
  const Change change{before.topology_constraint, after.topology_constraint, repair_allowed};
  const ConstraintPath path({ConstraintLevel::kSet, 0});
  Apply<Change>(kSetRules, context.operation, change, path.path(), context.findings);
  ValidateElements(context, before.cliques, old.clique_names, after.cliques, ConstraintLevel::kClique, kCliqueRules,
                   repair_allowed);
  ValidateElements(context, before.pod_clique_scaling_groups, old.group_names, after.pod_clique_scaling_groups,
                   ConstraintLevel::kGroup, kGroupRules, repair_allowed);
}

// What keeps the constraints of a stored set from having one topology.
enum class Obstacle : std::uint8_t { kNone, kNoDomain, kOtherName, kNoName };

// The first obstacle in the order set, groups, cliques.
class StrictResolution {
 public:
  explicit StrictResolution(const SetContext& context) : context_(context), inherited_(context) {}

  Obstacle Resolve() {
    VisitConstraints(context_.template_spec, ConstraintOrder::kSetGroupsCliques,
                     [this](const ConstraintPlace& place, const TopologyConstraint& constraint) {
                       if (obstacle_ == Obstacle::kNone) obstacle_ = Take(place, constraint);
                     });
    return obstacle_;
  }

 private:
  Obstacle Take(const ConstraintPlace& place, const TopologyConstraint& constraint) {
    if (RequiredDomain(constraint).empty() && PreferredDomain(constraint).empty()) return Obstacle::kNoDomain;
    const std::string_view inherited = inherited_.For(place);
    const std::string_view name = constraint.topology_name.empty() ? inherited : constraint.topology_name;
    if (name.empty()) return Obstacle::kNoName;
    if (!inherited.empty() && name != inherited) return Obstacle::kOtherName;
    if (!first_name_.empty() && name != first_name_) return Obstacle::kOtherName;
    first_name_ = name;
    inherited_.Record(place, name);
    return Obstacle::kNone;
  }

  const SetContext& context_;
  InheritedNames inherited_;
  std::string_view first_name_;
  Obstacle obstacle_ = Obstacle::kNone;
};

bool HasLegacyConstraint(const PodCliqueSetTemplateSpec& spec) {
  bool found = false;
  VisitConstraints(spec, ConstraintOrder::kSetGroupsCliques,
                   [&found](const ConstraintPlace&, const TopologyConstraint& constraint) {
                     found = found || IsLegacy(constraint);
                   });
  return found;
}

void ReportUnresolvable(const SetContext& context, std::string_view rule, std::string_view detail) {
  const ConstraintPath path({ConstraintLevel::kSet, 0});
  context.findings.Add(ErrorType::kInternal, path.Child("topologyName"), rule, std::string(detail));
}

// An update that adds all missing names is allowed if the set is valid then.
void ValidateRepair(const SetContext& context, const SetContext& old) {
  const std::size_t before = context.findings.errors().size();
  ValidateChanges(context, old, /*repair_allowed=*/true);
  if (context.findings.errors().size() == before) static_cast<void>(ValidateTopologyConstraints(context));
}

}  // namespace

void ValidateTopologyUpdate(const SetContext& context, const SetContext& old) {
  if (!HasLegacyConstraint(old.template_spec)) {
    ValidateChanges(context, old, /*repair_allowed=*/false);
    return;
  }
  switch (StrictResolution(old).Resolve()) {
    case Obstacle::kNone:
      ValidateChanges(context, old, /*repair_allowed=*/false);
      break;
    case Obstacle::kNoDomain:
      ReportUnresolvable(context, "V-260", "the stored set has a constraint without any domain");
      break;
    case Obstacle::kOtherName:
      ReportUnresolvable(context, "V-261", "the constraints of the stored set name several topologies");
      break;
    case Obstacle::kNoName:
      ValidateRepair(context, old);
      break;
  }
}

void WarnAboutPackDomains(const SetContext& context) {
  VisitConstraints(context.template_spec, ConstraintOrder::kSetCliquesGroups,
                   [&](const ConstraintPlace& place, const TopologyConstraint& constraint) {
                     if (constraint.pack_domain.empty()) return;
                     const ConstraintPath path(place);
                     context.findings.Warn(path.Child("packDomain"), kPackDomainDeprecated,
                                           Concat({"packDomain is deprecated: move ", Quoted(constraint.pack_domain),
                                                   " to ", path.Child("pack.required").ToString()}));
                   });
}

}  // namespace grove::validation
