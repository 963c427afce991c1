// Counts what a benchmark takes from the heap. Including this replaces operator new of the program: include it once.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <new>

#include "benchmark/benchmark.h"
#include <malloc.h>

namespace grove::bench {

inline std::atomic<std::size_t> allocations{0};
inline std::atomic<std::size_t> allocated_bytes{0};
// Bytes that are in use, as malloc counts them, and the most of them at any time since the last PeakMemory began.
inline std::atomic<std::size_t> live_bytes{0};
inline std::atomic<std::size_t> peak_bytes{0};

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

// The most memory in use at once since its construction, beyond what was in use then. One at a time, one thread.
class PeakMemory {
 public:
  PeakMemory() : begin_(live_bytes) { peak_bytes = begin_; }
  PeakMemory(const PeakMemory&) = delete;
  PeakMemory& operator=(const PeakMemory&) = delete;
  [[nodiscard]] std::size_t bytes() const { return peak_bytes - begin_; }

 private:
  std::size_t begin_;
};

inline void* CountedAllocation(std::size_t size) {
  allocations.fetch_add(1, std::memory_order_relaxed);
  allocated_bytes.fetch_add(size, std::memory_order_relaxed);
  void* pointer = std::malloc(size == 0 ? 1 : size);
  const std::size_t used = malloc_usable_size(pointer);
  const std::size_t now = live_bytes.fetch_add(used, std::memory_order_relaxed) + used;
  if (now > peak_bytes.load(std::memory_order_relaxed)) peak_bytes.store(now, std::memory_order_relaxed);
  return pointer;
}

inline void CountedFree(void* pointer) noexcept {
  if (pointer != nullptr) live_bytes.fetch_sub(malloc_usable_size(pointer), std::memory_order_relaxed);
  std::free(pointer);
}

}  // namespace grove::bench

void* operator new(std::size_t size) { return grove::bench::CountedAllocation(size); }
void* operator new[](std::size_t size) { return grove::bench::CountedAllocation(size); }
void operator delete(void* pointer) noexcept { grove::bench::CountedFree(pointer); }
void operator delete[](void* pointer) noexcept { grove::bench::CountedFree(pointer); }
void operator delete(void* pointer, std::size_t) noexcept { grove::bench::CountedFree(pointer); }
void operator delete[](void* pointer, std::size_t) noexcept { grove::bench::CountedFree(pointer); }
