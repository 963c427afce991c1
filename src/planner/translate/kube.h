// PodGangs for the default scheduler of Kubernetes 1.36 by way of its Workload API: Workload and PodGroup of
// scheduling.k8s.io/v1alpha2. The reference has no such backend.
//
// A PodGroup of that API has no parts: one minimum, one required topology level, and each pod names exactly one
// PodGroup. KubePodGroups says where a PodGang is cut to fit.
#pragma once

#include "planner/translate/backend.h"

namespace grove::planner {

extern const Backend kKubeBackend;

}  // namespace grove::planner
