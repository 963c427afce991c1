// The barrier between C++ and C: the only place that catches exceptions.
#pragma once

#include <exception>
#include <type_traits>
#include <utility>

#include "capi/failure.h"
#include "grove.h"

namespace grove::capi {

// Tells the caller why a call failed. Control characters of the message become `?`: it is one line.
[[nodiscard]] grove_status Report(Failure failure, grove_error** error);

// Runs `function`, which returns an Outcome, and turns what it returns or throws into a status and an error.
// Failing to allocate while an error is made ends the process.
template <class Function>
[[nodiscard]] grove_status Guard(grove_error** error, Function&& function) noexcept {
  static_assert(std::is_same_v<std::invoke_result_t<Function>, Outcome>);
  if (error != nullptr) *error = nullptr;
  const auto run = [&]() {
    Outcome outcome = std::forward<Function>(function)();
    return outcome.has_value() ? Report(*std::move(outcome), error) : GROVE_OK;
  };
#ifdef __cpp_exceptions
  try {
    return run();
  } catch (const std::exception& exception) {
    return Report({GROVE_INTERNAL, exception.what(), {}, {}, {}, {}}, error);
  } catch (...) {
    return Report({GROVE_INTERNAL, "unknown exception", {}, {}, {}, {}}, error);
  }
#else
  return run();
#endif
}

}  // namespace grove::capi
