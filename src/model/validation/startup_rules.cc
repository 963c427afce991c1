// Rules of the startup order (spec 03 §5.3 V-145 to V-149, §5.6); they apply to explicit startup only.
#include <algorithm>

#include "model/names.h"
#include "model/validation/dependency_graph.h"
#include "model/validation/set_context.h"

namespace grove::validation {
namespace {

struct Dependency {
  std::string_view clique;
  std::string_view entry;
};

constexpr Rule<Dependency> kDependencyRules[] = {
    {"V-145", On::kCreateAndUpdate, [](const Dependency& dependency) { return IsBlank(dependency.entry); },
     ErrorType::kRequired, "startsAfter", nullptr,
     [](const Dependency&) { return std::string("must have no empty entry"); }},
    {"V-146", On::kCreateAndUpdate, [](const Dependency& dependency) { return dependency.entry == dependency.clique; },
     ErrorType::kInvalid, "startsAfter", [](const Dependency& dependency) { return StringValue(dependency.entry); },
     [](const Dependency& dependency) {
       return Concat({"clique ", Quoted(dependency.clique), " must not start after itself"});
     }},
};

// V-148: all unknown entries of all cliques, in their order.
void ReportUnknownDependencies(const SetContext& context, const FieldPath& cliques) {
  std::string unknown;
  std::size_t count = 0;
  for (const PodCliqueTemplateSpec& clique : context.template_spec.cliques) {
    for (const std::string& entry : clique.spec.starts_after) {
      if (context.clique_names.Contains(entry)) continue;
      if (count++ != 0) unknown += ',';
      unknown += entry;
    }
  }
  if (count == 0) return;
  std::string detail = Concat({"the set has no clique named ", Quoted(unknown)});
  context.findings.Add(ErrorType::kInvalid, cliques.Child("startsAfter"), unknown, "V-148", std::move(detail));
  context.findings.SuggestFrom(context.clique_names.names(), unknown);
}

Value ComponentsValue(const NameIndex& names, const std::vector<std::vector<std::size_t>>& components) {
  auto storage = std::make_shared<internal::Storage>();
  std::vector<internal::Node> lists;
  for (const std::vector<std::size_t>& component : components) {
    std::vector<internal::Node> members;
    for (const std::size_t position : component) members.push_back(storage->CopyString(names.names()[position]));
    lists.push_back(storage->MakeArray(members));
  }
  const internal::Node node = storage->MakeArray(lists);
  return {node, std::move(storage)};
}

// V-149: the cliques that wait for each other.
void ReportCycles(const SetContext& context, const FieldPath& cliques) {
  DependencyGraph graph(context.clique_names.size(), context.scratch);
  for (std::size_t i = 0; i < context.clique_names.size(); ++i) {
    // Entries of equally named cliques are those of the first.
    const std::size_t from = *context.clique_names.Find(context.clique_names.names()[i]);
    for (const std::string& entry : context.template_spec.cliques[i].spec.starts_after) {
      if (const auto to = context.clique_names.Find(entry)) graph.AddEdge(from, *to);
    }
  }
  const std::vector<std::vector<std::size_t>> components = graph.FindCycles();
  if (components.empty()) return;
  std::string detail = "cliques must not wait for each other: ";
  for (const std::vector<std::size_t>& component : components) {
    if (&component != &components.front()) detail += "; ";
    for (const std::size_t position : component) {
      if (position != component.front()) detail += ", ";
      detail += Quoted(context.clique_names.names()[position]);
    }
  }
  context.findings.Add(ErrorType::kInvalid, cliques, ComponentsValue(context.clique_names, components), "V-149",
                       std::move(detail));
}

}  // namespace

void ValidateStartsAfter(const SetContext& context, const PodCliqueTemplateSpec& clique, const FieldPath& path) {
  const std::vector<std::string>& entries = clique.spec.starts_after;
  if (entries.empty()) return;
  for (const std::string& entry : entries) {
    Apply<Dependency>(kDependencyRules, context.operation, {clique.name, entry}, path, context.findings);
  }
  const NameList names = CollectNames(
      entries, [](const std::string& entry) { return std::string_view(entry); }, context.scratch);
  ReportDuplicates(names, path.Child("startsAfter"), "V-147", context.findings);
}

void ValidateDependencies(const SetContext& context) {
  const FieldPath root;
  const FieldPath cliques = root.Child("spec.template.cliques");
  ReportUnknownDependencies(context, cliques);
  ReportCycles(context, cliques);
}

}  // namespace grove::validation
