// A finding: one remark on one object, in one shape whatever found it (the schema, a webhook's rule, a lint rule), for
// everything that lists, counts or writes findings.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "grove/field_error.hpp"
#include "grove/value.hpp"

namespace grove {

enum class Severity : std::uint8_t {
  kError,    // the object is denied
  kWarning,  // the verdict does not depend on it
  kNote,     // nothing need be wrong: behaviour worth knowing
};

// "error", "warning", "note".
[[nodiscard]] std::string_view SeverityName(Severity severity);

struct Finding {
  Severity severity = Severity::kError;
  Stage stage = Stage::kSchema;
  // Class of an error; of a warning nothing.
  std::optional<ErrorType> type;
  // The path as the rule reports it; empty for what is about the whole object.
  std::string field;
  // Absent where the class of the error shows none, and for warnings.
  std::optional<Value> bad_value;
  // One line for a person.
  std::string detail;
  // What to write instead of the bad value or the unknown name; empty: nothing is near enough.
  std::string suggestion;
  // "V-143", static storage; empty for a field that was dropped.
  std::string_view rule;
  SourceLocation location;
  // What to do about it, one line without a full stop; empty: the rule's description says it.
  std::string help{};
};

// "spec.replicas: Invalid value: -1: must not be negative", and what was meant, if that is known. One line unless the
// object's own texts hold line breaks.
[[nodiscard]] std::string FormatFinding(const Finding& finding);

}  // namespace grove
