// Resource sharing (spec 03 §5.7) and MNNVL groups (§8).
#include "model/rules/families.h"

namespace grove::rules {

namespace {

constexpr RuleDescription kRules[] = {
    {"V-170", Stage::kWebhook, Severity::kError, "shared resource has no name",
     "An entry refers to a claim template by name. Name it."},
    {"V-171", Stage::kWebhook, Severity::kError, "resource is shared twice in one list",
     "An entry is known by its name, whatever its scope. Remove or rename the repetition."},
    {"V-172", Stage::kWebhook, Severity::kError, "namespace is given for a claim template of the set",
     "A name of resourceClaimTemplates means the template inside the set, which has no namespace. Remove the "
     "namespace, or use another name for the outer template."},
    {"V-173", Stage::kWebhook, Severity::kError, "scope of a shared resource is unknown",
     "A claim is shared by all replicas or made for each. Write AllReplicas or PerReplica."},
    {"V-174", Stage::kWebhook, Severity::kError, "filter of a set chooses nothing",
     "An empty filter would share the resource with nobody. Name cliques or scaling groups, or remove the filter to "
     "share with all."},
    {"V-175", Stage::kWebhook, Severity::kError, "filter names a clique that does not exist",
     "Only cliques of the set can be chosen. Correct the name."},
    {"V-176", Stage::kWebhook, Severity::kError, "filter names a scaling group that does not exist",
     "Only scaling groups of the set can be chosen. Correct the name."},
    {"V-177", Stage::kWebhook, Severity::kError, "filter of a scaling group chooses nothing",
     "An empty filter would share the resource with nobody. Name members of the group, or remove the filter to share "
     "with all."},
    {"V-178", Stage::kWebhook, Severity::kError, "filter names a clique that is no member of the group",
     "Only members of the group can be chosen. Correct the name or add the clique to cliqueNames."},
    {"V-300", Stage::kWebhook, Severity::kError, "MNNVL group is empty",
     "The annotation grove.io/mnnvl-group names a group. Write a name, or none for no group."},
    {"V-301", Stage::kWebhook, Severity::kError, "MNNVL group is no DNS label",
     "The name becomes part of names of objects. Use at most 63 lower-case letters, digits and hyphens, or write "
     "none."},
    {"V-302", Stage::kWebhook, Severity::kError, "MNNVL group without the feature",
     "The operator's configuration does not enable MNNVL, so that no group can be formed. Remove the annotation or "
     "write none, or enable network.autoMNNVLEnabled."},
    {"V-310", Stage::kWebhook, Severity::kError, "MNNVL group was added to a stored set",
     "Pods that run cannot join a group. Create a new set."},
    {"V-311", Stage::kWebhook, Severity::kError, "MNNVL group was removed from a stored set",
     "Pods that run cannot leave their group. Create a new set."},
    {"V-312", Stage::kWebhook, Severity::kError, "MNNVL group of a stored set was changed",
     "Pods that run cannot change their group. Create a new set."},
};

}  // namespace

std::span<const RuleDescription> SharingRules() { return kRules; }

}  // namespace grove::rules
