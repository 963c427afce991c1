#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include "capi/guard.h"
#include "capi/handles.h"
#include "grove.h"

namespace grove::capi {

namespace {

// In the order of the codes.
constexpr std::array kStatusNames = {
    "OK",        "CANCELLED",       "UNKNOWN",           "INVALID_ARGUMENT",   "DEADLINE_EXCEEDED",
    "NOT_FOUND", "ALREADY_EXISTS",  "PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION",
    "ABORTED",   "OUT_OF_RANGE",    "UNIMPLEMENTED",     "INTERNAL",           "UNAVAILABLE",
    "DATA_LOSS", "UNAUTHENTICATED",
};
static_assert(kStatusNames.size() == GROVE_UNAUTHENTICATED + 1);

// Characters of a member of the error, "" without an error.
const char* TextOf(const grove_error* error, std::string Failure::*member) {
  return error == nullptr ? "" : (Unwrap(error)->*member).c_str();
}

}  // namespace

grove_status Report(Failure failure, grove_error** error) {
  const grove_status status = failure.status;
  if (error == nullptr) return status;
  std::ranges::replace_if(
      failure.message, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }, '?');
  *error = Wrap(std::make_unique<Failure>(std::move(failure)).release());
  return status;
}

}  // namespace grove::capi

using grove::capi::Failure;
using grove::capi::TextOf;
using grove::capi::Unwrap;

extern "C" const char* grove_status_name(grove_status status) {
  const auto code = static_cast<std::uint32_t>(status);
  return code < grove::capi::kStatusNames.size() ? grove::capi::kStatusNames[code] : "UNKNOWN";
}

extern "C" grove_status grove_error_status(const grove_error* error) {
  return error == nullptr ? GROVE_OK : Unwrap(error)->status;
}

extern "C" const char* grove_error_message(const grove_error* error) { return TextOf(error, &Failure::message); }

extern "C" const char* grove_error_argument(const grove_error* error) { return TextOf(error, &Failure::argument); }

extern "C" const char* grove_error_path(const grove_error* error) { return TextOf(error, &Failure::path); }

extern "C" uint32_t grove_error_line(const grove_error* error) {
  return error == nullptr ? 0 : Unwrap(error)->location.line;
}

extern "C" uint32_t grove_error_column(const grove_error* error) {
  return error == nullptr ? 0 : Unwrap(error)->location.column;
}

extern "C" const char* grove_error_report(const grove_error* error, size_t* size) {
  if (size != nullptr) *size = error == nullptr ? 0 : Unwrap(error)->report.size();
  return TextOf(error, &Failure::report);
}

extern "C" void grove_error_free(grove_error* error) { std::unique_ptr<Failure>(Unwrap(error)).reset(); }
