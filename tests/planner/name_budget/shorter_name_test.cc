#include "planner/name_budget/shorter_name.h"

#include <gtest/gtest.h>

namespace grove::planner {
namespace {

struct Case {
  std::string_view name;
  std::size_t most;
  std::vector<std::string_view> taken;
  std::string_view expected;
};

TEST(ShorterName, KeepsTheBeginningOfEveryWord) {
  const std::vector<Case> cases = {
      {"worker", 6, {}, "worker"},
      {"worker", 4, {}, "work"},
      {"worker", 4, {"work"}, "wor"},
      {"prefill-leader", 12, {}, "prefil-leade"},
      {"prefill-leader", 9, {}, "pref-lead"},
      {"a-b-c", 3, {}, "a-b"},
      {"a-b-c", 1, {}, "a"},
      {"a-b-c", 1, {"a"}, ""},
      {"worker", 0, {}, ""},
      {"model.v2", 8, {}, "model-v2"},
      {"-x-", 3, {}, "x"},
      {"", 3, {}, ""},
  };
  for (const Case& test : cases) {
    EXPECT_EQ(ShorterName(test.name, test.most, test.taken), test.expected) << test.name << " in " << test.most;
  }
}

}  // namespace
}  // namespace grove::planner
