/**
 * @file
 * @brief The C interface of libgrove: bytes in, bytes out.
 *
 * C99 and C++. No function throws, keeps state between calls, or reads a clock, the environment or a locale.
 */
#pragma once

#include <stdint.h>

#if defined(__GNUC__)
#define GROVE_API __attribute__((visibility("default")))
#else
#define GROVE_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/**
 * @brief Version of the library that is loaded.
 *
 * @return major * 1000000 + minor * 1000 + patch.
 * @since 0.1
 */
GROVE_API uint32_t grove_version_number(void);

/**
 * @brief Version of the library that is loaded, as "major.minor.patch".
 *
 * @return A constant that lives as long as the library is loaded; never NULL.
 * @since 0.1
 */
GROVE_API const char* grove_version_string(void);

#ifdef __cplusplus
} /* extern "C" */
#endif
