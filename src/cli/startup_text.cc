// The startup order as text for people.
#include <algorithm>
#include <iterator>
#include <utility>

#include <fmt/format.h>

#include "cli/startup_view.h"
#include "cli/text.h"

namespace grove::cli {

namespace {

using std::string_view;

constexpr std::size_t kWidth = 100;
constexpr std::size_t kLeastListWidth = 30;

string_view NameOf(StartupType type) {
  switch (type) {
    case StartupType::kNone:
      return "no startup type";
    case StartupType::kAnyOrder:
      return "starts in any order";
    case StartupType::kInOrder:
      return "starts in list order";
    case StartupType::kExplicit:
      return "explicit startup";
  }
  return {};
}

// Rows of cells in columns, the last of which is a list that is wrapped.
class Table {
 public:
  explicit Table(std::vector<std::string> heads) : heads_(std::move(heads)), widths_(heads_.size()) { Widen(heads_); }

  void Add(std::vector<std::string> cells, std::vector<std::string> list) {
    for (std::string& cell : cells) cell = Printable(cell);
    for (std::string& item : list) item = Printable(item);
    Widen(cells);
    rows_.push_back({std::move(cells), std::move(list)});
  }

  [[nodiscard]] std::string ToText(bool color) const {
    std::size_t indent = 0;
    for (std::size_t i = 0; i + 1 < heads_.size(); ++i) indent += widths_[i] + kGap;
    std::string out = Paint(color, Ink::kDim, Line(heads_, heads_.size())) + "\n";
    for (const Row& row : rows_) {
      std::string line = Line(row.cells, heads_.size() - 1);
      if (!row.list.empty()) line.resize(line.size() + indent - Columns(line), ' ');
      out += line;
      std::size_t column = indent;
      for (std::size_t i = 0; i < row.list.size(); ++i) {
        const std::string item = row.list[i] + (i + 1 < row.list.size() ? "," : "");
        const bool wraps = i > 0 && column + 1 + Columns(item) > std::max(kWidth, indent + kLeastListWidth);
        if (wraps) {
          out += "\n" + std::string(indent, ' ');
          column = indent;
        } else if (i > 0) {
          out += ' ';
          ++column;
        }
        out += item;
        column += Columns(item);
      }
      out += '\n';
    }
    return out;
  }

 private:
  static constexpr std::size_t kGap = 2;

  struct Row {
    std::vector<std::string> cells;
    std::vector<std::string> list;
  };

  void Widen(const std::vector<std::string>& cells) {
    for (std::size_t i = 0; i < cells.size(); ++i) widths_[i] = std::max(widths_[i], Columns(cells[i]));
  }

  // Cells of numbers stand to the right.
  [[nodiscard]] std::string Line(const std::vector<std::string>& cells, std::size_t count) const {
    std::string line;
    for (std::size_t i = 0; i < count && i < cells.size(); ++i) {
      const std::size_t blanks = widths_[i] - Columns(cells[i]);
      const bool number =
          !cells[i].empty() && std::ranges::all_of(cells[i], [](char c) { return c >= '0' && c <= '9'; });
      if (number) line.append(blanks, ' ');
      line += cells[i];
      if (!number) line.append(blanks, ' ');
      line.append(kGap, ' ');
    }
    line.resize(line.find_last_not_of(' ') + 1);
    return line;
  }

