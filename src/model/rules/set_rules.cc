// Sets, cliques, pod specs and scaling groups (spec 03 §5.1 to §5.6).
#include "model/rules/families.h"

namespace grove::rules {

namespace {

constexpr RuleDescription kRules[] = {
    {"V-100", Stage::kWebhook, Severity::kError, "metadata is invalid",
     "Names, namespaces, labels, annotations, owner references and finalizers follow the rules of Kubernetes. Use "
     "lower-case letters, digits and hyphens for names, and valid keys and values for labels."},
    {"V-101", Stage::kWebhook, Severity::kError, "replicas of the set is negative",
     "A set has no or more replicas. Write 0 to keep the set without pods."},
    {"V-110", Stage::kWebhook, Severity::kError, "cliqueStartupType is missing",
     "The order in which cliques start must be known. Defaulting sets CliqueStartupTypeAnyOrder where it is left out."},
    {"V-110a", Stage::kWebhook, Severity::kError, "cliqueStartupType is unknown",
     "Cliques start in any order, in the order of the list, or as startsAfter says. Write CliqueStartupTypeAnyOrder, "
     "CliqueStartupTypeInOrder or CliqueStartupTypeExplicit."},
    {"V-111", Stage::kWebhook, Severity::kError, "terminationDelay is not longer than zero",
     "A gang that loses its minimum is terminated after this delay, so that it needs time to recover. Write a positive "
     "duration such as 4h."},
    {"V-112", Stage::kWebhook, Severity::kError, "terminationDelay is missing",
     "A gang that loses its minimum is terminated after this delay. Defaulting sets it where it is left out."},
    {"V-114", Stage::kWebhook, Severity::kError, "claim template has no name",
     "Resource sharing refers to claim templates by name. Name it."},
    {"V-115", Stage::kWebhook, Severity::kError, "claim template requests no device",
     "A claim without a request allocates nothing. Add at least one entry to spec.devices.requests."},
    {"V-116", Stage::kWebhook, Severity::kError, "two claim templates have the same name",
     "Resource sharing refers to claim templates by name. Rename one of them."},
    {"V-120", Stage::kWebhook, Severity::kError, "set has no cliques",
     "A set without cliques makes no pods. Add at least one clique. The reference answers such a set with an internal "
     "error instead."},
    {"V-121", Stage::kWebhook, Severity::kError, "two cliques have the same name",
     "Pods, gangs and startup order refer to cliques by name. Rename one of them."},
    {"V-122", Stage::kWebhook, Severity::kError, "two cliques have the same role name",
     "Roles tell the cliques of a set apart, and two empty ones are the same. Give each clique its own roleName."},
    {"V-130", Stage::kWebhook, Severity::kError, "clique has no name", "Pods are named after their clique. Name it."},
    {"V-131", Stage::kWebhook, Severity::kError, "clique name is no DNS name",
     "The name becomes part of names of pods and services. Use lower-case letters, digits, hyphens and dots, beginning "
     "and ending with a letter or digit."},
    {"V-132", Stage::kWebhook, Severity::kError, "names of set and clique are too long together",
     "Names of pods hold both and have little room for them: 45 bytes in all. Shorten one of them; the command grove "
     "names tells what fits."},
    {"V-133", Stage::kWebhook, Severity::kError, "label of a clique is invalid",
     "Keys of labels are qualified names, and values have at most 63 letters, digits, hyphens, underscores and dots. "
     "Correct the key or the value."},
    {"V-134", Stage::kWebhook, Severity::kError, "annotation of a clique is invalid",
     "Keys of annotations are qualified names, and all annotations together have at most 256 KiB. Correct the key or "
     "shorten the values."},
    {"V-140", Stage::kWebhook, Severity::kError, "clique has no replicas",
     "A clique needs at least one pod. Write a positive number."},
    {"V-141", Stage::kWebhook, Severity::kError, "minAvailable is missing",
     "A gang is scheduled when minAvailable pods of each clique fit. Defaulting sets it to replicas where it is left "
     "out."},
    {"V-142", Stage::kWebhook, Severity::kError, "minAvailable is not positive",
     "A gang is scheduled when minAvailable pods of each clique fit, at least one. It is derived from replicas as "
     "written, so that replicas: 0 ends here too. Write a positive number."},
    {"V-143", Stage::kWebhook, Severity::kError, "minAvailable exceeds replicas",
     "A gang could never have as many pods as it needs. Lower minAvailable or raise replicas."},
    {"V-145", Stage::kWebhook, Severity::kError, "startsAfter holds an empty name",
     "With explicit startup order each entry names a clique. Remove the empty entry."},
    {"V-146", Stage::kWebhook, Severity::kError, "clique starts after itself",
     "The clique would wait for itself for ever. Remove its own name from startsAfter."},
    {"V-147", Stage::kWebhook, Severity::kError, "startsAfter names a clique twice",
     "Each clique to wait for is named once. Remove the repetition."},
    {"V-148", Stage::kWebhook, Severity::kError, "startsAfter names a clique that does not exist",
     "Pods would wait for a clique that is never made. Correct the name or add the clique."},
    {"V-149", Stage::kWebhook, Severity::kError, "startup order goes in a circle",
     "Cliques that wait for each other never start. Remove one startsAfter of the circle."},
    {"V-150", Stage::kWebhook, Severity::kError, "autoscaling has no minReplicas",
     "An autoscaler needs a lower bound. Defaulting sets it to minAvailable where it is left out."},
    {"V-151", Stage::kWebhook, Severity::kError, "minReplicas of autoscaling is below minAvailable",
     "The autoscaler would scale below what the gang needs. Raise minReplicas or lower minAvailable."},
    {"V-152", Stage::kWebhook, Severity::kError, "maxReplicas of autoscaling is below minReplicas",
     "There would be no number of replicas that fits. Raise maxReplicas."},
    {"V-153", Stage::kWebhook, Severity::kError, "maxReplicas of autoscaling is below replicas",
     "The autoscaler would scale in at once. Raise maxReplicas or lower replicas."},
    {"V-154", Stage::kWebhook, Severity::kWarning, "restartPolicy is set",
     "Grove warns of every restartPolicy, and defaulting fills the field, so that the warning always appears. Despite "
     "its words pods keep the policy. There is nothing to correct."},
    {"V-155", Stage::kWebhook, Severity::kError, "topologySpreadConstraints is set",
     "Spreading works against packing, so that Grove refuses it in new sets. Use topologyConstraint of the set, the "
     "clique or the group."},
    {"V-156", Stage::kWebhook, Severity::kError, "nodeName is set",
     "A pod that is bound to a node by its spec bypasses the gang scheduler. Remove nodeName; use nodeSelector or "
     "affinity."},
    {"V-157", Stage::kWebhook, Severity::kError, "name of an environment variable is invalid",
     "Names of variables have letters, digits, hyphens, underscores and dots, and do not begin with a digit or with "
     "two dots. Rename the variable."},
    {"V-158", Stage::kWebhook, Severity::kError, "environment variable is defined twice",
     "Only one of the definitions can hold. Remove the other one."},
    {"V-160", Stage::kWebhook, Severity::kError, "scaling group name is no DNS name",
     "The name becomes part of names of pods and objects. Use lower-case letters, digits, hyphens and dots, beginning "
     "and ending with a letter or digit."},
    {"V-161", Stage::kWebhook, Severity::kError, "two scaling groups have the same name",
     "Objects of a group are named after it. Rename one of them."},
    {"V-162", Stage::kWebhook, Severity::kError, "clique belongs to scaling groups twice",
     "A clique is scaled by at most one group. Name it in one group, once."},
    {"V-163", Stage::kWebhook, Severity::kError, "clique of a scaling group has its own autoscaling",
     "A member is scaled with its group. Move the bounds to scaleConfig of the group and remove autoScalingConfig of "
     "the clique."},
    {"V-164", Stage::kWebhook, Severity::kError, "scaling group names a clique that does not exist",
     "Members of a group are cliques of the same set. Correct the name or add the clique."},
    {"V-165", Stage::kWebhook, Severity::kError, "names of set, scaling group and clique are too long together",
     "Names of pods hold all three and have little room for them: 45 bytes in all. Shorten one of them; the command "
     "grove names tells what fits."},
    {"V-166", Stage::kWebhook, Severity::kError, "scaling group has no replicas",
     "A group needs at least one replica. Write a positive number or remove the field."},
    {"V-167", Stage::kWebhook, Severity::kError, "minAvailable of a scaling group is not positive",
     "The base gang holds minAvailable replicas of the group, at least one. Write a positive number."},
    {"V-168", Stage::kWebhook, Severity::kError, "minAvailable of a scaling group exceeds its replicas",
     "The base gang could never be complete. Lower minAvailable or raise replicas."},
    {"V-169", Stage::kWebhook, Severity::kError, "minReplicas of scaleConfig is below minAvailable",
     "The autoscaler would scale below what the base gang needs. Raise minReplicas or lower minAvailable."},
};

}  // namespace

std::span<const RuleDescription> SetRules() { return kRules; }

}  // namespace grove::rules
