/**
 * @file
 * @brief The index of a scheduler: a cluster prepared for placing, which follows the cluster change by change.
 *
 * Part of grove.h, which is what programs include.
 */
#pragma once

#include "placement.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * @brief Makes an index of a snapshot.
 *
 * PodGangs of the snapshot count as dealt with: the index places workloads. Its topology is that of the snapshot: gangs
 * that name a ClusterTopologyBinding which only their workload has are invalid. O(nodes * resources).
 *
 * @param snapshot   Borrowed; concurrent calls may share it. Not NULL.
 * @param[out] index Receives an index owned by the caller; release with grove_index_free(). Not NULL. NULL on failure.
 * @param[out] error Receives details owned by the caller on failure, NULL on success. May be NULL.
 *
 * @retval GROVE_OK               The index was made.
 * @retval GROVE_INVALID_ARGUMENT A required pointer is NULL.
 * @retval GROVE_INTERNAL         A defect of the library.
 * @since 0.1
 */
GROVE_API grove_status grove_index_new(const grove_snapshot* snapshot, grove_index** index, grove_error** error);

/**
 * @brief Places every gang of a workload as grove_place() does. The index stays as it is: see grove_index_apply().
 *
 * Of the options `preempt` and `reuse_nodes` find nothing: an index knows pods, not the gangs that they are of.
 * O(pods of the workload), and what the search takes; kinds of pods that were placed before are not counted again.
 *
 * @param index          Used by no other thread during the call. Not NULL.
 * @param workload       Borrowed; concurrent calls may share it. No gang of it runs yet. Not NULL.
 * @param options        Borrowed; NULL for defaults.
 * @param[out] placement Receives a placement owned by the caller; release with grove_placement_free(). Not NULL. NULL
 *                       on failure.
 * @param[out] error     Receives details owned by the caller on failure, NULL on success. May be NULL.
 *
 * @retval GROVE_OK                 Every gang was decided.
 * @retval GROVE_INVALID_ARGUMENT   As for grove_place().
 * @retval GROVE_RESOURCE_EXHAUSTED As for grove_place().
 * @retval GROVE_INTERNAL           A defect of the library.
 * @since 0.1
 */
GROVE_API grove_status grove_index_place(grove_index* index, const grove_workload* workload,
                                         const grove_place_options* options, grove_placement** placement,
                                         grove_error** error);

/**
 * @brief Lets a placement come true: its pods run.
 *
 * O(depth of the topology + log(nodes)) for a pod. On failure nothing has changed.
 *
 * @param index      Used by no other thread during the call. Not NULL.
 * @param placement  Made on the same nodes. Borrowed. Not NULL.
 * @param[out] error Receives details owned by the caller on failure, NULL on success. May be NULL.
 *
 * @retval GROVE_OK               The pods run.
 * @retval GROVE_INVALID_ARGUMENT A required pointer is NULL.
 * @retval GROVE_NOT_FOUND        A node of the placement does not exist, or a pod that it evicts does not run there.
 * @retval GROVE_INTERNAL         A defect of the library.
 * @since 0.1
 */
GROVE_API grove_status grove_index_apply(grove_index* index, const grove_placement* placement, grove_error** error);

/**
 * @brief Takes the pods of a placement away again. The reverse of grove_index_apply(), and as dear.
 *
 * @param index      Used by no other thread during the call. Not NULL.
 * @param placement  What was applied before; of pods without labels, ports and affinity this is not checked. Borrowed.
 *                   Not NULL.
 * @param[out] error Receives details owned by the caller on failure, NULL on success. May be NULL.
 *
 * @retval GROVE_OK               The pods are gone.
 * @retval GROVE_INVALID_ARGUMENT A required pointer is NULL.
 * @retval GROVE_NOT_FOUND        A node of the placement does not exist, or a pod does not run where it was placed.
 * @retval GROVE_INTERNAL         A defect of the library.
 * @since 0.1
 */
GROVE_API grove_status grove_index_release(grove_index* index, const grove_placement* placement, grove_error** error);

/**
 * @brief Tells that pods came to nodes or left them that no placement is about: those of other schedulers, of daemons.
 *
 * O(pods + size of the text). On failure nothing has changed.
 *
 * @param index      Used by no other thread during the call. Not NULL.
 * @param pods       Text of Pod objects, each with the node that it is bound to; borrowed. NULL only if `pods_size` is
 *                   0. Objects of other kinds, pods without a node, and those that have ended play no part.
 * @param pods_size  Its length in bytes.
 * @param format     Language of the text.
 * @param come       1: the pods came; 0: they left, as the same text, or the snapshot, told of them.
 * @param[out] error Receives details owned by the caller on failure, NULL on success. May be NULL.
 *
 * @retval GROVE_OK               The pods are as told.
 * @retval GROVE_INVALID_ARGUMENT The text is malformed, a pod makes no sense, or an argument breaks its contract.
 * @retval GROVE_NOT_FOUND        A node does not exist, or a pod that others' affinity is about does not run there.
 * @retval GROVE_RESOURCE_EXHAUSTED A limit on texts was exceeded; the message names it.
 * @retval GROVE_UNIMPLEMENTED    YAML is asked for, and the library was built without it.
 * @retval GROVE_INTERNAL         A defect of the library.
 * @since 0.1
 */
GROVE_API grove_status grove_index_change_pods(grove_index* index, const char* pods, size_t pods_size,
                                               grove_format format, uint32_t come, grove_error** error);

/**
 * @brief Takes a node into service or out of it. What runs there stays. O(depth of the topology + log(nodes)).
 *
 * @param index      Used by no other thread during the call. Not NULL.
 * @param node       Name of the node, UTF-8; borrowed. Not NULL.
 * @param node_size  Its length in bytes.
 * @param usable     1: gangs may be placed there; 0: they may not.
 * @param[out] error Receives details owned by the caller on failure, NULL on success. May be NULL.
 *
 * @retval GROVE_OK               The node is as asked.
 * @retval GROVE_INVALID_ARGUMENT A required pointer is NULL, or an argument breaks its contract.
 * @retval GROVE_NOT_FOUND        There is no such node.
 * @retval GROVE_INTERNAL         A defect of the library.
 * @since 0.1
 */
GROVE_API grove_status grove_index_set_usable(grove_index* index, const char* node, size_t node_size, uint32_t usable,
                                              grove_error** error);

/**
 * @brief Releases an index.
 *
 * @param index Used by nobody else any more; NULL does nothing.
 *
 * @since 0.1
 */
GROVE_API void grove_index_free(grove_index* index);

#ifdef __cplusplus
} /* extern "C" */
#endif
