// The C interface from several threads at once: equal inputs give equal bytes.
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "capi/placement_support.h"
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

std::string EncodedPlacement(const grove_snapshot* snapshot, const grove_workload* workload) {
  const Placement placement = Place(snapshot, workload);
  grove_buffer buffer = GROVE_BUFFER_INIT;
  EXPECT_EQ(grove_placement_encode(placement.get(), GROVE_ENCODING_BINARY, &buffer, nullptr), GROVE_OK);
  std::string out(buffer.data, buffer.size);
  grove_buffer_dispose(&buffer);
  return out;
}

// One snapshot, one workload and one placement, which all threads read; each makes snapshots of its own from them.
TEST(CThreads, HandlesAreShared) {
  constexpr int kThreads = 8;
  constexpr int kCalls = 5;
  const Snapshot snapshot = ParseSnapshot(Nodes(16, 2));
  const Workload workload = ParseWorkload(GpuSet(12));
  const Placement placement = Place(snapshot.get(), workload.get());
  const std::string expected = EncodedPlacement(snapshot.get(), workload.get());
  ASSERT_FALSE(expected.empty());
  std::vector<int> equal(kThreads, 0);
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&, i] {
      for (int call = 0; call < kCalls; ++call) {
        grove_snapshot* next = nullptr;
        EXPECT_EQ(grove_snapshot_with(snapshot.get(), placement.get(), &next, nullptr), GROVE_OK);
        const Snapshot full(next);
        EXPECT_EQ(grove_snapshot_without(full.get(), placement.get(), &next, nullptr), GROVE_OK);
        const Snapshot again(next);
        const bool same = EncodedPlacement(snapshot.get(), workload.get()) == expected &&
                          EncodedPlacement(again.get(), workload.get()) == expected;
        equal[i] += same ? 1 : 0;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(equal, std::vector<int>(kThreads, kCalls));
}

// One snapshot and one placement of it; each thread has an index of its own, asks what else fits, and reads the rows.
TEST(CThreads, EachThreadHasAnIndexOfOneSnapshot) {
  constexpr int kThreads = 8;
  constexpr int kCalls = 3;
  const Snapshot snapshot = ParseSnapshot(Nodes(16, 2));
  const Workload workload = ParseWorkload(GpuSet(12));
  const Placement placement = Place(snapshot.get(), workload.get());
  const std::string explained = Explained(placement);
  std::vector<int> equal(kThreads, 0);
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&, i] {
      for (int call = 0; call < kCalls; ++call) {
        grove_index* index = nullptr;
        ASSERT_EQ(grove_index_new(snapshot.get(), &index, nullptr), GROVE_OK);
        grove_placement* made = nullptr;
        ASSERT_EQ(grove_index_place(index, workload.get(), nullptr, &made, nullptr), GROVE_OK);
        const Placement own(made);
        const bool same = Explained(own) == explained && Checked(own, index) == Checked(placement);
        EXPECT_EQ(grove_index_apply(index, placement.get(), nullptr), GROVE_OK);
        EXPECT_EQ(grove_index_release(index, own.get(), nullptr), GROVE_OK);
        grove_index_free(index);
        grove_buffer capacity = GROVE_BUFFER_INIT;
        EXPECT_EQ(grove_capacity(snapshot.get(), workload.get(), GROVE_FORMAT_JSON, nullptr, &capacity, nullptr),
                  GROVE_OK);
        std::size_t pods = 0;
        EXPECT_NE(grove_placement_pods(placement.get(), &pods), nullptr);
        equal[i] += same && pods == 12 && Take(capacity).find("\"count\":2") != std::string::npos ? 1 : 0;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(equal, std::vector<int>(kThreads, kCalls));
}

}  // namespace
}  // namespace grove_test
