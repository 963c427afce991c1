#include "cli/node_names.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace grove::cli {
namespace {

struct Case {
  std::vector<std::string_view> names;
  std::string text;
};

TEST(CompactNamesTest, Shortens) {
  const Case cases[] = {
      {{}, ""},
      {{"a"}, "a"},
      {{"gpu-04", "gpu-02", "gpu-03", "gpu-01"}, "gpu-[01-04]"},
      {{"gpu-1", "gpu-2", "gpu-5"}, "gpu-[1,2,5]"},
      {{"gpu-9", "gpu-10"}, "gpu-9, gpu-10"},  // numbers of unequal width do not join
      {{"n1", "n1", "n2", "n2"}, "n[1,2] x2"},
      {{"n1", "n1", "n2"}, "n1 x2, n2"},
      {{"ip-10-0-1-7.internal", "ip-10-0-1-8.internal"}, "ip-10-0-1-[7,8].internal"},
      {{"b", "a", "b"}, "a, b x2"},
      {{"x100000000000000000001", "x100000000000000000002"}, "x100[000000000000000001,000000000000000002]"},
  };
  for (const Case& test : cases) EXPECT_EQ(CompactNames(test.names), test.text);
}

TEST(CompactNamesTest, EndsAtItsBound) { EXPECT_EQ(CompactNames({"a", "b", "c", "d1", "d2"}, 2), "a, b and 3 more"); }

}  // namespace
}  // namespace grove::cli
