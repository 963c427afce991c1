#include "cli/gpus.h"

#include <limits>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace grove::cli {
namespace {

struct Case {
  std::string_view name;
  std::string_view pod_spec;
  std::int64_t gpus;
};

TEST(GpusTest, AsASchedulerCounts) {
  const std::vector<Case> cases = {
      {"none", R"({"containers":[{"name":"a"}]})", 0},
      {"limits", R"({"containers":[{"resources":{"limits":{"nvidia.com/gpu":"8"}}}]})", 8},
      {"number", R"({"containers":[{"resources":{"limits":{"nvidia.com/gpu":4}}}]})", 4},
      {"requests", R"({"containers":[{"resources":{"requests":{"amd.com/gpu":"2"}}}]})", 2},
      {"both once", R"({"containers":[{"resources":{"requests":{"x/gpu":"2"},"limits":{"x/gpu":"2"}}}]})", 2},
      {"containers add up",
       R"({"containers":[{"resources":{"limits":{"x/gpu":"1"}}},{"resources":{"limits":{"x/gpu":"2"}}}]})", 3},
      {"init container needs more",
       R"({"initContainers":[{"resources":{"limits":{"x/gpu":"4"}}}],
           "containers":[{"resources":{"limits":{"x/gpu":"1"}}}]})",
       4},
      {"sidecar stays",
       R"({"initContainers":[{"restartPolicy":"Always","resources":{"limits":{"x/gpu":"1"}}}],
           "containers":[{"resources":{"limits":{"x/gpu":"1"}}}]})",
       2},
      {"other resources", R"({"containers":[{"resources":{"limits":{"cpu":"8","rdma/ib":"8"}}}]})", 0},
      {"no quantity", R"({"containers":[{"resources":{"limits":{"x/gpu":"many"}}}]})", 0},
      {"negative", R"({"containers":[{"resources":{"limits":{"x/gpu":"-1"}}}]})", 0},
      {"wrong types", R"({"containers":{"resources":7},"initContainers":"none"})", 0},
      {"saturates",
       R"({"containers":[{"resources":{"limits":{"x/gpu":"9223372036854775807","y/gpu":"9223372036854775807"}}}]})",
       std::numeric_limits<std::int64_t>::max()},
  };
  for (const Case& c : cases) EXPECT_EQ(GpusPerPod(Value::FromJson(c.pod_spec)), c.gpus) << c.name;
}

}  // namespace
}  // namespace grove::cli
