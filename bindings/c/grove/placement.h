/**
 * @file
 * @brief Placement: which pod of which gang goes to which node of a cluster, or why it cannot.
 *
 * Part of grove.h, which is what programs include.
 */
#pragma once

#include "snapshot.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Placing ---------------------------------------------------------------- */

/**
 * @brief How gangs are placed. Members of type uint32_t are 0 (no) or 1 (yes) where no number is spoken of.
 *
 * What goes beyond the rules never goes against them, and what it reached is part of the PlacementResult message.
 * @since 0.1
 */
typedef struct grove_place_options {
  uint32_t struct_size; /**< `sizeof(grove_place_options)`; GROVE_PLACE_OPTIONS_INIT sets it. */
  uint32_t threads; /**< Threads to work with; the result is the same for any number. Default 0: one, the caller's. */
  uint64_t steps_per_gang;  /**< Bound of the search for one gang. Default 0: 200000. */
  uint32_t batch;           /**< Gangs of equal priority are planned jointly, so that more of them fit. Default 0. */
  uint32_t batch_rounds;    /**< So many rearrangements are tried for a gang. Default 0: 1000. */
  uint32_t without_causes;  /**< Nobody asks why a gang does not fit: saves the search for the cause. Default 0. */
  uint32_t explain_changes; /**< So many gangs that do not fit, the first ones, are told the smallest changes that make
                                 them fit, and which constraints contradict each other. Default 0. */
  uint32_t near_base;       /**< Scaled gangs lie as near to their base gang as possible. Default 0. */
  uint32_t balance;         /**< Where several domains share a scope's pods, they share evenly. Default 0. */
  uint32_t reuse_nodes; /**< Pods come to nodes of the gang's former incarnation (reuseReservationRef). Default 0. */
  uint32_t preempt;     /**< PodGangs of the snapshot give room up to gangs of higher priority: see "evictions" of
                             grove_placement_explain(). Default 0. */
  const char* spread_level;  /**< Replicas of a set share as few domains of this level as possible: its node label key,
                                  or its domain name, UTF-8. Default NULL: no matter. */
  size_t spread_level_size;  /**< Its length in bytes. */
  const char* replica_level; /**< All gangs of a replica of a set must lie in one domain of this level. Default NULL:
                                  they need not. */
  size_t replica_level_size; /**< Its length in bytes. */
} grove_place_options;

/** @brief Defaults of ::grove_place_options. */
#define GROVE_PLACE_OPTIONS_INIT \
  { sizeof(grove_place_options), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, NULL, 0, NULL, 0 }

/**
 * @brief Places every gang of a workload, and the PodGangs of the snapshot, onto the nodes of the snapshot.
 *
 * A pure function: equal inputs give equal results. A gang that does not fit is an answer, not a failure: see
 * grove_placement_gangs(). The search is complete within its bound: "infeasible" is a proof. Safe to call from any
 * number of threads.
 *
 * @param snapshot       Borrowed; concurrent calls may share it. Not NULL.
 * @param workload       Borrowed; concurrent calls may share it. NULL: only the PodGangs of the snapshot.
 * @param options        Borrowed; NULL for defaults.
 * @param[out] placement Receives a placement owned by the caller; release with grove_placement_free(). Not NULL. NULL
 *                       on failure.
 * @param[out] error     Receives details owned by the caller on failure, NULL on success. May be NULL.
 *
 * @retval GROVE_OK                 Every gang was decided.
 * @retval GROVE_INVALID_ARGUMENT   A required pointer is NULL, an argument breaks its contract, or snapshot and
 *                                  workload contradict each other: see the message.
 * @retval GROVE_RESOURCE_EXHAUSTED There are more nodes or pods than the library plans for.
 * @retval GROVE_INTERNAL           A defect of the library.
 * @since 0.1
 */
GROVE_API grove_status grove_place(const grove_snapshot* snapshot, const grove_workload* workload,
                                   const grove_place_options* options, grove_placement** placement,
                                   grove_error** error);

/**
 * @brief What became of a gang.
 * @since 0.1
 */
