// Which PodCliques a PodClique waits for (spec 04 §7.5).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "grove/startup.hpp"

#include "planner/expansion_context.h"

namespace grove::planner {

[[nodiscard]] StartupType StartupTypeOf(const std::optional<std::string>& type);

class StartupOrder {
 public:
  // `context` must outlive this.
  explicit StartupOrder(const Context& context);

  // Whether the set has a startup type at all. If not, no PodClique can be made of it.
  [[nodiscard]] bool defined() const { return defined_; }

  // `startsAfter` of a PodClique that is built from template `source`.
  [[nodiscard]] std::vector<std::string> StartsAfter(const PodCliqueKey& key, std::uint32_t source) const;

  // Number of its elements, without making them.
  [[nodiscard]] std::int64_t Count(const PodCliqueKey& key, std::uint32_t source) const;

 private:
  // A clique that another one waits for.
  struct Parent {
    std::string_view name;
    std::uint32_t clique;  // kNone if no clique has that name
    std::uint32_t group;
  };

  [[nodiscard]] Parent MakeParent(std::string_view name) const;
  void AppendBase(std::int32_t replica, const Parent& parent, std::vector<std::string>& names) const;

  const Context& context_;
  bool defined_ = false;
  std::vector<std::vector<Parent>> parents_;  // per template
  std::vector<std::int64_t> base_counts_;     // per template: startsAfter of its base PodCliques
};

}  // namespace grove::planner
