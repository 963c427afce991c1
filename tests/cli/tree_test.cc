#include "cli/tree.h"

#include <limits>
#include <string>

#include <gtest/gtest.h>

namespace grove::cli {
namespace {

TreeNode Leaf(const std::string& kind, const std::string& name, std::int64_t pods) {
  TreeNode node;
  node.kind = kind;
  node.name = {{name, std::nullopt, 0, false}};
  node.pods = pods;
  return node;
}

TreeNode Indexed(const std::string& kind, const std::string& name, std::int64_t index, bool inside_name) {
  TreeNode node;
  node.kind = kind;
  node.name = {{name, std::nullopt, 0, false}, {"", index, index, inside_name}};
  return node;
}

TreeNode Replica(std::int64_t index, std::int64_t pods) {
  TreeNode gang = Indexed("gang", "x-", index, true);
  AddChild(gang, Leaf("clique", "a", pods));
  TreeNode replica = Indexed("replica", "", index, false);
  AddChild(replica, std::move(gang));
  return replica;
}

TEST(TreeTest, IdenticalNeighboursAreDrawnOnce) {
  TreeNode root = Leaf("set", "x", 0);
  for (int i = 0; i < 3; ++i) AddChild(root, Replica(i, 2));
  AddChild(root, Replica(3, 1));
  AddChild(root, Replica(4, 2));
  ASSERT_EQ(root.children.size(), 3u);
  EXPECT_EQ(root.children[0].copies, 3);
  EXPECT_EQ(root.pods, 9);
  EXPECT_EQ(DrawTree(root, {}),
            "                     pods\n"
            "set x                   9\n"
            "├─ replica 0–2 ×3       2\n"
            "│  └─ gang x-{0..2}     2\n"
            "│     └─ clique a       2\n"
            "├─ replica 3            1\n"
            "│  └─ gang x-3          1\n"
            "│     └─ clique a       1\n"
            "└─ replica 4            2\n"
            "   └─ gang x-4          2\n"
            "      └─ clique a       2\n");
}

TEST(TreeTest, NeighboursWithTheSameNameStayApart) {
  TreeNode root = Leaf("set", "x", 0);
  AddChild(root, Leaf("clique", "a", 1));
  AddChild(root, Leaf("clique", "a", 1));
  EXPECT_EQ(root.children.size(), 2u);
}

TEST(TreeTest, NeighboursThatDifferInNotesStayApart) {
  TreeNode root = Leaf("set", "x", 0);
  AddChild(root, Indexed("gang", "x-", 0, true));
  TreeNode other = Indexed("gang", "x-", 1, true);
  other.notes = {"different"};
  AddChild(root, std::move(other));
  EXPECT_EQ(root.children.size(), 2u);
}

TEST(TreeTest, PlainCharacters) {
  TreeNode root = Leaf("set", "x", 0);
  AddChild(root, Replica(0, 2));
  AddChild(root, Replica(1, 2));
  root.notes = {"HPA 1–2", "second"};
  EXPECT_EQ(DrawTree(root, {.ascii = true}),
            "                     pods\n"
            "set x                   4  HPA 1-2, second\n"
            "`- replica 0-1 x2       2\n"
            "   `- gang x-{0..1}     2\n"
            "      `- clique a       2\n");
}

TEST(TreeTest, NotesWrapBetweenEachOther) {
  TreeNode root = Leaf("set", "x", 1);
  root.notes = {"first note of some length", "second", "third"};
  AddChild(root, Leaf("clique", "a", 1));
  EXPECT_EQ(DrawTree(root, {.width = 45}),
            "             pods\n"
            "set x           2  first note of some length\n"
            "│                  second · third\n"
            "└─ clique a     1\n");
}

TEST(TreeTest, ANoteThatIsTooLongWrapsBetweenWords) {
  TreeNode root = Leaf("set", "x", 1);
  root.notes = {"waits for a-rather-long-name, another-long-name, b"};
  EXPECT_EQ(DrawTree(root, {.width = 45}),
            "       pods\n"
            "set x     1  waits for a-rather-long-name,\n"
            "             another-long-name, b\n");
}

TEST(TreeTest, NotesStandBelowLongNames) {
  TreeNode root = Leaf("set", std::string(40, 'x'), 1);
  root.notes = {"a note"};
  EXPECT_EQ(DrawTree(root, {.width = 60}),
            std::string(46, ' ') + "pods\nset " + std::string(40, 'x') + "     1\n     a note\n");
}

TEST(TreeTest, ColorsTakeNoColumns) {
  TreeNode root = Leaf("set", "x", 1);
  root.minimum = 1;
  EXPECT_EQ(DrawTree(root, {.color = true}),
            "       \x1b[2mpods\x1b[0m  \x1b[2mmin\x1b[0m\n"
            "\x1b[2mset\x1b[0m \x1b[1;36mx\x1b[0m     \x1b[33m1\x1b[0m    \x1b[33m1\x1b[0m\n");
}

TEST(TreeTest, WrapList) {
  EXPECT_EQ(WrapList("3 things:", {"one", "two", "three"}, 2, 20), "3 things: one, two,\n  three\n");
  EXPECT_EQ(WrapList("none:", {}, 2, 20), "none:\n");
}

TEST(TreeTest, CountsSaturate) {
  constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
  EXPECT_EQ(SaturatingAdd(kMost, 1), kMost);
  EXPECT_EQ(SaturatingMultiply(kMost / 2, 3), kMost);
  EXPECT_EQ(SaturatingAdd(1, 2), 3);
  EXPECT_EQ(SaturatingMultiply(2, 3), 6);
}

}  // namespace
}  // namespace grove::cli
