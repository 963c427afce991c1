#include "cli/tree.h"

#include <algorithm>
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

std::string Label(const TreeNode& node, const Glyphs& glyphs, bool color) {
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
  std::string label = Paint(color, Ink::kDim, node.kind) + " " + Paint(color, Ink::kName, name);
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

class Drawing {
 public:
  Drawing(const TreeNode& root, const DrawStyle& style) : style_(style), glyphs_(style.ascii ? kAscii : kUnicode) {
    AddRows(root, "", "", glyphs_, rows_);
    for (const Row& row : rows_) {
      const TreeNode& node = *row.node;
      label_width_ = std::max(label_width_, Columns(row.prefix) + Columns(Label(node, glyphs_, false)));
      pods_width_ = std::max(pods_width_, Digits(node.pods));
      if (node.minimum.has_value()) minimum_width_ = std::max(minimum_width_, Digits(*node.minimum));
      if (node.gpus > 0) gpus_width_ = std::max(gpus_width_, Digits(node.gpus));
    }
  }

  std::string Run() {
    for (const Row& row : rows_) DrawRow(row);
    return std::move(out_);
  }

 private:
  // "min 2 of 4 pods  16 GPUs", each number under those of other rows.
  [[nodiscard]] std::string Counts(const TreeNode& node, bool color) const {
    std::string counts;
    if (node.minimum.has_value()) {
      counts =
          fmt::format("min {} of ", Paint(color, Ink::kNumber, fmt::format("{:>{}}", *node.minimum, minimum_width_)));
    } else if (minimum_width_ > 0) {
      counts.append(minimum_width_ + 8, ' ');
    }
    counts += fmt::format("{} {}", Paint(color, Ink::kNumber, fmt::format("{:>{}}", node.pods, pods_width_)),
                          node.pods == 1 ? "pod " : "pods");
    if (gpus_width_ == 0) return counts;
    if (node.gpus == 0) return counts + std::string(gpus_width_ + 7, ' ');
    return counts + fmt::format("  {} {}", Paint(color, Ink::kNumber, fmt::format("{:>{}}", node.gpus, gpus_width_)),
                                node.gpus == 1 ? "GPU " : "GPUs");
  }

  // Notes in lines of at most `width` columns.
  [[nodiscard]] std::vector<std::string> NoteLines(const TreeNode& node, std::size_t width) const {
    std::vector<std::string> lines;
    for (const std::string& raw : node.notes) {
      const std::string note = Printable(raw);
      if (!lines.empty() && Columns(lines.back()) + Columns(glyphs_.separator) + Columns(note) <= width) {
        lines.back() += std::string(glyphs_.separator) + note;
      } else {
        lines.push_back(note);
      }
    }
    return lines;
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
    line.append(label_width_ - used + 2, ' ');
    line += Counts(node, style_.color);
    const std::size_t beside = label_width_ + Columns(Counts(node, false)) + 4;
    const bool fits = beside + kLeastNoteColumns <= style_.width;
    const std::size_t note_column = fits ? beside : Columns(row.continuation) + 2;
    const std::size_t room = style_.width > note_column ? style_.width - note_column : 1;
    const std::vector<std::string> lines = NoteLines(node, room);
    std::size_t next = 0;
    if (fits && !lines.empty()) line += "  " + lines[next++];
    AppendLine(std::move(line));
    for (; next < lines.size(); ++next) {
      AppendLine(Paint(style_.color, Ink::kDim, row.continuation) +
                 std::string(note_column - Columns(row.continuation), ' ') + lines[next]);
    }
  }

  const DrawStyle& style_;
  const Glyphs& glyphs_;
  std::vector<Row> rows_;
  std::size_t label_width_ = 0;
  std::size_t minimum_width_ = 0;
  std::size_t pods_width_ = 0;
  std::size_t gpus_width_ = 0;
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
