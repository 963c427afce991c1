// Changes and conflicts as sentences.
#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include "grove/placement_report.hpp"

#include "topology/text.h"

namespace grove {
namespace {

using topology::View;

constexpr std::size_t kMostNames = 8;

std::string Counted(std::size_t number, std::string_view noun) {
  return absl::StrCat(number, " ", View(noun), number == 1 ? "" : "s");
}

// "a, b and c", or "a, b, … and 12 more".
std::string Listed(std::vector<std::string> names) {
  const std::size_t all = names.size();
  if (all == 0) return "nothing";
  if (all > kMostNames) names.resize(kMostNames - 1);
  std::string last = all > kMostNames ? absl::StrCat(all - names.size(), " more") : names.back();
  if (all <= kMostNames) names.pop_back();
  return names.empty() ? last : absl::StrCat(absl::StrJoin(names, ", "), " and ", last);
}

std::string ScopeName(const Gang& gang, ScopeKind kind, std::uint32_t index) {
  if (kind == ScopeKind::kScope && index < gang.scopes.size()) return gang.scopes[index].name;
  if (kind == ScopeKind::kGroup && index < gang.groups.size()) return gang.groups[index].name;
  return "the gang";
}

std::string LevelNameOf(const Cluster& cluster, std::string_view key_or_domain) {
  const auto level = cluster.FindLevel(key_or_domain);
  return level.has_value() ? LevelName(cluster, *level) : std::string(key_or_domain);
}

class ChangeDescriber {
 public:
  ChangeDescriber(const Cluster& cluster, const PlacementRequest& request, std::uint32_t gang,
                  const FittingChange& change)
      : cluster_(cluster), request_(request), gang_(request.gangs[gang]), change_(change) {}

  std::string Run() const {
    switch (change_.kind) {
      case FittingChangeKind::kReturnNodes:
        return absl::StrCat("Bring ", Nodes(), " back into service.");
      case FittingChangeKind::kRelaxLevels:
        return Relaxed();
      case FittingChangeKind::kLowerMinimums:
        return Lowered();
      case FittingChangeKind::kFewerScopes:
        return absl::StrCat("Have ", change_.to, " instead of ", change_.from, " scopes like ", FirstScope(), ".");
      case FittingChangeKind::kFewerReplicas:
        return gang_.base.empty()
                   ? absl::StrCat("Run ", change_.to, " instead of ", change_.from, " replicas of ", gang_.set, ".")
                   : absl::StrCat("Run ", change_.to, " instead of ", change_.from, " scaled gangs of ", gang_.base,
                                  ".");
      case FittingChangeKind::kFreeGangs:
        return absl::StrCat("Free the room of ", Gangs(), ".");
      case FittingChangeKind::kFreeNodes:
        return absl::StrCat("Move what else runs on ", Nodes(), " elsewhere.");
    }
    return {};
  }

 private:
  std::string Nodes() const {
    std::vector<std::string> names;
    for (const NodeIndex node : change_.nodes) names.emplace_back(cluster_.node_name(node));
    return Listed(std::move(names));
  }

  std::string Gangs() const {
    std::vector<std::string> names;
    for (const std::uint32_t i : change_.gangs) {
      if (i >= request_.gangs.size()) continue;
      names.push_back(absl::StrCat(request_.gangs[i].name, " (priority ", request_.gangs[i].priority, ")"));
    }
    return Listed(std::move(names));
  }

  std::string FirstScope() const {
    return change_.scopes.empty() ? "one" : ScopeName(gang_, ScopeKind::kScope, change_.scopes.front());
  }

  std::string Relaxed() const {
    std::vector<std::string> parts;
    for (const RelaxedLevel& relaxed : change_.relaxed) {
      const std::string scope = ScopeName(gang_, relaxed.kind, relaxed.index);
      parts.push_back(relaxed.level < 0 ? absl::StrCat(scope, " anywhere")
                                        : absl::StrCat(scope, " in one ",
                                                       LevelName(cluster_, static_cast<std::size_t>(relaxed.level))));
    }
    return absl::StrCat("Let ", Listed(std::move(parts)), " do.");
  }

  std::string Lowered() const {
    std::vector<std::string> parts;
    for (const LoweredMinimum& lowered : change_.lowered) {
      parts.push_back(
          absl::StrCat(ScopeName(gang_, ScopeKind::kGroup, lowered.group), " from ", lowered.from, " to ", lowered.to));
    }
    return absl::StrCat("Lower the minimum of ", Listed(std::move(parts)), ".");
  }

  const Cluster& cluster_;
  const PlacementRequest& request_;
  const Gang& gang_;
  const FittingChange& change_;
};

}  // namespace

std::string DescribeChange(const Cluster& cluster, const PlacementRequest& request, std::uint32_t gang,
                           const FittingChange& change) {
  return ChangeDescriber(cluster, request, gang, change).Run();
}

std::string DescribeConflict(const Cluster& cluster, const PlacementRequest& request, std::uint32_t gang,
                             const PackConflict& conflict) {
  if (conflict.constraints.empty()) return {};
  std::vector<std::string> parts;
  for (const ConflictingConstraint& part : conflict.constraints) {
    const std::string level = LevelNameOf(cluster, part.level);
    std::string text = absl::StrCat(ScopeName(request.gangs[gang], part.kind, part.index), " in one ", level, " (",
                                    Counted(part.needed, "pod"), ", ");
    if (part.domains == 0) {
      absl::StrAppend(&text, "no ", level, " has room");
    } else {
      std::vector<std::string> names;
      for (const DomainIndex domain : part.examples) names.push_back(cluster.domain_name(domain));
      if (part.domains > names.size()) names.emplace_back("…");
      absl::StrAppend(&text, Counted(part.domains, level), part.domains == 1 ? " has" : " have",
                      " room alone: ", absl::StrJoin(names, ", "));
    }
    parts.push_back(text + ")");
  }
  if (parts.size() == 1) return absl::StrCat("Cannot be kept: ", parts.front(), ".");
  return absl::StrCat("Cannot be kept together: ", absl::StrJoin(parts, "; "), ".");
}

}  // namespace grove
