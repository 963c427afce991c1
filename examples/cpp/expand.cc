// What Grove makes of the PodCliqueSets of a manifest, in C++: counts the objects of each kind, and prints the
// PodGangs.
//
//   expand MANIFEST.yaml
//
// An OperatorConfiguration and ClusterTopologyBindings may stand beside the sets. What Grove would refuse is answered
// with every place and reason.

#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <string>
#include <string_view>

#include "grove/manifest.hpp"
#include "grove/workload.hpp"

namespace {

// "manifest.yaml:13:25: error: reason", as compilers do it.
std::ostream& PrintPlace(std::string_view path, grove::SourceLocation location) {
  return std::cerr << path << ':' << location.line << ':' << location.column << ": ";
}

void PrintFindings(std::string_view path, const grove::ObjectVerdict& verdict) {
  for (const grove::FieldError& error : verdict.errors) {
    PrintPlace(path, error.location) << "error: " << grove::FormatFieldError(error) << " [" << error.rule << "]\n";
  }
  for (const grove::Warning& warning : verdict.warnings) {
    PrintPlace(path, warning.location) << "warning: " << warning.detail << " [" << warning.rule << "]\n";
  }
}

// False if anything is missing.
bool PrintObjects(const grove::WorkloadExpansion& expansion) {
  bool complete = expansion.limit_exceeded.empty();
  if (!complete) std::cerr << "more objects than " << expansion.limit_exceeded << " allows\n";
  for (const grove::SetExpansion& set : expansion.sets) {
    std::map<std::string_view, int> counts;
    grove::ForEachObject(set.objects, [&](const auto& object) { ++counts[grove::KindOf(object)]; });
    std::cout << "# " << set.objects.pod_clique_set.metadata.name << ':';
    for (const auto& [kind, count] : counts) std::cout << ' ' << count << ' ' << kind;
    std::cout << '\n';
    for (const grove::PodGang& gang : set.objects.pod_gangs) {
      std::cout << "---\n" << grove::WriteManifest(grove::ToValue(gang), grove::OutputFormat::kYaml);
    }
    for (const grove::ReconcileError& error : set.errors) std::cerr << error.object << ": " << error.message << '\n';
    complete = complete && set.errors.empty();
  }
  return complete;
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
    PrintPlace(path, parsed.error->location) << parsed.error->message << '\n';
    return 2;
  }
  // Admits the objects, each with the others as its context.
  const grove::Workload workload = grove::JudgeWorkload(parsed.objects);
  if (workload.problem.has_value()) {
    const grove::Value& document = parsed.objects[workload.problem->index].document;
    PrintPlace(path, grove::LocationOf(document)) << workload.problem->message << '\n';
    return 2;
  }
  for (const grove::ObjectVerdict& verdict : workload.verdicts) PrintFindings(path, verdict);
  const bool complete = PrintObjects(grove::ExpandWorkload(workload));
  return workload.allowed() && complete ? 0 : 1;
}