typedef enum grove_outcome {
  GROVE_OUTCOME_PLACED = 0,     /**< Its minimum is placed, or has been before. */
  GROVE_OUTCOME_INFEASIBLE = 1, /**< Proven: nothing obeys its constraints, given what was placed before. */
  GROVE_OUTCOME_NOT_FOUND = 2,  /**< The bound of the search was reached; it may or may not fit. */
  GROVE_OUTCOME_NOT_READY = 3,  /**< Fewer pods exist than it needs. */
  GROVE_OUTCOME_NO_BASE = 4,    /**< The gang that it scales is not scheduled. */
  GROVE_OUTCOME_INVALID = 5,    /**< It names a topology or a level that does not exist. */
  GROVE_OUTCOME_MAX_ENUM_ = 0x7fffffff
} grove_outcome;

/**
 * @brief One gang of a placement. Texts are NUL-terminated UTF-8 and live as long as the placement.
 * @since 0.1
 */
typedef struct grove_gang_row {
  const char* gang_namespace; /**< Namespace of the gang. */
  const char* name;           /**< Its name. */
  grove_outcome outcome;      /**< What became of it. */
  uint32_t optimal;           /**< 1: no other placement packs it better. */
  size_t first_pod;           /**< Its pods are the rows from here on ... */
  size_t pod_count;           /**< ... as many as this. */
} grove_gang_row;

/**
 * @brief One pod of a placement. Texts are NUL-terminated UTF-8 and live as long as the placement.
 * @since 0.1
 */
typedef struct grove_pod_row {
  const char* name;   /**< Name of the pod; "" where the gang tells none. */
  const char* group;  /**< Pod group that it belongs to. */
  const char* node;   /**< Node that it goes to. */
  size_t gang;        /**< Row of its gang. */
  uint32_t candidate; /**< Its position among the group's pods. */
  uint32_t surplus;   /**< 1: beyond the gang's minimum. */
} grove_pod_row;

/**
 * @brief All gangs, in the order in which they were decided, which is an order to bind them in.
 *
 * @param placement  Borrowed; concurrent calls may share it. NULL has no gangs.
 * @param[out] count Receives the number of rows. May be NULL.
 *
 * @return The first row, the others behind it; they live as long as the placement. NULL if there are none.
 * @since 0.1
 */
GROVE_API const grove_gang_row* grove_placement_gangs(const grove_placement* placement, size_t* count);

/**
 * @brief All pods that were placed, gang by gang.
 *
 * @param placement  Borrowed; concurrent calls may share it. NULL has no pods.
 * @param[out] count Receives the number of rows. May be NULL.
 *
 * @return The first row, the others behind it; they live as long as the placement. NULL if there are none.
 * @since 0.1
 */
GROVE_API const grove_pod_row* grove_placement_pods(const grove_placement* placement, size_t* count);

/**
 * @brief Writes a placement as a PlacementResult message of placement.proto.
 *
 * Deterministic. Safe to call from any number of threads.
 *
 * @param placement   Borrowed; concurrent calls may share it. Not NULL.
 * @param encoding    How it is written.
 * @param[out] result Receives the message; release with grove_buffer_dispose(). Not NULL. Zeroed on failure.
 * @param[out] error  Receives details owned by the caller on failure, NULL on success. May be NULL.
 *
 * @retval GROVE_OK               The message was written.
 * @retval GROVE_INVALID_ARGUMENT A required pointer is NULL, or an argument breaks its contract.
 * @retval GROVE_INTERNAL         A defect of the library.
 * @since 0.1
 */
GROVE_API grove_status grove_placement_encode(const grove_placement* placement, grove_encoding encoding,
                                              grove_buffer* result, grove_error** error);

/**
 * @brief Tells of every gang what became of it, why, and what would help, in sentences for a person.
 *
 * The result is one object:
 *
 *     {"placed": 1, "placedBound": 2,
 *      "gangs": [{"namespace", "name", "outcome", "pods", "explanation", "conflict",
 *                 "changes": [{"kind", "size", "minimal", "summary"}]}],
 *      "evictions": [{"namespace", "name", "forNamespace", "forName", "whole",
 *                     "pods": [{"group", "active", "node"}]}],
 *      "gated": [{"namespace", "gang", "group", "gate", "pods"}],
 *      "notEvaluated": [{"what", "pods", "example"}], "remarks": ["..."]}
 *
 * No more than `placedBound` gangs can be placed. `conflict` and `changes`, smallest first, are what the option
 * `explain_changes` asks for; `kind` is "returnNodes", "relaxLevels", "lowerMinimums", "fewerScopes",
 * "fewerReplicas", "freeGangs" or "freeNodes". `active` counts the group's running pods in the order of the text.
 * `gated` are pods that a scheduling gate keeps from being placed, `notEvaluated` what pods ask for and nobody looked
 * at, `remarks` one line each on what the texts say and placement left out. What is empty is absent, but for "gangs".
 *
 * Deterministic. Safe to call from any number of threads.
 *
 * @param placement   Borrowed; concurrent calls may share it. Not NULL.
 * @param output      Language of the result.
 * @param[out] result Receives the result; release with grove_buffer_dispose(). Not NULL. Zeroed on failure.
 * @param[out] error  Receives details owned by the caller on failure, NULL on success. May be NULL.
 *
 * @retval GROVE_OK               The result was made.
 * @retval GROVE_INVALID_ARGUMENT A required pointer is NULL, or an argument breaks its contract.
 * @retval GROVE_UNIMPLEMENTED    YAML is asked for, and the library was built without it.
 * @retval GROVE_INTERNAL         A defect of the library.
 * @since 0.1
 */
