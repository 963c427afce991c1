// Rules of the scaling groups of a set (spec 03 §5.5).
#include "model/names.h"
#include "model/validation/set_context.h"

namespace grove::validation {
namespace {

using Group = PodCliqueScalingGroupConfig;

constexpr Rule<Group> kNameRules[] = {
    {"V-160", On::kCreateAndUpdate, [](const Group& group) { return !CheckDnsSubdomain(group.name).empty(); },
     ErrorType::kInvalid, "name", [](const Group& group) { return StringValue(group.name); },
     [](const Group& group) {
       return Concat({Quoted(group.name), ": ", CheckDnsSubdomain(group.name)[0]});
     }},
};

bool HasScaledBelowMinAvailable(const Group& group) {
  return group.scale_config.has_value() && group.scale_config->min_replicas.has_value() &&
         group.min_available.has_value() && *group.scale_config->min_replicas < *group.min_available;
}

constexpr Rule<Group> kReplicaRules[] = {
    {"V-166", On::kCreateAndUpdate,
     [](const Group& group) { return group.replicas.has_value() && *group.replicas <= 0; }, ErrorType::kInvalid,
     "replicas", [](const Group& group) { return IntegerValue(*group.replicas); },
     [](const Group& group) {
       return Concat({"must be greater than 0, is ", std::to_string(*group.replicas)});
     }},
    {"V-167", On::kCreateAndUpdate,
     [](const Group& group) { return group.min_available.has_value() && *group.min_available <= 0; },
     ErrorType::kInvalid, "minAvailable", [](const Group& group) { return IntegerValue(*group.min_available); },
     [](const Group& group) {
       return Concat({"must be greater than 0, is ", std::to_string(*group.min_available)});
     }},
    {"V-168", On::kCreateAndUpdate,
     [](const Group& group) {
       return group.min_available.has_value() && group.replicas.has_value() && *group.min_available > *group.replicas;
     },
     ErrorType::kInvalid, "minAvailable", [](const Group& group) { return IntegerValue(*group.min_available); },
     [](const Group& group) {
       return Concat({"must not be greater than replicas (", std::to_string(*group.replicas), ")"});
     }},
    {"V-169", On::kCreateAndUpdate, HasScaledBelowMinAvailable, ErrorType::kInvalid, "scaleConfig.minReplicas",
     [](const Group& group) { return IntegerValue(*group.scale_config->min_replicas); },
     [](const Group& group) {
       return Concat({"must not be less than minAvailable (", std::to_string(*group.min_available), ")"});
     }},
};

// V-164: the names without repetition, as one error.
void ReportUnknownCliques(const SetContext& context, const Group& group, const FieldPath& path) {
  NameList unknown(context.scratch);
  for (const std::string& name : group.clique_names) {
    if (!context.clique_names.Contains(name)) unknown.push_back(name);
  }
  if (unknown.empty()) return;
  const std::string names = JoinDistinct(NameIndex(std::move(unknown), context.scratch), ",");
  context.findings.Add(ErrorType::kInvalid, path.Child("cliqueNames"), names, "V-164",
                       Concat({"the set has no clique named ", Quoted(names)}));
  context.findings.SuggestFrom(context.clique_names.names(), names);
}

// V-165: the name of the clique is the bad value of the group's name too (O-09).
void ValidateNameLengths(const SetContext& context, const Group& group, const FieldPath& path) {
  const std::string& set_name = context.set.metadata.name;
  const FieldPath root;
  const FieldPath list = path.Child("cliqueNames");
  for (std::size_t k = 0; k < group.clique_names.size(); ++k) {
    const std::string& clique = group.clique_names[k];
    const std::size_t length = set_name.size() + group.name.size() + clique.size();
    if (length <= kMaxCombinedNames) continue;
    const std::string detail = Concat({"names of set, scaling group and clique together have ", std::to_string(length),
                                       " bytes, must have at most ", std::to_string(kMaxCombinedNames)});
    const FieldPath entry = list.Index(k);
    context.findings.Add(ErrorType::kInvalid, entry.Child("name"), clique, "V-165", detail);
    context.findings.Add(ErrorType::kInvalid, path.Child("name"), clique, "V-165", detail);
    context.findings.Add(ErrorType::kInvalid, root.Child("metadata.name"), set_name, "V-165", detail);
  }
}

// V-163: a group scales as a whole.
void ValidateMemberScaling(const SetContext& context, const FieldPath& groups) {
  for (const PodCliqueTemplateSpec& clique : context.template_spec.cliques) {
    if (!clique.spec.auto_scaling_config.has_value() || !context.member_names.Contains(clique.name)) continue;
    context.findings.Add(
        ErrorType::kInvalid, groups, clique.name, "V-163",
        Concat({"clique ", Quoted(clique.name), " must not have autoScalingConfig as a member of a scaling group"}));
  }
}

}  // namespace

void ValidateScalingGroups(const SetContext& context) {
  const std::vector<Group>& groups = context.template_spec.pod_clique_scaling_groups;
  if (groups.empty()) return;
  const FieldPath root;
  const FieldPath list = root.Child("spec.template.podCliqueScalingGroups");
  for (std::size_t i = 0; i < groups.size(); ++i) {
    const FieldPath path = list.Index(i);
    Apply<Group>(kNameRules, context.operation, groups[i], path, context.findings);
    ReportUnknownCliques(context, groups[i], path);
    ValidateNameLengths(context, groups[i], path);
    Apply<Group>(kReplicaRules, context.operation, groups[i], path, context.findings);
    ValidateGroupSharing(context, groups[i], path);
  }
  ReportDuplicates(context.group_names.names(), list.Child("name"), "V-161", context.findings);
  ReportDuplicates(context.member_names.names(), list.Child("cliqueNames"), "V-162", context.findings);
  ValidateMemberScaling(context, list);
}

}  // namespace grove::validation
