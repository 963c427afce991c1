/**
 * @file
 * @brief Planning: what becomes of sets, without making every object of them, and what would change.
 *
 * Part of grove.h, which is what programs include.
 */
#pragma once

#include "expansion.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- One document about the sets of a manifest ------------------------------ */

/**
 * @brief Tells what every child of the sets is called, and how much longer its name may become.
 *
 * Reads what grove_admit() reads; denied sets are told of as far as they can be read. The result is one object:
 *
 *     {"sets": [{"file", "document", "namespace", "name", "fits",
 *                "children": [{"kind", "name", "count", "hostname", "dnsName", "scaleTarget",
 *                              "longest", "limit", "bytes", "used", "left"}],
 *                "tooLong": [{"kind", "name", "limit", "bytes", "used", "excess",
 *                             "changes": [{"part", "field", "name", "longest", "proposal"}]}]}]}
 *
 * In names `{0..2}` stands for the indices 0, 1 and 2. What is empty is absent. O(size of the texts): replicas cost
 * nothing. Deterministic. Safe to call from any number of threads.
 *
 * @param manifest      Text with the sets; borrowed. NULL only if `manifest_size` is 0.
 * @param manifest_size Its length in bytes.
 * @param context       Text with what else exists; borrowed. NULL only if `context_size` is 0: nothing else does.
 * @param context_size  Its length in bytes.
 * @param format        Language of all texts.
 * @param options       Borrowed; NULL for defaults.
 * @param[out] result   Receives the result; release with grove_buffer_dispose(). Not NULL. Zeroed on failure.
 * @param[out] error    Receives details owned by the caller on failure, NULL on success. May be NULL.
 *
 * @retval GROVE_OK                  The result was made.
 * @retval GROVE_INVALID_ARGUMENT    A text is malformed, its objects contradict each other, or an argument breaks its
 *                                   contract.
 * @retval GROVE_FAILED_PRECONDITION The OperatorConfiguration is invalid, so that no set can be judged.
 * @retval GROVE_RESOURCE_EXHAUSTED  A limit was exceeded; the message names it.
 * @retval GROVE_UNIMPLEMENTED       YAML is asked for, and the library was built without it.
 * @retval GROVE_INTERNAL            A defect of the library.
 * @since 0.1
 */
GROVE_API grove_status grove_names(const char* manifest, size_t manifest_size, const char* context, size_t context_size,
                                   grove_format format, const grove_admit_options* options, grove_buffer* result,
                                   grove_error** error);

/**
 * @brief Tells which clique waits for which, in waves or as the cycle that keeps them from starting.
 *
 * Reads what grove_admit() reads; the graph of a denied set is worth looking at too. The result is one object:
 *
 *     {"sets": [{"namespace", "name", "startupType", "starts",
 *                "cliques": [{"name", "scalingGroup", "replicas", "minAvailable", "wave", "startsAfter",
 *                             "unknown"}],
 *                "waves": [["name"]], "cycles": [["name"]],
 *                "podCliques": [{"name", "clique", "podGang", "replica", "wave",
 *                                "startsAfter": [{"name", "minAvailable"}]}],
 *                "podCliqueCycles": [["name"]]}]}
 *
 * What is empty is absent, but for cliques, waves and cycles; `podCliques` is that of admitted sets. O(PodCliques).
 * Deterministic. Safe to call from any number of threads.
 *
 * @param manifest      Text with the sets; borrowed. NULL only if `manifest_size` is 0.
 * @param manifest_size Its length in bytes.
 * @param context       Text with what else exists; borrowed. NULL only if `context_size` is 0: nothing else does.
 * @param context_size  Its length in bytes.
 * @param format        Language of all texts.
 * @param options       Borrowed; NULL for defaults.
 * @param[out] result   Receives the result; release with grove_buffer_dispose(). Not NULL. Zeroed on failure.
 * @param[out] error    Receives details owned by the caller on failure, NULL on success. May be NULL.
 *
 * @retval GROVE_OK                  The result was made.
 * @retval GROVE_INVALID_ARGUMENT    A text is malformed, its objects contradict each other, or an argument breaks its
 *                                   contract.
 * @retval GROVE_FAILED_PRECONDITION The OperatorConfiguration is invalid, so that no set can be judged.
 * @retval GROVE_RESOURCE_EXHAUSTED  A limit was exceeded; the message names it.
 * @retval GROVE_UNIMPLEMENTED       YAML is asked for, and the library was built without it.
 * @retval GROVE_INTERNAL            A defect of the library.
 * @since 0.1
 */
