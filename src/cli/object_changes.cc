#include "cli/object_changes.h"

#include <array>
#include <cstddef>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "grove/manifest.hpp"

#include "cli/text.h"

namespace grove::cli {

namespace {

using std::string_view;

// Values up to this length stand on the line of their field.
constexpr std::size_t kShort = 60;
// So many names are told of objects that share a paragraph.
constexpr std::size_t kNames = 3;

struct Look {
  string_view sign;
  Ink ink;
  string_view verb;
};

Look LookOf(ObjectAction action) {
  constexpr std::array kLooks = {Look{"+", Ink::kAdded, "created"}, Look{"~", Ink::kNumber, "changed"},
                                 Look{"-", Ink::kError, "deleted"}};
  return kLooks[static_cast<std::size_t>(action)];
}

bool IsScalar(const Value& value) { return !value.is_object() && !value.is_array(); }

std::string ShortText(const std::optional<Value>& value) {
  return value.has_value() ? Printable(value->ToJson()) : "(absent)";
}

// The value in lines of YAML, each after `sign`; JSON if the library writes no YAML.
std::string Block(const Value& value, string_view sign, Ink ink, bool color) {
  std::string text = WriteManifest(value, OutputFormat::kYaml);
  if (text.empty()) text = WriteManifest(value, OutputFormat::kJson);
  std::string out;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string line = fmt::format("{} {}", sign, Printable(string_view(text).substr(begin, end - begin)));
    out += fmt::format("      {}\n", Paint(color, ink, line));
    begin = end + 1;
  }
  return out;
}

std::string FieldText(const FieldChange& field, bool color) {
  const bool scalars =
      (!field.before.has_value() || IsScalar(*field.before)) && (!field.after.has_value() || IsScalar(*field.after));
  const std::string before = ShortText(field.before);
  const std::string after = ShortText(field.after);
  const std::string path = Printable(field.path);
  if (scalars && before.size() + after.size() <= kShort) {
    return fmt::format("    {}: {} -> {}\n", path, Paint(color, Ink::kError, before), Paint(color, Ink::kAdded, after));
  }
  std::string out = fmt::format("    {}:\n", path);
  if (field.before.has_value()) out += Block(*field.before, "-", Ink::kError, color);
  if (field.after.has_value()) out += Block(*field.after, "+", Ink::kAdded, color);
  return out;
}

// Objects with the same kind, action and text below their names.
struct Paragraph {
  const ObjectChange* first = nullptr;
  std::vector<std::string> names;
  std::string body;
};

std::string NameOfObject(const ObjectReference& object) {
  const std::string name = Printable(object.name);
  return object.namespace_name.empty() ? name : Printable(object.namespace_name) + "/" + name;
}

std::string CauseText(DeletionCause cause) {
  switch (cause) {
    case DeletionCause::kOwnerGone:
      return " (its owner is gone)";
    case DeletionCause::kLeaked:
      return " (left behind by the operator)";
    case DeletionCause::kExcess:
    case DeletionCause::kNone:
      break;
  }
  return "";
}

class Text {
 public:
  explicit Text(const ChangesStyle& style) : style_(style) {}

  void Add(const ObjectChange& change) {
    ++counts_[static_cast<std::size_t>(change.action)];
    std::string body;
    for (const FieldChange& field : change.fields) body += FieldText(field, style_.color);
    const std::string key =
        fmt::format("{} {} {} {}\n{}", static_cast<int>(change.action), static_cast<int>(change.cause),
                    change.object.api_version, change.object.kind, body);
    const auto [entry, is_new] = positions_.try_emplace(key, paragraphs_.size());
    if (is_new) paragraphs_.push_back({&change, {}, std::move(body)});
    paragraphs_[entry->second].names.push_back(NameOfObject(change.object));
  }

  std::string Finish() && {
    if (paragraphs_.empty()) return "no differences\n";
    std::string out;
    for (const Paragraph& paragraph : paragraphs_) out += Head(paragraph) + paragraph.body;
    out += fmt::format("\n{} created, {} changed, {} deleted\n", counts_[0], counts_[1], counts_[2]);
    return out;
  }

 private:
  [[nodiscard]] std::string Head(const Paragraph& paragraph) const {
    const Look look = LookOf(paragraph.first->action);
    std::string names;
    for (std::size_t i = 0; i < std::min(paragraph.names.size(), kNames); ++i) {
      names += (i == 0 ? " " : ", ") + Paint(style_.color, Ink::kName, paragraph.names[i]);
    }
    if (paragraph.names.size() > kNames) names += fmt::format(" and {} more", paragraph.names.size() - kNames);
    return fmt::format("{} {}{}{}\n", Paint(style_.color, look.ink, look.sign), paragraph.first->object.kind, names,
                       style_.causes ? CauseText(paragraph.first->cause) : "");
  }

  ChangesStyle style_;
  std::vector<Paragraph> paragraphs_;
  std::map<std::string, std::size_t> positions_;
  std::array<std::size_t, 3> counts_{};
};

}  // namespace

std::string ChangesAsText(const ObjectDiff& diff, const ChangesStyle& style) {
  Text text(style);
  for (const ObjectChange& change : diff.changes) text.Add(change);
  return std::move(text).Finish();
}

}  // namespace grove::cli
