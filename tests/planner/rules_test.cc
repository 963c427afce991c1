// Every rule that a source claims has its description, so that no report cites an id without a word about it.
#include "grove/rules.hpp"

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>
#include <string>

#include <gtest/gtest.h>

namespace grove {
namespace {

// Ids in quotes among the sources of admission and of lint.
std::set<std::string> ClaimedIds() {
  std::set<std::string> ids;
  const std::regex id("\"(V-[0-9]+[a-z]?|03-[0-9.]+|L-[a-z0-9-]+)\"");
  const std::filesystem::path sources = std::filesystem::path(GROVE_TESTS_DIR) / ".." / "src";
  for (const auto& entry : std::filesystem::recursive_directory_iterator(sources)) {
    const std::filesystem::path& path = entry.path();
    if ((path.extension() != ".cc" && path.extension() != ".h") || path.parent_path().filename() == "rules") continue;
    std::ifstream file(path);
    std::stringstream content;
    content << file.rdbuf();
    const std::string text = content.str();
    for (std::sregex_iterator match(text.begin(), text.end(), id), end; match != end; ++match) {
      ids.insert((*match)[1].str());
    }
  }
  return ids;
}

TEST(Rules, EveryIdOfTheSourcesIsDescribed) {
  const std::set<std::string> ids = ClaimedIds();
  EXPECT_GT(ids.size(), 120u);
  for (const std::string& id : ids) EXPECT_NE(FindRule(id), nullptr) << id;
}

TEST(Rules, EveryDescriptionIsOfARule) {
  std::set<std::string> ids = ClaimedIds();
  ids.insert(std::string(kUnknownFieldRule));
  ids.insert("V-216");  // cannot happen where all that a lookup would find is given
  for (const RuleFamily& family : RuleFamilies()) {
    for (const RuleDescription& rule : family.rules) EXPECT_TRUE(ids.contains(std::string(rule.id))) << rule.id;
  }
}

TEST(Rules, AreToldApartAndDescribed) {
  std::set<std::string_view> ids;
  std::set<std::string_view> names;
  for (const RuleFamily& family : RuleFamilies()) {
    EXPECT_TRUE(names.insert(family.name).second) << family.name;
    EXPECT_FALSE(family.rules.empty()) << family.name;
    for (const RuleDescription& rule : family.rules) {
      EXPECT_TRUE(ids.insert(rule.id).second) << rule.id;
      EXPECT_EQ(FindRule(rule.id), &rule);
      EXPECT_FALSE(rule.title.empty()) << rule.id;
      EXPECT_NE(rule.title.back(), '.') << rule.id;
      EXPECT_GT(rule.help.size(), 15u) << rule.id;
      EXPECT_EQ(rule.help.back(), '.') << rule.id;
      EXPECT_EQ(rule.help.find('\n'), std::string_view::npos) << rule.id;
    }
  }
}

TEST(Rules, FindRule) {
  EXPECT_EQ(FindRule("")->id, kUnknownFieldRule);
  EXPECT_EQ(FindRule("V-14"), nullptr);
  EXPECT_EQ(FindRule("V-143")->title, "minAvailable exceeds replicas");
  EXPECT_EQ(FindRule("V-154")->severity, Severity::kWarning);
  EXPECT_EQ(FindRule("V-034")->stage, Stage::kSchema);
}

}  // namespace
}  // namespace grove
