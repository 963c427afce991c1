// The topology constraints of a set in the orders that the rules want, and their paths.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "grove/pod_clique_set.hpp"

#include "model/field_path.h"

namespace grove::validation {

enum class ConstraintLevel : std::uint8_t { kSet, kGroup, kClique };

struct ConstraintPlace {
  ConstraintLevel level;
  std::size_t index;  // of the group or clique
};

// Names are resolved downwards; everything else goes in the other order (spec 03 §7).
enum class ConstraintOrder : std::uint8_t { kSetGroupsCliques, kSetCliquesGroups };

// Path of a constraint. Its parts refer to each other, so it stays where it was made.
class ConstraintPath {
 public:
  explicit ConstraintPath(const ConstraintPlace& place)
      : list_(root_.Child(kListPaths[static_cast<std::size_t>(place.level)])),
        element_(list_.Index(place.index)),
        path_(place.level == ConstraintLevel::kSet ? root_.Child("spec.template.topologyConstraint")
                                                   : element_.Child("topologyConstraint")) {}
  ConstraintPath(const ConstraintPath&) = delete;
  ConstraintPath& operator=(const ConstraintPath&) = delete;

  [[nodiscard]] const FieldPath& path() const { return path_; }
  // The constraint itself if `member` is empty.
  [[nodiscard]] FieldPath Child(std::string_view member) const { return member.empty() ? path_ : path_.Child(member); }

 private:
  static constexpr std::array<std::string_view, 3> kListPaths = {"", "spec.template.podCliqueScalingGroups",
                                                                 "spec.template.cliques"};

  FieldPath root_;
  FieldPath list_;
  FieldPath element_;
  FieldPath path_;
};

namespace internal_visit {

template <class Element, class Visit>
void VisitList(const std::vector<Element>& elements, ConstraintLevel level, const Visit& visit) {
  for (std::size_t i = 0; i < elements.size(); ++i) {
    if (elements[i].topology_constraint.has_value()) {
      visit(ConstraintPlace{level, i}, *elements[i].topology_constraint);
    }
  }
}

}  // namespace internal_visit

// Calls `visit(place, constraint)` for each constraint of the set.
template <class Visit>
void VisitConstraints(const PodCliqueSetTemplateSpec& spec, ConstraintOrder order, const Visit& visit) {
  if (spec.topology_constraint.has_value()) {
    visit(ConstraintPlace{ConstraintLevel::kSet, 0}, *spec.topology_constraint);
  }
  if (order == ConstraintOrder::kSetGroupsCliques) {
    internal_visit::VisitList(spec.pod_clique_scaling_groups, ConstraintLevel::kGroup, visit);
    internal_visit::VisitList(spec.cliques, ConstraintLevel::kClique, visit);
  } else {
    internal_visit::VisitList(spec.cliques, ConstraintLevel::kClique, visit);
    internal_visit::VisitList(spec.pod_clique_scaling_groups, ConstraintLevel::kGroup, visit);
  }
}

}  // namespace grove::validation
