// The C interface from several threads at once: equal inputs give equal bytes.
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "capi/support.h"

namespace grove_test {
namespace {

TEST(CThreads, EqualInputsGiveEqualBytes) {
  constexpr int kThreads = 8;
  constexpr int kCalls = 10;
  const Result expected = Expand(kSet);
  ASSERT_EQ(expected.status, GROVE_OK) << expected.message();
  const Result denied = Expand(kDeniedSet);
  std::vector<int> equal(kThreads, 0);
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&, i] {
      for (int call = 0; call < kCalls; ++call) {
        const Result got = Expand(kSet);
        const bool same_error = Expand(kDeniedSet).message() == denied.message();  // `denied` is read by all
        equal[i] += got.text() == expected.text() && got.report_text() == expected.report_text() && same_error ? 1 : 0;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(equal, std::vector<int>(kThreads, kCalls));
}

}  // namespace
}  // namespace grove_test
