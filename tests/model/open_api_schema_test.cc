#include "model/open_api_schema.h"

#include <cstdint>
#include <random>
#include <regex>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "model/names.h"

namespace grove::schema {
namespace {

struct PatternCase {
  Pattern pattern;
  bool (*matches)(std::string_view);
  std::string_view alphabet;
};

constexpr PatternCase kPatterns[] = {
    {Pattern::kTopologyDomain, IsTopologyDomain, "az09-_A"},
    {Pattern::kTopologyLevelKey, IsTopologyLevelKey, "aZ0-_./ "},
    {Pattern::kConditionType, IsConditionType, "aZ0-_./"},
    {Pattern::kConditionReason, IsConditionReason, "aZ0_,:-"},
    {Pattern::kQuantity, IsQuantityText, "01.+-eEKimn "},
};

// What a definition tells an API server is what the library itself checks: all short texts, and longer ones at random.
TEST(PatternText, SaysWhatTheLibraryChecks) {
  std::mt19937 random(7);
  for (const PatternCase& test : kPatterns) {
    const std::regex regex{std::string(PatternText(test.pattern))};
    std::size_t matched = 0;
    const auto check = [&](const std::string& text) {
      const bool expected = std::regex_match(text, regex);
      matched += expected ? 1 : 0;
      EXPECT_EQ(test.matches(text), expected) << '"' << text << "\" and " << PatternText(test.pattern);
    };
    check("");
    const std::size_t letters = test.alphabet.size();
    for (std::size_t number = 0; number < letters * letters * letters; ++number) {
      std::string text;
      for (std::size_t rest = number; rest > 0; rest /= letters) text += test.alphabet[rest % letters];
      check(text);
    }
    for (int i = 0; i < 3000; ++i) {
      std::string text;
      for (std::size_t length = 4 + random() % 6; length > 0; --length) text += test.alphabet[random() % letters];
      check(text);
    }
    EXPECT_GT(matched, 20u) << PatternText(test.pattern);
  }
  EXPECT_EQ(PatternText(Pattern::kNone), "");
}

}  // namespace
}  // namespace grove::schema
