// Spread, nearness to the base, and one domain for a replica: each a choice of the nodes that a gang may use.
#include <algorithm>
#include <set>

#include "topology/planner.h"

namespace grove::topology {
namespace {

constexpr std::uint64_t kJointPart = 4;

}  // namespace

// What is proven of ranks is only what holds in any cluster.
void LoosenBounds(PlacedGang& placement, std::span<ScopeFigure> figures) {
  placement.optimal = true;
  placement.options.optimal = false;
  for (ScopeFigure& figure : figures) {
    const auto preferred = static_cast<std::int32_t>(figure.preferred);
    const bool best = figure.rank.level == preferred && figure.rank.domains <= 1;
    figure.bound = best ? figure.rank : PackRank{.level = preferred, .domains = 1};
    placement.optimal = placement.optimal && best;
  }
}

namespace {

// The set's replicas as values of one gang's tree: each gang becomes a scope.
void AppendAsScope(const Gang& gang, Gang& merged) {
  const auto first = static_cast<std::uint32_t>(merged.scopes.size());
  merged.scopes.push_back({.name = gang.name, .pack = gang.pack});
  for (const GangScope& scope : gang.scopes) {
    merged.scopes.push_back(scope);
    merged.scopes.back().parent = scope.parent == GangScope::kNoParent ? first : first + 1 + scope.parent;
  }
  for (const GangGroup& group : gang.groups) {
    merged.groups.push_back(group);
    merged.groups.back().scope = group.scope == GangGroup::kNoScope ? first : first + 1 + group.scope;
  }
}

}  // namespace

// With a level for replicas: each gang of a set requires it, unless it requires a narrower one. With preemption a copy,
// since pods leave.
std::optional<PlacementRequest> Planner::Adapt(const Cluster& cluster, const PlacementRequest& request,
                                               const PlacementOptions& options) {
  if (options.replica_level.empty() && !options.preempt) return std::nullopt;
  PlacementRequest adapted = request;
  const auto level = cluster.FindLevel(options.replica_level);
  for (Gang& gang : adapted.gangs) {
    if (options.replica_level.empty() || gang.set.empty() || !level) continue;
    const auto own = cluster.FindLevel(gang.pack.required);
    if (gang.pack.required.empty() || (own && *own < *level)) gang.pack.required = options.replica_level;
  }
  return adapted;
}

bool Planner::IsOfReplica(std::uint32_t gang, const Gang& other) const {
  const Gang& own = request_->gangs[gang];
  return !own.set.empty() && own.set == other.set && own.gang_namespace == other.gang_namespace &&
         own.replica == other.replica;
}

// The domains that pods of the replica's other gangs are in.
std::vector<DomainIndex> Planner::DomainsOfReplica(const GangState& state) {
  std::vector<DomainIndex> domains;
  const std::uint32_t depth = DepthOf(state_.cluster(), options_.replica_level).value_or(0);
  for (const GangState& other : gangs_) {
    if (other.gang == state.gang || !IsOfReplica(state.gang, request_->gangs[other.gang])) continue;
    for (const std::vector<NodeIndex>& nodes : ActiveOf(other)) {
      for (const NodeIndex node : nodes) domains.push_back(state_.DomainAt(node, depth));
    }
  }
  std::sort(domains.begin(), domains.end());
  domains.erase(std::unique(domains.begin(), domains.end()), domains.end());
  return domains;
}

// A domain that holds the minimum sets of all gangs of the replica that have none yet; 0 if none is found, or if this
// gang is the last one.
DomainIndex Planner::JointDomain(const GangState& state) {
  std::size_t count = 0;
  Gang merged;
  merged.pack.required = options_.replica_level;
  std::vector<GroupDemand> demands;
  for (const GangState& other : gangs_) {
    if (other.scheduled || !IsOfReplica(state.gang, request_->gangs[other.gang])) continue;
    ++count;
    const auto first_group = static_cast<std::uint32_t>(merged.groups.size());
    AppendAsScope(request_->gangs[other.gang], merged);
    std::vector<std::uint32_t> left(other.missing.begin(), other.missing.end());
    for (const Pool& pool : other.pools) {
      const std::uint32_t count = std::min(pool.count, left[pool.group]);
      left[pool.group] -= count;
      demands.push_back(
          {.group = first_group + pool.group, .pod_class = pool.pod_class, .count = static_cast<std::int32_t>(count)});
    }
  }
  if (count < 2) return 0;
  const Problem problem = MakeProblem(state_, merged, demands, {});
  std::vector<Assignment> pods;
  const std::uint64_t limit = std::max<std::uint64_t>(1, options_.steps_per_gang / kJointPart);
  if (solver_.Reach(problem, {}, limit, pods) != Verdict::kFound || pods.empty()) return 0;
  return state_.DomainAt(pods[0].node, problem.scopes[0].required);
}

// True iff the gang would fit if it were not for the domain that the replica's other gangs hold it in.
bool Planner::ExplainReplica(GangState& state, Counts counts) {
  if (options_.replica_level.empty() || request_->gangs[state.gang].set.empty()) return false;
  const std::vector<DomainIndex> domains = DomainsOfReplica(state);
  if (domains.empty() || Fits(state, counts) != Verdict::kFound) return false;
  PlacementExplanation& explanation = state.placement->Explanation();
  explanation = {};
  explanation.cause = PlacementCause::kReplicaDomainFull;
  explanation.level = options_.replica_level;
  for (const std::uint32_t missing : state.missing) explanation.needed += missing;
  explanation.best_domain = domains.front();
  return true;
}

// By domain of the spread level: how many other replicas of the set have pods there; at its turn: beside those of gangs
// that are decided before it.
std::vector<std::uint32_t> Planner::ReplicasBeside(const GangState& state, bool at_its_turn) {
  const Gang& own = request_->gangs[state.gang];
  const std::uint32_t depth = DepthOf(state_.cluster(), options_.spread_level).value_or(0);
  std::set<std::pair<DomainIndex, std::uint32_t>> present;
  for (const GangState& other : gangs_) {
    const Gang& gang = request_->gangs[other.gang];
    if (gang.set != own.set || gang.gang_namespace != own.gang_namespace || gang.replica == own.replica) continue;
    const auto active = ActiveOf(other);
    for (std::size_t g = 0; g < active.size(); ++g) {
      const bool all = !at_its_turn || IsBefore(other, state);
      const auto nodes = std::span(active[g]).first(all ? active[g].size() : gang.groups[g].active.size());
      for (const NodeIndex node : nodes) present.emplace(state_.DomainAt(node, depth), gang.replica);
    }
  }
  std::vector<std::uint32_t> beside(state_.domain_count(), 0);
  for (const auto& [domain, replica] : present) ++beside[domain];
  return beside;
}

void Planner::UnmarkNodes() {
  for (const NodeIndex node : marked_) state_.SetMark(node, WorkState::Mark::kOpen);
  marked_.clear();
}

// Where the gang may go by its options, as narrow as one attempt has it.
struct Planner::NodeChoice {
  bool in_set = false;  // and one of the options about sets is on
  bool spreads = false;
  bool nears = false;
  std::uint32_t replica_depth = 0;
  std::vector<DomainIndex> of_replica;  // that the replica's other gangs are in, sorted
  DomainIndex joint = 0;                // that is to hold all of the replica; 0: any
  std::uint32_t spread_depth = 0;
  std::vector<std::uint32_t> beside;  // by domain
  std::uint32_t most_beside = 0;
  std::uint32_t near_depth = 0;
  std::set<DomainIndex> near;  // that the base is in

