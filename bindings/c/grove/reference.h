/**
 * @file
 * @brief What the library knows by heart: resource definitions, rules, scheduler backends.
 *
 * Part of grove.h, which is what programs include.
 */
#pragma once

#include "base.h"

#ifdef __cplusplus
extern "C" {
#endif

/** @brief Snapshot of the reference whose behaviour the library has, as in "2026-08".
 *
 * @return A constant that lives as long as the library is loaded; never NULL.
 * @since 0.1
 */
GROVE_API const char* grove_compatibility_level(void);

/**
 * @brief Writes the custom resource definitions that the object model implies.
 *
 * In JSON one object of kind List, in YAML one document each: PodCliqueSet, PodClique, PodCliqueScalingGroup,
 * ClusterTopologyBinding, PodGang. An API server that has them prunes, completes and refuses as grove_admit() does at
 * stage "schema". Deterministic. Safe to call from any number of threads.
 *
 * @param output      Language of the result.
 * @param[out] result Receives the result; release with grove_buffer_dispose(). Not NULL. Zeroed on failure.
 * @param[out] error  Receives details owned by the caller on failure, NULL on success. May be NULL.
 *
 * @retval GROVE_OK               The result was made.
 * @retval GROVE_INVALID_ARGUMENT `output` is no format, or `result` is NULL.
 * @retval GROVE_UNIMPLEMENTED    YAML is asked for, and the library was built without it.
 * @retval GROVE_INTERNAL         A defect of the library.
 * @since 0.1
 */
GROVE_API grove_status grove_crd(grove_format output, grove_buffer* result, grove_error** error);

/**
 * @brief Lists the rules that findings cite.
 *
 * The result is one object:
 *
 *     {"rules": [{"id", "family", "stage", "severity", "title", "help"}],
 *      "lint": [{"id", "severity", "title", "effect", "reason", "fix", "source"}]}
 *
 * Deterministic. Safe to call from any number of threads.
 *
 * @param output      Language of the result.
 * @param[out] result Receives the result; release with grove_buffer_dispose(). Not NULL. Zeroed on failure.
 * @param[out] error  Receives details owned by the caller on failure, NULL on success. May be NULL.
 *
 * @retval GROVE_OK               The result was made.
 * @retval GROVE_INVALID_ARGUMENT `output` is no format, or `result` is NULL.
 * @retval GROVE_UNIMPLEMENTED    YAML is asked for, and the library was built without it.
 * @retval GROVE_INTERNAL         A defect of the library.
 * @since 0.1
 */
GROVE_API grove_status grove_rules(grove_format output, grove_buffer* result, grove_error** error);

/**
 * @brief Lists the scheduler backends that gangs can be translated for.
 *
 * The result is one object:
 *
 *     {"backends": [{"name", "schedulerName", "summary", "schedulesGangs", "carriesTopology",
 *                    "ofReference"}]}
 *
 * Deterministic. Safe to call from any number of threads.
 *
 * @param output      Language of the result.
 * @param[out] result Receives the result; release with grove_buffer_dispose(). Not NULL. Zeroed on failure.
 * @param[out] error  Receives details owned by the caller on failure, NULL on success. May be NULL.
 *
 * @retval GROVE_OK               The result was made.
 * @retval GROVE_INVALID_ARGUMENT `output` is no format, or `result` is NULL.
 * @retval GROVE_UNIMPLEMENTED    YAML is asked for, and the library was built without it.
 * @retval GROVE_INTERNAL         A defect of the library.
 * @since 0.1
 */
GROVE_API grove_status grove_backends(grove_format output, grove_buffer* result, grove_error** error);

#ifdef __cplusplus
} /* extern "C" */
#endif
