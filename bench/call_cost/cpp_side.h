// Admission through the C++ functions that grove_admit() is made of: what calls from other languages are measured
// against.
#pragma once

#ifdef __cplusplus
#include <cstddef>
extern "C" {
#else
#include <stddef.h>
#endif

// Microseconds that one of so many calls takes; 0 if they fail.
double cpp_side_microseconds(const char* manifest, size_t size, int calls);

// Length of the report. It is written to `report` if that has room for it.
size_t cpp_side_report(const char* manifest, size_t size, char* report, size_t capacity);

#ifdef __cplusplus
}
#endif
