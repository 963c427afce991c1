#include "cli/tree.h"

#include <algorithm>
#include <array>
#include <limits>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "cli/text.h"

namespace grove::cli {

namespace {

using std::string_view;

constexpr std::size_t kLeastNoteColumns = 24;

struct Glyphs {
  string_view tee;
  string_view elbow;
  string_view bar;
  string_view blank;
  string_view times;
  string_view dash;
  string_view separator;
};
constexpr Glyphs kUnicode = {"├─ ", "└─ ", "│  ", "   ", "×", "–", " · "};
constexpr Glyphs kAscii = {"|- ", "`- ", "|  ", "   ", "x", "-", ", "};

enum class Step : std::uint8_t { kSame, kNext, kOther };

Step StepBetween(const NamePart& a, const NamePart& b) {
  if (a.text != b.text || a.index.has_value() != b.index.has_value()) return Step::kOther;
  if (!a.index.has_value() || (a.index == b.index && a.last == b.last)) return Step::kSame;
  return *b.index == a.last + 1 ? Step::kNext : Step::kOther;
}

// Whether `b` is `a` again, its indices the same or the next ones.
bool Continues(const TreeNode& a, const TreeNode& b) {
  if (a.kind != b.kind || a.minimum != b.minimum || a.pods != b.pods || a.gpus != b.gpus || a.notes != b.notes) {
    return false;
  }
  const auto follows = [](const NamePart& x, const NamePart& y) { return StepBetween(x, y) != Step::kOther; };
  return std::equal(a.name.begin(), a.name.end(), b.name.begin(), b.name.end(), follows) &&
         std::equal(a.children.begin(), a.children.end(), b.children.begin(), b.children.end(),
                    [](const TreeNode& x, const TreeNode& y) { return x.copies == y.copies && Continues(x, y); });
}

bool Advances(const TreeNode& a, const TreeNode& b) {
  return !std::equal(a.name.begin(), a.name.end(), b.name.begin(), b.name.end(),
                     [](const NamePart& x, const NamePart& y) { return StepBetween(x, y) == Step::kSame; });
}

void ExtendIndices(TreeNode& a, const TreeNode& b) {
  for (std::size_t i = 0; i < a.name.size(); ++i) a.name[i].last = b.name[i].last;
  for (std::size_t i = 0; i < a.children.size(); ++i) ExtendIndices(a.children[i], b.children[i]);
}

std::string NameWith(const TreeNode& node, const Glyphs& glyphs) {
  std::string name;
  for (const NamePart& part : node.name) {
    if (!part.index.has_value()) {
      name += Printable(part.text);
    } else if (*part.index == part.last) {
      name += fmt::to_string(part.last);
    } else if (part.inside_name) {
      name += fmt::format("{{{}..{}}}", *part.index, part.last);
    } else {
      name += fmt::format("{}{}{}", *part.index, glyphs.dash, part.last);
    }
  }
  return name;
}

std::string Label(const TreeNode& node, const Glyphs& glyphs, bool color) {
  std::string label = Paint(color, Ink::kDim, node.kind) + " " + Paint(color, Ink::kName, NameWith(node, glyphs));
  if (node.copies > 1) label += Paint(color, Ink::kBold, fmt::format(" {}{}", glyphs.times, node.copies));
  return label;
}

struct Row {
  const TreeNode* node;
  std::string prefix;        // what stands left of the label
  std::string continuation;  // what stands left of further lines of the same row
};

void AddRows(const TreeNode& node, const std::string& prefix, const std::string& below, const Glyphs& glyphs,
             std::vector<Row>& rows) {
  rows.push_back({&node, prefix, below + std::string(node.children.empty() ? glyphs.blank : glyphs.bar)});
  for (std::size_t i = 0; i < node.children.size(); ++i) {
    const bool last = i + 1 == node.children.size();
    AddRows(node.children[i], below + std::string(last ? glyphs.elbow : glyphs.tee),
            below + std::string(last ? glyphs.blank : glyphs.bar), glyphs, rows);
  }
}

std::size_t Digits(std::int64_t number) { return fmt::formatted_size("{}", number); }

// A column of numbers.
struct Column {
  string_view head;
  std::optional<std::int64_t> (*number)(const TreeNode& node);
};
constexpr std::array kColumns = {
    Column{"pods", [](const TreeNode& node) -> std::optional<std::int64_t> { return node.pods; }},
    Column{"min", [](const TreeNode& node) { return node.minimum; }},
    Column{"GPUs", [](const TreeNode& node) { return node.gpus > 0 ? std::optional(node.gpus) : std::nullopt; }},
};

class Drawing {
 public:
  Drawing(const TreeNode& root, const DrawStyle& style) : style_(style), glyphs_(style.ascii ? kAscii : kUnicode) {
    AddRows(root, "", "", glyphs_, rows_);
    for (const Row& row : rows_) {
      label_width_ = std::max(label_width_, Columns(row.prefix) + Columns(Label(*row.node, glyphs_, false)));
      for (std::size_t i = 0; i < kColumns.size(); ++i) {
        const auto number = kColumns[i].number(*row.node);
        if (number.has_value()) widths_[i] = std::max({widths_[i], kColumns[i].head.size(), Digits(*number)});
      }
    }
    note_column_ = label_width_ + kGap;
    for (const std::size_t width : widths_) note_column_ += width == 0 ? 0 : width + kGap;
  }

