// The init container that keeps a pod from starting before those that it depends on (spec 04 §12.1).
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>

#include "planner/expansion_context.h"

namespace grove::planner {

class StartupContainer {
 public:
  // `context` must outlive this.
  explicit StartupContainer(const Context& context);

  // The container of a pod whose PodClique has `starts_after`. Of each parent as many pods must be ready as its
  // template says, which is found by the suffix rule (spec 04 §7.1). nullopt if a parent has no template.
  [[nodiscard]] std::optional<internal::Node> Make(std::span<const std::string> starts_after) const;

  // The volumes that the container mounts.
  [[nodiscard]] std::span<const internal::Node> volumes() const { return volumes_; }

 private:
  const Context& context_;
  std::array<internal::Node, 2> volumes_;
  internal::Node image_;
  internal::Node volume_mounts_;
};

}  // namespace grove::planner
