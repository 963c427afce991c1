// What a node's labels and taints say about a class of pods (PL-32, PL-33).
#pragma once

#include "grove/cluster.hpp"
#include "grove/pod_class.hpp"

namespace grove::topology {

// Node selector and required node affinity.
bool AdmitsByLabels(const Cluster& cluster, NodeIndex node, const PodClass& pods);
// The node's taints of effect NoSchedule and NoExecute.
bool ToleratesTaints(const Cluster& cluster, NodeIndex node, const PodClass& pods);
// True iff AdmitsByLabels and ToleratesTaints ask nothing of an untainted node.
bool AdmitsAnyLabels(const PodClass& pods);

// A requirement against the value of its key, null if there is none.
bool Matches(const LabelRequirement& requirement, const std::string_view* value);

}  // namespace grove::topology