  std::string Run() {
    std::string heads(label_width_, ' ');
    for (std::size_t i = 0; i < kColumns.size(); ++i) AppendCell(kColumns[i].head, Ink::kDim, i, heads);
    AppendLine(std::move(heads));
    for (const Row& row : rows_) DrawRow(row);
    return std::move(out_);
  }

 private:
  static constexpr std::size_t kGap = 2;

  // A column without a number in any row is left out.
  void AppendCell(string_view text, Ink ink, std::size_t column, std::string& line) const {
    if (widths_[column] == 0) return;
    line.append(kGap + widths_[column] - text.size(), ' ');
    line += Paint(style_.color, ink, text);
  }

  // Notes in lines of at most `width` columns, broken between notes, within one only where it has no line of its own.
  [[nodiscard]] std::vector<std::string> NoteLines(const TreeNode& node, std::size_t width) const {
    std::vector<std::string> lines;
    const auto append = [&](string_view text, string_view separator) {
      if (!lines.empty() && Columns(lines.back()) + Columns(separator) + Columns(text) <= width) {
        lines.back().append(separator).append(text);
      } else {
        lines.emplace_back(text);
      }
    };
    for (const std::string& raw : node.notes) {
      const std::string note = Note(raw);
      if (Columns(note) <= width) {
        append(note, glyphs_.separator);
        continue;
      }
      string_view separator = glyphs_.separator;
      for (std::size_t at = 0; at < note.size(); separator = " ") {
        const std::size_t end = std::min(note.find(' ', at), note.size());
        append(string_view(note).substr(at, end - at), separator);
        at = end + 1;
      }
    }
    return lines;
  }

  // As it is drawn: spans of numbers with the dash of the style.
  [[nodiscard]] std::string Note(string_view raw) const {
    std::string note;
    for (std::size_t at = 0; at < raw.size();) {
      const std::size_t dash = std::min(raw.find(kUnicode.dash, at), raw.size());
      note += Printable(raw.substr(at, dash - at));
      if (dash < raw.size()) note += glyphs_.dash;
      at = dash + kUnicode.dash.size();
    }
    return note;
  }

  void AppendLine(std::string line) {
    line.resize(line.find_last_not_of(' ') + 1);
    out_ += line;
    out_ += '\n';
  }

  void DrawRow(const Row& row) {
    const TreeNode& node = *row.node;
    const std::size_t used = Columns(row.prefix) + Columns(Label(node, glyphs_, false));
    std::string line = Paint(style_.color, Ink::kDim, row.prefix) + Label(node, glyphs_, style_.color);
    line.append(label_width_ - used, ' ');
    for (std::size_t i = 0; i < kColumns.size(); ++i) {
      const auto number = kColumns[i].number(node);
      AppendCell(number.has_value() ? fmt::to_string(*number) : std::string(), Ink::kNumber, i, line);
    }
    // Names may be so long that notes have no room beside them.
    const bool beside = note_column_ + kLeastNoteColumns <= style_.width;
    const std::size_t indent = beside ? note_column_ : Columns(row.continuation) + kGap;
    const std::vector<std::string> lines = NoteLines(node, style_.width - std::min(indent, style_.width - 1));
    std::size_t next = 0;
    if (beside && !lines.empty()) line.append(kGap, ' ').append(lines[next++]);
    AppendLine(std::move(line));
    for (; next < lines.size(); ++next) {
      AppendLine(Paint(style_.color, Ink::kDim, row.continuation) +
                 std::string(indent - Columns(row.continuation), ' ') + lines[next]);
    }
  }

  const DrawStyle& style_;
  const Glyphs& glyphs_;
  std::vector<Row> rows_;
  std::size_t label_width_ = 0;
  std::array<std::size_t, kColumns.size()> widths_{};
  std::size_t note_column_ = 0;
  std::string out_;
};

}  // namespace

void AddChild(TreeNode& parent, TreeNode node) {
  parent.pods = SaturatingAdd(parent.pods, node.pods);
  parent.gpus = SaturatingAdd(parent.gpus, node.gpus);
  if (!parent.children.empty()) {
    TreeNode& last = parent.children.back();
    if (Continues(last, node) && Advances(last, node)) {
      ExtendIndices(last, node);
      last.copies += node.copies;
      return;
    }
  }
  parent.children.push_back(std::move(node));
}

std::string TreeName(const TreeNode& node) { return NameWith(node, kUnicode); }

std::string DrawTree(const TreeNode& root, const DrawStyle& style) { return Drawing(root, style).Run(); }

std::string WrapList(const std::string& head, const std::vector<std::string>& items, std::size_t indent,
                     std::size_t width) {
  std::string out = head;
  std::size_t column = Columns(head);
  for (std::size_t i = 0; i < items.size(); ++i) {
    const std::string item = items[i] + (i + 1 < items.size() ? "," : "");
    if (i > 0 && column + 1 + Columns(item) > width) {
      out += '\n' + std::string(indent, ' ');
      column = indent;
    } else {
      out += ' ';
      ++column;
    }
    out += item;
    column += Columns(item);
  }
  return out + '\n';
}

std::int64_t SaturatingAdd(std::int64_t a, std::int64_t b) {
  std::int64_t sum = 0;
  return __builtin_add_overflow(a, b, &sum) ? std::numeric_limits<std::int64_t>::max() : sum;
}

std::int64_t SaturatingMultiply(std::int64_t a, std::int64_t b) {
  std::int64_t product = 0;
  return __builtin_mul_overflow(a, b, &product) ? std::numeric_limits<std::int64_t>::max() : product;
}

}  // namespace grove::cli
