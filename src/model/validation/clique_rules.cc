// Rules of the cliques of a set (spec 03 §5.2, §5.3).
#include "model/names.h"
#include "model/validation/set_context.h"

namespace grove::validation {
namespace {

constexpr std::string_view kCliquesPath = "spec.template.cliques";

constexpr Rule<PodCliqueTemplateSpec> kNameRules[] = {
    {"V-130", On::kCreateAndUpdate, [](const PodCliqueTemplateSpec& clique) { return IsBlank(clique.name); },
     ErrorType::kRequired, "name", nullptr,
     [](const PodCliqueTemplateSpec&) { return std::string("must not be empty"); }},
    {"V-131", On::kCreateAndUpdate,
     [](const PodCliqueTemplateSpec& clique) {
       return !IsBlank(clique.name) && !CheckDnsSubdomain(clique.name).empty();
     },
     ErrorType::kInvalid, "name", [](const PodCliqueTemplateSpec& clique) { return StringValue(clique.name); },
     [](const PodCliqueTemplateSpec& clique) {
       return Concat({Quoted(clique.name), ": ", CheckDnsSubdomain(clique.name)[0]});
     }},
};

constexpr Rule<PodCliqueSpec> kSpecRules[] = {
    {"V-140", On::kCreateAndUpdate, [](const PodCliqueSpec& spec) { return spec.replicas <= 0; }, ErrorType::kInvalid,
     "replicas", [](const PodCliqueSpec& spec) { return IntegerValue(spec.replicas); },
     [](const PodCliqueSpec& spec) {
       return Concat({"must be greater than 0, is ", std::to_string(spec.replicas)});
     }},
    {"V-141", On::kCreateAndUpdate, [](const PodCliqueSpec& spec) { return !spec.min_available.has_value(); },
     ErrorType::kRequired, "minAvailable", nullptr, [](const PodCliqueSpec&) { return std::string("must be set"); }},
    {"V-142", On::kCreateAndUpdate,
     [](const PodCliqueSpec& spec) { return spec.min_available.has_value() && *spec.min_available <= 0; },
     ErrorType::kInvalid, "minAvailable", [](const PodCliqueSpec& spec) { return IntegerValue(*spec.min_available); },
     [](const PodCliqueSpec& spec) {
       return Concat({"must be greater than 0, is ", std::to_string(*spec.min_available)});
     }},
    {"V-143", On::kCreateAndUpdate,
     [](const PodCliqueSpec& spec) { return spec.min_available.has_value() && *spec.min_available > spec.replicas; },
     ErrorType::kInvalid, "minAvailable", [](const PodCliqueSpec& spec) { return IntegerValue(*spec.min_available); },
     [](const PodCliqueSpec& spec) {
       return Concat({"must not be greater than replicas (", std::to_string(spec.replicas), ")"});
     }},
};

// Each row requires that the element exists; V-151 and V-152 that `minReplicas` does.
struct Scaling {
  const PodCliqueSpec& spec;
  const AutoScalingConfig& config;
};

constexpr Rule<Scaling> kScalingRules[] = {
    {"V-150", On::kCreateAndUpdate, [](const Scaling& scaling) { return !scaling.config.min_replicas.has_value(); },
     ErrorType::kRequired, "autoScalingConfig.minReplicas", nullptr,
     [](const Scaling&) { return std::string("must be set"); }},
    {"V-151", On::kCreateAndUpdate,
     [](const Scaling& scaling) {
       return scaling.config.min_replicas.has_value() && scaling.spec.min_available.has_value() &&
              *scaling.config.min_replicas < *scaling.spec.min_available;
     },
     ErrorType::kInvalid, "autoScalingConfig.minReplicas",
     [](const Scaling& scaling) { return IntegerValue(*scaling.config.min_replicas); },
     [](const Scaling& scaling) {
       return Concat({"must not be less than minAvailable (", std::to_string(*scaling.spec.min_available), ")"});
     }},
    {"V-152", On::kCreateAndUpdate,
     [](const Scaling& scaling) {
       return scaling.config.min_replicas.has_value() && scaling.config.max_replicas < *scaling.config.min_replicas;
     },
     ErrorType::kInvalid, "autoScalingConfig.maxReplicas",
     [](const Scaling& scaling) { return IntegerValue(scaling.config.max_replicas); },
     [](const Scaling& scaling) {
       return Concat({"must not be less than minReplicas (", std::to_string(*scaling.config.min_replicas), ")"});
     }},
    {"V-153", On::kCreateAndUpdate,
     [](const Scaling& scaling) { return scaling.config.max_replicas < scaling.spec.replicas; }, ErrorType::kInvalid,
     "autoScalingConfig.maxReplicas", [](const Scaling& scaling) { return IntegerValue(scaling.config.max_replicas); },
     [](const Scaling& scaling) {
       return Concat({"must not be less than replicas (", std::to_string(scaling.spec.replicas), ")"});
     }},
};

// V-132: names of pods are made of the names of set and clique, and must stay within bounds.
void ValidateNameLength(const SetContext& context, const PodCliqueTemplateSpec& clique, const FieldPath& path) {
  const std::string& set_name = context.set.metadata.name;
  const std::size_t length = set_name.size() + clique.name.size();
  if (length <= kMaxCombinedNames || context.member_names.Contains(clique.name)) return;
  const std::string detail = Concat({"names of set and clique together have ", std::to_string(length),
                                     " bytes, must have at most ", std::to_string(kMaxCombinedNames)});
  const FieldPath root;
  context.findings.Add(ErrorType::kInvalid, path.Child("name"), clique.name, "V-132", detail);
  context.findings.Add(ErrorType::kInvalid, root.Child("metadata.name"), set_name, "V-132", detail);
}

// V-133 and V-134.
void ValidateLabelsAndAnnotations(const SetContext& context, const PodCliqueTemplateSpec& clique,
                                  const FieldPath& path) {
  const FieldPath labels = path.Child("labels");
  for (const auto& [key, value] : clique.labels) ValidateLabel(key, value, labels, "V-133", context.findings);
  const FieldPath annotations = path.Child("annotations");
  std::size_t bytes = 0;
  for (const auto& [key, value] : clique.annotations) {
    ValidateAnnotationKey(key, annotations, "V-134", context.findings);
    bytes += key.size() + value.size();
  }
  ValidateAnnotationBytes(bytes, annotations, "V-134", context.findings);
}

void ValidateClique(const SetContext& context, const PodCliqueTemplateSpec& clique, const FieldPath& path) {
  Apply<PodCliqueTemplateSpec>(kNameRules, context.operation, clique, path, context.findings);
  if (!IsBlank(clique.name)) ValidateNameLength(context, clique, path);
  ValidateLabelsAndAnnotations(context, clique, path);
  ValidateCliqueSharing(context, clique, path);

  const FieldPath spec = path.Child("spec");
  Apply<PodCliqueSpec>(kSpecRules, context.operation, clique.spec, spec, context.findings);
  if (context.explicit_startup) ValidateStartsAfter(context, clique, spec);
  if (clique.spec.auto_scaling_config.has_value()) {
    const Scaling scaling{clique.spec, *clique.spec.auto_scaling_config};
    Apply<Scaling>(kScalingRules, context.operation, scaling, spec, context.findings);
  }
  ValidatePodSpec(context, clique.spec.pod_spec, path);
}

}  // namespace

void ValidateCliques(const SetContext& context) {
  const std::vector<PodCliqueTemplateSpec>& cliques = context.template_spec.cliques;
  const FieldPath root;
  const FieldPath list = root.Child(kCliquesPath);
  // The reference crashes here, after it has made this error.
  if (cliques.empty()) {
    context.findings.Add(ErrorType::kRequired, list, "V-120", "must have at least one clique");
    return;
  }
  for (std::size_t i = 0; i < cliques.size(); ++i) ValidateClique(context, cliques[i], list.Index(i));

  ReportDuplicates(context.clique_names.names(), list.Child("name"), "V-121", context.findings);
  const NameList roles = CollectNames(
      cliques, [](const PodCliqueTemplateSpec& clique) { return std::string_view(clique.spec.role_name); },
      context.scratch);
  ReportDuplicates(roles, list.Child("roleName"), "V-122", context.findings);
  ValidateSchedulerNames(context);
  if (context.explicit_startup) ValidateDependencies(context);
}

}  // namespace grove::validation
