/**
 * @file
 * @brief Expansion: every object that Grove makes of a PodCliqueSet.
 *
 * Part of grove.h, which is what programs include.
 */
#pragma once

#include "admission.h"

#ifdef __cplusplus
extern "C" {
#endif

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
 * @brief How the scheduler backend "kube" cuts a PodGang into PodGroups, which have no parts.
 * @since 0.1
 */
typedef enum grove_pod_groups {
  GROVE_POD_GROUPS_PER_GANG = 0,   /**< One for all pods of the gang: the minimum counts pods of any kind. */
  GROVE_POD_GROUPS_PER_CLIQUE = 1, /**< One per clique, which start independently of each other. */
  GROVE_POD_GROUPS_MAX_ENUM_ = 0x7fffffff
} grove_pod_groups;

/**
 * @brief How sets are expanded, wherever a call expands some. Members of type uint32_t are 0 (no) or 1 (yes).
 * @since 0.1
 */
typedef struct grove_expand_options {
  uint32_t struct_size;             /**< `sizeof(grove_expand_options)`; GROVE_EXPAND_OPTIONS_INIT sets it. */
  grove_format output;              /**< Language of the objects. Default GROVE_FORMAT_JSON. */
  grove_object_state state;         /**< Default GROVE_OBJECT_STATE_CREATED. */
  uint32_t scheduler_objects;       /**< Also the objects of each set's scheduler backend. Default 0. */
  uint32_t allow_incomplete;        /**< A set that cannot be expanded to its end gives what it can. Default 0. */
  grove_pod_groups pod_groups;      /**< Default GROVE_POD_GROUPS_PER_GANG. */
  uint32_t sets;                    /**< Also the sets themselves, with what Grove writes to their status. Default 0. */
  uint32_t topologies;              /**< Also the ClusterTopologyBindings with their status, and the KAI Topologies that
                                         Grove keeps for them. Default 0. */
  uint64_t seed;                    /**< Decides the random part of pod names. Default 0. */
  int64_t now;                      /**< Seconds since 1970 UTC, not negative, up to the year 9999: written where a
                                         status tells a time. Default 0. */
  const char* init_container_image; /**< Repository of the image of the startup init container, UTF-8. Default NULL:
                                         "grove-initc". */
  size_t init_container_image_size; /**< Its length in bytes. */
  const char* init_container_version; /**< Tag of that image, UTF-8. Default NULL: that of the reference. */
  size_t init_container_version_size; /**< Its length in bytes. */
  const char* backend;                /**< Scheduler backend instead of the set's own, see grove_reference(). Default
                                           NULL: its own. */
  size_t backend_size;                /**< Its length in bytes. */
  const char* live;                   /**< Text with the objects of the sets that exist, in the format of the call: the
                                           result has what they are to become. Default NULL: none exist. */
  size_t live_size;                   /**< Its length in bytes. */
  const char* stored;                 /**< Text with the sets that are stored, in the format of the call: those are
                                           admitted as grove_admit_update() does. Default NULL: all are new. */
  size_t stored_size;                 /**< Its length in bytes. */
  const grove_admit_options* admit; /**< How the sets are admitted, and all limits; borrowed. Default NULL: defaults. */
} grove_expand_options;

/** @brief Defaults of ::grove_expand_options. */
#define GROVE_EXPAND_OPTIONS_INIT                                                                                    \
  {                                                                                                                  \
    sizeof(grove_expand_options), GROVE_FORMAT_JSON, GROVE_OBJECT_STATE_CREATED, 0, 0, GROVE_POD_GROUPS_PER_GANG, 0, \
        0, 0, 0, NULL, 0, NULL, 0, NULL, 0, NULL, 0, NULL, 0, NULL                                                   \
  }

/**
 * @brief Makes every object that Grove makes of the PodCliqueSets of a manifest.
 *
 * Reads what grove_admit() reads, and admits as it does; what is denied cannot be expanded. The result holds the
 * children of all sets, kind by kind in the order in which Grove creates the kinds, within a kind in the order of the
 * sets: in JSON one object of kind List, in YAML one document each. What the options `topologies` and `sets` ask for
 * stands before them. For `topologies` the texts may also have KAI Topologies, which exist then; bindings keep the
 * times of conditions that their status has, and `now` is written where one changes.
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
 *                      `"reconcileErrors": [{"object", "code", "message"}]`, with scheduler objects also "losses" as in
 *                      grove_translate(), and with live objects `"pending": ["rollingUpdate", "gangTermination"]`, what
 *                      time and the pods' condition decide; release with grove_buffer_dispose().
 *                      May be NULL; must not be `result`. Zeroed on failure: grove_error::report has it then.
 * @param[out] error    Receives details owned by the caller on failure, NULL on success. May be NULL.
 *
 * @retval GROVE_OK                  The objects were made: all of them, unless `allow_incomplete` is set.
 * @retval GROVE_INVALID_ARGUMENT    As for grove_admit().
 * @retval GROVE_FAILED_PRECONDITION A set, a binding or the configuration was denied; or a set cannot be expanded
 *                                   to its end, because a ResourceClaimTemplate that it names does not exist, and
 *                                   `allow_incomplete` is 0. See grove_error::path and grove_error::line for the
 *                                   first finding and grove_error::report for all.
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
