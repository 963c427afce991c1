// Nodes to bring back, and nodes that other pods are to leave.
#include <algorithm>

#include "absl/functional/function_ref.h"

#include "model/stable_sort.h"
#include "topology/changes/find_changes.h"
#include "topology/changes/held_room.h"
#include "topology/changes/subsets.h"
#include "topology/node_admission.h"

namespace grove::topology {
namespace {

constexpr std::uint32_t kQuestions = 300;
constexpr std::uint64_t kMostSets = 250;
// Domains of the level that the gang requires that are looked into, best first.
constexpr std::size_t kMostDomains = 8;
// Nobody frees more.
constexpr std::uint32_t kMostNodes = 64;

__extension__ using Wide = __int128;

// A node that could give room, and how much.
struct Giver {
  NodeIndex node = 0;
  std::vector<std::int64_t> gain;  // by resource
  double worth = 0;                // copies of the gang's needs
};

// Which nodes of a cluster count.
using Takes = absl::FunctionRef<bool(NodeIndex)>;

class NodeFreer {
 public:
  explicit NodeFreer(const ChangeSearch& search)
      : what_if_(search.what_if),
        cluster_(what_if_.cluster()),
        others_(search.start, search.request),
        needs_(LeastNeeds(what_if_)) {
    std::vector<NodeIndex> out;
    for (NodeIndex node = 0; node < cluster_.node_count(); ++node) {
      out_.push_back(IsOut(node));
      if (out_.back()) out.push_back(node);
    }
    for (const PodClass& pods : what_if_.classes()) company_ = company_ || !pods.affinity.empty();
    what_if_.CloseOutOfService(out);
  }

  void Run(std::vector<FittingChange>& changes) {
    const std::size_t before = changes.size();
    Try(
        FittingChangeKind::kReturnNodes, [&](NodeIndex node) { return out_[node] && Room(node, false); }, changes);
    Try(
        FittingChangeKind::kFreeNodes, [&](NodeIndex node) { return !out_[node] && others_.Any(node); }, changes);
    if (changes.size() > before) return;
    Try(
        FittingChangeKind::kFreeNodes, [&](NodeIndex node) { return out_[node] || others_.Any(node); }, changes);
  }

 private:
  [[nodiscard]] bool IsOut(NodeIndex node) const {
    if (!what_if_.occupancy().usable(node)) return true;
    const auto taints = cluster_.node_taints(node);
    if (std::ranges::none_of(taints, SaysOutOfService)) return false;
    return std::ranges::any_of(what_if_.classes(),
                               [&](const PodClass& pods) { return !ToleratesTaints(cluster_, node, pods); });
  }

  [[nodiscard]] bool Room(NodeIndex node, bool emptied) const {
    const Giver giver = GiverAt(node, emptied);
    return giver.worth > 0;
  }

  [[nodiscard]] Giver GiverAt(NodeIndex node, bool emptied) const {
    Giver giver{.node = node, .gain = {}, .worth = 0};
    const auto free = what_if_.occupancy().free(node);
    const std::vector<std::int64_t> taken =
        emptied && others_.Any(node) ? others_.Taken(node) : std::vector<std::int64_t>(free.size(), 0);
    for (std::size_t r = 0; r < free.size(); ++r) {
      const std::int64_t now = out_[node] ? 0 : std::max<std::int64_t>(0, free[r]);
      giver.gain.push_back(std::max<std::int64_t>(0, free[r] + taken[r] - now));
      if (needs_[r] > 0 && cluster_.resources()[r] != "pods") {
        giver.worth += std::min(1.0, static_cast<double>(giver.gain[r]) / static_cast<double>(needs_[r]));
      }
    }
    return giver;
  }

  // The outermost level that is required, as a depth.
  [[nodiscard]] std::vector<DomainIndex> Domains() const {
    const auto level = cluster_.FindLevel(what_if_.gang().pack.required);
    const auto all = cluster_.domains();
    if (what_if_.gang().pack.required.empty() || !level) return {0};
    for (const GangGroup& group : what_if_.gang().groups) {
      if (!group.active.empty()) return {cluster_.domain_of(group.active[0].node, *level)};
    }
    std::vector<DomainIndex> domains;
    for (DomainIndex at = 0; at < all.size(); ++at) {
      if (all[at].depth == *level + 1 && !all[at].stands_alone) domains.push_back(at);
    }
    return domains;
  }