GROVE_API grove_status grove_placement_explain(const grove_placement* placement, grove_format output,
                                               grove_buffer* result, grove_error** error);

/**
 * @brief Checks a placement rule by rule, without the code that made it.
 *
 * The result is one object; the placement keeps its contract if there are no breaches:
 *
 *     {"breaches": [{"rule", "namespace", "gang", "detail"}]}
 *
 * Knows the options that the placement was made with. O(pods * depth of the topology). Deterministic. Safe to call
 * from any number of threads.
 *
 * @param placement   Borrowed; concurrent calls may share it. Not NULL.
 * @param index       The index that made it, unchanged since: check before grove_index_apply(). Borrowed. NULL for a
 *                    placement of grove_place().
 * @param output      Language of the result.
 * @param[out] result Receives the result; release with grove_buffer_dispose(). Not NULL. Zeroed on failure.
 * @param[out] error  Receives details owned by the caller on failure, NULL on success. May be NULL.
 *
 * @retval GROVE_OK                  The placement was checked.
 * @retval GROVE_INVALID_ARGUMENT    A required pointer is NULL, or an argument breaks its contract.
 * @retval GROVE_FAILED_PRECONDITION `index` did not make it, or has changed since: what ran beside it is not known.
 * @retval GROVE_UNIMPLEMENTED       YAML is asked for, and the library was built without it.
 * @retval GROVE_INTERNAL            A defect of the library.
 * @since 0.1
 */
GROVE_API grove_status grove_placement_check(const grove_placement* placement, const grove_index* index,
                                             grove_format output, grove_buffer* result, grove_error** error);

/**
 * @brief Releases a placement.
 *
 * @param placement Used by nobody else any more; NULL does nothing.
 *
 * @since 0.1
 */
GROVE_API void grove_placement_free(grove_placement* placement);

/**
 * @brief Answers a PlacementRequest message of placement.proto with a PlacementResult message in the same encoding.
 *
 * For callers that have gangs of their own: no Kubernetes object is read. Safe to call from any number of threads.
 *
 * @param message      Borrowed. NULL only if `message_size` is 0.
 * @param message_size Its length in bytes.
 * @param encoding     How both are written.
 * @param[out] result  Receives the answer; release with grove_buffer_dispose(). Not NULL. Zeroed on failure.
 * @param[out] error   Receives details owned by the caller on failure, NULL on success. May be NULL.
 *
 * @retval GROVE_OK                 Every gang was decided.
 * @retval GROVE_INVALID_ARGUMENT   The message is malformed: see grove_error::path. Or an argument breaks its
 *                                  contract.
 * @retval GROVE_RESOURCE_EXHAUSTED A limit was exceeded; the message names it.
 * @retval GROVE_INTERNAL           A defect of the library.
 * @since 0.1
 */
GROVE_API grove_status grove_place_message(const char* message, size_t message_size, grove_encoding encoding,
                                           grove_buffer* result, grove_error** error);

/**
 * @brief Checks a PlacementResult message, whoever made it, against the PlacementRequest message that it answers.
 *
 * Rule by rule, without the code that places; the result is that of grove_placement_check(), as JSON. O(bytes + pods *
 * depth of the topology). Deterministic. Safe to call from any number of threads.
 *
 * @param request      Borrowed. NULL only if `request_size` is 0.
 * @param request_size Its length in bytes.
 * @param answer       Borrowed. NULL only if `answer_size` is 0.
 * @param answer_size  Its length in bytes.
 * @param encoding     How both are written.
 * @param[out] result  Receives the breaches; release with grove_buffer_dispose(). Not NULL. Zeroed on failure.
 * @param[out] error   Receives details owned by the caller on failure, NULL on success. May be NULL.
 *
 * @retval GROVE_OK                 The answer was checked.
 * @retval GROVE_INVALID_ARGUMENT   A message is malformed, or names what the request does not have: see
 *                                  grove_error::argument and grove_error::path. Or an argument breaks its contract.
 * @retval GROVE_RESOURCE_EXHAUSTED A limit was exceeded; the message names it.
 * @retval GROVE_INTERNAL           A defect of the library.
 * @since 0.1
 */
