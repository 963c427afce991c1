#include "cli/names_table.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <vector>

#include <fmt/format.h>

#include "cli/text.h"

namespace grove::cli {

namespace {

using std::string_view;

enum class Align : std::uint8_t { kLeft, kRight };

struct Column {
  string_view title;
  Align align = Align::kLeft;
  std::string (*cell)(const ChildNames& child);
};

constexpr std::array kColumns = {
    Column{"KIND", Align::kLeft,
           [](const ChildNames& child) { return std::string(2 * child.depth, ' ') + child.kind; }},
    Column{"NAME", Align::kLeft, [](const ChildNames& child) { return child.name; }},
    Column{"LEFT", Align::kRight, [](const ChildNames& child) { return std::to_string(child.left); }},
    Column{"OF", Align::kRight, [](const ChildNames& child) { return std::to_string(NameLimitBytes(child.limit)); }},
    Column{"BOUND BY", Align::kLeft, [](const ChildNames& child) { return std::string(NameLimitId(child.limit)); }},
    Column{"DNS NAME, OR WHAT IS SCALED", Align::kLeft,
           [](const ChildNames& child) {
             if (!child.dns_name.empty()) return child.dns_name;
             return child.kind == "HorizontalPodAutoscaler" ? "scales " + child.scale_target : std::string();
           }},
};

using Row = std::array<std::string, kColumns.size()>;

std::string Pad(const std::string& cell, std::size_t width, Align align) {
  const std::string blanks(width - std::min(width, Columns(cell)), ' ');
  return align == Align::kLeft ? cell + blanks : blanks + cell;
}

void AppendRow(const Row& row, const std::array<std::size_t, kColumns.size()>& widths, Ink ink, bool color,
               std::string& out) {
  std::string line;
  for (std::size_t c = 0; c < row.size(); ++c) {
    line += Pad(row[c], widths[c], kColumns[c].align);
    if (c + 1 < row.size()) line += "  ";
  }
  line.erase(line.find_last_not_of(' ') + 1);
  out += Paint(color, ink, line);
  out += '\n';
}

std::string TableOf(const NameBudget& budget, bool color) {
  std::array<std::size_t, kColumns.size()> widths{};
  std::vector<Row> rows(1);
  for (std::size_t c = 0; c < kColumns.size(); ++c) rows[0][c] = kColumns[c].title;
  for (const ChildNames& child : budget.children) {
    Row& row = rows.emplace_back();
    for (std::size_t c = 0; c < kColumns.size(); ++c) row[c] = Printable(kColumns[c].cell(child));
  }
  for (const Row& row : rows) {
    for (std::size_t c = 0; c < row.size(); ++c) widths[c] = std::max(widths[c], Columns(row[c]));
  }
  std::string out;
  AppendRow(rows[0], widths, Ink::kDim, color, out);
  for (std::size_t r = 0; r < budget.children.size(); ++r) {
    AppendRow(rows[r + 1], widths, budget.children[r].left < 0 ? Ink::kError : Ink::kNone, color, out);
  }
  return out;
}

void AppendChange(const NameChange& change, string_view word, std::string& out) {
  fmt::format_to(std::back_inserter(out), "    {:<6} shorten {} \"{}\" to {}{} ({})\n", word, change.part,
                 Printable(change.name), Count(static_cast<std::int64_t>(change.longest), "byte"),
                 change.proposal.empty() ? std::string() : fmt::format(", as in \"{}\"", Printable(change.proposal)),
                 change.field);
}

void AppendLongName(const LongName& name, bool color, std::string& out) {
  fmt::format_to(std::back_inserter(out), "{} {} {}: {} bytes, where {} may have {}\n",
                 Paint(color, Ink::kError, "too long:"), name.kind, Printable(name.longest), name.used,
                 NameLimitText(name.limit), NameLimitBytes(name.limit));
  if (name.changes.empty() && name.together.empty()) out += "    no name is short enough: use fewer replicas\n";
  const std::size_t ways = name.changes.size() + (name.together.empty() ? 0 : 1);
  for (std::size_t i = 0; i < name.changes.size(); ++i) {
    AppendChange(name.changes[i], ways == 1 ? "" : i == 0 ? "either" : "or", out);
  }
  for (std::size_t i = 0; i < name.together.size(); ++i) {
    AppendChange(name.together[i], i > 0 ? "and" : ways == 1 ? "" : "or", out);
  }
}

}  // namespace

std::string NamesTable(const NameBudget& budget, const TableStyle& style) {
  std::string out = TableOf(budget, style.color);
  if (!budget.too_long.empty()) out += '\n';
  for (const LongName& name : budget.too_long) AppendLongName(name, style.color, out);
  return out;
}

std::string LimitsLegend(const std::set<NameLimit>& limits) {
  std::string out;
  for (const NameLimit limit : limits) {
    fmt::format_to(std::back_inserter(out), "{}: {}, at most {} bytes\n", NameLimitId(limit), NameLimitText(limit),
                   NameLimitBytes(limit));
  }
  return out;
}

}  // namespace grove::cli
