// What the API server finds by itself: decoding, metadata, the schema (spec 03 §4).
#include "model/rules/families.h"

namespace grove::rules {

namespace {

constexpr RuleDescription kRules[] = {
    {"V-010", Stage::kSchema, Severity::kError, "value does not fit the type of its field",
     "The API server cannot read the object into its type and looks at nothing else. Write the value in the type that "
     "the field has, for example a whole number without quotes or a list instead of one element. With strict "
     "validation an unknown field is refused in the same way."},
    {"V-020", Stage::kSchema, Severity::kError, "metadata is invalid",
     "Names, namespaces, labels, annotations, owner references and finalizers follow the rules of Kubernetes. Use "
     "lower-case letters, digits and hyphens for names, and valid keys and values for labels."},
    {"V-021", Stage::kSchema, Severity::kError, "metadata that must stay was changed, or is invalid",
     "Name, namespace, uid and the times that the API server sets identify the stored object and cannot be changed by "
     "an update. Leave them as they are or create a new object."},
    {"V-030", Stage::kSchema, Severity::kError, "replicas is no whole number from 0 to 2147483647",
     "The scale subresource reads spec.replicas as a 32-bit number. Write a whole number without a fraction."},
    {"V-031", Stage::kSchema, Severity::kError, "required field is missing", "The schema requires the field. Add it."},
    {"V-032", Stage::kSchema, Severity::kError, "value has the wrong JSON type",
     "The schema expects another type. Some missing lists are written back as null by Grove's defaulting, so that a "
     "missing list shows up here: write the list."},
    {"V-033", Stage::kSchema, Severity::kError, "value is not one of those that the field takes",
     "The field takes a fixed set of values, spelt exactly. Use one of those that the message lists."},
    {"V-033a", Stage::kSchema, Severity::kError, "text is too short or does not match the pattern of its field",
     "The schema bounds the text of the field. Use the characters that the pattern allows."},
    {"V-033b", Stage::kSchema, Severity::kError, "text is too long",
     "The schema bounds the length of the text. Shorten it."},
    {"V-033c", Stage::kSchema, Severity::kError, "list has too few elements",
     "The schema wants at least one element, as a topology binding without levels binds nothing. Add one."},
    {"V-034", Stage::kSchema, Severity::kError, "key of a list is used twice",
     "Elements of this list are told apart by their key, such as the name of a clique or container. Give each its "
     "own."},
    {"V-034a", Stage::kSchema, Severity::kError, "element of a keyed list is no object",
     "Elements of this list are objects that are told apart by a key. Write an object."},
    {"V-035", Stage::kSchema, Severity::kError, "topology constraint constrains nothing",
     "A topologyConstraint needs a pack. Add pack.required or pack.preferred with the domain, or remove the "
     "constraint."},
    {"V-036", Stage::kSchema, Severity::kError, "packDomain and pack.required are both set",
     "Both say how tightly pods are packed, so that only one may be set. Keep pack.required and drop packDomain, which "
     "is deprecated."},
    {"V-037", Stage::kSchema, Severity::kError, "pack is empty",
     "A pack needs a domain. Set required for what must hold, preferred for what would be good, or both."},
    {"V-038", Stage::kSchema, Severity::kError, "deprecated packDomain in a new set",
     "packDomain is kept only for sets that already have it. Write pack.required with the same domain."},
    {"V-039", Stage::kSchema, Severity::kError, "deprecated packDomain in a clique of a new set",
     "packDomain is kept only for sets that already have it. Write pack.required with the same domain."},
    {"V-040", Stage::kSchema, Severity::kError, "deprecated packDomain in a scaling group of a new set",
     "packDomain is kept only for sets that already have it. Write pack.required with the same domain."},
    {"V-041", Stage::kSchema, Severity::kError, "some rules were not checked because of other errors",
     "The API server leaves out its expression rules while the schema finds errors. Correct the other errors first."},
    {"unknown-field", Stage::kSchema, Severity::kWarning, "unknown field is dropped",
     "The API server does not know the field and stores the object without it, so that it has no effect. Correct the "
     "spelling or the nesting, or remove it. With --strict it is an error."},
};

}  // namespace

std::span<const RuleDescription> SchemaRules() { return kRules; }

}  // namespace grove::rules
