/**
 * @file
 * @brief The C interface of libgrove: bytes in, bytes and errors out.
 *
 * C99 and C++. README.md beside this file is one page on ownership, threads, versions and errors. In short:
 *
 * - **Pure.** A result depends on the arguments alone: no state is kept between calls, no clock, environment, file or
 *   locale is read. Equal arguments give equal bytes, on every machine and from any number of threads.
 * - **Inputs** are a pointer and a length, borrowed for the call. NULL is fine where the length is 0.
 * - **Outputs** belong to the caller. On failure all are zeroed, so that releasing them is always right.
 * - **Options** begin with `struct_size`. Start from their `..._INIT`, then set members; NULL means defaults.
 * - **Errors**: ::grove_status says what kind; an optional ::grove_error says what, and where.
 * - **Memory**: the library releases what it made. Running out of memory ends the process; ::grove_limits bounds what
 *   an input can make of it.
 * - **Exceptions** do not leave the library.
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
 * @brief Why a call failed. Immutable; any number of threads may read one.
 *
 * Functions take a `grove_error **error` as their last parameter, which may be NULL. They set `*error` without looking
 * at it: NULL on success (nothing is allocated), an object owned by the caller on failure.
 * @since 0.1
 */
typedef struct grove_error grove_error;

/**
 * @brief The status that the failed call returned.
 *
 * @param error Borrowed; NULL gives GROVE_OK.
 * @return The status.
 * @since 0.1
 */
GROVE_API grove_status grove_error_status(const grove_error* error);

/**
 * @brief What is wrong, in one line for a person; its wording is no part of the interface.
 *
 * @param error Borrowed; NULL gives "".
 * @return UTF-8 text that lives as long as the error; never NULL.
 * @since 0.1
 */
GROVE_API const char* grove_error_message(const grove_error* error);

/**
 * @brief Which parameter of the call is at fault, spelt as in its prototype: "manifest", "options->limits->max_depth".
 *
 * @param error Borrowed; NULL gives "".
 * @return Text that lives as long as the error; "" if no single parameter is. Never NULL.
 * @since 0.1
 */
GROVE_API const char* grove_error_argument(const grove_error* error);

/**
 * @brief Path of the field at fault as Kubernetes writes it: "spec.template.cliques[0].spec.minAvailable".
 *
 * @param error Borrowed; NULL gives "".
 * @return UTF-8 text that lives as long as the error; "" if the error concerns no field. Never NULL.
 * @since 0.1
 */
GROVE_API const char* grove_error_path(const grove_error* error);

/**
 * @brief Line of the place at fault in the text that grove_error_argument() names.
 *
 * @param error Borrowed; NULL gives 0.
 * @return The line, counted from 1; 0 if unknown.
 * @since 0.1
 */
GROVE_API uint32_t grove_error_line(const grove_error* error);

/**
 * @brief Column of the place at fault.
 *
 * @param error Borrowed; NULL gives 0.
 * @return The column in bytes, counted from 1; 0 if unknown.
 * @since 0.1
 */
GROVE_API uint32_t grove_error_column(const grove_error* error);

/**
 * @brief All findings behind a GROVE_FAILED_PRECONDITION: the report that grove_admit() describes, as compact JSON.
 *
 * @param error     Borrowed; NULL gives "".
 * @param[out] size Receives the length of the text in bytes. May be NULL.
 * @return UTF-8 text that lives as long as the error; "" if there is no report. Never NULL.
 * @since 0.1
 */
GROVE_API const char* grove_error_report(const grove_error* error, size_t* size);

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

/* ---- Admission ------------------------------------------------------------- */

/**
 * @brief Options of grove_admit(). Members of type uint32_t are 0 (no) or 1 (yes).
 * @since 0.1
 */
typedef struct grove_admit_options {
  uint32_t struct_size;          /**< `sizeof(grove_admit_options)`; GROVE_ADMIT_OPTIONS_INIT sets it. */
  grove_format output;           /**< Language of the report. Default GROVE_FORMAT_JSON. */
  uint32_t strict;               /**< Unknown fields are errors instead of being dropped with a warning. Default 0. */
  uint32_t all_stages;           /**< Go on after errors of the schema, which a cluster does not. Default 0. */
  const char* default_namespace; /**< Namespace of sets that name none, UTF-8; a set that names another one is refused.
                                      Default NULL: "default", and nothing is refused. */
  size_t default_namespace_size; /**< Its length in bytes. */
  const grove_limits* limits;    /**< Borrowed for the call. Default NULL: all defaults. */
} grove_admit_options;

