// Trees as text: rows with counts, identical neighbours drawn once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace grove::cli {

// A part of a name: a text, or the index that tells siblings apart.
struct NamePart {
  std::string text;                   // empty for an index
  std::optional<std::int64_t> index;  // of the first sibling that the row stands for
  std::int64_t last = 0;              // index of the last one
  bool inside_name = false;           // part of an object's name: a span is written `{0..2}`, else `0–2`
};

struct TreeNode {
  std::string kind;
  std::vector<NamePart> name;
  std::int64_t copies = 1;              // siblings that the row stands for; all counts are those of one
  std::optional<std::int64_t> minimum;  // pods that must be there
  std::int64_t pods = 0;
  std::int64_t gpus = 0;
  std::vector<std::string> notes;
  std::vector<TreeNode> children;
};

// Appends `node` and adds its counts to the parent's. If it differs from the last child in nothing but consecutive
// indices, here and below, the last child comes to stand for it too.
void AddChild(TreeNode& parent, TreeNode node);

// The name that the row has: "decode replica 0–1".
[[nodiscard]] std::string TreeName(const TreeNode& node);

struct DrawStyle {
  bool color = false;
  bool ascii = false;
  std::size_t width = 100;  // columns; only names that are too long exceed it
};

// The tree, one row per line, notes wrapped below each other.
[[nodiscard]] std::string DrawTree(const TreeNode& root, const DrawStyle& style);

// `items` joined by commas, in lines of `width` columns; lines after the first are indented by `indent`.
[[nodiscard]] std::string WrapList(const std::string& head, const std::vector<std::string>& items, std::size_t indent,
                                   std::size_t width);

// The sum, or the largest number if that is larger than any.
[[nodiscard]] std::int64_t SaturatingAdd(std::int64_t a, std::int64_t b);
[[nodiscard]] std::int64_t SaturatingMultiply(std::int64_t a, std::int64_t b);

}  // namespace grove::cli
