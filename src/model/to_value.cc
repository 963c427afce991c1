// The documents of typed objects.
#include "grove/expansion.hpp"
#include "grove/operator_configuration.hpp"
#include "grove/value.hpp"

#include "model/codec.h"
#include "model/fields/cluster_topology_binding.h"
#include "model/fields/kubernetes.h"
#include "model/fields/operator_configuration.h"
#include "model/fields/pod_clique.h"
#include "model/fields/pod_clique_scaling_group.h"
#include "model/fields/pod_clique_set.h"
#include "model/fields/pod_gang.h"
#include "model/fields/scheduler_objects.h"
#include "model/node_sink.h"

namespace grove {

template <class T>
Value ToValue(const T& object) {
  internal::NodeSink sink;
  codec::WriteApiObject(sink, object);
  return sink.Finish();
}

template <>
Value ToValue(const SchedulerObject& object) {
  return object.document;
}

template Value ToValue(const ClusterTopologyBinding&);
template Value ToValue(const ComputeDomain&);
template Value ToValue(const HorizontalPodAutoscaler&);
template Value ToValue(const KaiPodGroup&);
template Value ToValue(const KaiTopology&);
template Value ToValue(const OperatorConfiguration&);
template Value ToValue(const Pod&);
template Value ToValue(const PodClique&);
template Value ToValue(const PodCliqueScalingGroup&);
template Value ToValue(const PodCliqueSet&);
template Value ToValue(const PodGang&);
template Value ToValue(const ResourceClaim&);
template Value ToValue(const Role&);
template Value ToValue(const RoleBinding&);
template Value ToValue(const Secret&);
template Value ToValue(const Service&);
template Value ToValue(const ServiceAccount&);
template Value ToValue(const VolcanoPodGroup&);

}  // namespace grove
