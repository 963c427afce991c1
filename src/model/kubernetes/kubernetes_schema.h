// Shapes of the Kubernetes types that Grove's objects embed, as a custom resource definition describes them.
//
// Members, scalar formats, required keys, list keys and defaults are those of the Kubernetes release kVersion; there
// are no enums and no bounds, because the definition of an embedding type has none (spec 01 §2.7). Presence follows the
// Go declarations. The tables are made by generate_schema.py; fields stand in the order of the Go declarations, those
// of an inlined struct in its place.
#pragma once

#include <span>
#include <string_view>

#include "model/schema.h"

namespace grove::schema::kubernetes {

// Version of the Go modules that the tables were made from, e.g. "v0.35.5" for Kubernetes 1.35.
extern const std::string_view kVersion;

// What Grove's own types embed.
extern const Type kPodSpec;                    // cliques[].spec.podSpec
extern const Type kMetricSpec;                 // autoScalingConfig.metrics[], scaleConfig.metrics[]
extern const Type kResourceClaimTemplateSpec;  // resourceClaimTemplates[].templateSpec

// `metadata` of an object, which is read by its type and not by a schema (spec 02 §2.4): its members and those of
// `ownerReferences` and `managedFields` have types and presence, but none is required and no list has keys.
extern const Type kObjectMeta;

// `metadata` below the root of an object (`templateSpec.metadata`, `volumeClaimTemplate.metadata`): an object without
// known members, so everything in it is pruned.
extern const Type kEmbeddedObjectMeta;

// Parts that Grove itself reads or writes.
extern const Type kContainer;
extern const Type kEphemeralContainer;
extern const Type kEnvVar;
extern const Type kLabelSelector;
extern const Type kManagedFieldsEntry;
extern const Type kOwnerReference;
extern const Type kPodResourceClaim;
extern const Type kPodSchedulingGate;
extern const Type kResourceClaim;  // containers[].resources.claims[]
extern const Type kResourceClaimSpec;
extern const Type kResourceRequirements;
extern const Type kToleration;
extern const Type kVolume;
extern const Type kVolumeMount;

// Objects of any content, which is kept as it is: Shape::kAny with a name. The value itself must be an object.
extern const Type kRawExtension;  // opaque.parameters of a device configuration
extern const Type kFieldsV1;      // managedFields[].fieldsV1

// Every object type of the tables, each once; a type stands behind those it is made of.
extern const std::span<const Type* const> kObjectTypes;

}  // namespace grove::schema::kubernetes