GROVE_API grove_status grove_startup(const char* manifest, size_t manifest_size, const char* context,
                                     size_t context_size, grove_format format, const grove_admit_options* options,
                                     grove_buffer* result, grove_error** error);

/**
 * @brief Counts what there is to be at every level: PodCliques, scaling groups, gangs and pods.
 *
 * Reads what grove_admit() reads. A live PodCliqueSet, PodCliqueScalingGroup or PodClique in `options->live` keeps the
 * count that it has, as autoscalers leave it. The result is one object:
 *
 *     {"sets": [{"namespace", "name", "podCliques", "gangs", "pods",
 *                "replicas": [{"index", "pods", "podCliques": [{"name", "replicas", "minAvailable"}],
 *                              "scalingGroups": [{"name", "replicas", "minAvailable", "pods"}],
 *                              "gangs": [{"name", "scaled", "podCliques": ["name"], "minPods"}]}]}]}
 *
 * Of the options those of admission, `stored`, `live` and `output` count. O(size of the texts + size of the result).
 * Deterministic. Safe to call from any number of threads.
 *
 * @param manifest      Text with the sets; borrowed. NULL only if `manifest_size` is 0.
 * @param manifest_size Its length in bytes.
 * @param context       Text with what else exists; borrowed. NULL only if `context_size` is 0: nothing else does.
 * @param context_size  Its length in bytes.
 * @param format        Language of all texts.
 * @param options       Borrowed; NULL for defaults.
 * @param[out] result   Receives the result; release with grove_buffer_dispose(). Not NULL. Zeroed on failure.
 * @param[out] error    Receives details owned by the caller on failure, NULL on success. May be NULL.
 *
 * @retval GROVE_OK                  The result was made.
 * @retval GROVE_INVALID_ARGUMENT    A text is malformed, its objects contradict each other, or an argument breaks its
 *                                   contract.
 * @retval GROVE_FAILED_PRECONDITION A set, a binding or the configuration was denied, or a set cannot be expanded to
 *                                   its end: as for grove_expand().
 * @retval GROVE_RESOURCE_EXHAUSTED  A limit was exceeded; the message names it.
 * @retval GROVE_UNIMPLEMENTED       YAML is asked for, and the library was built without it.
 * @retval GROVE_INTERNAL            A defect of the library.
 * @since 0.1
 */
GROVE_API grove_status grove_scaling(const char* manifest, size_t manifest_size, const char* context,
                                     size_t context_size, grove_format format, const grove_expand_options* options,
                                     grove_buffer* result, grove_error** error);

/**
 * @brief Decides as Kubernetes' HorizontalPodAutoscaler does, for the autoscalers that grove_expand() makes.
 *
 * Reads one document. Amounts are whole numbers in thousandths of the metric's unit, `target` of a "utilization" is in
 * percent; times are seconds since 1970. What is absent is 0, but for the values shown, and a pod is ready:
 *
 *     {"current": 4, "minReplicas": 1, "maxReplicas": 10, "now": 0, "toleranceThousandths": 100,
 *      "scaleDownStabilizationSeconds": 300, "history": [{"at", "replicas"}],
 *      "metrics": [{"kind", "target", "pods": [{"value", "request", "missing", "ready"}], "total", "readyPods"}]}
 *
 * `kind` is "averageValue" (of pods), "utilization" (of what pods request), "totalAverageValue" or "totalValue" (of an
 * object or an external source). `pods` has every pod that did not fail and is not being deleted, and one that reports
 * nothing as `missing`. The result is one object; its history is that of the next decision:
 *
 *     {"replicas": 5, "proposed": 6, "reason": "...", "history": [{"at", "replicas"}]}
 *
 * O(pods + history). Deterministic. Safe to call from any number of threads.
 *
 * @param state       Text of one document; borrowed. Not NULL.
 * @param state_size  Its length in bytes.
 * @param format      Language of the text.
 * @param limits      Borrowed; NULL for defaults.
 * @param[out] result Receives the result; release with grove_buffer_dispose(). Not NULL. Zeroed on failure.
 * @param[out] error  Receives details owned by the caller on failure, NULL on success. May be NULL.
 *
 * @retval GROVE_OK                 The result was made.
 * @retval GROVE_INVALID_ARGUMENT   The text is malformed, or a field of it is: see grove_error::path. Or an argument
 *                                  breaks its contract.
 * @retval GROVE_RESOURCE_EXHAUSTED A limit was exceeded; the message names it.
 * @retval GROVE_UNIMPLEMENTED      YAML is asked for, and the library was built without it.
 * @retval GROVE_INTERNAL           A defect of the library.
 * @since 0.1
 */
