// Metadata, conditions and scalars that all API objects share.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "grove/string_map.hpp"

namespace grove {

// A span of time in signed nanoseconds; text form is Go's (`1h30m0s`, spec 01 §1.4).
struct Duration {
  std::int64_t nanoseconds = 0;

  friend auto operator<=>(const Duration&, const Duration&) = default;
};

// A point in time in seconds since the Unix epoch, UTC; text form is RFC 3339.
struct Time {
  std::int64_t unix_seconds = 0;

  friend auto operator<=>(const Time&, const Time&) = default;
};

struct OwnerReference {
  std::string api_version;
  std::string kind;
  std::string name;
  std::string uid;
  std::optional<bool> controller;
  std::optional<bool> block_owner_deletion;

  friend bool operator==(const OwnerReference&, const OwnerReference&) = default;
};

// The part of Kubernetes' ObjectMeta that Grove reads or writes.
struct ObjectMeta {
  std::string name;
  std::string generate_name;
  std::string namespace_name;
  std::string uid;
  std::string resource_version;
  std::int64_t generation = 0;
  std::optional<Time> creation_timestamp;
  std::optional<Time> deletion_timestamp;
  StringMap labels;
  StringMap annotations;
  std::vector<OwnerReference> owner_references;
  std::vector<std::string> finalizers;

  friend bool operator==(const ObjectMeta&, const ObjectMeta&) = default;
};

// One observation about an object (spec 01 §7).
struct Condition {
  std::string type;
  std::string status;  // "True", "False" or "Unknown"
  std::int64_t observed_generation = 0;
  std::optional<Time> last_transition_time;
  std::string reason;
  std::string message;

  friend bool operator==(const Condition&, const Condition&) = default;
};

// A reconcile error that the operator recorded in a status.
struct LastError {
  std::string code;
  std::string description;
  std::optional<Time> observed_at;

  friend bool operator==(const LastError&, const LastError&) = default;
};

// Name of an object in a namespace.
struct NamespacedName {
  std::string namespace_name;
  std::string name;

  friend bool operator==(const NamespacedName&, const NamespacedName&) = default;
};

}  // namespace grove
