#include "cpp_side.h"

#include <chrono>
#include <cstring>
#include <string>
#include <string_view>

#include "grove/manifest.hpp"
#include "grove/workload.hpp"

namespace {

// {"allowed", "objects", "skipped"}, as the C interface has it; the manifest has sets alone.
std::string Admit(std::string_view manifest) {
  const grove::ParseResult parsed = grove::ParseManifest(manifest, {.format = grove::TextFormat::kYaml, .limits = {}});
  const grove::Workload workload = grove::JudgeWorkload(parsed.objects, {});
  std::string report = R"({"allowed":)";
  report += workload.allowed() ? "true" : "false";
  report += R"(,"objects":[)";
  for (const grove::ObjectVerdict& verdict : workload.verdicts) {
    const grove::Value described =
        grove::DescribeVerdict(parsed.objects[verdict.index], verdict, {.file = "manifest", .defaulted = true});
    if (&verdict != &workload.verdicts.front()) report += ',';
    report += grove::WriteManifest(described, grove::OutputFormat::kCompactJson);
  }
  return report + R"(],"skipped":[]})";
}

}  // namespace

double cpp_side_microseconds(const char* manifest, size_t size, int calls) {
  const auto begin = std::chrono::steady_clock::now();
  for (int i = 0; i < calls; ++i) {
    if (Admit({manifest, size}).empty()) return 0;
  }
  return std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - begin).count() / calls;
}

size_t cpp_side_report(const char* manifest, size_t size, char* report, size_t capacity) {
  const std::string made = Admit({manifest, size});
  if (made.size() <= capacity) std::memcpy(report, made.data(), made.size());
  return made.size();
}
