// The decisions of autoscalers, as a document in and one out.
#include <string>
#include <string_view>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "capi/support.h"

namespace grove_test {
namespace {

using std::string_view;

Result Autoscale(string_view state, grove_format format = GROVE_FORMAT_JSON) {
  Result out;
  out.status = grove_autoscale(state.data(), state.size(), format, nullptr, &out.result, &out.error);
  return out;
}

TEST(CAutoscale, DecidesAsKubernetesDoes) {
  struct Case {
    const char* state;
    const char* want;
  };
  constexpr Case kCases[] = {
      // Twice the target: twice the pods.
      {R"({"current":2,"maxReplicas":10,"metrics":[{"kind":"averageValue","target":500,)"
       R"("pods":[{"value":1000},{"value":1000}]}]})",
       R"({"replicas":4,"proposed":4,)"},
      // 90 % of what is requested, where 60 % are wanted.
      {R"({"current":2,"maxReplicas":10,"metrics":[{"kind":"utilization","target":60,)"
       R"("pods":[{"value":900,"request":1000},{"value":900,"request":1000,"ready":true}]}]})",
       R"({"replicas":3,"proposed":3,)"},
      {R"({"current":3,"maxReplicas":10,"metrics":[{"kind":"totalAverageValue","target":100,"total":400}]})",
       R"({"replicas":4,"proposed":4,)"},
      {R"({"current":3,"maxReplicas":10,"metrics":[{"kind":"totalValue","target":100,"total":200,"readyPods":3}]})",
       R"({"replicas":6,"proposed":6,)"},
      // Bounds win.
      {R"({"current":9,"minReplicas":2,"maxReplicas":5})", R"({"replicas":5,)"},
      // A higher recommendation holds a scale-in back, until its window has passed.
      {R"({"current":4,"maxReplicas":9,"now":100,"history":[{"at":50,"replicas":4}],)"
       R"("metrics":[{"kind":"totalAverageValue","target":100,"total":100}]})",
       R"({"replicas":4,"proposed":1,)"},
      {R"({"current":4,"maxReplicas":9,"now":100,"scaleDownStabilizationSeconds":10,)"
       R"("history":[{"at":50,"replicas":4}],)"
       R"("metrics":[{"kind":"totalAverageValue","target":100,"total":100}]})",
       R"({"replicas":1,"proposed":1,)"},
      {R"({"current":10,"maxReplicas":90,"toleranceThousandths":300,)"
       R"("metrics":[{"kind":"totalAverageValue","target":100,"total":1200}]})",
       R"({"replicas":10,"proposed":10,)"},
  };
  for (const Case& c : kCases) {
    const Result got = Autoscale(c.state);
    ASSERT_EQ(got.status, GROVE_OK) << c.state << got.argument() << got.path() << got.message();
    EXPECT_THAT(std::string(got.text()), testing::StartsWith(c.want)) << c.state;
    EXPECT_THAT(std::string(got.text()), testing::HasSubstr(R"("history":[)"));
  }
}

TEST(CAutoscale, ReadsYaml) {
  EXPECT_THAT(std::string(Autoscale("current: 1\nmaxReplicas: 2\n", GROVE_FORMAT_YAML).text()),
              testing::StartsWith(R"({"replicas":1,)"));
}

TEST(CAutoscale, WhatIsWrongIsNamed) {
  struct Case {
    const char* state;
    const char* path;
  };
  constexpr Case kCases[] = {
      {"3", ""},
      {"", ""},
      {"{} {}", ""},
      {R"({"curent":1})", "curent"},
      {R"({"current":"1"})", "current"},
      {R"({"current":1.5})", "current"},
      {R"({"current":4294967296})", "current"},
      {R"({"current":-1,"maxReplicas":1})", ""},
      {R"({"current":1,"minReplicas":3,"maxReplicas":1})", ""},
      {R"({"metrics":{}})", "metrics"},
      {R"({"metrics":[{"kind":"none"}]})", "metrics[0].kind"},
      {R"({"metrics":[{"target":1}]})", "metrics[0].kind"},
      {R"({"metrics":[{"kind":"totalValue"}]})", "metrics[0].target"},
      {R"({"metrics":[{"kind":"averageValue","target":1,"pods":[{},{"missing":1}]}]})", "metrics[0].pods[1].missing"},
      {R"({"history":[{"at":true}]})", "history[0].at"},
  };
  for (const Case& c : kCases) {
    const Result got = Autoscale(c.state);
    EXPECT_EQ(got.status, GROVE_INVALID_ARGUMENT) << c.state;
    EXPECT_EQ(got.argument(), "state") << c.state;
    EXPECT_EQ(got.path(), c.path) << c.state;
    EXPECT_NE(got.message(), "") << c.state;
  }
}

}  // namespace
}  // namespace grove_test
