// Counts what a benchmark takes from the heap. Including this replaces operator new of the program: include it once.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <new>

#include "benchmark/benchmark.h"

namespace grove::bench {

inline std::atomic<std::size_t> allocations{0};
inline std::atomic<std::size_t> allocated_bytes{0};

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

inline void* CountedAllocation(std::size_t size) {
  allocations.fetch_add(1, std::memory_order_relaxed);
  allocated_bytes.fetch_add(size, std::memory_order_relaxed);
  return std::malloc(size == 0 ? 1 : size);
}

}  // namespace grove::bench

void* operator new(std::size_t size) { return grove::bench::CountedAllocation(size); }
void* operator new[](std::size_t size) { return grove::bench::CountedAllocation(size); }
void operator delete(void* pointer) noexcept { std::free(pointer); }
void operator delete[](void* pointer) noexcept { std::free(pointer); }
void operator delete(void* pointer, std::size_t) noexcept { std::free(pointer); }
void operator delete[](void* pointer, std::size_t) noexcept { std::free(pointer); }
