// Counts what a program takes from the heap. Including this replaces operator new of the program: include it in one
// source file. What is aligned beyond malloc's own alignment is not counted.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <new>

#include <malloc.h>

namespace grove::bench {

inline std::atomic<std::size_t> allocations{0};
inline std::atomic<std::size_t> allocated_bytes{0};  // as they were asked for
// Bytes that are in use, as malloc counts them, and the most of them at any time since the last PeakMemory began.
inline std::atomic<std::size_t> live_bytes{0};
inline std::atomic<std::size_t> peak_bytes{0};

// The most memory in use at once since its construction, beyond what was in use then. One at a time; threads may
// allocate meanwhile.
class PeakMemory {
 public:
  PeakMemory() : begin_(live_bytes) { peak_bytes = begin_; }
  PeakMemory(const PeakMemory&) = delete;
  PeakMemory& operator=(const PeakMemory&) = delete;
  [[nodiscard]] std::size_t bytes() const { return peak_bytes - begin_; }

 private:
  std::size_t begin_;
};

inline void* CountedAllocation(std::size_t size) noexcept {
  void* pointer = std::malloc(size == 0 ? 1 : size);
  allocations.fetch_add(1, std::memory_order_relaxed);
  allocated_bytes.fetch_add(size, std::memory_order_relaxed);
  const std::size_t used = malloc_usable_size(pointer);
  const std::size_t now = live_bytes.fetch_add(used, std::memory_order_relaxed) + used;
  std::size_t peak = peak_bytes.load(std::memory_order_relaxed);
  while (now > peak && !peak_bytes.compare_exchange_weak(peak, now, std::memory_order_relaxed)) {
  }
  return pointer;
}

inline void* CountedAllocationOrEnd(std::size_t size) {
  void* pointer = CountedAllocation(size);
  if (pointer == nullptr) std::abort();
  return pointer;
}

inline void CountedFree(void* pointer) noexcept {
  if (pointer != nullptr) live_bytes.fetch_sub(malloc_usable_size(pointer), std::memory_order_relaxed);
  std::free(pointer);
}

}  // namespace grove::bench

void* operator new(std::size_t size) { return grove::bench::CountedAllocationOrEnd(size); }
void* operator new[](std::size_t size) { return grove::bench::CountedAllocationOrEnd(size); }
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return grove::bench::CountedAllocation(size); }
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept { return grove::bench::CountedAllocation(size); }
void operator delete(void* pointer) noexcept { grove::bench::CountedFree(pointer); }
void operator delete[](void* pointer) noexcept { grove::bench::CountedFree(pointer); }
void operator delete(void* pointer, std::size_t) noexcept { grove::bench::CountedFree(pointer); }
void operator delete[](void* pointer, std::size_t) noexcept { grove::bench::CountedFree(pointer); }
void operator delete(void* pointer, const std::nothrow_t&) noexcept { grove::bench::CountedFree(pointer); }
void operator delete[](void* pointer, const std::nothrow_t&) noexcept { grove::bench::CountedFree(pointer); }
