#include "topology/drawing/picture.h"

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"

#include "grove/placement_report.hpp"

namespace grove::drawing {
namespace {

// Sums of a drawing end at the largest number; nobody reads it to the last digit.
void AddTo(std::int64_t& sum, std::int64_t amount) {
  if (__builtin_add_overflow(sum, amount, &sum)) sum = std::numeric_limits<std::int64_t>::max();
}

constexpr std::int64_t kMostPieces = 64;  // of a node; beyond that a bar is drawn

class PictureMaker {
 public:
  PictureMaker(const Occupancy& before, const PlacementRequest& request, const PlacementResult& result,
               const DrawingOptions& options)
      : before_(before), cluster_(before.cluster()), request_(request), result_(result), options_(options) {}

  Picture Run() {
    picture_.nodes.resize(cluster_.node_count());
    ChooseResource();
    for (std::size_t g = 0; g < result_.gangs.size(); ++g) AddGang(g);
    ColorGangs();
    for (NodeIndex node = 0; node < cluster_.node_count(); ++node) Fill(node);
    for (std::size_t g = 0; g < result_.gangs.size(); ++g) AddOutlines(g);
    return std::move(picture_);
  }

 private:
  std::int64_t Total(std::size_t resource) const {
    std::int64_t total = 0;
    for (NodeIndex node = 0; node < cluster_.node_count(); ++node) {
      const std::int64_t amount = cluster_.allocatable(node)[resource];
      AddTo(total, amount);
    }
    return total;
  }

  void ChooseResource() {
    const auto resources = cluster_.resources();
    std::int64_t most = 0;
    for (std::size_t r = 0; r < resources.size(); ++r) {
      const bool wanted =
          options_.resource.empty() ? resources[r].ends_with("/gpu") : resources[r] == options_.resource;
      if (!wanted || Total(r) <= most) continue;
      most = Total(r);
      picture_.resource = r;
    }
    if (!picture_.resource.has_value() && options_.resource.empty()) picture_.resource = cluster_.FindResource("cpu");
    if (!picture_.resource.has_value()) return;
    picture_.resource_name = resources[*picture_.resource];
    picture_.total = Total(*picture_.resource);
    for (NodeIndex node = 0; node < cluster_.node_count(); ++node) {
      picture_.largest = std::max(picture_.largest, cluster_.allocatable(node)[*picture_.resource]);
    }
    picture_.in_pieces = picture_.largest <= kMostPieces;
  }

  std::int64_t AmountOf(const PodClass& pods) const {
    if (!picture_.resource.has_value()) return 0;
    if (picture_.resource_name == "pods") return 1;
    for (const auto& [name, amount] : pods.requests) {
      if (name == picture_.resource_name) return amount;
    }
    return 0;
  }

  // By run, then position in it.
  const PodClass* ClassOf(const GangGroup& group, std::uint32_t candidate) const {
    for (const CandidatePods& run : group.candidates) {
      if (candidate < run.count) return &request_.classes[run.pod_class];
      candidate -= run.count;
    }
    return nullptr;
  }

  void AddGang(std::size_t index) {
    const GangPlacement& placement = result_.gangs[index];
    const Gang& gang = request_.gangs[placement.gang];
    GangPicture& drawn = picture_.gangs.emplace_back();
    drawn.name = gang.gang_namespace.empty() ? gang.name : absl::StrCat(gang.gang_namespace, "/", gang.name);
    drawn.placed = placement.outcome == GangOutcome::kPlaced;
    drawn.outcome = DescribeOutcome(placement.outcome);
    drawn.remark = DescribeCause(cluster_, request_, placement);
    drawn.pods = placement.pods.size();
    std::size_t candidates = 0;
    for (const GangGroup& group : gang.groups) {
      for (const CandidatePods& run : group.candidates) candidates += run.count;
    }
    drawn.surplus_left = drawn.placed ? candidates - std::min(candidates, drawn.pods) : 0;
    for (const PodPlacement& pod : placement.pods) {
      const PodClass* pods = ClassOf(gang.groups[pod.group], pod.candidate);
      AddPod(static_cast<std::int32_t>(index), pod.node, pods == nullptr ? 0 : AmountOf(*pods));
    }
  }

