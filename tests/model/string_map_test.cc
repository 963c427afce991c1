#include "grove/string_map.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace grove {
namespace {

using Entries = std::vector<std::pair<std::string, std::string>>;

Entries EntriesOf(const StringMap& map) { return {map.begin(), map.end()}; }

TEST(StringMap, HoldsEntriesByKeyInByteOrder) {
  const StringMap map = {{"b", "2"}, {"", "none"}, {"a", ""}, {"b", "3"}};
  EXPECT_EQ(EntriesOf(map), (Entries{{"", "none"}, {"a", ""}, {"b", "3"}}));
  EXPECT_EQ(map.size(), 3u);
  EXPECT_EQ(map.Get("a"), "");
  EXPECT_TRUE(map.Contains("a"));
  EXPECT_FALSE(map.Contains("c"));
  EXPECT_EQ(map.Find("b"), "3");
  EXPECT_EQ(map.Find("bb"), std::nullopt);
  EXPECT_TRUE(StringMap().empty());
  EXPECT_EQ(StringMap().Find(""), std::nullopt);
}

TEST(StringMap, TakesViewsIntoItself) {
  StringMap map = {{"key", "value"}, {"other", "a rather long value, long enough for the heap"}};
  map.Set(map.Get("key"), map.Get("other"));
  EXPECT_EQ(map.Get("value"), map.Get("other"));
  map.Set("key", map.Get("other").substr(9, 4));
  EXPECT_EQ(map.Get("key"), "long");
  map.SetAll(map);
  EXPECT_EQ(map.size(), 3u);
}

TEST(StringMap, IsEqualByContentNotByHistory) {
  StringMap grown = {{"a", "1"}, {"b", "22"}, {"c", "3"}};
  grown.Erase("b");
  grown.Erase("absent");
  EXPECT_EQ(grown, (StringMap{{"c", "3"}, {"a", "1"}}));
  EXPECT_NE(grown, (StringMap{{"a", "1"}, {"c", "4"}}));
  // The same text, divided otherwise.
  EXPECT_NE((StringMap{{"ab", "c"}}), (StringMap{{"a", "bc"}}));
}

TEST(StringMap, DoesWhatStandardMapsDo) {
  std::mt19937 random(7);
  std::map<std::string, std::string> expected;
  StringMap map;
  for (int step = 0; step < 5'000; ++step) {
    const std::string key(random() % 4, static_cast<char>('a' + random() % 3));
    const std::string value(random() % 40, static_cast<char>('x' + random() % 3));
    if (random() % 3 == 0) {
      expected.erase(key);
      map.Erase(key);
    } else {
      expected[key] = value;
      map.Set(key, value);
    }
    ASSERT_EQ(EntriesOf(map), Entries(expected.begin(), expected.end())) << "step " << step;
    const auto found = expected.find(key);
    ASSERT_EQ(map.Find(key).has_value(), found != expected.end());
  }
}

}  // namespace
}  // namespace grove
