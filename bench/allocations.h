// Allocations as figures of a benchmark. Includes heap.h, which replaces operator new: include it in one source file.
#pragma once

#include <cstddef>

#include "benchmark/benchmark.h"

#include "heap.h"

namespace grove::bench {

// Reports allocations and allocated bytes per iteration since its construction.
class AllocationCounter {
 public:
  explicit AllocationCounter(benchmark::State& state) : state_(state) {}
  AllocationCounter(const AllocationCounter&) = delete;
  AllocationCounter& operator=(const AllocationCounter&) = delete;
  ~AllocationCounter() {
    const auto per_iteration = benchmark::Counter::kAvgIterations;
    state_.counters["allocations"] = {static_cast<double>(allocations - allocations_), per_iteration};
    state_.counters["allocated_bytes"] = {static_cast<double>(allocated_bytes - bytes_), per_iteration};
  }

 private:
  benchmark::State& state_;
  std::size_t allocations_ = allocations;
  std::size_t bytes_ = allocated_bytes;
};

}  // namespace grove::bench
