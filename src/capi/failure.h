// Why a call of the C interface fails, before it becomes a grove_status and a grove_error.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "grove/field_error.hpp"

#include "grove.h"

namespace grove::capi {

struct Failure {
  grove_status status = GROVE_INTERNAL;
  std::string message;   // one line
  std::string argument;  // name of the parameter at fault, or empty
  std::string path;      // of the field at fault, or empty
  SourceLocation location;
  std::string report;  // JSON, or empty
};

// How each step of a call ends: nothing, or why the call fails.
using Outcome = std::optional<Failure>;

[[nodiscard]] inline Outcome InvalidArgument(std::string_view argument, std::string_view message) {
  return Failure{GROVE_INVALID_ARGUMENT, std::string(message), std::string(argument), {}, {}, {}};
}

// Ends the calling function with the failure of `expression`, if it has one.
#define GROVE_CAPI_TRY(expression)                                   \
  do {                                                               \
    if (::grove::capi::Outcome failed = (expression)) return failed; \
  } while (false)

}  // namespace grove::capi