GROVE_API grove_status grove_autoscale(const char* state, size_t state_size, grove_format format,
                                       const grove_limits* limits, grove_buffer* result, grove_error** error);

/**
 * @brief Translates the PodGangs of the sets for a scheduler, and tells what is lost on the way.
 *
 * Expands as grove_expand() does, and takes of the objects those that the scheduler backend makes of gangs: that of
 * `options->backend`, else each set's own. The result is one object:
 *
 *     {"objects": [{...}],
 *      "losses": [{"object", "field", "asked", "gang", "effect", "lost", "consequence", "rule"}]}
 *
 * `effect` is "dropped", "weakened", "conditional" or "refused". O(objects). Deterministic. Safe to call from any
 * number of threads.
 *
 * @param manifest      Text with the sets; borrowed. NULL only if `manifest_size` is 0.
 * @param manifest_size Its length in bytes.
 * @param context       Text with what else exists; borrowed. NULL only if `context_size` is 0: nothing else does.
 * @param context_size  Its length in bytes.
 * @param format        Language of all texts.
 * @param options       Borrowed; NULL for defaults.
 * @param[out] result   Receives the result; release with grove_buffer_dispose(). Not NULL. Zeroed on failure.
 * @param[out] error    Receives details owned by the caller on failure, NULL on success. May be NULL.
 *
 * @retval GROVE_OK                  The result was made.
 * @retval GROVE_INVALID_ARGUMENT    A text is malformed, its objects contradict each other, or an argument breaks its
 *                                   contract.
 * @retval GROVE_FAILED_PRECONDITION A set, a binding or the configuration was denied, or a set cannot be expanded to
 *                                   its end: as for grove_expand().
 * @retval GROVE_RESOURCE_EXHAUSTED  A limit was exceeded; the message names it.
 * @retval GROVE_UNIMPLEMENTED       YAML is asked for, and the library was built without it.
 * @retval GROVE_INTERNAL            A defect of the library.
 * @since 0.1
 */
GROVE_API grove_status grove_translate(const char* manifest, size_t manifest_size, const char* context,
                                       size_t context_size, grove_format format, const grove_expand_options* options,
                                       grove_buffer* result, grove_error** error);

/* ---- Differences ------------------------------------------------------------ */

/**
 * @brief Tells in which objects two manifests differ, after defaulting and expansion.
 *
 * Expands both as grove_expand() does; what is denied on either side fails the call. The result is one object:
 *
 *     {"changes": [{"action": "create", "apiVersion", "kind", "namespace", "name", "object": {...}},
 *                  {"action": "patch", ..., "patch": {...}, "fields": [{"path", "before", "after"}]},
 *                  {"action": "delete", ..., "cause"}],
 *      "leaked": [{"apiVersion", "kind", "namespace", "name"}], "waiting": [...], "conflicts": [...]}
 *
 * A patch is a JSON merge patch (RFC 7386). `leaked`, `waiting` and `conflicts` are those of grove_diff_live(), and
 * empty here. O(objects). Deterministic. Safe to call from any number of threads.
 *
 * @param before       Text with the old sets; borrowed. NULL only if `before_size` is 0: there are none.
 * @param before_size  Its length in bytes.
 * @param after        Text with the new sets; borrowed. NULL only if `after_size` is 0: there are none.
 * @param after_size   Its length in bytes.
 * @param context      Text with what else exists; borrowed. NULL only if `context_size` is 0: nothing else does.
 * @param context_size Its length in bytes.
 * @param format       Language of all texts.
 * @param options      How both are expanded; `live` and `stored` must be NULL. Borrowed; NULL for defaults.
 * @param[out] result  Receives the result; release with grove_buffer_dispose(). Not NULL. Zeroed on failure.
 * @param[out] error   Receives details owned by the caller on failure, NULL on success. May be NULL.
 *
 * @retval GROVE_OK                  The result was made.
 * @retval GROVE_INVALID_ARGUMENT    A text is malformed, its objects contradict each other, or an argument breaks its
 *                                   contract.
 * @retval GROVE_FAILED_PRECONDITION A set, a binding or the configuration was denied, or a set cannot be expanded to
 *                                   its end: as for grove_expand().
 * @retval GROVE_RESOURCE_EXHAUSTED  A limit was exceeded; the message names it.
 * @retval GROVE_UNIMPLEMENTED       YAML is asked for, and the library was built without it.
 * @retval GROVE_INTERNAL            A defect of the library.
 * @since 0.1
 */
