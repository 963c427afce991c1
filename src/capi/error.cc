#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include "capi/guard.h"
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

// What the caller reads, and the texts that it reads there.
struct ReportedError : grove_error {
  explicit ReportedError(Failure told) : grove_error{}, failure(std::move(told)) {
    struct_size = sizeof(grove_error);
    status = failure.status;
    message = failure.message.c_str();
    argument = failure.argument.c_str();
    path = failure.path.c_str();
    report = failure.report.c_str();
    report_size = failure.report.size();
    line = failure.location.line;
    column = failure.location.column;
  }
  ReportedError(const ReportedError&) = delete;
  ReportedError& operator=(const ReportedError&) = delete;

  const Failure failure;
};

}  // namespace

grove_status Report(Failure failure, grove_error** error) {
  const grove_status status = failure.status;
  if (error == nullptr) return status;
  std::ranges::replace_if(
      failure.message, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }, '?');
  *error = std::make_unique<ReportedError>(std::move(failure)).release();
  return status;
}

}  // namespace grove::capi

extern "C" const char* grove_status_name(grove_status status) {
  const auto code = static_cast<std::uint32_t>(status);
  return code < grove::capi::kStatusNames.size() ? grove::capi::kStatusNames[code] : "UNKNOWN";
}

extern "C" void grove_error_free(grove_error* error) {
  std::unique_ptr<grove::capi::ReportedError>(static_cast<grove::capi::ReportedError*>(error)).reset();
}
