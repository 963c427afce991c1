#include "answers.h"

#include <algorithm>
#include <map>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "grove/diff.hpp"
#include "grove/name_budget.hpp"
#include "grove/placement_check.hpp"
#include "grove/placement_input.hpp"
#include "grove/placement_report.hpp"
#include "grove/startup.hpp"

#include "pod_spec.h"

namespace deployer {
namespace {

void TellChildren(const grove::NameBudget& budget, std::ostream& out) {
  out << "\nnames and addresses\n";
  std::int64_t least = 0;
  const grove::ChildNames* tightest = nullptr;
  for (const grove::ChildNames& child : budget.children) {
    if (tightest == nullptr || child.left < least) {
      tightest = &child;
      least = child.left;
    }
    if (child.kind != "Pod" && child.kind != "Service") continue;
    out << "  " << child.kind << '/' << child.name;
    if (child.count > 1) out << "  (" << child.count << ")";
    out << "\n    " << child.dns_name << '\n';
  }
  out << "\nscale targets\n";
  for (const grove::ChildNames& child : budget.children) {
    if (child.kind != "PodCliqueSet" && !child.scale_target.empty()) out << "  " << child.scale_target << '\n';
  }
  if (tightest == nullptr) return;
  out << "\nname budget\n  " << least << " bytes are left, for " << tightest->kind << ' ' << tightest->longest << " ("
      << grove::NameLimitText(tightest->limit) << ")\n";
}

void TellStartup(const grove::AdmittedPodCliqueSet& set, std::ostream& out) {
  const grove::StartupGraph graph = grove::MakeStartupGraph(set.set());
  if (graph.waves.size() < 2) return;
  out << "\nstartup\n";
  for (std::size_t wave = 0; wave < graph.waves.size(); ++wave) {
    out << "  " << wave + 1 << ":";
    for (const std::uint32_t clique : graph.waves[wave]) out << ' ' << graph.cliques[clique].name;
    out << '\n';
  }
}

// Nodes of each PodClique's pods: "node-1 x2".
void TellGang(const grove::PlacementInput& input, const grove::GangPlacement& placement, std::ostream& out) {
  const grove::Gang& gang = input.request.gangs[placement.gang];
  out << "  " << gang.name << ": " << grove::DescribeOutcome(placement.outcome) << '\n';
  if (placement.outcome != grove::GangOutcome::kPlaced) {
    out << "    " << grove::DescribeCause(*input.cluster, input.request, placement) << '\n';
    return;
  }
  for (std::uint32_t group = 0; group < gang.groups.size(); ++group) {
    std::map<std::string_view, int> pods;
    int placed = 0;
    std::size_t wanted = 0;
    for (const grove::CandidatePods& run : gang.groups[group].candidates) wanted += run.count;
    for (const grove::PodPlacement& pod : placement.pods) {
      if (pod.group != group) continue;
      ++pods[input.cluster->node_name(pod.node)];
      ++placed;
    }
    out << "    " << gang.groups[group].name << ':';
    for (const auto& [node, count] : pods) {
      out << ' ' << node;
      if (count > 1) out << " x" << count;
    }
    if (static_cast<std::size_t>(placed) < wanted) out << " (" << placed << " of " << wanted << ')';
    out << '\n';
  }
}

bool TellError(std::string_view message, std::ostream& err) {
  err << "cluster: " << message << '\n';
  return false;
}

constexpr std::string_view kHashLabel = "grove.io/pod-template-hash";

const grove::PodClique* FindClique(const grove::ObjectSet& objects, std::string_view name) {
  const auto found = std::find_if(objects.pod_cliques.begin(), objects.pod_cliques.end(),
                                  [&](const grove::PodClique& clique) { return clique.metadata.name == name; });
  return found == objects.pod_cliques.end() ? nullptr : &*found;
}

// The fields of the pods that differ.
void TellFields(const grove::PodClique& before, const grove::PodClique& after, std::ostream& out) {
  for (const grove::FieldChange& change : grove::CompareDocuments(before.spec.pod_spec, after.spec.pod_spec)) {
    out << "    " << change.path << ": " << (change.before.has_value() ? change.before->ToJson() : "-") << " -> "
        << (change.after.has_value() ? change.after->ToJson() : "-") << '\n';
  }
}

}  // namespace

void TellNames(const ServiceGraph& graph, const grove::AdmittedPodCliqueSet& set, std::ostream& out) {
  const grove::PodCliqueSetTemplateSpec& parts = set.set().spec.template_spec;
  out << "PodCliqueSet " << graph.namespace_name << '/' << graph.name << "\n  services " << graph.services.size()
      << ", cliques " << parts.cliques.size() << ", scaling groups " << parts.pod_clique_scaling_groups.size() << '\n';
  TellChildren(grove::BudgetNames(set.set()), out);
  TellStartup(set, out);
}

bool TellPlacement(const grove::ObjectSet& objects, std::span<const grove::ManifestObject> cluster, std::ostream& out,
                   std::ostream& err) {
  grove::PlacementSources sources;
  sources.objects = cluster;
  sources.sets = &objects;
  const grove::PlacementInput input = grove::ReadPlacementInput(sources);
  if (input.error.has_value()) return TellError(input.error->field + ": " + input.error->message, err);
  const grove::Occupancy occupancy(*input.cluster);
  const absl::StatusOr<grove::PlacementResult> result = grove::Place(occupancy, input.request);
  if (!result.ok()) return TellError(std::string(result.status().message()), err);
  // Nobody need trust the search.
  for (const grove::PlacementBreach& breach : grove::CheckPlacement(occupancy, input.request, *result)) {
    return TellError(breach.rule + " is broken: " + breach.detail, err);
  }
  out << "\nplacement: " << result->placed << " of " << input.request.gangs.size() << " PodGangs fit\n";
  for (const grove::GangPlacement& placement : result->gangs) TellGang(input, placement, out);
  for (const grove::NotEvaluated& unseen : input.not_evaluated) {
    out << "  not looked at: " << unseen.what << " of " << unseen.pods << " pods\n";
  }
  return result->placed == input.request.gangs.size();
}

void TellUpdate(const ServiceGraph& now, const ServiceGraph& next, const grove::ObjectSet& before,
                const grove::ObjectSet& after, std::ostream& out) {
  out << "\nupdate\n";
  for (const grove::PodClique& clique : after.pod_cliques) {
    const grove::PodClique* old = FindClique(before, clique.metadata.name);
    if (old == nullptr) continue;  // of a replica that a larger group will have; told below
    const std::string_view hash_before = old->metadata.labels.Get(kHashLabel);
    const std::string_view hash_after = clique.metadata.labels.Get(kHashLabel);
    if (hash_before == hash_after) {
      out << "  keep " << clique.metadata.name << ": its pods stay\n";
      continue;
    }
    out << "  roll " << clique.metadata.name << ": " << old->spec.replicas << " pods, template " << hash_before
        << " -> " << hash_after << '\n';
    TellFields(*old, clique, out);
  }
  for (const Service& service : next.services) {
    const auto old = std::find_if(now.services.begin(), now.services.end(),
                                  [&](const Service& each) { return each.name == service.name; });
    if (old == now.services.end() || old->replicas == service.replicas) continue;
    // Grove leaves the counts of objects that exist to autoscalers and users.
    out << "  scale " << (service.node_count > 1 ? "PodCliqueScalingGroup/" : "PodClique/") << next.name << "-0-"
        << CliqueName(service, PodRole::kAlone) << ": " << old->replicas << " -> " << service.replicas
        << ", by its scale subresource; the set alone changes nothing here\n";
  }
}

}  // namespace deployer
