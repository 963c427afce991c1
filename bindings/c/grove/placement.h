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
 * @brief Options of grove_place() and grove_capacity(). Members of type uint32_t but `threads` are 0 (no) or 1 (yes).
 * @since 0.1
 */
typedef struct grove_place_options {
  uint32_t struct_size; /**< `sizeof(grove_place_options)`; GROVE_PLACE_OPTIONS_INIT sets it. */
  uint32_t batch;       /**< Gangs of equal priority are planned jointly, so that more of them fit. Default 0. */
  uint32_t threads;  /**< Threads to work with; the result is the same for any number. Default 0: one, the caller's. */
  uint32_t reserved; /**< 0. */
  uint64_t steps_per_gang; /**< Bound of the search for one gang. Default 0: 200000. */
} grove_place_options;

/** @brief Defaults of ::grove_place_options. */
#define GROVE_PLACE_OPTIONS_INIT \
  { sizeof(grove_place_options), 0, 0, 0, 0 }

/**
 * @brief Places every gang of a workload, and the PodGangs of the snapshot, onto the nodes of the snapshot.
 *
 * A pure function: equal inputs give equal results. A gang that does not fit is an answer, not a failure: see
 * grove_placement_gang(). The search is complete within its bound: "infeasible" is a proof. Safe to call from any
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
 * @brief Number of gangs that were decided.
 *
 * @param placement Borrowed; NULL gives 0.
 *
 *
 * @return Their number.
 * @since 0.1
 */
GROVE_API size_t grove_placement_gang_count(const grove_placement* placement);

/**
 * @brief One gang, in the order in which they were decided, which is an order to bind them in.
 *
 * @param placement Borrowed. Not NULL.
 * @param index     Less than grove_placement_gang_count().
 * @param[out] row  Receives the gang. Not NULL. Zeroed on failure.
 *
 * @retval GROVE_OK               The row was set.
 * @retval GROVE_INVALID_ARGUMENT A pointer is NULL.
 * @retval GROVE_OUT_OF_RANGE     There is no such gang.
 * @since 0.1
 */
GROVE_API grove_status grove_placement_gang(const grove_placement* placement, size_t index, grove_gang_row* row);

/**
 * @brief Number of pods that were placed.
 *
 * @param placement Borrowed; NULL gives 0.
 *
 *
 * @return Their number.
 * @since 0.1
 */
GROVE_API size_t grove_placement_pod_count(const grove_placement* placement);

/**
 * @brief One pod, gang by gang.
 *
 * @param placement Borrowed. Not NULL.
 * @param index     Less than grove_placement_pod_count().
 * @param[out] row  Receives the pod. Not NULL. Zeroed on failure.
 *
 * @retval GROVE_OK               The row was set.
 * @retval GROVE_INVALID_ARGUMENT A pointer is NULL.
 * @retval GROVE_OUT_OF_RANGE     There is no such pod.
 * @since 0.1
 */
GROVE_API grove_status grove_placement_pod(const grove_placement* placement, size_t index, grove_pod_row* row);

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
 * The result is one object; `explanation` is absent for gangs that are placed:
 *
 *     {"placed": 1, "gangs": [{"namespace", "name", "outcome", "pods", "explanation"}]}
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
 * O(pods * depth of the topology). Deterministic. Safe to call from any number of threads.
 *
 * @param placement   Borrowed; concurrent calls may share it. Not NULL.
 * @param output      Language of the result.
 * @param[out] result Receives the result; release with grove_buffer_dispose(). Not NULL. Zeroed on failure.
 * @param[out] error  Receives details owned by the caller on failure, NULL on success. May be NULL.
 *
 * @retval GROVE_OK                  The placement was checked.
 * @retval GROVE_INVALID_ARGUMENT    A required pointer is NULL, or an argument breaks its contract.
 * @retval GROVE_FAILED_PRECONDITION grove_index_place() made it: what ran beside it is not known any more.
 * @retval GROVE_UNIMPLEMENTED    YAML is asked for, and the library was built without it.
 * @retval GROVE_INTERNAL         A defect of the library.
 * @since 0.1
 */
GROVE_API grove_status grove_placement_check(const grove_placement* placement, grove_format output,
                                             grove_buffer* result, grove_error** error);

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
 * @retval GROVE_INVALID_ARGUMENT   The message is malformed: see grove_error_path(). Or an argument breaks its
 *                                  contract.
 * @retval GROVE_RESOURCE_EXHAUSTED A limit was exceeded; the message names it.
 * @retval GROVE_INTERNAL           A defect of the library.
 * @since 0.1
 */
GROVE_API grove_status grove_place_message(const char* message, size_t message_size, grove_encoding encoding,
                                           grove_buffer* result, grove_error** error);

/**
 * @brief Tells how many more copies of a workload fit onto a snapshot.
 *
 * Of each copy all gangs count with their minimum, placed one after the other as grove_place() does. The result is one
 * object; `failed` is absent where counting ended at a limit:
 *
 *     {"count": 3, "atMost": 4, "limited": false, "failed": {"namespace", "gang", "outcome", "explanation"}}
 *
 * O(log(count)) calls of grove_place(). Deterministic. Safe to call from any number of threads.
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
 * @retval GROVE_RESOURCE_EXHAUSTED As for grove_place().
 * @retval GROVE_UNIMPLEMENTED      YAML is asked for, and the library was built without it.
 * @retval GROVE_INTERNAL           A defect of the library.
 * @since 0.1
 */
GROVE_API grove_status grove_capacity(const grove_snapshot* snapshot, const grove_workload* workload,
                                      grove_format output, const grove_place_options* options, grove_buffer* result,
                                      grove_error** error);

#ifdef __cplusplus
} /* extern "C" */
#endif
