// The name budget of a set as a table for people.
#pragma once

#include <set>
#include <string>

#include "grove/name_budget.hpp"

namespace grove::cli {

struct TableStyle {
  bool color = false;
};

// A row per kind of children, indented as they belong to each other; below it what is too long, and what would fit.
[[nodiscard]] std::string NamesTable(const NameBudget& budget, const TableStyle& style);

// What the limits that the budgets have met mean, one line each.
[[nodiscard]] std::string LimitsLegend(const std::set<NameLimit>& limits);

}  // namespace grove::cli