  // No fewer nodes of the domain can do, by the sums of what they give; more than kMostNodes if too many.
  [[nodiscard]] std::uint32_t AtLeast(DomainIndex domain, const std::vector<Giver>& givers) const {
    const Domain& at = cluster_.domains()[domain];
    std::uint32_t most = 1;
    std::vector<std::int64_t> gains;
    for (std::size_t r = 0; r < needs_.size(); ++r) {
      Wide lacks = needs_[r];
      for (NodeIndex node = at.first_node; node < at.first_node + at.node_count; ++node) {
        if (!out_[node]) lacks -= std::max<std::int64_t>(0, what_if_.occupancy().free(node)[r]);
      }
      gains.clear();
      for (const Giver& giver : givers) gains.push_back(giver.gain[r]);
      std::sort(gains.begin(), gains.end(), std::greater<>());
      std::uint32_t count = 0;
      while (lacks > 0 && count < gains.size()) lacks -= gains[count++];
      most = std::max(most, lacks > 0 ? kMostNodes + 1 : count);
    }
    return most;
  }

  [[nodiscard]] Answer Ask(const std::vector<Giver>& givers, const std::vector<std::uint32_t>& items, bool emptied) {
    std::vector<NodeIndex> nodes;
    for (const std::uint32_t i : items) nodes.push_back(givers[i].node);
    return what_if_.Ask(what_if_.gang(), {.nodes = nodes, .edit = [&](Occupancy& occupancy) {
                                            for (const NodeIndex node : nodes) {
                                              occupancy.SetUsable(node, true);
                                              if (emptied && others_.Any(node)) others_.Leave(node, occupancy);
                                            }
                                          }});
  }

  // The nodes of one domain that give most, as far as one can want so many.
  std::vector<Giver> GiversIn(DomainIndex domain, bool emptied, Takes takes) const {
    const Domain& at = cluster_.domains()[domain];
    std::vector<Giver> givers;
    for (NodeIndex node = at.first_node; node < at.first_node + at.node_count; ++node) {
      if (!takes(node)) continue;
      Giver giver = GiverAt(node, emptied);
      if (std::ranges::any_of(giver.gain, [](std::int64_t gain) { return gain > 0; })) {
        givers.push_back(std::move(giver));
      }
    }
    internal::StableSort(givers, [](const Giver& a, const Giver& b) { return a.worth > b.worth; });
    return givers;
  }

  void Try(FittingChangeKind kind, Takes takes, std::vector<FittingChange>& changes) {
    const bool emptied = kind == FittingChangeKind::kFreeNodes;
    struct Choice {
      DomainIndex domain = 0;
      std::uint32_t at_least = 0;
    };
    std::vector<Choice> choices;
    for (const DomainIndex domain : Domains()) {
      const std::vector<Giver> givers = GiversIn(domain, emptied, takes);
      const std::uint32_t at_least = givers.empty() ? kMostNodes + 1 : AtLeast(domain, givers);
      if (at_least <= kMostNodes) choices.push_back({domain, at_least});
    }
    internal::StableSort(choices, [](const Choice& a, const Choice& b) { return a.at_least < b.at_least; });
    what_if_.Allow(kQuestions);
    FittingChange best;
    for (std::size_t c = 0; c < choices.size() && c < kMostDomains; ++c) {
      if (!best.nodes.empty() && choices[c].at_least >= best.nodes.size()) break;
      const std::vector<Giver> givers = GiversIn(choices[c].domain, emptied, takes);
      bool open = company_;
      const SufficientSet found = FindSufficientSet(static_cast<std::uint32_t>(givers.size()), choices[c].at_least,
                                                    kMostSets, [&](const std::vector<std::uint32_t>& items) {
                                                      const Answer answer = Ask(givers, items, emptied);
                                                      open = open || answer == Answer::kOpen;
                                                      return answer;
                                                    });
      if (found.smallest) choices[c].at_least = static_cast<std::uint32_t>(found.items.size());
      if (found.items.empty() && !open) choices[c].at_least = kMostNodes + 1;
      if (found.items.empty() || (!best.nodes.empty() && found.items.size() >= best.nodes.size())) continue;
      best.nodes.clear();
      for (const std::uint32_t i : found.items) best.nodes.push_back(givers[i].node);
    }
    if (best.nodes.empty() || best.nodes.size() > kMostNodes) return;
    std::sort(best.nodes.begin(), best.nodes.end());
    best.kind = kind;
    best.size = static_cast<std::uint32_t>(best.nodes.size());
    best.minimal =
        std::all_of(choices.begin(), choices.end(), [&](const Choice& choice) { return choice.at_least >= best.size; });
    changes.push_back(std::move(best));
  }

  WhatIf& what_if_;
  const Cluster& cluster_;
  OtherPods others_;
  std::vector<std::int64_t> needs_;
  std::vector<bool> out_;
  bool company_ = false;  // more room may be worse for pods that ask for company
};

}  // namespace

void FindNodesToFree(const ChangeSearch& search, std::vector<FittingChange>& changes) {
  NodeFreer(search).Run(changes);
}

}  // namespace grove::topology
