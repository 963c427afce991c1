// What is wrong with an input, as data: the Kubernetes error class, the field, the bad value, the rule and the place.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "grove/value.hpp"

namespace grove {

// Classes of field errors, as Kubernetes names them (spec 03 §1.1).
enum class ErrorType : std::uint8_t {
  kRequired,
  kInvalid,
  kNotSupported,
  kDuplicate,
  kForbidden,
  kNotFound,
  kTooLong,
  kTooMany,
  kTypeInvalid,
  kInternal,
  kBadRequest,  // the object could not be decoded into its type; no further field error is reported (V-010)
};

// "Invalid", "NotSupported", ...: as `grove validate -o json` writes it.
[[nodiscard]] std::string_view ErrorTypeName(ErrorType type);
// "FieldValueInvalid", "InternalError", ...: the reason in the Kubernetes API.
[[nodiscard]] std::string_view ErrorTypeReason(ErrorType type);

// Which step of admission found it.
enum class Stage : std::uint8_t {
  kSchema,   // decoding and the schema of the custom resource
  kWebhook,  // Grove's validating webhook
  kLint,     // advice of libgrove, of which no cluster knows
};

[[nodiscard]] std::string_view StageName(Stage stage);

// A place in the source text. Lines and columns count from 1, columns in bytes; 0 means unknown.
struct SourceLocation {
  std::uint32_t line = 0;
  std::uint32_t column = 0;

  friend bool operator==(const SourceLocation&, const SourceLocation&) = default;
};

struct FieldError {
  ErrorType type = ErrorType::kInvalid;
  // The path as the reference reports it (spec 03): some such paths do not exist in the object.
  std::string field;
  // Absent for Required, Forbidden, TooLong and Internal.
  std::optional<Value> bad_value;
  // One line for a person; no part of the contract.
  std::string detail;
  // "V-123"; static storage.
  std::string_view rule;
  Stage stage = Stage::kSchema;
  // Of the value, or of the nearest enclosing value that the source has.
  SourceLocation location;
  // What to write instead of the bad value or the unknown name; empty: nothing is near enough.
  std::string suggestion{};
};

// A remark that never changes a verdict.
struct Warning {
  std::string field;
  std::string detail;
  std::string_view rule;
  SourceLocation location;
};

// "spec.replicas: Invalid value: -1: must not be negative" (spec 03 §1.2).
[[nodiscard]] std::string FormatFieldError(const FieldError& error);

}  // namespace grove