/** @brief Defaults of ::grove_admit_options. */
#define GROVE_ADMIT_OPTIONS_INIT \
  { sizeof(grove_admit_options), GROVE_FORMAT_JSON, 0, 0, NULL, 0, NULL }

/**
 * @brief Judges every PodCliqueSet of a manifest as a cluster with Grove would, and shows what it would store.
 *
 * Reads from both texts: OperatorConfiguration (at most one), ClusterTopologyBinding, Volcano Queue and
 * ResourceClaimTemplate; these are what the sets meet. Reads PodCliqueSet from `manifest` only. Lists count as their
 * items; objects of other kinds play no part. Without an OperatorConfiguration the defaults of Grove apply; without any
 * Queue their state is unknown and not judged.
 *
 * Findings are data, not failure: a call whose sets are all denied returns GROVE_OK. The report is one object:
 *
 *     {"allowed": false,
 *      "objects": [{"file": "manifest", "document": 0, "kind": "PodCliqueSet", "namespace": "default", "name": "x",
 *                   "allowed": false,
 *                   "errors": [{"type": "Invalid", "field": "spec...", "badValue": 3, "detail": "...",
 *                               "stage": "schema", "rule": "V-123", "line": 17, "column": 11}],
 *                   "warnings": [{"field": "...", "detail": "...", "line": 3, "column": 5}],
 *                   "defaulted": {...}}],
 *      "skipped": [{"file": "manifest", "document": 1, "apiVersion": "v1", "kind": "ConfigMap", "name": "y"}]}
 *
 * `allowed` tells whether all objects are. `objects` has an entry for each PodCliqueSet, ClusterTopologyBinding and
 * OperatorConfiguration: those of `context` first, else in the order of the text. A denied binding does not exist for
 * the sets. `skipped` has what plays no part, sets of `context` included. `file` is "manifest" or "context", `document`
 * counts from 0. `stage` is "schema" or "webhook"; `badValue`, `line` and `column` are absent where there is none.
 * `defaulted` is the object with all defaults, null where there is none. Later versions may add members.
 *
 * Deterministic; O(size of the texts). Safe to call from any number of threads.
 *
 * @param manifest      Text with the sets to judge; borrowed. NULL only if `manifest_size` is 0.
 * @param manifest_size Its length in bytes.
 * @param context       Text with what else exists; borrowed. NULL only if `context_size` is 0: nothing else does.
 * @param context_size  Its length in bytes.
 * @param format        Language of both texts.
 * @param options       Borrowed; NULL for defaults.
 * @param[out] result   Receives the report; release with grove_buffer_dispose(). Not NULL. Zeroed on failure.
 * @param[out] error    Receives details owned by the caller on failure, NULL on success. May be NULL.
 *
 * @retval GROVE_OK                  The sets were judged; the report tells how.
 * @retval GROVE_INVALID_ARGUMENT    A text is malformed: see grove_error_argument(), grove_error_line(). Or its objects
 *                                   contradict each other: two OperatorConfigurations, two bindings of one name, a
 *                                   namespace other than the one asked for. Or an argument breaks its contract.
 * @retval GROVE_FAILED_PRECONDITION The OperatorConfiguration is invalid, so that no set can be judged; see
 *                                   grove_error_path() for the first finding and grove_error_report() for all.
 * @retval GROVE_RESOURCE_EXHAUSTED  A limit on texts was exceeded; the message names it.
 * @retval GROVE_UNIMPLEMENTED       YAML is asked for, and the library was built without it.
 * @retval GROVE_INTERNAL            A defect of the library.
 * @since 0.1
 */
GROVE_API grove_status grove_admit(const char* manifest, size_t manifest_size, const char* context, size_t context_size,
                                   grove_format format, const grove_admit_options* options, grove_buffer* result,
                                   grove_error** error);

/* ---- Expansion ------------------------------------------------------------- */

/**
 * @brief At which moment of their lives objects are given.
 * @since 0.1
 */
typedef enum grove_object_state {
  GROVE_OBJECT_STATE_CREATED = 0, /**< As Grove creates them: pods gated, no status. */
  GROVE_OBJECT_STATE_AT_REST = 1, /**< Once every controller of Grove has come to rest, before a pod is scheduled. */
  GROVE_OBJECT_STATE_MAX_ENUM_ = 0x7fffffff
} grove_object_state;

