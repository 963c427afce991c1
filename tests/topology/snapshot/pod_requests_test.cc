// What a scheduler counts for a pod (spec 08 PL-30).
#include <string>

#include "gtest/gtest.h"

#include "grove/placement_input.hpp"

namespace grove {
namespace {

struct Case {
  std::string name;
  std::string spec;
  ResourceAmounts requests;
};

class PodRequestsTest : public testing::TestWithParam<Case> {};

TEST_P(PodRequestsTest, AddUp) {
  PlacementInputError error;
  const auto requests = PodRequests(Value::FromJson(GetParam().spec), error);
  ASSERT_TRUE(requests.has_value()) << error.field << ": " << error.message;
  EXPECT_EQ(*requests, GetParam().requests);
}

INSTANTIATE_TEST_SUITE_P(
    Pods, PodRequestsTest,
    testing::Values(
        Case{"Nothing", R"({"containers": [{"name": "a"}]})", {}},
        Case{"SumOfContainers",
             R"({"containers": [{"resources": {"requests": {"cpu": "500m", "memory": "1Gi"}}},
                                {"resources": {"requests": {"cpu": 2, "nvidia.com/gpu": "8"}}}]})",
             {{"cpu", 2500}, {"memory", 1 << 30}, {"nvidia.com/gpu", 8}}},
        Case{"LimitStandsInForRequest",
             R"({"containers": [{"resources": {"limits": {"nvidia.com/gpu": 4, "cpu": 4}, "requests": {"cpu": 1}}}]})",
             {{"cpu", 1000}, {"nvidia.com/gpu", 4}}},
        Case{
            "LargestInitContainer",
            R"({"initContainers": [{"resources": {"requests": {"cpu": 3}}}, {"resources": {"requests": {"cpu": 2, "memory": 5}}}],
                 "containers": [{"resources": {"requests": {"cpu": 1, "memory": 7}}}]})",
            {{"cpu", 3000}, {"memory", 7}}},
        Case{"SidecarsRunBesideContainers",
             R"({"initContainers": [{"restartPolicy": "Always", "resources": {"requests": {"cpu": 1}}}],
                 "containers": [{"resources": {"requests": {"cpu": 2}}}]})",
             {{"cpu", 3000}}},
        Case{"InitContainerBesideEarlierSidecarsOnly",
             R"({"initContainers": [{"resources": {"requests": {"cpu": 4}}},
                                    {"restartPolicy": "Always", "resources": {"requests": {"cpu": 1}}},
                                    {"resources": {"requests": {"cpu": 5}}},
                                    {"restartPolicy": "Always", "resources": {"requests": {"cpu": 2}}}],
                 "containers": [{"resources": {"requests": {"cpu": 1}}}]})",
             {{"cpu", 6000}}},
        Case{"Overhead",
             R"({"overhead": {"cpu": "250m", "memory": 10}, "containers": [{"resources": {"requests": {"cpu": 1}}}]})",
             {{"cpu", 1250}, {"memory", 10}}},
        Case{"PodLevelComesFirst",
             R"({"resources": {"requests": {"cpu": 8}, "limits": {"memory": 64}},
                 "containers": [{"resources": {"requests": {"cpu": 1, "nvidia.com/gpu": 1}}}]})",
             {{"cpu", 8000}, {"memory", 64}, {"nvidia.com/gpu", 1}}},
        Case{"FractionsRoundUp",
             R"({"containers": [{"resources": {"requests": {"cpu": "0.1m", "memory": "1500m"}}}]})",
             {{"cpu", 1}, {"memory", 2}}},
        Case{"ZeroIsNothing", R"({"containers": [{"resources": {"requests": {"cpu": 0, "pods": 5}}}]})", {}}),
    [](const auto& info) { return info.param.name; });

struct BadCase {
  std::string name;
  std::string spec;
  std::string field;
};

class BadPodRequestsTest : public testing::TestWithParam<BadCase> {};

TEST_P(BadPodRequestsTest, AreErrors) {
  PlacementInputError error;
  EXPECT_FALSE(PodRequests(Value::FromJson(GetParam().spec), error).has_value());
  EXPECT_EQ(error.field, GetParam().field);
  EXPECT_NE(error.message, "");
}

INSTANTIATE_TEST_SUITE_P(
    Pods, BadPodRequestsTest,
    testing::Values(BadCase{"NoQuantity", R"({"containers": [{"resources": {"requests": {"cpu": "many"}}}]})",
                            "containers[0].resources.requests[\"cpu\"]"},
                    BadCase{"Negative", R"({"initContainers": [{"resources": {"limits": {"cpu": "-1"}}}]})",
                            "initContainers[0].resources.limits[\"cpu\"]"},
                    BadCase{"TooLarge", R"({"containers": [{"resources": {"requests": {"memory": "8Ei"}}}]})",
                            "containers[0].resources.requests[\"memory\"]"},
                    BadCase{"SumTooLarge",
                            R"({"containers": [{"resources": {"requests": {"memory": "4Ei"}}},
                                               {"resources": {"requests": {"memory": "4Ei"}}}]})",
                            "containers[1]"}),
    [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace grove
