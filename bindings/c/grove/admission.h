/**
 * @file
 * @brief Admission: how a cluster with Grove would judge manifests.
 *
 * Part of grove.h, which is what programs include.
 */
#pragma once

#include "base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Admission ------------------------------------------------------------- */

/**
 * @brief Which lint findings a report has beside those of admission. A finding never changes a verdict.
 * @since 0.1
 */
typedef enum grove_lint {
  GROVE_LINT_OFF = 0,
  GROVE_LINT_WARNINGS = 1, /**< What is hardly what the author wanted. */
  GROVE_LINT_NOTES = 2,    /**< Also what is good to know. */
  GROVE_LINT_MAX_ENUM_ = 0x7fffffff
} grove_lint;

/**
 * @brief How sets are admitted, wherever a call admits some. Members of type uint32_t are 0 (no) or 1 (yes).
 * @since 0.1
 */
typedef struct grove_admit_options {
  uint32_t struct_size;            /**< `sizeof(grove_admit_options)`; GROVE_ADMIT_OPTIONS_INIT sets it. */
  grove_format output;             /**< Language of the report. Default GROVE_FORMAT_JSON. */
  uint32_t strict;                 /**< Unknown fields are errors instead of being dropped with a warning. Default 0. */
  uint32_t all_stages;             /**< Go on after errors of the schema, which a cluster does not. Default 0. */
  grove_lint lint;                 /**< Default GROVE_LINT_OFF. */
  uint32_t structurally_defaulted; /**< The report also has each set before Grove's own defaulting. Default 0. */
  uint32_t bindings_enable_topology; /**< Without an OperatorConfiguration, topology-aware scheduling is enabled once
                                          there is a ClusterTopologyBinding. Default 0: as Grove's own default, off. */
  uint32_t reserved;                 /**< 0. */
  const char* default_namespace; /**< Namespace of sets that name none, UTF-8; a set that names another one is refused.
                                      Default NULL: "default", and nothing is refused. */
  size_t default_namespace_size; /**< Its length in bytes. */
  const char* default_scheduler; /**< Scheduler of sets that name none, as if the configuration said so, UTF-8. Default
                                      NULL: as the configuration says. */
  size_t default_scheduler_size; /**< Its length in bytes. */
  const char* lint_disabled;     /**< Ids of lint rules that are switched off, separated by commas. Default NULL. */
  size_t lint_disabled_size;     /**< Its length in bytes. */
  const grove_limits* limits;    /**< Borrowed for the call. Default NULL: all defaults. */
} grove_admit_options;

/** @brief Defaults of ::grove_admit_options. */
#define GROVE_ADMIT_OPTIONS_INIT \
  { sizeof(grove_admit_options), GROVE_FORMAT_JSON, 0, 0, GROVE_LINT_OFF, 0, 0, 0, NULL, 0, NULL, 0, NULL, 0, NULL }

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
 *                   "warnings": [{"field": "...", "detail": "...", "rule": "L-001", "line": 3, "column": 5}],
 *                   "defaulted": {...}}],
 *      "skipped": [{"file": "manifest", "document": 1, "apiVersion": "v1", "kind": "ConfigMap", "name": "y"}]}
 *
 * `allowed` tells whether all objects are. `objects` has an entry for each PodCliqueSet, ClusterTopologyBinding and
 * OperatorConfiguration: those of `context` first, else in the order of the text. A denied binding does not exist for
 * the sets. `skipped` has what plays no part, sets of `context` included. `file` is "manifest" or "context", `document`
 * counts from 0. `stage` is "schema" or "webhook"; `badValue`, `suggestion`, `line` and `column` are absent where there
 * is none. `defaulted` is the object with all defaults, null where there is none; with the option
 * `structurally_defaulted` a set has before it the member of that name in lowerCamelCase: the set as the schema alone
 * completes it. Later versions may add members.
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
 * @retval GROVE_INVALID_ARGUMENT    A text is malformed: see grove_error::argument, grove_error::line. Or its objects
 *                                   contradict each other: two OperatorConfigurations, two bindings of one name, a
 *                                   namespace other than the one asked for. Or an argument breaks its contract.
 * @retval GROVE_FAILED_PRECONDITION The OperatorConfiguration is invalid, so that no set can be judged; see
 *                                   grove_error::path for the first finding and grove_error::report for all.
 * @retval GROVE_RESOURCE_EXHAUSTED  A limit on texts was exceeded; the message names it.
 * @retval GROVE_UNIMPLEMENTED       YAML is asked for, and the library was built without it.
 * @retval GROVE_INTERNAL            A defect of the library.
 * @since 0.1
 */
GROVE_API grove_status grove_admit(const char* manifest, size_t manifest_size, const char* context, size_t context_size,
                                   grove_format format, const grove_admit_options* options, grove_buffer* result,
                                   grove_error** error);

/**
 * @brief Judges the PodCliqueSets of a manifest as updates of those that are stored.
 *
 * As grove_admit(), but that a set of which `stored` has one of the same namespace and name is judged as an update of
 * it: what must not change is compared, and mistakes that the stored one has already are forgiven as an API server
 * forgives them. Its entry in the report has the further member `"operation": "update"`. Sets without a stored one are
 * new. Other kinds in `stored` are ignored.
 *
 * Deterministic; O(size of the texts). Safe to call from any number of threads.
 *
 * @param manifest      Text with the sets to judge; borrowed. NULL only if `manifest_size` is 0.
 * @param manifest_size Its length in bytes.
 * @param stored        Text with the sets that exist; borrowed. NULL only if `stored_size` is 0.
 * @param stored_size   Its length in bytes.
 * @param context       Text with what else exists; borrowed. NULL only if `context_size` is 0: nothing else does.
 * @param context_size  Its length in bytes.
 * @param format        Language of all texts.
 * @param options       Borrowed; NULL for defaults.
 * @param[out] result   Receives the report; release with grove_buffer_dispose(). Not NULL. Zeroed on failure.
 * @param[out] error    Receives details owned by the caller on failure, NULL on success. May be NULL.
 *
 * @retval GROVE_OK                  The sets were judged; the report tells how.
 * @retval GROVE_INVALID_ARGUMENT    As for grove_admit(); two sets of one name in `stored` contradict each other too.
 * @retval GROVE_FAILED_PRECONDITION As for grove_admit().
 * @retval GROVE_RESOURCE_EXHAUSTED  A limit on texts was exceeded; the message names it.
 * @retval GROVE_UNIMPLEMENTED       YAML is asked for, and the library was built without it.
 * @retval GROVE_INTERNAL            A defect of the library.
 * @since 0.1
 */
GROVE_API grove_status grove_admit_update(const char* manifest, size_t manifest_size, const char* stored,
                                          size_t stored_size, const char* context, size_t context_size,
                                          grove_format format, const grove_admit_options* options, grove_buffer* result,
                                          grove_error** error);

#ifdef __cplusplus
} /* extern "C" */
#endif