/**
 * @brief Options of grove_expand(). Members of type uint32_t are 0 (no) or 1 (yes).
 * @since 0.1
 */
typedef struct grove_expand_options {
  uint32_t struct_size;               /**< `sizeof(grove_expand_options)`; GROVE_EXPAND_OPTIONS_INIT sets it. */
  grove_format output;                /**< Language of the objects. Default GROVE_FORMAT_JSON. */
  grove_object_state state;           /**< Default GROVE_OBJECT_STATE_CREATED. */
  uint32_t scheduler_objects;         /**< Also the objects of each set's scheduler backend. Default 0. */
  uint32_t allow_incomplete;          /**< A set that cannot be expanded to its end gives what it can. Default 0. */
  uint32_t reserved;                  /**< 0. */
  uint64_t seed;                      /**< Decides the random part of pod names. Default 0. */
  int64_t now;                        /**< Seconds since 1970 UTC, not negative, up to the year 9999: written where a
                                           status tells a time. Default 0. */
  const char* init_container_image;   /**< Repository of the image of the startup init container, UTF-8. Default NULL:
                                           "grove-initc". */
  size_t init_container_image_size;   /**< Its length in bytes. */
  const char* init_container_version; /**< Tag of that image, UTF-8. Default NULL: that of the reference. */
  size_t init_container_version_size; /**< Its length in bytes. */
  const grove_admit_options* admit; /**< How the sets are admitted, and all limits; borrowed. Default NULL: defaults. */
} grove_expand_options;

/** @brief Defaults of ::grove_expand_options. */
#define GROVE_EXPAND_OPTIONS_INIT \
  { sizeof(grove_expand_options), GROVE_FORMAT_JSON, GROVE_OBJECT_STATE_CREATED, 0, 0, 0, 0, 0, NULL, 0, NULL, 0, NULL }

/**
 * @brief Makes every object that Grove makes of the PodCliqueSets of a manifest.
 *
 * Reads what grove_admit() reads, and admits as it does; what is denied cannot be expanded. The result holds the
 * children of all sets, kind by kind in the order in which Grove creates the kinds, within a kind in the order of the
 * sets: in JSON one object of kind List, in YAML one document each. The sets themselves are not among them.
 *
 * Deterministic, with `seed` in place of chance; O(size of the texts + objects). Safe to call from any number of
 * threads.
 *
 * @param manifest      Text with the sets to expand; borrowed. NULL only if `manifest_size` is 0.
 * @param manifest_size Its length in bytes.
 * @param context       Text with what else exists; borrowed. NULL only if `context_size` is 0: nothing else does.
 * @param context_size  Its length in bytes.
 * @param format        Language of both texts.
 * @param options       Borrowed; NULL for defaults.
 * @param[out] result   Receives the objects; release with grove_buffer_dispose(). Not NULL. Zeroed on failure.
 * @param[out] report   Receives the report of grove_admit(), in which the entry of each set has the further member
 *                      `"reconcileErrors": [{"object", "code", "message"}]`; release with grove_buffer_dispose().
 *                      May be NULL; must not be `result`. Zeroed on failure: grove_error_report() has it then.
 * @param[out] error    Receives details owned by the caller on failure, NULL on success. May be NULL.
 *
 * @retval GROVE_OK                  The objects were made: all of them, unless `allow_incomplete` is set.
 * @retval GROVE_INVALID_ARGUMENT    As for grove_admit().
 * @retval GROVE_FAILED_PRECONDITION A set, a binding or the configuration was denied; or a set cannot be expanded
 *                                   to its end, because a ResourceClaimTemplate that it names does not exist, and
 *                                   `allow_incomplete` is 0. See grove_error_path() and grove_error_line() for the
 *                                   first finding and grove_error_report() for all.
 * @retval GROVE_RESOURCE_EXHAUSTED  A limit on texts, or on the number of objects, was exceeded; the message names it.
 * @retval GROVE_UNIMPLEMENTED       YAML is asked for, and the library was built without it.
 * @retval GROVE_INTERNAL            A defect of the library.
 * @since 0.1
 */
GROVE_API grove_status grove_expand(const char* manifest, size_t manifest_size, const char* context,
                                    size_t context_size, grove_format format, const grove_expand_options* options,
                                    grove_buffer* result, grove_buffer* report, grove_error** error);

#ifdef __cplusplus
} /* extern "C" */
#endif
