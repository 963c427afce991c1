/**
 * @file
 * @brief Snapshots of clusters and workloads: what placement reads, parsed once and used any number of times.
 *
 * Part of grove.h, which is what programs include.
 */
#pragma once

#include "expansion.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Handles ---------------------------------------------------------------- */

/**
 * @brief A cluster: nodes, topology, what runs on them. Immutable; any number of threads may share one.
 * @since 0.1
 */
typedef struct grove_snapshot grove_snapshot;

/**
 * @brief Sets that were admitted and expanded. Immutable; any number of threads may share one.
 * @since 0.1
 */
typedef struct grove_workload grove_workload;

/**
 * @brief What grove_place() decided. Immutable; any number of threads may share one. It outlives what it was made from.
 * @since 0.1
 */
typedef struct grove_placement grove_placement;

/**
 * @brief A cluster that changes. Nodes and kinds of pods are looked at once, and not again for every gang.
 *
 * Belongs to one thread at a time; workloads and placements may be shared as ever. Placements outlive it. See index.h.
 * As for grove_snapshot_with(), of the labels of its pods those are known that affinity of pods in sight was about, or
 * all of them with grove_snapshot_options::keep_labels.
 * @since 0.1
 */
typedef struct grove_index grove_index;

/**
 * @brief How messages of placement.proto are written.
 * @since 0.1
 */
typedef enum grove_encoding {
  GROVE_ENCODING_BINARY = 0, /**< Protocol buffers. */
  GROVE_ENCODING_JSON = 1,   /**< Their JSON mapping. */
  GROVE_ENCODING_MAX_ENUM_ = 0x7fffffff
} grove_encoding;

/* ---- Workloads -------------------------------------------------------------- */

/**
 * @brief Admits and expands the sets of a manifest, to be placed any number of times.
 *
 * Reads and refuses what grove_expand() does. O(objects). Safe to call from any number of threads.
 *
 * @param manifest      Text with the sets; borrowed. NULL only if `manifest_size` is 0.
 * @param manifest_size Its length in bytes.
 * @param context       Text with what else exists; borrowed. NULL only if `context_size` is 0: nothing else does.
 * @param context_size  Its length in bytes.
 * @param format        Language of all texts.
 * @param options       How the sets are expanded; `output` is not read. Borrowed; NULL for defaults.
 * @param[out] workload Receives a workload owned by the caller; release with grove_workload_free(). Not NULL. NULL on
 *                      failure.
 * @param[out] error    Receives details owned by the caller on failure, NULL on success. May be NULL.
 *
 * @retval GROVE_OK                  The workload was made.
 * @retval GROVE_INVALID_ARGUMENT    As for grove_expand().
 * @retval GROVE_FAILED_PRECONDITION As for grove_expand().
 * @retval GROVE_RESOURCE_EXHAUSTED  A limit was exceeded; the message names it.
 * @retval GROVE_UNIMPLEMENTED       YAML is asked for, and the library was built without it.
 * @retval GROVE_INTERNAL            A defect of the library.
 * @since 0.1
 */
GROVE_API grove_status grove_workload_parse(const char* manifest, size_t manifest_size, const char* context,
                                            size_t context_size, grove_format format,
                                            const grove_expand_options* options, grove_workload** workload,
                                            grove_error** error);

/**
 * @brief Releases a workload.
 *
 * @param workload Used by nobody else any more; NULL does nothing.
 *
 * @since 0.1
 */
GROVE_API void grove_workload_free(grove_workload* workload);

/* ---- Snapshots -------------------------------------------------------------- */

/**
 * @brief Options of grove_snapshot_parse(). Members of type uint32_t are 0 (no) or 1 (yes).
 * @since 0.1
 */
typedef struct grove_snapshot_options {
  uint32_t struct_size;  /**< `sizeof(grove_snapshot_options)`; GROVE_SNAPSHOT_OPTIONS_INIT sets it. */
  uint32_t lift_gates;   /**< Pods that only Grove's own gate holds are candidates. Default 0. */
  uint32_t keep_labels;  /**< All labels of pods stay known to the snapshots and indexes that are made of this one, so
                            that  affinity of later workloads may be about them. Pods that differ in a label are looked
                            at  one  by one then. Default 0: labels that affinity of pods in sight is about. */
  uint32_t ignore_gangs; /**< PodGangs of the text are not placed. Default 0. */
  const char* topology;  /**< Name of the ClusterTopologyBinding to use if there are several, UTF-8. Default NULL: the
                              one that the gangs name, else the only one. */
  size_t topology_size;  /**< Its length in bytes. */
  const grove_limits* limits; /**< Borrowed for the call. Default NULL: all defaults. */
} grove_snapshot_options;

/** @brief Defaults of ::grove_snapshot_options. */
#define GROVE_SNAPSHOT_OPTIONS_INIT \
  { sizeof(grove_snapshot_options), 0, 0, 0, NULL, 0, NULL }

/**
 * @brief Reads a cluster as `kubectl get nodes,pods,podgangs,clustertopologybindings -A -o json` prints it.
 *
 * Node, Pod, PodGang, ClusterTopologyBinding, PriorityClass and Namespace count; other kinds are ignored. What runs on
 * a node takes its room; PodGangs are placed together with what grove_place() is given. O(objects). Safe to call from
 * any number of threads.
 *
 * @param cluster       Text with the objects; borrowed. NULL only if `cluster_size` is 0.
 * @param cluster_size  Its length in bytes.
 * @param format        Language of the text.
 * @param options       Borrowed; NULL for defaults.
 * @param[out] snapshot Receives a snapshot owned by the caller; release with grove_snapshot_free(). Not NULL. NULL on
 *                      failure.
 * @param[out] error    Receives details owned by the caller on failure, NULL on success. May be NULL.
 *
 * @retval GROVE_OK                 The snapshot was made.
 * @retval GROVE_INVALID_ARGUMENT   The text is malformed, an object in it makes no sense, as a quantity that is none
 *                                  does, or an argument breaks its contract.
 * @retval GROVE_RESOURCE_EXHAUSTED A limit was exceeded; the message names it.
 * @retval GROVE_UNIMPLEMENTED      YAML is asked for, and the library was built without it.
 * @retval GROVE_INTERNAL           A defect of the library.
 * @since 0.1
 */
