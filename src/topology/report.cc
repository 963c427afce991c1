#include <array>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include "grove/placement_report.hpp"

#include "topology/text.h"

namespace grove {
namespace {

using topology::View;

std::string Counted(std::int64_t number, std::string_view noun) {
  return absl::StrCat(number, " ", View(noun), number == 1 ? "" : "s");
}

std::string LevelNameOf(const Cluster& cluster, std::string_view key_or_domain) {
  const auto level = cluster.FindLevel(key_or_domain);
  return level.has_value() ? LevelName(cluster, *level) : std::string(key_or_domain);
}

// Sentences about one gang.
class Describer {
 public:
  Describer(const Cluster& cluster, const PlacementRequest& request, const GangPlacement& placement)
      : cluster_(cluster), gang_(request.gangs[placement.gang]), why_(placement.explanation) {}

  std::string Run() const {
    switch (why_.cause) {
      case PlacementCause::kNone:
        return {};
      case PlacementCause::kUnknownTopology:
        return UnknownTopology();
      case PlacementCause::kUnknownLevel:
        return UnknownLevel();
      case PlacementCause::kNotReady:
        return absl::StrCat(Scope(), " misses ", Counted(why_.needed, "pod"), " of its minimum, but only ",
                            why_.placeable, " may be placed.");
      case PlacementCause::kBaseNotScheduled:
        return absl::StrCat("The base gang ", gang_.base, " is not scheduled.");
      case PlacementCause::kFitsNoNode:
        return FitsNoNode();
      case PlacementCause::kClusterTooSmall:
        return absl::StrCat("The cluster has no room for the minimum: ", Bound(), Shortfall());
      case PlacementCause::kNoDomain:
        return absl::StrCat("No ", LevelNameOf(cluster_, why_.level), " has room for ", Scope(), ": ", Bound(),
                            Shortfall(), Wider());
      case PlacementCause::kPinnedDomainFull:
        return absl::StrCat("Running pods hold ", Scope(), " in ", BestDomain(), ", which is full: ", Bound(),
                            Shortfall());
      case PlacementCause::kActivePodsApart:
        return absl::StrCat("Running pods of ", Scope(), " are not in one ", LevelNameOf(cluster_, why_.level),
                            ", and none of those that they are in has room for the rest.");
      case PlacementCause::kJointly:
        return absl::StrCat("Every part fits by itself, but all of ", Scope(), " together do not.", Wider());
      case PlacementCause::kReplicaDomainFull:
        return absl::StrCat("The other gangs of the replica are in ", BestDomain(),
                            ", which has no room for this one.");
      case PlacementCause::kPreempted:
        return "It gave its room up to a gang of higher priority.";
      case PlacementCause::kBudget:
        return "Nothing was found within the budget of search steps; it may fit nevertheless.";
    }
    return {};
  }

 private:
  std::string Scope() const {
    switch (why_.kind) {
      case ScopeKind::kGang:
        break;
      case ScopeKind::kScope:
        if (why_.index < gang_.scopes.size()) return gang_.scopes[why_.index].name;
        break;
      case ScopeKind::kGroup:
        if (why_.index < gang_.groups.size()) return gang_.groups[why_.index].name;
        break;
    }
    return "the gang";
  }

  std::string BestDomain() const {
    return why_.best_domain.has_value() ? cluster_.domain_name(*why_.best_domain) : "their domain";
  }

  // "7 of 8 pods at most, in zone-a/rack-1".
  std::string Bound() const {
    std::string text = absl::StrCat("at most ", why_.placeable, " of ", Counted(why_.needed, "pod"));
    if (why_.best_domain.has_value() && *why_.best_domain != 0) {
      absl::StrAppend(&text, " in the best one, ", cluster_.domain_name(*why_.best_domain));
    }
    return text;
  }

  std::string Shortfall() const {
    if (why_.resource.empty()) return ".";
    return absl::StrCat("; ", why_.resource, ": ", FormatAmount(why_.resource, why_.requested), " requested, ",
                        FormatAmount(why_.resource, why_.free), " free.");
  }