GROVE_API grove_status grove_diff(const char* before, size_t before_size, const char* after, size_t after_size,
                                  const char* context, size_t context_size, grove_format format,
                                  const grove_expand_options* options, grove_buffer* result, grove_error** error);

/**
 * @brief Tells the writes that lead from the objects that exist to those that a manifest asks for.
 *
 * Expands as grove_expand() does with `options->live`, which must be given, and compares the fields that Grove writes:
 * what others own is no difference. The result is that of grove_diff(): changes in the order in which they are
 * written; `leaked` are objects that nobody asks for and that the reference leaves where they are, deleted only with
 * `clean`; `waiting` are created once one of their name is gone; `conflicts` belong to another controller.
 *
 * O(objects). Deterministic. Safe to call from any number of threads.
 *
 * @param manifest      Text with the sets; borrowed. NULL only if `manifest_size` is 0.
 * @param manifest_size Its length in bytes.
 * @param context       Text with what else exists; borrowed. NULL only if `context_size` is 0: nothing else does.
 * @param context_size  Its length in bytes.
 * @param format        Language of all texts.
 * @param clean         0: as the reference does. 1: delete what is leaked as well.
 * @param options       How the sets are expanded, with `live`. Borrowed. Not NULL.
 * @param[out] result   Receives the result; release with grove_buffer_dispose(). Not NULL. Zeroed on failure.
 * @param[out] error    Receives details owned by the caller on failure, NULL on success. May be NULL.
 *
 * @retval GROVE_OK                  The result was made.
 * @retval GROVE_INVALID_ARGUMENT    A text is malformed, its objects contradict each other, or an argument breaks its
 *                                   contract.
 * @retval GROVE_FAILED_PRECONDITION A set, a binding or the configuration was denied, or a set cannot be expanded to
 *                                   its end: as for grove_expand().
 * @retval GROVE_RESOURCE_EXHAUSTED  A limit was exceeded; the message names it.
 * @retval GROVE_UNIMPLEMENTED       YAML is asked for, and the library was built without it.
 * @retval GROVE_INTERNAL            A defect of the library.
 * @since 0.1
 */
GROVE_API grove_status grove_diff_live(const char* manifest, size_t manifest_size, const char* context,
                                       size_t context_size, grove_format format, uint32_t clean,
                                       const grove_expand_options* options, grove_buffer* result, grove_error** error);

/**
 * @brief Compares two documents of any kind, field by field.
 *
 * The result is one object; `patch` is the JSON merge patch (RFC 7386) from the first to the second, absent where they
 * do not differ:
 *
 *     {"fields": [{"path", "before", "after"}], "patch": {...}}
 *
 * Absent, null, `{}` and `[]` are the same. `before` or `after` of a field is absent where the field is. O(size of
 * both). Deterministic. Safe to call from any number of threads.
 *
 * @param before      Text of one document; borrowed. Not NULL.
 * @param before_size Its length in bytes.
 * @param after       Text of one document; borrowed. Not NULL.
 * @param after_size  Its length in bytes.
 * @param format      Language of both texts.
 * @param limits      Borrowed; NULL for defaults.
 * @param[out] result Receives the result; release with grove_buffer_dispose(). Not NULL. Zeroed on failure.
 * @param[out] error  Receives details owned by the caller on failure, NULL on success. May be NULL.
 *
 * @retval GROVE_OK                 The result was made.
 * @retval GROVE_INVALID_ARGUMENT   A text is malformed or has more or less than one document, or an argument breaks its
 *                                  contract.
 * @retval GROVE_RESOURCE_EXHAUSTED A limit was exceeded; the message names it.
 * @retval GROVE_UNIMPLEMENTED      YAML is asked for, and the library was built without it.
 * @retval GROVE_INTERNAL           A defect of the library.
 * @since 0.1
 */
GROVE_API grove_status grove_compare(const char* before, size_t before_size, const char* after, size_t after_size,
                                     grove_format format, const grove_limits* limits, grove_buffer* result,
                                     grove_error** error);

#ifdef __cplusplus
} /* extern "C" */
#endif
