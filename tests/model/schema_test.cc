#include "model/schema.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "model/field_index.h"
#include "model/kubernetes/kubernetes_schema.h"

namespace grove::schema {
namespace {

TEST(FindField, EveryFieldOfEveryType) {
  for (const Type* type : kubernetes::kObjectTypes) {
    Type without_index = *type;
    without_index.index = {};
    for (const Field& field : type->fields) {
      EXPECT_EQ(FindField(*type, field.name), &field) << type->name << "." << field.name;
      EXPECT_EQ(FindField(without_index, field.name), &field) << type->name << "." << field.name;
    }
  }
}

// Names one edit away from a field are not mistaken for it, with and without an index.
TEST(FindField, NothingElse) {
  for (const Type* type : kubernetes::kObjectTypes) {
    Type without_index = *type;
    without_index.index = {};
    std::set<std::string> known;
    for (const Field& field : type->fields) known.insert(std::string(field.name));
    for (const Field& field : type->fields) {
      const std::string name(field.name);
      std::vector<std::string> others = {"",
                                         name + "s",
                                         "x" + name,
                                         name.substr(1),
                                         name.substr(0, name.size() - 1),
                                         name + std::string(1, '\0'),
                                         std::string(300, name[0])};
      for (std::size_t i = 0; i < name.size(); ++i) {
        others.push_back(name);
        others.back()[i] ^= 0x20;
      }
      for (const std::string& other : others) {
        if (known.contains(other)) continue;
        EXPECT_EQ(FindField(*type, other), nullptr) << type->name << "." << other;
        EXPECT_EQ(FindField(without_index, other), nullptr) << type->name << "." << other;
      }
    }
  }
}

TEST(FindField, TypesWithoutFields) {
  EXPECT_EQ(FindField(kString, "name"), nullptr);
  EXPECT_EQ(FindField(kAny, ""), nullptr);
  EXPECT_EQ(FindField(kubernetes::kEmbeddedObjectMeta, "name"), nullptr);
}

TEST(ObjectType, KnowsWhatIsAskedOfAbsentFields) {
  static constexpr Constraints kDefaultOne{.default_json = "1"};
  static constexpr Field kFields[] = {{.name = "plain"},
                                      {.name = "defaulted", .constraints = &kDefaultOne},
                                      {.name = "always", .presence = Presence::kAlways, .required = true}};
  constexpr Type kType = ObjectType("Example", kFields);
  EXPECT_EQ(kType.masks.with_default, 0b010u);
  EXPECT_EQ(kType.masks.always, 0b100u);
  EXPECT_EQ(kType.masks.required, 0b100u);
  std::vector<std::string_view> visited;
  ForEachField(kType, 0b101, [&](const Field& field) { visited.push_back(field.name); });
  EXPECT_EQ(visited, (std::vector<std::string_view>{"plain", "always"}));
}

TEST(ObjectType, MakesEveryTypeOfTheTables) {
  for (const Type* type : kubernetes::kObjectTypes) {
    const FieldMasks masks = MasksOf(type->fields);
    EXPECT_LE(type->fields.size(), 64u) << type->name;
    EXPECT_EQ(type->masks.with_default, masks.with_default) << type->name;
    EXPECT_EQ(type->masks.always, masks.always) << type->name;
    EXPECT_EQ(type->masks.required, masks.required) << type->name;
  }
}

// Same size, first, middle and last byte: all three begin their search in the same slot.
TEST(FindField, NamesThatCollide) {
  static constexpr Field kFields[] = {{.name = "axbxc"}, {.name = "aybyc"}, {.name = "azbzc"}};
  static constexpr auto kIndex = IndexOf(kFields);
  constexpr Type kType = ObjectType("Colliding", kFields, kIndex);
  EXPECT_EQ(FindField(kType, "axbxc"), &kFields[0]);
  EXPECT_EQ(FindField(kType, "aybyc"), &kFields[1]);
  EXPECT_EQ(FindField(kType, "azbzc"), &kFields[2]);
  EXPECT_EQ(FindField(kType, "awbwc"), nullptr);
}

// The table leaves room, so a search for an unknown name always ends.
TEST(FindField, IndexIsAtMostAThirdFull) {
  for (const Type* type : kubernetes::kObjectTypes) {
    if (type->fields.empty()) continue;
    EXPECT_GE(type->index.size(), 3 * type->fields.size()) << type->name;
    EXPECT_EQ(static_cast<std::size_t>(
                  std::count_if(type->index.begin(), type->index.end(), [](std::uint8_t slot) { return slot != 0; })),
              type->fields.size())
        << type->name;
  }
}

}  // namespace
}  // namespace grove::schema