  // False: it may go anywhere.
  [[nodiscard]] bool Limits() const { return joint != 0 || !of_replica.empty() || spreads || near_depth != 0; }
  bool Opens(const WorkState& state, NodeIndex node) const {
    const DomainIndex replica_at = state.DomainAt(node, replica_depth);
    return (joint == 0 || replica_at == joint) &&
           (of_replica.empty() || std::binary_search(of_replica.begin(), of_replica.end(), replica_at)) &&
           (!spreads || beside[state.DomainAt(node, spread_depth)] <= most_beside) &&
           (near_depth == 0 || near.count(state.DomainAt(node, near_depth)) == 1);
  }
};

// Closes the nodes that are not open to the gang, and tells those of its former incarnation from others.
void Planner::MarkNodes(const GangState& state, const NodeChoice& choice) {
  UnmarkNodes();
  const auto mark = [&](NodeIndex node, WorkState::Mark as) {
    if (!state_.IsUsable(node)) return;
    state_.SetMark(node, as);
    marked_.push_back(node);
  };
  for (const GangGroup& group : request_->gangs[state.gang].groups) {
    if (!options_.reuse_nodes) break;
    for (const NodeIndex node : group.former) mark(node, WorkState::Mark::kFavoured);
  }
  for (NodeIndex node = 0; choice.Limits() && node < state_.cluster().node_count(); ++node) {
    if (!choice.Opens(state_, node)) mark(node, WorkState::Mark::kClosed);
  }
}

Planner::NodeChoice Planner::ChoiceOf(const GangState& state) const {
  NodeChoice choice;
  const bool in_set = !request_->gangs[state.gang].set.empty();
  choice.in_set = in_set && !options_.replica_level.empty();
  choice.spreads = in_set && !options_.spread_level.empty();
  choice.nears = options_.near_base && state.base < gangs_.size();
  choice.replica_depth = DepthOf(state_.cluster(), options_.replica_level).value_or(0);
  choice.spread_depth = DepthOf(state_.cluster(), options_.spread_level).value_or(0);
  return choice;
}

// Closes the nodes that a gang without pods of its own may not go to for the sake of the others of its replica. False
// if there are none.
bool Planner::KeepToReplica(const GangState& state) {
  NodeChoice choice = ChoiceOf(state);
  if (!choice.in_set) return false;
  for (const std::vector<NodeIndex>& nodes : ActiveOf(state)) {
    if (!nodes.empty()) return false;
  }
  choice.spreads = false;
  choice.of_replica = DomainsOfReplica(state);
  MarkNodes(state, choice);
  return true;
}

// Tries the nodes that options prefer first, then ever more of them.
bool Planner::PlaceAsOptionsSay(GangState& state, bool& open) {
  NodeChoice choice = ChoiceOf(state);
  if (!choice.in_set && !choice.spreads && !choice.nears && !options_.reuse_nodes) {
    return PlaceAnyComposition(state, open);
  }
  state.placement->options = {};
  refined_ = true;
  if (choice.in_set) choice.of_replica = DomainsOfReplica(state);
  choice.beside = choice.spreads ? ReplicasBeside(state, false) : std::vector<std::uint32_t>{0};
  bool proven = true;
  for (const std::uint32_t limit : std::set<std::uint32_t>(choice.beside.begin(), choice.beside.end())) {
    choice.most_beside = limit;
    choice.joint = 0;
    if (choice.in_set && choice.of_replica.empty()) {
      choice.near_depth = 0;
      MarkNodes(state, choice);
      choice.joint = JointDomain(state);
      if (choice.joint != 0 && PlaceNear(state, choice, proven, open)) {
        LoosenBounds(*state.placement, record_.FiguresOf(*state.placement));
        return true;
      }
      choice.joint = 0;
    }
    if (PlaceNear(state, choice, proven, open)) return true;
  }
  return false;
}

// Near the base first, at ever wider levels.
bool Planner::PlaceNear(GangState& state, NodeChoice& choice, bool& proven, bool& open) {
  for (std::uint32_t depth = choice.nears ? state_.depth_count() : 1; depth-- > 0;) {
    choice.near_depth = depth;
    choice.near.clear();
    if (choice.nears) {
      for (const std::vector<NodeIndex>& nodes : ActiveOf(gangs_[state.base])) {
        for (const NodeIndex node : nodes) choice.near.insert(state_.DomainAt(node, depth));
      }
    }
    MarkNodes(state, choice);
    const bool placed = PlaceAnyComposition(state, open);
    UnmarkNodes();
    if (placed) {
      StateOptions(state, proven && refined_);
      return true;
    }
    proven = proven && !open;
  }
  return false;
}

void Planner::StateOptions(GangState& state, bool optimal) {
  const Gang& gang = request_->gangs[state.gang];
  const std::span<const PodPlacement> pods = record_.PodsOf(*state.placement);
  OptionFigures& figures = state.placement->options;
  figures = {};
  figures.optimal = optimal;
  if (!options_.spread_level.empty() && !gang.set.empty()) {
    const std::uint32_t depth = DepthOf(state_.cluster(), options_.spread_level).value_or(0);
    const std::vector<std::uint32_t> beside = ReplicasBeside(state, true);
    figures.replicas_beside = 0;
    for (const PodPlacement& pod : pods) {
      figures.replicas_beside = std::max(*figures.replicas_beside, beside[state_.DomainAt(pod.node, depth)]);
    }
  }
  if (options_.near_base && state.base < gangs_.size()) {
    std::uint32_t depth = state_.depth_count() - 1;
    const auto of_base = ActiveOf(gangs_[state.base]);
    const auto is_near = [&](const PodPlacement& pod) {
      return std::any_of(of_base.begin(), of_base.end(), [&](const auto& nodes) {
        return std::any_of(nodes.begin(), nodes.end(), [&](NodeIndex node) {
          return state_.DomainAt(node, depth) == state_.DomainAt(pod.node, depth);
        });
      });
    };
    while (depth > 0 && !std::all_of(pods.begin(), pods.end(), is_near)) --depth;
    figures.near_base_level = static_cast<std::int32_t>(depth) - 1;
  }
  if (!options_.reuse_nodes) return;
  std::set<NodeIndex> former;
  for (const GangGroup& group : gang.groups) former.insert(group.former.begin(), group.former.end());
  if (former.empty()) return;
  figures.reused = static_cast<std::uint32_t>(
      std::count_if(pods.begin(), pods.end(), [&](const PodPlacement& pod) { return former.count(pod.node) == 1; }));
}

}  // namespace grove::topology