GROVE_API grove_status grove_check_message(const char* request, size_t request_size, const char* answer,
                                           size_t answer_size, grove_encoding encoding, grove_buffer* result,
                                           grove_error** error);

/* ---- Capacity --------------------------------------------------------------- */

/**
 * @brief What grove_capacity() counts.
 * @since 0.1
 */
typedef struct grove_capacity_options {
  uint32_t struct_size;  /**< `sizeof(grove_capacity_options)`; GROVE_CAPACITY_OPTIONS_INIT sets it. */
  uint32_t most_copies;  /**< Counting ends there. Default 0: 100000. */
  uint32_t most_pods;    /**< Pods that are placed at once at most, which bounds memory. Default 0: 500000. */
  uint32_t worst_losses; /**< Also what is left after the loss of any one domain, for levels of at most so many
                              domains: each is tried. Default 0: none is. */
  const char* gang;      /**< Copies of this gang of the workload alone: "name" or "namespace/name", UTF-8. A scaled
                              gang is a replica of its scaling group. Default NULL: of all gangs together. */
  size_t gang_size;      /**< Its length in bytes. */
  const char* group;     /**< Pods of this group that fit into `gang` beyond those that it has once the workload is
                              placed. Default NULL: whole copies. */
  size_t group_size;     /**< Its length in bytes. */
  const char* lost;      /**< Domains and nodes that are gone, separated by commas: label values from the broadest
                              level down, joined by '/', or names of nodes. Default NULL: none. */
  size_t lost_size;      /**< Its length in bytes. */
  const grove_place_options* place; /**< How gangs are placed; borrowed. Default NULL: all defaults. */
} grove_capacity_options;

/** @brief Defaults of ::grove_capacity_options. */
#define GROVE_CAPACITY_OPTIONS_INIT \
  { sizeof(grove_capacity_options), 0, 0, 0, NULL, 0, NULL, 0, NULL, 0, NULL }

/**
 * @brief Tells how many more copies of a workload, of one of its gangs, or pods of a group fit onto a snapshot.
 *
 * Of each copy all gangs count with their minimum, placed one after the other as grove_place() does. The result is one
 * object; `failed` is absent where counting ended at a limit, `atMost` where nothing is known:
 *
 *     {"count": 3, "atMost": 4, "limited": false, "failed": {"namespace", "name", "outcome", "pods", "explanation"},
 *      "worstLosses": [{"level", "domains", "counted", "domain", "count"}]}
 *
 * `worstLosses` has an entry for each level if they are asked for: the domain whose loss costs most, and how many
 * copies fit without it; `counted` is false where there are too many domains. O(log(count)) calls of grove_place().
 * Deterministic. Safe to call from any number of threads.
 *
 * @param snapshot    Borrowed; concurrent calls may share it. Not NULL.
 * @param workload    Borrowed; concurrent calls may share it. Not NULL.
 * @param output      Language of the result.
 * @param options     Borrowed; NULL for defaults.
 * @param[out] result Receives the result; release with grove_buffer_dispose(). Not NULL. Zeroed on failure.
 * @param[out] error  Receives details owned by the caller on failure, NULL on success. May be NULL.
 *
 * @retval GROVE_OK                 The result was made.
 * @retval GROVE_INVALID_ARGUMENT   As for grove_place().
 * @retval GROVE_NOT_FOUND          The workload has no such gang or group, or the cluster no such domain.
 * @retval GROVE_RESOURCE_EXHAUSTED As for grove_place().
 * @retval GROVE_UNIMPLEMENTED      YAML is asked for, and the library was built without it.
 * @retval GROVE_INTERNAL           A defect of the library.
 * @since 0.1
 */
GROVE_API grove_status grove_capacity(const grove_snapshot* snapshot, const grove_workload* workload,
                                      grove_format output, const grove_capacity_options* options, grove_buffer* result,
                                      grove_error** error);

#ifdef __cplusplus
} /* extern "C" */
#endif
