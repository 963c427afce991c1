// What holds for every function of the C interface that needs handles: one that is NULL is named. One row each.
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "capi/placement_support.h"

namespace grove_test {
namespace {

using std::string_view;

// One of each handle, for calls of which one is to be NULL.
struct Handles {
  const grove_snapshot* snapshot;
  const grove_workload* workload;
  const grove_placement* placement;
  grove_index* index;
};

// A call that needs all handles named, in the order of its parameters.
struct HandleUse {
  const char* name;
  std::vector<const char*> needs;
  grove_status (*call)(const Handles& handles, grove_buffer* result, grove_error** error);
};

template <class Handle, class Free>
grove_status Released(grove_status status, Handle* handle, Free* release) {
  EXPECT_EQ(status == GROVE_OK, handle != nullptr);
  release(handle);
  return status;
}

const HandleUse kHandleUses[] = {
    {"place",
     {"snapshot"},
     [](const Handles& h, grove_buffer*, grove_error** error) {
       auto* out = reinterpret_cast<grove_placement*>(1);
       const grove_status status = grove_place(h.snapshot, h.workload, nullptr, &out, error);
       return Released(status, out, grove_placement_free);
     }},
    {"snapshot_with",
     {"snapshot", "placement"},
     [](const Handles& h, grove_buffer*, grove_error** error) {
       auto* out = reinterpret_cast<grove_snapshot*>(1);
       const grove_status status = grove_snapshot_with(h.snapshot, h.placement, &out, error);
       return Released(status, out, grove_snapshot_free);
     }},
    {"snapshot_encode",
     {"snapshot"},
     [](const Handles& h, grove_buffer* result, grove_error** error) {
       return grove_snapshot_encode(h.snapshot, GROVE_ENCODING_JSON, result, error);
     }},
    {"capacity",
     {"snapshot", "workload"},
     [](const Handles& h, grove_buffer* result, grove_error** error) {
       return grove_capacity(h.snapshot, h.workload, GROVE_FORMAT_JSON, nullptr, result, error);
     }},
    {"placement_encode",
     {"placement"},
     [](const Handles& h, grove_buffer* result, grove_error** error) {
       return grove_placement_encode(h.placement, GROVE_ENCODING_JSON, result, error);
     }},
    {"placement_explain",
     {"placement"},
     [](const Handles& h, grove_buffer* result, grove_error** error) {
       return grove_placement_explain(h.placement, GROVE_FORMAT_JSON, result, error);
     }},
    {"placement_check",
     {"placement"},
     [](const Handles& h, grove_buffer* result, grove_error** error) {
       return grove_placement_check(h.placement, nullptr, GROVE_FORMAT_JSON, result, error);
     }},
    {"index_new",
     {"snapshot"},
     [](const Handles& h, grove_buffer*, grove_error** error) {
       auto* out = reinterpret_cast<grove_index*>(1);
       const grove_status status = grove_index_new(h.snapshot, &out, error);
       return Released(status, out, grove_index_free);
     }},
    {"index_place",
     {"index", "workload"},
     [](const Handles& h, grove_buffer*, grove_error** error) {
       auto* out = reinterpret_cast<grove_placement*>(1);
       const grove_status status = grove_index_place(h.index, h.workload, nullptr, &out, error);
       return Released(status, out, grove_placement_free);
     }},
    {"index_apply",
     {"index", "placement"},
     [](const Handles& h, grove_buffer*, grove_error** error) {
       return grove_index_apply(h.index, h.placement, error);
     }},
    {"index_release",
     {"index", "placement"},
     [](const Handles& h, grove_buffer*, grove_error** error) {
       return grove_index_release(h.index, h.placement, error);
     }},
    {"index_change_pods",
     {"index"},
     [](const Handles& h, grove_buffer*, grove_error** error) {
       return grove_index_change_pods(h.index, nullptr, 0, GROVE_FORMAT_JSON, 1, error);
     }},
    {"index_set_usable",
     {"index"},
     [](const Handles& h, grove_buffer*, grove_error** error) {
       return grove_index_set_usable(h.index, "node-0", 6, 1, error);
     }},
};

TEST(CEveryHandle, HandlesThatAreNeededAreNamed) {
  const Snapshot snapshot = ParseSnapshot(Nodes(2, 1));
  const Workload workload = ParseWorkload(GpuSet(2));
  const Placement placement = Place(snapshot.get(), workload.get());
  grove_index* index = nullptr;
  ASSERT_EQ(grove_index_new(snapshot.get(), &index, nullptr), GROVE_OK);
  const Handles all = {snapshot.get(), workload.get(), placement.get(), index};
  for (const HandleUse& use : kHandleUses) {
    for (const string_view missing : use.needs) {
      Handles some = all;
      if (missing == "snapshot") some.snapshot = nullptr;
      if (missing == "workload") some.workload = nullptr;
      if (missing == "placement") some.placement = nullptr;
      if (missing == "index") some.index = nullptr;
      grove_buffer result = GROVE_BUFFER_INIT;
      grove_error* error = nullptr;
      EXPECT_EQ(use.call(some, &result, &error), GROVE_INVALID_ARGUMENT) << use.name;
      EXPECT_EQ(error->argument, missing) << use.name;
      EXPECT_TRUE(result.data == nullptr && result.size == 0) << use.name;
      grove_error_free(error);
    }
    grove_buffer result = GROVE_BUFFER_INIT;
    auto* error = reinterpret_cast<grove_error*>(4);
    EXPECT_EQ(use.call(all, &result, &error), GROVE_OK) << use.name << ' ' << error->message;
    EXPECT_EQ(error, nullptr) << use.name;
    grove_buffer_dispose(&result);
  }
  grove_index_free(index);
}

}  // namespace
}  // namespace grove_test
