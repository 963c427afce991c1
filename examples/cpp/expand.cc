// What Grove makes of the PodCliqueSets of a manifest, in C++: counts the objects of each kind, and prints the
// PodGangs.
//
//   expand MANIFEST.yaml
//
// A manifest that Grove would refuse is answered with every place and reason.

#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <string>
#include <string_view>

#include "grove/grove.hpp"

namespace {

int PrintFindings(std::string_view path, const grove::Admission& admission) {
  for (const grove::FieldError& error : admission.errors) {
    std::cerr << path << ':' << error.location.line << ':' << error.location.column << ": "
              << grove::FormatFieldError(error) << " [" << error.rule << "]\n";
  }
  for (const grove::Warning& warning : admission.warnings) {
    std::cerr << path << ':' << warning.location.line << ": warning: " << warning.detail << '\n';
  }
  return admission.allowed() ? 0 : 1;
}

int PrintObjects(const grove::AdmittedPodCliqueSet& set) {
  const grove::Expansion expansion = grove::Expand(set);
  if (!expansion.limit_exceeded.empty()) {
    std::cerr << "more objects than " << expansion.limit_exceeded << " allows\n";
    return 1;
  }
  std::map<std::string_view, int> counts;
  grove::ForEachObject(expansion.objects, [&](const auto& object) { ++counts[object.kKind]; });
  for (const auto& [kind, count] : counts) std::cout << count << ' ' << kind << '\n';
  for (const grove::PodGang& gang : expansion.objects.pod_gangs) {
    std::cout << "---\n" << grove::WriteManifest(grove::ToValue(gang), grove::OutputFormat::kYaml);
  }
  for (const grove::ReconcileError& error : expansion.errors)
    std::cerr << error.object << ": " << error.message << '\n';
  return expansion.errors.empty() ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: " << argv[0] << " MANIFEST.yaml\n";
    return 2;
  }
  const std::string path = argv[1];
  std::ifstream file(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  if (!file) {
    std::cerr << path << ": cannot be read\n";
    return 2;
  }
  const grove::ParseResult parsed = grove::ParseManifest(text);
  if (parsed.error.has_value()) {
    std::cerr << path << ':' << parsed.error->location.line << ':' << parsed.error->location.column << ": "
              << parsed.error->message << '\n';
    return 2;
  }
  int exit_code = 0;
  for (const grove::ManifestObject& object : parsed.objects) {
    if (object.kind != grove::PodCliqueSet::kKind) continue;
    const grove::Admission admission = grove::Admit(object.document);
    exit_code |= PrintFindings(path, admission);
    if (admission.admitted.has_value()) exit_code |= PrintObjects(*admission.admitted);
  }
  return exit_code;
}
