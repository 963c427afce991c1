// Fields of metadata and of what statuses share.
#pragma once

#include "grove/object_meta.hpp"

#include "model/fields/field_table.h"

namespace grove::fields {

template <>
struct FieldTable<OwnerReference> {
  static constexpr std::string_view kName = "OwnerReference";
  static constexpr std::tuple kRows{
      Field("apiVersion", &OwnerReference::api_version, {.required = true, .always = true}),
      Field("kind", &OwnerReference::kind, {.required = true, .always = true}),
      Field("name", &OwnerReference::name, {.required = true, .always = true}),
      Field("uid", &OwnerReference::uid, {.required = true}),
      Field("controller", &OwnerReference::controller),
      Field("blockOwnerDeletion", &OwnerReference::block_owner_deletion),
  };
};

template <>
struct FieldTable<ObjectMeta> {
  static constexpr std::string_view kName = "ObjectMeta";
  static constexpr std::tuple kRows{
      Field("name", &ObjectMeta::name),
      Field("generateName", &ObjectMeta::generate_name),
      Field("namespace", &ObjectMeta::namespace_name),
      Field("uid", &ObjectMeta::uid),
      Field("resourceVersion", &ObjectMeta::resource_version),
      Field("generation", &ObjectMeta::generation),
      Field("creationTimestamp", &ObjectMeta::creation_timestamp),
      Field("deletionTimestamp", &ObjectMeta::deletion_timestamp),
      Field("labels", &ObjectMeta::labels),
      Field("annotations", &ObjectMeta::annotations),
      Field("ownerReferences", &ObjectMeta::owner_references),
      Field("finalizers", &ObjectMeta::finalizers),
  };
};

inline constexpr std::string_view kConditionStatuses[] = {"True", "False", "Unknown"};

// Spec 01 §7.1.
template <>
struct FieldTable<Condition> {
  static constexpr std::string_view kName = "Condition";
  static constexpr std::tuple kRows{
      Field("type", &Condition::type,
            {.required = true, .always = true, .pattern = schema::Pattern::kConditionType, .max_length = 316}),
      Field("status", &Condition::status, {.required = true, .always = true, .enum_values = kConditionStatuses}),
      Field("observedGeneration", &Condition::observed_generation, {.minimum = 0}),
      Field("lastTransitionTime", &Condition::last_transition_time, {.required = true}),
      Field("reason", &Condition::reason,
            {.required = true,
             .always = true,
             .pattern = schema::Pattern::kConditionReason,
             .min_length = 1,
             .max_length = 1024}),
      Field("message", &Condition::message, {.required = true, .always = true, .max_length = 32768}),
  };
};

template <>
struct FieldTable<LastError> {
  static constexpr std::string_view kName = "LastError";
  static constexpr std::tuple kRows{
      Field("code", &LastError::code, {.required = true, .always = true}),
      Field("description", &LastError::description, {.required = true, .always = true}),
      Field("observedAt", &LastError::observed_at, {.required = true}),
  };
};

template <>
struct FieldTable<NamespacedName> {
  static constexpr std::string_view kName = "NamespacedName";
  static constexpr std::tuple kRows{
      Field("namespace", &NamespacedName::namespace_name, {.required = true, .always = true}),
      Field("name", &NamespacedName::name, {.required = true, .always = true}),
  };
};

}  // namespace grove::fields
