// What the opaque types of grove.h stand for. They are completed nowhere: these are the only casts.
#pragma once

#include "capi/failure.h"
#include "grove.h"

namespace grove::capi {

struct Placed;
struct Snapshot;
struct ExpandedWorkload;
struct Index;

// `Inside` is what the opaque type `Outside` stands for.
#define GROVE_CAPI_HANDLE(Outside, Inside)                                                                             \
  [[nodiscard]] inline const Inside* Unwrap(const Outside* handle) { return reinterpret_cast<const Inside*>(handle); } \
  [[nodiscard]] inline Inside* Unwrap(Outside* handle) { return reinterpret_cast<Inside*>(handle); }                   \
  [[nodiscard]] inline Outside* Wrap(Inside* object) { return reinterpret_cast<Outside*>(object); }

GROVE_CAPI_HANDLE(grove_index, Index)
GROVE_CAPI_HANDLE(grove_placement, Placed)
GROVE_CAPI_HANDLE(grove_snapshot, Snapshot)
GROVE_CAPI_HANDLE(grove_workload, ExpandedWorkload)

#undef GROVE_CAPI_HANDLE

// Zeroes an output, whatever it holds.
template <class Handle>
void ClearHandle(Handle** handle) {
  if (handle != nullptr) *handle = nullptr;
}

[[nodiscard]] inline Outcome Require(const void* pointer, std::string_view argument) {
  return pointer == nullptr ? InvalidArgument(argument, "is NULL") : Outcome();
}

}  // namespace grove::capi