  std::string Wider() const {
    if (!why_.fits_at_level.has_value()) return {};
    if (*why_.fits_at_level < 0) return absl::StrCat(" Without the constraint on ", Scope(), " it would fit.");
    return absl::StrCat(" It would fit if ", Scope(), " were required to be in one ",
                        LevelName(cluster_, static_cast<std::size_t>(*why_.fits_at_level)), ".");
  }

  std::string KnownLevels() const {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < cluster_.levels().size(); ++i) names.push_back(LevelName(cluster_, i));
    return names.empty() ? "the cluster has no levels" : absl::StrCat("its levels are ", absl::StrJoin(names, ", "));
  }

  std::string UnknownTopology() const {
    const std::string known = cluster_.topology_name().empty()
                                  ? std::string("the cluster's topology has no name")
                                  : absl::StrCat("the cluster has ", topology::Quoted(cluster_.topology_name()));
    return absl::StrCat("The topology ", topology::Quoted(gang_.topology), " is not known; ", known, ".");
  }

  std::string UnknownLevel() const {
    return absl::StrCat(Scope(), " names the level ", topology::Quoted(why_.level), ", which the topology lacks; ",
                        KnownLevels(), ".");
  }

  std::string FitsNoNode() const {
    const NodeRefusals& refused = why_.refusals;
    std::vector<std::string> reasons;
    const auto add = [&](std::uint32_t nodes, std::string_view reason) {
      if (nodes > 0) reasons.push_back(absl::StrCat(Counted(nodes, "node"), ": ", View(reason)));
    };
    for (const auto& [name, nodes] : refused.resources) add(nodes, absl::StrCat("too little ", name));
    add(refused.not_admitted, "selector, affinity or taints");
    add(refused.host_ports, "host ports taken");
    add(refused.pod_affinity, "affinity to pods");
    add(refused.unusable, "not usable");
    std::string text = absl::StrCat("A pod of ", Scope(), " fits no node");
    if (!why_.resource.empty()) {
      absl::StrAppend(&text, " (it asks for ", FormatAmount(why_.resource, why_.requested), " of ", why_.resource,
                      ", the most that one has free is ", FormatAmount(why_.resource, why_.free), ")");
    }
    if (!reasons.empty()) absl::StrAppend(&text, ": ", absl::StrJoin(reasons, "; "));
    return text + ".";
  }

  const Cluster& cluster_;
  const Gang& gang_;
  const PlacementExplanation& why_;
};

bool IsInBytes(std::string_view resource) {
  return resource == "memory" || resource == "ephemeral-storage" || resource == "storage" ||
         resource.starts_with("hugepages-");
}

}  // namespace

std::string DescribeCause(const Cluster& cluster, const PlacementRequest& request, const GangPlacement& placement) {
  std::string text = Describer(cluster, request, placement).Run();
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z' && text.starts_with("the gang")) text[0] = 'T';
  return text;
}

std::string_view DescribeOutcome(GangOutcome outcome) {
  constexpr std::array<std::string_view, 6> kNames = {
      "placed", "does not fit", "not found within the budget", "not ready", "base not scheduled", "invalid",
  };
  return kNames[static_cast<std::size_t>(outcome)];
}

std::string FormatAmount(std::string_view resource, std::int64_t amount) {
  if (resource == "cpu") {
    return amount % 1000 == 0 ? absl::StrCat(amount / 1000) : absl::StrCat(amount, "m");
  }
  if (!IsInBytes(resource)) return absl::StrCat(amount);
  constexpr std::array<std::string_view, 5> kSuffixes = {"", "Ki", "Mi", "Gi", "Ti"};
  constexpr std::int64_t kStep = 1024;
  std::size_t suffix = 0;
  // With at most three digits lost: what is free on real nodes is never round.
  while (suffix + 1 < kSuffixes.size() &&
         (amount >= 10'000 * kStep || amount <= -10'000 * kStep || (amount != 0 && amount % kStep == 0))) {
    amount /= kStep;
    ++suffix;
  }
  return absl::StrCat(amount, View(kSuffixes[suffix]));
}

std::string LevelName(const Cluster& cluster, std::size_t level) {
  const TopologyLevel& found = cluster.levels()[level];
  return found.domain.empty() ? found.key : found.domain;
}

}  // namespace grove
