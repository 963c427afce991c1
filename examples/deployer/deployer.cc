// The deployer of an inference framework: takes the graph of services that a user states, and tells what Grove will
// make of it before anything is written to a cluster.
//
//   deployer GRAPH [--cluster FILE] [--update GRAPH]    answers
//   deployer GRAPH --manifest                           the PodCliqueSet, to be applied
//
// Exit code: 0 if all is well, 1 if something is denied or does not fit, 2 for input that cannot be read.

#include <algorithm>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "grove/admission.hpp"
#include "grove/expansion.hpp"
#include "grove/live_objects.hpp"
#include "grove/manifest.hpp"

#include "answers.h"
#include "grove_set.h"
#include "service_graph.h"

namespace {

struct Arguments {
  std::string graph;
  std::string cluster;
  std::string update;
  bool manifest = false;
};

std::optional<Arguments> ParseArguments(int argc, char** argv) {
  Arguments arguments;
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    std::string* value = word == "--cluster" ? &arguments.cluster : word == "--update" ? &arguments.update : nullptr;
    if (word == "--manifest") {
      arguments.manifest = true;
    } else if (value != nullptr && i + 1 < argc) {
      *value = argv[++i];
    } else if (!word.starts_with("-") && arguments.graph.empty()) {
      arguments.graph = word;
    } else {
      return std::nullopt;
    }
  }
  if (arguments.graph.empty()) return std::nullopt;
  return arguments;
}

void PrintPlace(const std::string& path, grove::SourceLocation location) {
  std::cerr << path;
  if (location.line != 0) std::cerr << ':' << location.line << ':' << location.column;
  std::cerr << ": ";
}

std::optional<std::vector<grove::ManifestObject>> ReadObjects(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  if (!file) {
    std::cerr << path << ": cannot be read\n";
    return std::nullopt;
  }
  grove::ParseResult parsed = grove::ParseManifest(text);
  if (parsed.error.has_value()) {
    PrintPlace(path, parsed.error->location);
    std::cerr << parsed.error->message << '\n';
    return std::nullopt;
  }
  return std::move(parsed.objects);
}

std::optional<deployer::ServiceGraph> ReadGraph(const std::string& path) {
  const auto objects = ReadObjects(path);
  if (!objects.has_value()) return std::nullopt;
  for (const grove::ManifestObject& object : *objects) {
    if (!deployer::IsServiceGraph(object)) continue;
    deployer::GraphResult read = deployer::ReadServiceGraph(object);
    if (read.errors.empty()) read.errors = deployer::FindLongNames(read.graph);
    const auto print = [&](const std::vector<deployer::Remark>& remarks, std::string_view severity) {
      for (const deployer::Remark& remark : remarks) {
        PrintPlace(path, remark.location);
        std::cerr << severity << ": " << remark.field << ": " << remark.text << '\n';
      }
    };
    print(read.warnings, "warning");
    print(read.errors, "error");
    if (!read.errors.empty()) return std::nullopt;
    return std::move(read.graph);
  }
  std::cerr << path << ": no DynamoGraphDeployment of nvidia.com/v1alpha1 in it\n";
  return std::nullopt;
}

// False if Grove would refuse the set.
bool IsAllowed(const std::string& path, const grove::Admission& admission) {
  for (const grove::FieldError& error : admission.errors) {
    std::cerr << path << ": denied: " << grove::FormatFieldError(error) << " [" << error.rule << "]\n";
  }
  for (const grove::PrunedField& field : admission.pruned) {
    std::cerr << path << ": warning: " << field.field << ": unknown field, dropped\n";
  }
  return admission.allowed();
}

bool Expand(const grove::AdmittedPodCliqueSet& set, grove::ExpansionOptions options, grove::ObjectSet& objects) {
  grove::Expansion expansion = grove::Expand(set, options);
  if (!expansion.limit_exceeded.empty()) std::cerr << "more objects than " << expansion.limit_exceeded << " allows\n";
  for (const grove::ReconcileError& error : expansion.errors)
    std::cerr << error.object << ": " << error.message << '\n';
  objects = std::move(expansion.objects);
  return expansion.limit_exceeded.empty() && expansion.errors.empty();
}

// The next graph in place of one that runs.
int Update(const Arguments& arguments, const deployer::ServiceGraph& now, const grove::AdmittedPodCliqueSet& set,
           const grove::ObjectSet& objects) {
  const std::optional<deployer::ServiceGraph> next = ReadGraph(arguments.update);
  if (!next.has_value()) return 2;
  const grove::Value document = grove::ToValue(deployer::MakeSet(*next));
  const grove::Admission admission = grove::AdmitUpdate(set.document(), document);
  if (!IsAllowed(arguments.update, admission)) return 1;
  grove::ObjectSet after;
  if (!Expand(*admission.admitted, {}, after)) return 1;
  deployer::TellUpdate(now, *next, objects, after, std::cout);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const std::optional<Arguments> arguments = ParseArguments(argc, argv);
  if (!arguments.has_value()) {
    std::cerr << "usage: " << argv[0] << " GRAPH [--cluster FILE] [--update GRAPH] [--manifest]\n";
    return 2;
  }
  const std::optional<deployer::ServiceGraph> graph = ReadGraph(arguments->graph);
  if (!graph.has_value()) return 2;
  const grove::PodCliqueSet set = deployer::MakeSet(*graph);
  const grove::Admission admission = grove::Admit(set);
  if (!IsAllowed(arguments->graph, admission)) return 1;
  if (arguments->manifest) {
    std::cout << grove::WriteManifest(admission.defaulted, grove::OutputFormat::kYaml);
    return 0;
  }
  grove::ObjectSet objects;
  if (!Expand(*admission.admitted, {}, objects)) return 1;
  deployer::TellNames(*graph, *admission.admitted, std::cout);
  int code = 0;
  if (!arguments->cluster.empty()) {
    const auto cluster = ReadObjects(arguments->cluster);
    if (!cluster.has_value()) return 2;
    if (!deployer::TellPlacement(objects, *cluster, std::cout, std::cerr)) code = 1;
  }
  if (arguments->update.empty()) return code;
  return std::max(code, Update(*arguments, *graph, *admission.admitted, objects));
}
