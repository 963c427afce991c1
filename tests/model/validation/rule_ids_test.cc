// Every rule of create and update is claimed by a source of the rules, and triggered by a row of a test.

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace grove::validation {
namespace {

// The ids of spec 03 §5 to §9, §10.1 and §11.
constexpr std::string_view kRuleIds[] = {
    // §5.1, §5.2
    "V-100", "V-101", "V-110", "V-110a", "V-111", "V-112", "V-114", "V-115", "V-116", "V-120", "V-121", "V-122",
    "V-130", "V-131", "V-132", "V-133", "V-134",
    // §5.3
    "V-140", "V-141", "V-142", "V-143", "V-145", "V-146", "V-147", "V-148", "V-149", "V-150", "V-151", "V-152", "V-153",
    // §5.4
    "V-154", "V-155", "V-156", "V-157", "V-158",
    // §5.5
    "V-160", "V-161", "V-162", "V-163", "V-164", "V-165", "V-166", "V-167", "V-168", "V-169",
    // §5.7
    "V-170", "V-171", "V-172", "V-173", "V-174", "V-175", "V-176", "V-177", "V-178",
    // §6
    "V-500", "V-501", "V-502", "V-503", "V-504", "V-505", "V-506", "V-508", "V-510", "V-520", "V-521", "V-522", "V-523",
    "V-524", "V-530", "V-531",
    // §7.1 to §7.5
    "V-200", "V-210", "V-211", "V-212", "V-215", "V-216", "V-220", "V-230", "V-231", "V-232", "V-233", "V-234", "V-235",
    // §7.6
    "V-250", "V-251", "V-252", "V-253", "V-260", "V-261",
    // §8
    "V-300", "V-301", "V-302", "V-310", "V-311", "V-312",
    // §9
    "V-400", "V-401", "V-405", "V-406", "V-410", "V-411", "V-412", "V-420", "V-421", "V-422", "V-423", "V-424", "V-425",
    "V-426", "V-427", "V-440",
    // §10.1
    "V-600", "V-601", "V-602", "V-603", "V-604",
    // §11
    "V-700", "V-701", "V-710", "V-711", "V-712", "V-713", "V-714", "V-715", "V-716", "V-720", "V-721", "V-722", "V-730",
    "V-740"};

// What cannot happen where everything that a lookup would find is given.
constexpr std::string_view kUnreachable = "V-216";

// The text of all sources in `folder`, this file excepted.
std::string SourcesIn(const std::filesystem::path& folder) {
  std::string text;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".cc" || entry.path().filename() == "rule_ids_test.cc") continue;
    std::ifstream file(entry.path());
    std::stringstream content;
    content << file.rdbuf();
    text += content.str();
  }
  return text;
}

// Whether `id` stands in `text` with `before` in front of it, and is not the beginning of a longer id.
bool Holds(const std::string& text, std::string_view before, std::string_view id) {
  const std::string wanted = std::string(before) + std::string(id);
  for (std::size_t at = text.find(wanted); at != std::string::npos; at = text.find(wanted, at + 1)) {
    const char next = text[at + wanted.size()];
    if (std::isalnum(static_cast<unsigned char>(next)) == 0) return true;
  }
  return false;
}

TEST(RuleIds, AreClaimedByTheSources) {
  const std::string sources = SourcesIn(std::filesystem::path(GROVE_TESTS_DIR) / ".." / "src" / "model" / "validation");
  ASSERT_FALSE(sources.empty());
  for (const std::string_view id : kRuleIds) {
    EXPECT_TRUE(Holds(sources, id == kUnreachable ? "" : "\"", id)) << "no source has the rule " << id;
  }
}

TEST(RuleIds, AreTriggeredByTheTests) {
  const std::filesystem::path folder = std::filesystem::path(GROVE_TESTS_DIR) / "model";
  const std::string tests = SourcesIn(folder / "validation") + SourcesIn(folder / "admission");
  ASSERT_FALSE(tests.empty());
  for (const std::string_view id : kRuleIds) {
    if (id == kUnreachable) continue;
    EXPECT_TRUE(Holds(tests, "\"", id) || Holds(tests, "(", id)) << "no test triggers the rule " << id;
  }
}

}  // namespace
}  // namespace grove::validation
