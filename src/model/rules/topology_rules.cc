// Topology constraints on create (spec 03 §7.1 to §7.5), and warnings of updates (§7.7).
#include "model/rules/families.h"

namespace grove::rules {

namespace {

constexpr RuleDescription kRules[] = {
    {"V-200", Stage::kWebhook, Severity::kError, "topology constraint while topology-aware scheduling is off",
     "Nobody would honour the constraint. Remove it, or enable topologyAwareScheduling in the operator's configuration "
     "(--config)."},
    {"V-210", Stage::kWebhook, Severity::kError, "constraint names no topology",
     "The binding that gives domains their meaning must be known. Set topologyName here or at the set."},
    {"V-211", Stage::kWebhook, Severity::kError, "constraint names another topology than its parent",
     "A set is packed by one topology. Use the parent's topologyName or leave it out to inherit it."},
    {"V-212", Stage::kWebhook, Severity::kError, "constraints of a set name different topologies",
     "A set is packed by one topology. Use the same topologyName everywhere."},
    {"V-215", Stage::kWebhook, Severity::kError, "topology does not exist",
     "No ClusterTopologyBinding has this name. Correct topologyName, or give the binding with --topology or among the "
     "input."},
    {"V-216", Stage::kWebhook, Severity::kError, "topology could not be looked up",
     "The cluster did not answer. This cannot happen where all bindings are given."},
    {"V-220", Stage::kWebhook, Severity::kError, "domain is not one of the topology",
     "The binding has no level with this domain. Use the domain of one of its levels."},
    {"V-230", Stage::kWebhook, Severity::kError, "set requires a narrower domain than one of its cliques",
     "The pods of the clique lie within those of the set, so that the set's domain must not be narrower. Widen the "
     "domain of the set or narrow that of the clique."},
    {"V-231", Stage::kWebhook, Severity::kError, "set prefers a narrower domain than one of its cliques",
     "The pods of the clique lie within those of the set, so that the set's domain must not be narrower. Widen the "
     "domain of the set or narrow that of the clique."},
    {"V-232", Stage::kWebhook, Severity::kError, "set requires a narrower domain than one of its scaling groups",
     "The pods of the group lie within those of the set, so that the set's domain must not be narrower. Widen the "
     "domain of the set or narrow that of the group."},
    {"V-233", Stage::kWebhook, Severity::kError, "set prefers a narrower domain than one of its scaling groups",
     "The pods of the group lie within those of the set, so that the set's domain must not be narrower. Widen the "
     "domain of the set or narrow that of the group."},
    {"V-234", Stage::kWebhook, Severity::kError, "scaling group requires a narrower domain than one of its cliques",
     "The pods of the clique lie within those of the group, so that the group's domain must not be narrower. Widen the "
     "domain of the group or narrow that of the clique."},
    {"V-235", Stage::kWebhook, Severity::kError, "scaling group prefers a narrower domain than one of its cliques",
     "The pods of the clique lie within those of the group, so that the group's domain must not be narrower. Widen the "
     "domain of the group or narrow that of the clique."},
    {"03-7.5", Stage::kWebhook, Severity::kWarning, "preferred domain is broader than the required one",
     "Pods that lie in the required domain lie in every broader one, so that the preference changes nothing. Prefer a "
     "narrower domain or remove the preference."},
    {"03-7.7", Stage::kWebhook, Severity::kWarning, "packDomain is deprecated",
     "packDomain will be removed. Write pack.required with the same domain, which an update may do."},
};

}  // namespace

std::span<const RuleDescription> TopologyRules() { return kRules; }

}  // namespace grove::rules
