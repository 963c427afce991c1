// Rules of the annotation that puts pods into an MNNVL group, on create (spec 03 §8.1).
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
  const std::string* value = annotations.Find(keys::kMnnvlGroup);
  if (value == nullptr) return;
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

}  // namespace

void ValidateMnnvlGroups(const SetContext& context) {
  const FieldPath root;
  ValidateAnnotation(context, context.set.metadata.annotations, root.Child("metadata.annotations"));
  ValidateAnnotationsOf(context, context.template_spec.cliques, root.Child("spec.template.cliques"));
  ValidateAnnotationsOf(context, context.template_spec.pod_clique_scaling_groups,
                        root.Child("spec.template.podCliqueScalingGroups"));
}

}  // namespace grove::validation
