// What an update must leave as it is (spec 03 §6, §7.6).
#include "model/rules/families.h"

namespace grove::rules {

namespace {

constexpr RuleDescription kRules[] = {
    {"V-250", Stage::kWebhook, Severity::kError, "topology of a stored set was changed",
     "A topology constraint decides where running pods were placed. Keep topologyName; adding or removing the "
     "constraint of the set counts as a change of it."},
    {"V-251", Stage::kWebhook, Severity::kError, "topology constraint of a stored set was changed",
     "A topology constraint decides where running pods were placed. Keep it; only packDomain may become pack.required "
     "with the same domain."},
    {"V-252", Stage::kWebhook, Severity::kError, "topology constraint of a stored clique was changed",
     "A topology constraint decides where running pods were placed. Keep it; only packDomain may become pack.required "
     "with the same domain."},
    {"V-253", Stage::kWebhook, Severity::kError, "topology constraint of a stored scaling group was changed",
     "A topology constraint decides where running pods were placed. Keep it; only packDomain may become pack.required "
     "with the same domain."},
    {"V-260", Stage::kWebhook, Severity::kError, "stored constraint has no domain",
     "The stored set has a constraint that this version cannot resolve, so that no update is possible. Create a new "
     "set."},
    {"V-261", Stage::kWebhook, Severity::kError, "stored constraints name different topologies",
     "The stored set has constraints that this version cannot resolve, so that no update is possible. Create a new "
     "set."},
    {"V-500", Stage::kWebhook, Severity::kError, "number of cliques was changed",
     "The cliques of a stored set are fixed. Create a new set to add or remove one."},
    {"V-501", Stage::kWebhook, Severity::kError, "clique is not one of the stored set",
     "The cliques of a stored set are fixed. Create a new set to add or rename one."},
    {"V-502", Stage::kWebhook, Severity::kError, "order of cliques was changed",
     "With this startup type the order of the list is the order of the start. Keep it."},
    {"V-503", Stage::kWebhook, Severity::kError, "roleName was changed",
     "The role of running pods is fixed. Create a new set instead, or keep the stored value."},
    {"V-504", Stage::kWebhook, Severity::kError, "minAvailable of a clique was changed",
     "The size of a gang is fixed. If minAvailable was left out it follows replicas: write the stored value "
     "explicitly."},
    {"V-505", Stage::kWebhook, Severity::kError, "startsAfter was changed",
     "The startup order is fixed. Create a new set instead, or keep the stored value."},
    {"V-506", Stage::kWebhook, Severity::kError, "schedulerName was changed",
     "Running pods stay with their scheduler, and leaving the name out differs from naming the default. Create a new "
     "set instead, or keep the stored value."},
    {"V-508", Stage::kWebhook, Severity::kError, "resourceSharing of a clique was changed",
     "Claims of running pods are fixed. Create a new set instead, or keep the stored value."},
    {"V-510", Stage::kWebhook, Severity::kError, "cliqueStartupType was changed",
     "The startup order is fixed. Create a new set instead, or keep the stored value."},
    {"V-520", Stage::kWebhook, Severity::kError, "number of scaling groups was changed",
     "The scaling groups of a stored set are fixed. Create a new set to add or remove one."},
    {"V-521", Stage::kWebhook, Severity::kError, "scaling group is not one of the stored set",
     "The scaling groups of a stored set are fixed. Create a new set to add or rename one."},
    {"V-522", Stage::kWebhook, Severity::kError, "cliqueNames was changed",
     "The members of a scaling group and their order are fixed. Create a new set instead, or keep the stored value."},
    {"V-523", Stage::kWebhook, Severity::kError, "minAvailable of a scaling group was changed",
     "The size of the base gang is fixed. Create a new set instead, or keep the stored value."},
    {"V-524", Stage::kWebhook, Severity::kError, "resourceSharing of a scaling group was changed",
     "Claims of running pods are fixed. Create a new set instead, or keep the stored value."},
    {"V-530", Stage::kWebhook, Severity::kError, "resourceClaimTemplates was changed",
     "Claims of running pods are fixed, and the order counts. Create a new set instead, or keep the stored value."},
    {"V-531", Stage::kWebhook, Severity::kError, "resourceSharing of the set was changed",
     "Claims of running pods are fixed. Create a new set instead, or keep the stored value."},
};

}  // namespace

std::span<const RuleDescription> UpdateRules() { return kRules; }

}  // namespace grove::rules