  std::vector<std::string> heads_;
  std::vector<std::size_t> widths_;
  std::vector<Row> rows_;
};

std::string WaveText(const std::optional<std::uint32_t>& wave) {
  return wave.has_value() ? fmt::to_string(*wave) : "never";
}

// By wave, then by place; what never starts comes last.
template <class T>
std::vector<std::uint32_t> InOrderOfWaves(const std::vector<T>& items, std::size_t count) {
  std::vector<std::uint32_t> order(count);
  for (std::uint32_t i = 0; i < count; ++i) order[i] = i;
  std::ranges::stable_sort(order, {}, [&](std::uint32_t i) { return items[i].wave.value_or(UINT32_MAX); });
  return order;
}

Table TableOfCliques(const StartupGraph& graph) {
  const bool grouped =
      std::ranges::any_of(graph.cliques, [](const StartupClique& c) { return !c.scaling_group.empty(); });
  std::vector<std::string> heads = {"wave", "clique"};
  if (grouped) heads.emplace_back("scaling group");
  heads.insert(heads.end(), {"pods", "min", "waits for"});
  Table table(std::move(heads));
  for (const std::uint32_t i : InOrderOfWaves(graph.cliques, graph.cliques.size())) {
    const StartupClique& clique = graph.cliques[i];
    std::vector<std::string> cells = {WaveText(clique.wave), clique.name};
    if (grouped) cells.push_back(clique.scaling_group);
    cells.push_back(fmt::to_string(clique.replicas));
    cells.push_back(fmt::to_string(clique.min_available));
    std::vector<std::string> list;
    for (const std::uint32_t parent : clique.parents) list.push_back(graph.cliques[parent].name);
    for (const std::string& name : clique.unknown_parents) list.push_back(name + " (no such clique)");
    table.Add(std::move(cells), std::move(list));
  }
  return table;
}

std::string PodCliquesAsText(const SetStartup& startup, bool color) {
  const std::vector<StartupPodClique>& all = startup.pod_cliques.pod_cliques;
  const auto of_first = static_cast<std::size_t>(
      std::ranges::find_if(all, [](const StartupPodClique& p) { return p.replica != 0; }) - all.begin());
  if (of_first == 0) return {};
  Table table({"wave", "PodClique", "PodGang", "waits for Ready pods"});
  for (const std::uint32_t i : InOrderOfWaves(all, of_first)) {
    std::vector<std::string> list;
    for (const StartupParent& parent : all[i].starts_after) {
      list.push_back(fmt::format("{} of {}", parent.min_available, parent.name));
    }
    table.Add({WaveText(all[i].wave), all[i].name, all[i].pod_gang}, std::move(list));
  }
  const std::string head =
      startup.replicas > 1 ? fmt::format("replica 0 of {}, which are alike", startup.replicas) : "replica 0";
  return "\n" + Paint(color, Ink::kBold, head) + "\n" + table.ToText(color);
}

template <class NameOfNode>
std::string CyclesAsText(const std::vector<std::vector<std::uint32_t>>& cycles, NameOfNode name_of, bool color) {
  std::string out;
  for (const std::vector<std::uint32_t>& cycle : cycles) {
    out += Paint(color, Ink::kError, "cycle:") + " ";
    for (const std::uint32_t i : cycle) out += Printable(name_of(i)) + " waits for ";
    out += Printable(name_of(cycle.front())) + "\n";
  }
  return out;
}

}  // namespace

std::string StartupTitle(const SetStartup& startup) {
  std::string title =
      fmt::format("{}/{}: {}", Printable(startup.namespace_name), Printable(startup.name), NameOf(startup.graph.type));
  if (!startup.graph.starts()) return title + ", some cliques never start";
  return title + ", " + Count(static_cast<std::int64_t>(startup.graph.waves.size()), "wave");
}

std::string StartupAsText(const SetStartup& startup, bool color) {
  std::string out = Paint(color, Ink::kBold, StartupTitle(startup)) + "\n\n";
  out += TableOfCliques(startup.graph).ToText(color);
  out += PodCliquesAsText(startup, color);
  std::string troubles = CyclesAsText(
      startup.graph.cycles, [&](std::uint32_t i) { return startup.graph.cliques[i].name; }, color);
  // Those of the cliques show in every PodClique; others are worth a line.
  if (startup.graph.cycles.empty()) {
    troubles += CyclesAsText(
        startup.pod_cliques.cycles, [&](std::uint32_t i) { return startup.pod_cliques.pod_cliques[i].name; }, color);
  }
  return troubles.empty() ? out : out + "\n" + troubles;
}

}  // namespace grove::cli
