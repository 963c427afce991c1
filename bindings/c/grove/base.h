/**
 * @file
 * @brief What all calls share: versions, status, errors, memory, texts and their limits.
 *
 * Part of grove.h, which is what programs include.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__)
#define GROVE_API __attribute__((visibility("default")))
#else
#define GROVE_API
#endif

/** @brief Version of this header. Compare with grove_version_number(): the library that is loaded may be another one.
 */
#define GROVE_VERSION_MAJOR 0
#define GROVE_VERSION_MINOR 1
#define GROVE_VERSION_PATCH 0
#define GROVE_VERSION_STRING "0.1.0"
/** @brief A version as one number; later versions have larger ones. */
#define GROVE_VERSION_ENCODE(major, minor, patch) ((major)*1000000u + (minor)*1000u + (patch))
#define GROVE_VERSION_NUMBER GROVE_VERSION_ENCODE(GROVE_VERSION_MAJOR, GROVE_VERSION_MINOR, GROVE_VERSION_PATCH)
/** @brief True if this header is of the given version or a later one. */
#define GROVE_VERSION_ATLEAST(major, minor, patch) (GROVE_VERSION_NUMBER >= GROVE_VERSION_ENCODE(major, minor, patch))

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Status and errors ----------------------------------------------------- */

/**
 * @brief How a call ended. The numbers are those of the canonical status codes of gRPC and Abseil.
 *
 * A later version may return codes that no function returns today; treat what you do not know as failure.
 * @since 0.1
 */
typedef enum grove_status {
  GROVE_OK = 0,
  GROVE_CANCELLED = 1,
  GROVE_UNKNOWN = 2,
  GROVE_INVALID_ARGUMENT = 3, /**< An argument breaks its contract, or a text is malformed. */
  GROVE_DEADLINE_EXCEEDED = 4,
  GROVE_NOT_FOUND = 5,
  GROVE_ALREADY_EXISTS = 6,
  GROVE_PERMISSION_DENIED = 7,
  GROVE_RESOURCE_EXHAUSTED = 8,  /**< A bound of ::grove_limits would have been exceeded. */
  GROVE_FAILED_PRECONDITION = 9, /**< The texts are well formed, but what they say does not allow the call. */
  GROVE_ABORTED = 10,
  GROVE_OUT_OF_RANGE = 11,
  GROVE_UNIMPLEMENTED = 12, /**< This library was built without what the call needs. */
  GROVE_INTERNAL = 13,      /**< A defect of the library. */
  GROVE_UNAVAILABLE = 14,
  GROVE_DATA_LOSS = 15,
  GROVE_UNAUTHENTICATED = 16,
  GROVE_STATUS_MAX_ENUM_ = 0x7fffffff
} grove_status;

/**
 * @brief Name of a status, as in "INVALID_ARGUMENT".
 *
 * @param status Any value.
 * @return A constant; "UNKNOWN" for a value that has no name. Never NULL.
 * @since 0.1
 */
GROVE_API const char* grove_status_name(grove_status status);

/**
 * @brief Why a call failed. Read-only; any number of threads may read one.
 *
 * Functions take a `grove_error **error` as their last parameter, which may be NULL. They set `*error` without looking
 * at it: NULL on success (nothing is allocated), an object owned by the caller on failure. The library makes it and
 * grove_error_free() releases it, with its texts: UTF-8, never NULL, "" where there is nothing to tell.
 * @since 0.1
 */
typedef struct grove_error {
  uint32_t struct_size; /**< Bytes that the library filled: members of later versions may lie beyond. */
  grove_status status;  /**< What the failed call returned. */
  const char* message;  /**< What is wrong, in one line for a person; its wording is no part of the interface. */
  const char* argument; /**< Which parameter of the call is at fault, spelt as in its prototype: "manifest",
                             "options->limits->max_depth". "" if no single one is. */
  const char* path;     /**< The field at fault as Kubernetes writes it: "spec.template.cliques[0].spec.minAvailable".
                             "" if the error concerns no field. */
  const char* report;   /**< All findings behind a GROVE_FAILED_PRECONDITION: the report that grove_admit() describes,
                             as compact JSON. */
  size_t report_size;   /**< Its length in bytes. */
  uint32_t line;        /**< Of the place at fault in the text that `argument` names, counted from 1; 0 if unknown. */
  uint32_t column;      /**< In bytes, counted from 1; 0 if unknown. */
} grove_error;

/**
 * @brief Releases an error.
 *
 * @param error What a call gave, used by nobody else any more; NULL does nothing.
 * @since 0.1
 */
GROVE_API void grove_error_free(grove_error* error);

/* ---- Memory ---------------------------------------------------------------- */

/**
 * @brief Bytes that a call gave. The structure is the caller's, what it points to is the library's.
 *
 * Functions set all members without looking at them: dispose of a buffer before it is used again.
 * @since 0.1
 */
typedef struct grove_buffer {
  const char* data; /**< The bytes; `data[size]` is NUL. NULL if there are none. */
  size_t size;      /**< Their number. */
  void* owner;      /**< For grove_buffer_dispose() alone. */
} grove_buffer;

/** @brief A buffer that holds nothing. */
#define GROVE_BUFFER_INIT \
  { NULL, 0, NULL }

/**
 * @brief Releases the bytes of a buffer and zeroes it.
 *
 * @param buffer Used by nobody else any more; NULL and a zeroed buffer do nothing.
 * @since 0.1
 */
GROVE_API void grove_buffer_dispose(grove_buffer* buffer);

/* ---- Version --------------------------------------------------------------- */

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

/* ---- Texts and limits ------------------------------------------------------ */

/**
 * @brief Language of a text. It is never guessed.
 * @since 0.1
 */
typedef enum grove_format {
  GROVE_FORMAT_JSON = 0,          /**< Written without blanks. Read: one or more texts. */
  GROVE_FORMAT_YAML = 1,          /**< One or more documents, read as kubectl does; it reads JSON too. */
  GROVE_FORMAT_JSON_INDENTED = 2, /**< Written for people; read as GROVE_FORMAT_JSON. */
  GROVE_FORMAT_MAX_ENUM_ = 0x7fffffff
} grove_format;

/**
 * @brief Bounds on what an input may ask for. 0 stands for the library's default.
 *
 * Exceeding a bound gives GROVE_RESOURCE_EXHAUSTED before the memory is taken.
 * @since 0.1
 */
typedef struct grove_limits {
  uint32_t struct_size;              /**< `sizeof(grove_limits)`; GROVE_LIMITS_INIT sets it. */
  uint32_t max_depth;                /**< Nesting of arrays and objects. Default 200, at most 1000. */
  uint64_t max_input_bytes;          /**< Bytes of each text. Default 67108864, at most 536870912. */
  uint64_t max_documents;            /**< Objects in each text, items of lists included. Default 100000. */
  uint64_t max_yaml_aliases;         /**< YAML aliases in each text. Default 10000. */
  uint64_t max_yaml_expanded_values; /**< Values in a YAML document, aliases expanded. Default 10000000. */
  uint64_t max_objects;              /**< Objects that one grove_expand() may make. Default 2000000. */
  uint64_t max_startup_references;   /**< Names in `startsAfter` of all PodCliques. Default 10000000. */
} grove_limits;

/** @brief Limits that leave every bound at its default. */
#define GROVE_LIMITS_INIT \
  { sizeof(grove_limits), 0, 0, 0, 0, 0, 0, 0 }

#ifdef __cplusplus
} /* extern "C" */
#endif
