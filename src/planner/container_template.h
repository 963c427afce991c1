// A container of a pod template, taken apart so that what Grove adds can be put in without a walk over the rest.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "model/node.h"

namespace grove::planner {

class ContainerTemplate {
 public:
  // `replaced` names the variables that Grove is going to set: those of the container are dropped.
  ContainerTemplate(const internal::Node& container, std::span<const std::string_view> replaced);

  // The container with `variables` in front of its environment and `claims` behind the claims of its resources. All but
  // these lists is shared with the template.
  [[nodiscard]] internal::Node Make(std::span<const internal::Node> variables, std::span<const internal::Node> claims,
                                    internal::Storage& storage) const;

 private:
  std::vector<internal::Member> members_;    // all but env and resources
  std::vector<internal::Node> environment_;  // without what Grove sets
  internal::Node resources_;
  std::vector<internal::Node> claims_;  // of the resources
};

// The containers of a list in a pod spec, `containers` or `initContainers`.
[[nodiscard]] std::vector<ContainerTemplate> MakeContainerTemplates(const internal::Node& pod_spec,
                                                                    std::string_view list,
                                                                    std::span<const std::string_view> replaced);

}  // namespace grove::planner
