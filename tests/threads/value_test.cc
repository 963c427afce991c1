// Any number of threads may read one Value, copy it and drop it. Means most under ThreadSanitizer.
#include "grove/value.hpp"

#include <array>
#include <string>
#include <thread>

#include <gtest/gtest.h>

namespace grove {
namespace {

TEST(SharedValue, EightThreadsReadTheSame) {
  constexpr int kRounds = 1'000;
  const std::string text = R"({"spec":{"replicas":1.0,"cliques":[{"name":"a"},{"name":"b"}],"empty":{}}})";
  const Value shared = Value::FromJson(text);
  ASSERT_TRUE(shared.is_object());

  std::array<int, 8> equal{};
  std::array<std::thread, 8> threads;
  for (std::size_t index = 0; index < threads.size(); ++index) {
    threads[index] = std::thread([&, index] {
      for (int round = 0; round < kRounds; ++round) {
        const Value copy = shared;
        const Value cliques = copy.Find("spec")->Find("cliques").value_or(Value());
        equal[index] += copy.ToJson() == text && cliques.size() == 2 && cliques.at(1).Find("name")->text() == "b";
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const int count : equal) EXPECT_EQ(count, kRounds);
}

}  // namespace
}  // namespace grove