GROVE_API grove_status grove_snapshot_parse(const char* cluster, size_t cluster_size, grove_format format,
                                            const grove_snapshot_options* options, grove_snapshot** snapshot,
                                            grove_error** error);

/**
 * @brief Reads a cluster from a Cluster message of placement.proto.
 *
 * O(bytes). Safe to call from any number of threads.
 *
 * @param message       Borrowed. NULL only if `message_size` is 0.
 * @param message_size  Its length in bytes.
 * @param encoding      How it is written.
 * @param[out] snapshot Receives a snapshot owned by the caller; release with grove_snapshot_free(). Not NULL. NULL on
 *                      failure.
 * @param[out] error    Receives details owned by the caller on failure, NULL on success. May be NULL.
 *
 * @retval GROVE_OK                 The snapshot was made.
 * @retval GROVE_INVALID_ARGUMENT   The message is malformed: see grove_error::path. Or an argument breaks its
 *                                  contract.
 * @retval GROVE_RESOURCE_EXHAUSTED A limit was exceeded; the message names it.
 * @retval GROVE_INTERNAL           A defect of the library.
 * @since 0.1
 */
GROVE_API grove_status grove_snapshot_decode(const char* message, size_t message_size, grove_encoding encoding,
                                             grove_snapshot** snapshot, grove_error** error);

/**
 * @brief Writes a cluster as a Cluster message of placement.proto.
 *
 * PodGangs of the text that the snapshot came from are no part of it. Deterministic. Safe to call from any number of
 * threads.
 *
 * @param snapshot    Borrowed; concurrent calls may share it. Not NULL.
 * @param encoding    How it is written.
 * @param[out] result Receives the message; release with grove_buffer_dispose(). Not NULL. Zeroed on failure.
 * @param[out] error  Receives details owned by the caller on failure, NULL on success. May be NULL.
 *
 * @retval GROVE_OK               The message was written.
 * @retval GROVE_INVALID_ARGUMENT A required pointer is NULL, or an argument breaks its contract.
 * @retval GROVE_INTERNAL         A defect of the library.
 * @since 0.1
 */
GROVE_API grove_status grove_snapshot_encode(const grove_snapshot* snapshot, grove_encoding encoding,
                                             grove_buffer* result, grove_error** error);

/**
 * @brief Makes the snapshot in which a placement has come true: what it evicts is gone, its pods run.
 *
 * PodGangs of the text that the first snapshot came from count as dealt with: the next one has none. Of the labels of
 * its pods those stay that affinity of pods in sight, when they were read or placed, was about: what only a later
 * workload asks of them is not seen without grove_snapshot_options::keep_labels. O(size of the cluster). Safe to call
 * from any number of threads.
 *
 * @param snapshot   Borrowed; concurrent calls may share it. Not NULL.
 * @param placement  Made on this snapshot, or on one with the same nodes. Borrowed. Not NULL.
 * @param[out] next  Receives a snapshot owned by the caller; release with grove_snapshot_free(). Not NULL. NULL on
 *                   failure.
 * @param[out] error Receives details owned by the caller on failure, NULL on success. May be NULL.
 *
 * @retval GROVE_OK               The snapshot was made.
 * @retval GROVE_INVALID_ARGUMENT A required pointer is NULL, or an argument breaks its contract.
 * @retval GROVE_NOT_FOUND        A node of the placement does not exist in the snapshot, or a pod that it evicts does
 *                                not run there.
 * @retval GROVE_INTERNAL         A defect of the library.
 * @since 0.1
 */
GROVE_API grove_status grove_snapshot_with(const grove_snapshot* snapshot, const grove_placement* placement,
                                           grove_snapshot** next, grove_error** error);

/**
 * @brief Makes the snapshot from which the pods of a placement have gone again.
 *
 * The reverse of grove_snapshot_with(), but that what was evicted stays away. O(size of the cluster). Safe to call from
 * any number of threads.
 *
 * @param snapshot   Borrowed; concurrent calls may share it. Not NULL.
 * @param placement  What came true before. Borrowed. Not NULL.
 * @param[out] next  Receives a snapshot owned by the caller; release with grove_snapshot_free(). Not NULL. NULL on
 *                   failure.
 * @param[out] error Receives details owned by the caller on failure, NULL on success. May be NULL.
 *
 * @retval GROVE_OK               The snapshot was made.
 * @retval GROVE_INVALID_ARGUMENT A required pointer is NULL, or an argument breaks its contract.
 * @retval GROVE_NOT_FOUND        A pod of the placement does not run where it was placed.
 * @retval GROVE_INTERNAL         A defect of the library.
 * @since 0.1
 */
GROVE_API grove_status grove_snapshot_without(const grove_snapshot* snapshot, const grove_placement* placement,
                                              grove_snapshot** next, grove_error** error);

/**
 * @brief Releases a snapshot.
 *
 * @param snapshot Used by nobody else any more; NULL does nothing.
 *
 * @since 0.1
 */
GROVE_API void grove_snapshot_free(grove_snapshot* snapshot);

#ifdef __cplusplus
} /* extern "C" */
#endif
