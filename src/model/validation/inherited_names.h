// Which topologyName a constraint inherits from those above it (spec 01 §2.4, 03 §7.2).
#pragma once

#include <string_view>

#include "model/validation/constraint_visit.h"
#include "model/validation/set_context.h"

namespace grove::validation {

// Filled in while the constraints are visited in the order kSetGroupsCliques.
class InheritedNames {
 public:
  explicit InheritedNames(const SetContext& context) : context_(context), parent_of_clique_(context.scratch) {}

  // A set inherits from nothing, a group from the set, a clique from the first group that has a name, else the set.
  [[nodiscard]] std::string_view For(const ConstraintPlace& place) const {
    if (place.level == ConstraintLevel::kClique && !parent_of_clique_.empty()) {
      const std::string_view name =
          parent_of_clique_[*context_.clique_names.Find(context_.clique_names.names()[place.index])];
      if (!name.empty()) return name;
    }
    return set_name_;
  }

  // The constraint at `place` has this name, its own or an inherited one. Not empty.
  void Record(const ConstraintPlace& place, std::string_view name) {
    if (place.level == ConstraintLevel::kSet) set_name_ = name;
    if (place.level != ConstraintLevel::kGroup) return;
    parent_of_clique_.resize(context_.clique_names.size());
    for (const std::string& clique : context_.template_spec.pod_clique_scaling_groups[place.index].clique_names) {
      const std::optional<std::size_t> position = context_.clique_names.Find(clique);
      if (position.has_value() && parent_of_clique_[*position].empty()) parent_of_clique_[*position] = name;
    }
  }

 private:
  const SetContext& context_;
  std::string_view set_name_;
  NameList parent_of_clique_;  // name of the constraint of each clique's group; by first position of the clique's name
};

}  // namespace grove::validation
