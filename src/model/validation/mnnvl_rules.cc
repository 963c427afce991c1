// Rules of the annotation that puts pods into an MNNVL group (spec 03 §8).
#include "model/names.h"
#include "model/naming.h"
#include "model/validation/set_context.h"

namespace grove::validation {
namespace {

constexpr std::string_view kNone = "none";

struct Annotation {
  std::string_view value;
  bool feature_enabled;
};

constexpr Rule<Annotation> kAnnotationRules[] = {
    {"V-300", On::kCreate, [](const Annotation& annotation) { return annotation.value.empty(); }, ErrorType::kInvalid,
     keys::kMnnvlGroup, [](const Annotation& annotation) { return StringValue(annotation.value); },
     [](const Annotation&) { return std::string("must not be empty: a group, or none"); }},
    {"V-301", On::kCreate,
     [](const Annotation& annotation) {
       return !annotation.value.empty() && annotation.value != kNone && !CheckDnsLabel(annotation.value).empty();
     },
     ErrorType::kInvalid, keys::kMnnvlGroup, [](const Annotation& annotation) { return StringValue(annotation.value); },
     [](const Annotation& annotation) {
       return Concat({Quoted(annotation.value), ": ", CheckDnsLabel(annotation.value)[0]});
     }},
    {"V-302", On::kCreate,
     [](const Annotation& annotation) { return !annotation.feature_enabled && annotation.value != kNone; },
     ErrorType::kInvalid, keys::kMnnvlGroup, [](const Annotation& annotation) { return StringValue(annotation.value); },
     [](const Annotation& annotation) {
       return Concat({Quoted(annotation.value), " must be none while network.autoMNNVLEnabled is off"});
     }},
};

void ValidateAnnotation(const SetContext& context, const StringMap& annotations, const FieldPath& path) {
  const auto value = annotations.Find(keys::kMnnvlGroup);
  if (!value.has_value()) return;
  const Annotation annotation{*value, context.configuration.network.auto_mnnvl_enabled};
  Apply<Annotation>(kAnnotationRules, context.operation, annotation, path, context.findings);
}

template <class Element>
void ValidateAnnotationsOf(const SetContext& context, const std::vector<Element>& elements, const FieldPath& list) {
  for (std::size_t i = 0; i < elements.size(); ++i) {
    const FieldPath element = list.Index(i);
    ValidateAnnotation(context, elements[i].annotations, element.Child("annotations"));
  }
}

// The annotation before and after an update; null where it is absent.
struct AnnotationChange {
  std::optional<std::string_view> before;
  std::optional<std::string_view> after;
};

constexpr Rule<AnnotationChange> kChangeRules[] = {
    {"V-310", On::kUpdate,
     [](const AnnotationChange& change) { return !change.before.has_value() && change.after.has_value(); },
     ErrorType::kForbidden, keys::kMnnvlGroup, nullptr,
     [](const AnnotationChange&) { return std::string("must not be added to a set that exists"); }},
    {"V-311", On::kUpdate,
     [](const AnnotationChange& change) { return change.before.has_value() && !change.after.has_value(); },
     ErrorType::kForbidden, keys::kMnnvlGroup, nullptr,
     [](const AnnotationChange& change) {
       return Concat({"must not be removed, was ", Quoted(*change.before)});
     }},
    {"V-312", On::kUpdate,
     [](const AnnotationChange& change) {
       return change.before.has_value() && change.after.has_value() && *change.before != *change.after;
     },
     ErrorType::kInvalid, keys::kMnnvlGroup, [](const AnnotationChange& change) { return StringValue(*change.after); },
     [](const AnnotationChange& change) {
       return Concat({"must not change, was ", Quoted(*change.before)});
     }},
};

void ValidateChange(const SetContext& context, const StringMap& before, const StringMap& after, const FieldPath& path) {
  const AnnotationChange change{before.Find(keys::kMnnvlGroup), after.Find(keys::kMnnvlGroup)};
  Apply<AnnotationChange>(kChangeRules, context.operation, change, path, context.findings);
}

// Elements go by name; those that are only in one of the sets are left out.
template <class Element>
void ValidateChangesOf(const SetContext& context, const std::vector<Element>& before, const NameIndex& names_before,
                       const std::vector<Element>& after, const FieldPath& list) {
  for (std::size_t i = 0; i < after.size(); ++i) {
    const std::optional<std::size_t> position = names_before.Find(after[i].name);
    if (!position.has_value()) continue;
    const FieldPath element = list.Index(i);
    ValidateChange(context, before[*position].annotations, after[i].annotations, element.Child("annotations"));
  }
}

}  // namespace

void ValidateMnnvlGroups(const SetContext& context) {
  const FieldPath root;
  ValidateAnnotation(context, context.set.metadata.annotations, root.Child("metadata.annotations"));
  ValidateAnnotationsOf(context, context.template_spec.cliques, root.Child("spec.template.cliques"));
  ValidateAnnotationsOf(context, context.template_spec.pod_clique_scaling_groups,
                        root.Child("spec.template.podCliqueScalingGroups"));
}

void ValidateMnnvlUpdate(const SetContext& context, const SetContext& old) {
  const FieldPath root;
  ValidateChange(context, old.set.metadata.annotations, context.set.metadata.annotations,
                 root.Child("metadata.annotations"));
  ValidateChangesOf(context, old.template_spec.cliques, old.clique_names, context.template_spec.cliques,
                    root.Child("spec.template.cliques"));
  ValidateChangesOf(context, old.template_spec.pod_clique_scaling_groups, old.group_names,
                    context.template_spec.pod_clique_scaling_groups,
                    root.Child("spec.template.podCliqueScalingGroups"));
}

}  // namespace grove::validation
