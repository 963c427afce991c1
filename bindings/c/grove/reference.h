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
 * @brief What grove_reference() writes.
 * @since 0.1
 */
typedef enum grove_topic {
  GROVE_TOPIC_DEFINITIONS = 0, /**< The custom resource definitions that the object model implies: in JSON one object of
                                    kind List, in YAML one document each: PodCliqueSet, PodClique,
                                    PodCliqueScalingGroup, ClusterTopologyBinding, PodGang. An API server that has them
                                    prunes, completes and refuses as grove_admit() does at stage "schema". */
  GROVE_TOPIC_RULES = 1,       /**< The rules that findings cite:
                                    {"rules": [{"id", "family", "stage", "severity", "title", "help"}],
                                    "lint": [{"id", "severity", "title", "effect", "reason", "fix", "source"}]} */
  GROVE_TOPIC_BACKENDS = 2,    /**< The scheduler backends that gangs can be translated for:
                                    {"backends": [{"name", "schedulerName", "summary", "schedulesGangs",
                                    "carriesTopology", "ofReference"}]} */
  GROVE_TOPIC_MAX_ENUM_ = 0x7fffffff
} grove_topic;

/**
 * @brief Writes what the library knows by heart.
 *
 * Deterministic. Safe to call from any number of threads.
 *
 * @param topic       Which of it.
 * @param output      Language of the result.
 * @param[out] result Receives the result; release with grove_buffer_dispose(). Not NULL. Zeroed on failure.
 * @param[out] error  Receives details owned by the caller on failure, NULL on success. May be NULL.
 *
 * @retval GROVE_OK               The result was made.
 * @retval GROVE_INVALID_ARGUMENT `topic` is none, `output` is no format, or `result` is NULL.
 * @retval GROVE_UNIMPLEMENTED    YAML is asked for, and the library was built without it.
 * @retval GROVE_INTERNAL         A defect of the library.
 * @since 0.1
 */
GROVE_API grove_status grove_reference(grove_topic topic, grove_format output, grove_buffer* result,
                                       grove_error** error);

#ifdef __cplusplus
} /* extern "C" */
#endif
