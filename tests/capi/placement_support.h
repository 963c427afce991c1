// Snapshots, workloads and placements that release themselves, and clusters for tests.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "grove.h"

namespace grove_test {

template <auto kFree>
struct Free {
  template <class Handle>
  void operator()(Handle* handle) const {
    kFree(handle);
  }
};

using Snapshot = std::unique_ptr<grove_snapshot, Free<grove_snapshot_free>>;
using Workload = std::unique_ptr<grove_workload, Free<grove_workload_free>>;
using Placement = std::unique_ptr<grove_placement, Free<grove_placement_free>>;

// Fails the test with the message of a call that should have succeeded.
inline void ExpectOk(grove_status status, grove_error* error) {
  EXPECT_EQ(status, GROVE_OK) << error->argument << ": " << error->path << ": " << error->message;
  grove_error_free(error);
}

inline Snapshot ParseSnapshot(std::string_view text, const grove_snapshot_options* options = nullptr) {
  grove_snapshot* out = nullptr;
  grove_error* error = nullptr;
  ExpectOk(grove_snapshot_parse(text.data(), text.size(), GROVE_FORMAT_YAML, options, &out, &error), error);
  return Snapshot(out);
}

inline Workload ParseWorkload(std::string_view text) {
  grove_workload* out = nullptr;
  grove_error* error = nullptr;
  ExpectOk(grove_workload_parse(text.data(), text.size(), nullptr, 0, GROVE_FORMAT_YAML, nullptr, &out, &error), error);
  return Workload(out);
}

inline Placement Place(const grove_snapshot* snapshot, const grove_workload* workload,
                       const grove_place_options* options = nullptr) {
  grove_placement* out = nullptr;
  grove_error* error = nullptr;
  ExpectOk(grove_place(snapshot, workload, options, &out, &error), error);
  return Placement(out);
}

// Of the first gang.
inline grove_outcome OutcomeOf(const Placement& placement) {
  const grove_gang_row* gangs = grove_placement_gangs(placement.get(), nullptr);
  EXPECT_NE(gangs, nullptr);
  return gangs == nullptr ? GROVE_OUTCOME_MAX_ENUM_ : gangs->outcome;
}

// The text of a buffer, which is released.
inline std::string Take(grove_buffer& buffer) {
  std::string out(buffer.data == nullptr ? "" : buffer.data, buffer.size);
  grove_buffer_dispose(&buffer);
  return out;
}

inline std::string Explained(const Placement& placement) {
  grove_buffer buffer = GROVE_BUFFER_INIT;
  EXPECT_EQ(grove_placement_explain(placement.get(), GROVE_FORMAT_JSON, &buffer, nullptr), GROVE_OK);
  return Take(buffer);
}

inline std::string Checked(const Placement& placement, const grove_index* index = nullptr) {
  grove_buffer buffer = GROVE_BUFFER_INIT;
  grove_error* error = nullptr;
  ExpectOk(grove_placement_check(placement.get(), index, GROVE_FORMAT_JSON, &buffer, &error), error);
  return Take(buffer);
}

// Nodes node-0, node-1, ... with so many GPUs each.
inline std::string Nodes(int count, int gpus) {
  std::string out;
  for (int i = 0; i < count; ++i) {
    out += "---\napiVersion: v1\nkind: Node\nmetadata: {name: node-" + std::to_string(i) +
           "}\nstatus: {allocatable: {cpu: \"8\", memory: 32Gi, pods: \"110\", nvidia.com/gpu: \"" +
           std::to_string(gpus) + "\"}}\n";
  }
  return out;
}

// A set of one clique with so many pods of one GPU.
inline std::string GpuSet(int pods) {
  return "apiVersion: grove.io/v1alpha1\nkind: PodCliqueSet\nmetadata: {name: demo}\nspec:\n  replicas: 1\n  "
         "template:\n"
         "    cliques:\n      - name: worker\n        spec:\n          roleName: worker\n          replicas: " +
         std::to_string(pods) +
         "\n          podSpec:\n            containers:\n              - name: main\n                image: "
         "registry.example.com/worker:1\n                resources: {limits: {nvidia.com/gpu: \"1\"}}\n";
}

}  // namespace grove_test
