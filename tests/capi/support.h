// Calls of the C interface as tests like to make them, and manifests for them.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "grove.h"

namespace grove_test {

// What a call gave; releases it.
class Result {
 public:
  Result() = default;
  Result(Result&& other) noexcept
      : status(other.status),
        result(std::exchange(other.result, {})),
        report(std::exchange(other.report, {})),
        error(std::exchange(other.error, nullptr)) {}
  ~Result() {
    grove_buffer_dispose(&result);
    grove_buffer_dispose(&report);
    grove_error_free(error);
  }

  [[nodiscard]] std::string_view text() const { return View(result); }
  [[nodiscard]] std::string_view report_text() const { return View(report); }
  // Of the error; "" or "0:0" without one.
  [[nodiscard]] std::string message() const { return error == nullptr ? "" : error->message; }
  [[nodiscard]] std::string argument() const { return error == nullptr ? "" : error->argument; }
  [[nodiscard]] std::string path() const { return error == nullptr ? "" : error->path; }
  // "line:column"
  [[nodiscard]] std::string place() const {
    return error == nullptr ? "0:0" : std::to_string(error->line) + ':' + std::to_string(error->column);
  }
  [[nodiscard]] std::string_view error_report() const {
    return error == nullptr ? std::string_view() : std::string_view(error->report, error->report_size);
  }

  grove_status status = GROVE_UNKNOWN;
  grove_buffer result = GROVE_BUFFER_INIT;
  grove_buffer report = GROVE_BUFFER_INIT;
  grove_error* error = nullptr;

 private:
  static std::string_view View(const grove_buffer& buffer) {
    return buffer.data == nullptr ? std::string_view() : std::string_view(buffer.data, buffer.size);
  }
};

inline Result Admit(std::string_view manifest, const grove_admit_options* options = nullptr,
                    std::string_view context = {}, grove_format format = GROVE_FORMAT_YAML) {
  Result out;
  out.status = grove_admit(manifest.data(), manifest.size(), context.data(), context.size(), format, options,
                           &out.result, &out.error);
  return out;
}

inline Result Expand(std::string_view manifest, const grove_expand_options* options = nullptr,
                     std::string_view context = {}, grove_format format = GROVE_FORMAT_YAML) {
  Result out;
  out.status = grove_expand(manifest.data(), manifest.size(), context.data(), context.size(), format, options,
                            &out.result, &out.report, &out.error);
  return out;
}

// A set of one clique with two pods.
inline constexpr std::string_view kSet = R"(apiVersion: grove.io/v1alpha1
kind: PodCliqueSet
metadata:
  name: demo
spec:
  replicas: 1
  template:
    cliques:
      - name: worker
        spec:
          roleName: worker
          replicas: 2
          podSpec:
            containers:
              - name: main
                image: registry.example.com/worker:1
)";

// The same set with minAvailable above replicas, at line 13.
inline constexpr std::string_view kDeniedSet = R"(apiVersion: grove.io/v1alpha1
kind: PodCliqueSet
metadata:
  name: demo
spec:
  replicas: 1
  template:
    cliques:
      - name: worker
        spec:
          roleName: worker
          replicas: 2
          minAvailable: 3
          podSpec:
            containers:
              - name: main
                image: registry.example.com/worker:1
)";

}  // namespace grove_test