  void AddPod(std::int32_t gang, NodeIndex node, std::int64_t amount) {
    NodePicture& drawn = picture_.nodes[node];
    if (amount == 0) {
      const auto known = std::ranges::find(drawn.visitors, gang);
      if (known == drawn.visitors.end()) drawn.visitors.push_back(gang);
      picture_.has_visitors = true;
      return;
    }
    if (drawn.parts.empty() || drawn.parts.back().holder != gang) drawn.parts.push_back({gang, 0});
    AddTo(drawn.parts.back().amount, amount);
    AddTo(picture_.gangs[static_cast<std::size_t>(gang)].amount, amount);
    AddTo(picture_.placed, amount);
  }

  // What was used before comes first, what is left last.
  void Fill(NodeIndex node) {
    NodePicture& drawn = picture_.nodes[node];
    if (!picture_.resource.has_value()) return;
    drawn.total = std::max<std::int64_t>(0, cluster_.allocatable(node)[*picture_.resource]);
    const std::int64_t free = std::clamp<std::int64_t>(before_.free(node)[*picture_.resource], 0, drawn.total);
    const std::int64_t used = drawn.total - free;
    AddTo(picture_.used_before, used);
    std::int64_t left = free;
    for (const Part& part : drawn.parts) left -= part.amount;
    if (used > 0) drawn.parts.insert(drawn.parts.begin(), {kOthers, used});
    if (left > 0) drawn.parts.push_back({kFree, left});
    if (left > 0 && !before_.usable(node)) AddTo(picture_.out_of_reach, left);
  }

  void ColorGangs() {
    std::map<std::pair<std::string, std::string>, std::size_t> families;  // by namespace and base
    std::vector<std::size_t> members;
    for (std::size_t g = 0; g < result_.gangs.size(); ++g) {
      const Gang& gang = request_.gangs[result_.gangs[g].gang];
      const auto [family, is_new] =
          families.try_emplace({gang.gang_namespace, gang.base.empty() ? gang.name : gang.base}, families.size());
      if (is_new) members.push_back(0);
      picture_.gangs[g].color = ColorOf(family->second, members[family->second]++);
    }
  }

  // The domain of the level that all pods of the scope are in.
  void AddOutline(std::size_t index, const std::string& level_name, bool whole, const std::set<NodeIndex>& nodes,
                  std::set<DomainIndex>& known) {
    const auto level = cluster_.FindLevel(level_name);
    if (level_name.empty() || !level.has_value() || nodes.empty()) return;
    const DomainIndex domain = cluster_.domain_of(*nodes.begin(), *level);
    if (known.insert(domain).second) {
      picture_.outlines.push_back({domain, static_cast<std::int32_t>(index), whole});
    }
  }

  static bool IsIn(const Gang& gang, std::uint32_t scope, std::uint32_t ancestor) {
    for (; scope != GangScope::kNoParent; scope = gang.scopes[scope].parent) {
      if (scope == ancestor) return true;
    }
    return false;
  }

  void AddOutlines(std::size_t index) {
    const GangPlacement& placement = result_.gangs[index];
    const Gang& gang = request_.gangs[placement.gang];
    if (placement.outcome != GangOutcome::kPlaced) return;
    std::vector<std::set<NodeIndex>> of_group(gang.groups.size());
    for (const PodPlacement& pod : placement.pods) of_group[pod.group].insert(pod.node);
    for (std::size_t g = 0; g < gang.groups.size(); ++g) {
      for (const ActivePod& pod : gang.groups[g].active) of_group[g].insert(pod.node);
    }
    const auto nodes_of = [&](auto&& holds) {
      std::set<NodeIndex> nodes;
      for (std::size_t g = 0; g < gang.groups.size(); ++g) {
        if (holds(gang.groups[g])) nodes.insert(of_group[g].begin(), of_group[g].end());
      }
      return nodes;
    };
    std::set<DomainIndex> known;
    AddOutline(index, gang.pack.required, true, nodes_of([](const GangGroup&) { return true; }), known);
    for (std::uint32_t s = 0; s < gang.scopes.size(); ++s) {
      AddOutline(index, gang.scopes[s].pack.required, false,
                 nodes_of([&](const GangGroup& group) { return IsIn(gang, group.scope, s); }), known);
    }
    for (std::size_t g = 0; g < gang.groups.size(); ++g) {
      AddOutline(index, gang.groups[g].pack.required, false, of_group[g], known);
    }
  }

  const Occupancy& before_;
  const Cluster& cluster_;
  const PlacementRequest& request_;
  const PlacementResult& result_;
  const DrawingOptions& options_;
  Picture picture_;
};

}  // namespace

Picture MakePicture(const Occupancy& before, const PlacementRequest& request, const PlacementResult& result,
                    const DrawingOptions& options) {
  return PictureMaker(before, request, result, options).Run();
}

}  // namespace grove::drawing
