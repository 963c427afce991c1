// Counts what a program takes from the heap. Including this replaces operator new of the program: include it once.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <new>

#include <malloc.h>

namespace grove::bench {

inline std::atomic<std::size_t> heap_allocations{0};
inline std::atomic<std::size_t> heap_bytes{0};  // in use
inline std::atomic<std::size_t> heap_peak{0};

inline void* Allocate(std::size_t size) {
  void* pointer = std::malloc(size == 0 ? 1 : size);
  heap_allocations.fetch_add(1, std::memory_order_relaxed);
  const std::size_t now = heap_bytes.fetch_add(malloc_usable_size(pointer)) + malloc_usable_size(pointer);
  std::size_t peak = heap_peak.load();
  while (now > peak && !heap_peak.compare_exchange_weak(peak, now)) {
  }
  return pointer;
}

inline void Free(void* pointer) {
  if (pointer != nullptr) heap_bytes.fetch_sub(malloc_usable_size(pointer));
  std::free(pointer);
}

}  // namespace grove::bench

void* operator new(std::size_t size) { return grove::bench::Allocate(size); }
void* operator new[](std::size_t size) { return grove::bench::Allocate(size); }
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return grove::bench::Allocate(size); }
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept { return grove::bench::Allocate(size); }
void operator delete(void* pointer) noexcept { grove::bench::Free(pointer); }
void operator delete[](void* pointer) noexcept { grove::bench::Free(pointer); }
void operator delete(void* pointer, std::size_t) noexcept { grove::bench::Free(pointer); }
void operator delete[](void* pointer, std::size_t) noexcept { grove::bench::Free(pointer); }
