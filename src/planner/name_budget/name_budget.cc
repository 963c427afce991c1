#include "grove/name_budget.hpp"

#include <algorithm>
#include <array>
#include <deque>
#include <optional>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"

#include "model/codec.h"
#include "model/fields/pod_clique_set.h"
#include "model/naming.h"
#include "model/stable_sort.h"
#include "model/validation/rule_table.h"
#include "planner/mnnvl.h"
#include "planner/name_budget/joined_name.h"
#include "planner/name_budget/shorter_name.h"
#include "planner/set_layout.h"

namespace grove {

namespace {

using planner::IndexRange;
using planner::JoinedName;
using planner::NamePart;
using std::string_view;
using validation::Concat;

std::int64_t Times(std::int64_t a, std::int64_t b) {
  std::int64_t product = 0;
  return __builtin_mul_overflow(std::max<std::int64_t>(a, 0), std::max<std::int64_t>(b, 0), &product) ? INT64_MAX
                                                                                                      : product;
}

constexpr std::array<string_view, 5> kPartNames = {"set", "scaling group", "clique", "claim template", "MNNVL group"};

// One use of one limit.
struct Use {
  NameLimit limit;
  std::string longest;
  std::size_t used;
};

// How often a part stands in a text that a limit bounds: twice in a DNS name, which shortens it doubly.
std::size_t Occurrences(const NamePart& part, NameLimit limit) {
  return limit == NameLimit::kFullHostname && part.kind == NamePart::Kind::kSet ? 2 : 1;
}

// Builds the budget of one set.
class Budgeter {
 public:
  Budgeter(const PodCliqueSet& set, const OperatorConfiguration& configuration)
      : set_(set),
        spec_(set.spec.template_spec),
        configuration_(configuration),
        layout_(planner::LayoutOf(spec_)),
        set_part_{NamePart::Kind::kSet, set.metadata.name, "metadata.name", nullptr},
        replicas_{std::max(set.spec.replicas, 0), std::max(set.spec.replicas, 0)},
        namespace_(set.metadata.namespace_name.empty() ? "default" : set.metadata.namespace_name) {
    for (const PodCliqueTemplateSpec& clique : spec_.cliques) clique_names_.push_back(clique.name);
    for (const PodCliqueScalingGroupConfig& group : spec_.pod_clique_scaling_groups) group_names_.push_back(group.name);
  }

  NameBudget Run() && {
    AddWholeSet();
    AddReplicas();
    for (const std::size_t i : layout_.standalone) AddStandalone(i);
    for (std::size_t g = 0; g < layout_.members.size(); ++g) AddGroup(g);
    TakeTightestSince(0);
    return std::move(budget_);
  }

 private:
  using Parts = std::vector<const NamePart*>;

  const NamePart& NewPart(NamePart part) { return parts_.emplace_back(std::move(part)); }

  [[nodiscard]] JoinedName SetName() const { return JoinedName().Part(set_part_); }
  [[nodiscard]] JoinedName ReplicaName() const { return SetName().Text("-").Index(replicas_); }

  // Adds a row whose name is bounded as `uses` tell; the tightest is kept, of equal ones the first.
  ChildNames& Add(string_view kind, const JoinedName& name, std::size_t depth, std::int64_t count,
                  std::vector<Use> uses) {
    const auto left = [](const Use& use) {
      return static_cast<std::int64_t>(NameLimitBytes(use.limit)) - static_cast<std::int64_t>(use.used);
    };
    Use& tightest = *std::ranges::min_element(uses, {}, left);
    ChildNames& row = budget_.children.emplace_back();
    row.kind = kind;
    row.name = name.pattern();
    row.depth = depth;
    row.count = count;
    row.longest = std::move(tightest.longest);
    row.limit = tightest.limit;
    row.used = tightest.used;
    row.left = left(tightest);
    if (row.left < 0) AddLongName(row, name.parts());
    return row;
  }

  // Gives row `first` the least room of its own and all rows since: its name is a part of theirs. Claims and the like
  // that are too long themselves are not the fault of the set.
  void TakeTightestSince(std::size_t first) {
    ChildNames& row = budget_.children[first];
    for (std::size_t i = first + 1; i < budget_.children.size(); ++i) {
      const ChildNames& child = budget_.children[i];
      if (child.left >= row.left || (child.left < 0 && child.limit != NameLimit::kCombinedNames)) continue;
      row.longest = child.longest;
      row.limit = child.limit;
      row.used = child.used;
      row.left = child.left;
    }
  }

  static Use Whole(NameLimit limit, std::string text) {
    const std::size_t size = text.size();
    return {limit, std::move(text), size};
  }
  // The name itself as a label, which every child carries (spec 04 §3.1).
  static std::vector<Use> AsLabel(const JoinedName& name) { return {Whole(NameLimit::kLabelValue, name.longest())}; }

  // V-132, V-165: the user's names alone.
  Use Combined(const NamePart* group, const NamePart& clique) const {
    Use use{NameLimit::kCombinedNames, std::string(set_part_.name), set_part_.name.size() + clique.name.size()};
    if (group != nullptr) {
      use.longest.append("+").append(group->name);
      use.used += group->name.size();
    }
    use.longest.append("+").append(clique.name);
    return use;
  }

  void AddLongName(const ChildNames& row, const Parts& parts) {
    LongName name{row.kind, row.longest, row.limit, row.used, static_cast<std::size_t>(-row.left), {}, {}};
    for (const NamePart* part : parts) AddChange(*part, name);
    internal::StableSort(name.changes,
                         [](const NameChange& a, const NameChange& b) { return a.name.size() > b.name.size(); });
    if (std::ranges::none_of(name.changes, LeavesHalf)) AddTogether(parts, name);
    const auto [same, inserted] = reported_.emplace(parts, budget_.too_long.size());
    if (inserted) {
      budget_.too_long.push_back(std::move(name));
    } else {
      Merge(std::move(name), budget_.too_long[same->second]);
    }
  }

  static bool LeavesHalf(const NameChange& change) { return 2 * change.longest >= change.name.size(); }

  // A change of all parts: byte by byte from the one that is longest then.
  static void AddTogether(const Parts& parts, LongName& name) {
    constexpr std::size_t kLongestPart = 253;  // no object may have a longer name; this bounds the steps
    std::vector<std::size_t> sizes;
    std::size_t excess = name.excess;
    for (const NamePart* part : parts) {
      const std::size_t kept = std::min(part->name.size(), kLongestPart);
      sizes.push_back(kept);
      excess -= std::min(excess, (part->name.size() - kept) * Occurrences(*part, name.limit));
    }
    while (excess > 0) {
      const auto longest = std::ranges::max_element(sizes);
      if (*longest <= 1) return;  // what Grove puts between is too long by itself
      --*longest;
      const auto at = static_cast<std::size_t>(longest - sizes.begin());
      excess -= std::min(excess, Occurrences(*parts[at], name.limit));
    }
    for (std::size_t i = 0; i < parts.size(); ++i) {
      if (sizes[i] < parts[i]->name.size()) name.together.push_back(ChangeOf(*parts[i], sizes[i]));
    }
  }

  // What is left is what suffices for both.
  static void Merge(LongName other, LongName& name) {
    if (other.excess > name.excess) std::swap(other, name);
    if (name.together.empty()) name.together = std::move(other.together);
    std::erase_if(name.changes, [&](NameChange& change) {
      const auto same = std::ranges::find(other.changes, change.field, &NameChange::field);
      if (same == other.changes.end()) return true;
      if (same->longest < change.longest) change = std::move(*same);
      return false;
    });
  }

  static void AddChange(const NamePart& part, LongName& name) {
    const std::size_t times = Occurrences(part, name.limit);
    const std::size_t cut = (name.excess + times - 1) / times;
    if (part.name.size() > cut) name.changes.push_back(ChangeOf(part, part.name.size() - cut));
  }

  static NameChange ChangeOf(const NamePart& part, std::size_t longest) {
    static const std::vector<string_view> kNoSiblings;
    const std::vector<string_view>& taken = part.siblings == nullptr ? kNoSiblings : *part.siblings;
    return {std::string(kPartNames[static_cast<std::size_t>(part.kind)]), part.field, std::string(part.name), longest,
            planner::ShorterName(part.name, longest, taken)};
  }

  // Claims of one list, of one owner (spec 04 §9.2). `owner` is its name, `count` how many there are, `indices` of what
  // it has a claim for each.
  void AddClaims(const std::vector<ResourceSharing>& list, std::string_view path, const JoinedName& owner,
                 std::int64_t count, const IndexRange& indices, std::size_t depth) {
    for (std::size_t n = 0; n < list.size(); ++n) {
      const NamePart& part =
          NewPart({NamePart::Kind::kClaim, list[n].name, Concat({path, "[", std::to_string(n), "].name"}), nullptr});
      const bool per_replica = list[n].scope == "PerReplica";
      JoinedName name = owner;
      if (per_replica) {
        name.Text("-").Index(indices).Text("-");
      } else {
        name.Text("-all-");
      }
      name.Part(part);
      Add("ResourceClaim", name, depth, per_replica ? Times(count, indices.count) : count,
          {Whole(NameLimit::kClaimName, name.longest())});
    }
  }

  void AddWholeSet() {
    const JoinedName name = SetName();
    Add("PodCliqueSet", name, 0, 1, AsLabel(name)).scale_target = Concat({"PodCliqueSet/", name.pattern()});
    Add("ServiceAccount", name, 1, 1, AsLabel(name));
    const JoinedName role = JoinedName().Text("grove.io:pcs:").Part(set_part_);
    const JoinedName role_label = JoinedName().Text("grove.io-pcs-").Part(set_part_);
    Add("Role", role, 1, 1, AsLabel(role_label));
    Add("RoleBinding", role, 1, 1, AsLabel(role_label));
    const JoinedName secret = SetName().Text("-ic-sat");
    Add("Secret", secret, 1, 1, AsLabel(secret));
    AddClaims(spec_.resource_sharing, "spec.template.resourceSharing", name, 1, replicas_, 1);
  }

  void AddReplicas() {
    const JoinedName name = ReplicaName();
    Add("Service", name, 1, replicas_.count, {Whole(NameLimit::kServiceName, name.longest())}).dns_name =
        Concat({name.pattern(), ServiceSuffix()});
    Add("PodGang", name, 1, replicas_.count, AsLabel(name));
    if (!configuration_.network.auto_mnnvl_enabled) return;
    std::vector<std::optional<std::size_t>> group_of(spec_.cliques.size());
    for (std::size_t g = layout_.members.size(); g-- > 0;) {
      for (const std::size_t i : layout_.members[g]) group_of[i] = g;
    }
    absl::flat_hash_set<string_view> seen;
    for (std::size_t i = 0; i < spec_.cliques.size(); ++i) AddComputeDomain(i, group_of[i], seen);
  }

  // Spec 04 §10.2: one per group and replica, if a clique with GPUs asks for it.
  void AddComputeDomain(std::size_t i, std::optional<std::size_t> g, absl::flat_hash_set<string_view>& seen) {
    const PodCliqueTemplateSpec& clique = spec_.cliques[i];
    const StringMap* group_annotations = g.has_value() ? &spec_.pod_clique_scaling_groups[*g].annotations : nullptr;
    const string_view group =
        planner::EffectiveMnnvlGroup({&clique.annotations, group_annotations, &set_.metadata.annotations});
    if (group.empty() || seen.contains(group) || !planner::PodUsesGpu(clique.spec.pod_spec.node())) return;
    seen.insert(group);
    string_view owner = "metadata";
    const std::string in_clique = Concat({"spec.template.cliques[", std::to_string(i), "]"});
    const std::string in_group =
        g.has_value() ? Concat({"spec.template.podCliqueScalingGroups[", std::to_string(*g), "]"}) : std::string();
    if (clique.annotations.Contains(keys::kMnnvlGroup)) {
      owner = in_clique;
    } else if (group_annotations != nullptr && group_annotations->Contains(keys::kMnnvlGroup)) {
      owner = in_group;
    }
    const NamePart& part =
        NewPart({NamePart::Kind::kMnnvlGroup, group, Concat({owner, ".annotations.", keys::kMnnvlGroup}), nullptr});
    const JoinedName name = ReplicaName().Text("-").Part(part);
    Add("ComputeDomain", name, 1, replicas_.count, AsLabel(name));
  }

  [[nodiscard]] std::string ServiceSuffix() const { return Concat({".", namespace_, ".svc.cluster.local"}); }

  const NamePart& CliquePart(std::size_t i) {
    return NewPart({NamePart::Kind::kClique, spec_.cliques[i].name,
                    Concat({"spec.template.cliques[", std::to_string(i), "].name"}), &clique_names_});
  }

  void AddAutoscaler(const std::optional<AutoScalingConfig>& config, string_view kind, const JoinedName& target,
                     std::size_t depth, std::int64_t count) {
    if (!config.has_value()) return;
    Add("HorizontalPodAutoscaler", target, depth, count, AsLabel(target)).scale_target =
        Concat({kind, "/", target.pattern()});
  }

  void AddStandalone(std::size_t i) {
    const NamePart& part = CliquePart(i);
    const JoinedName name = ReplicaName().Text("-").Part(part);
    AddPodClique(name, nullptr, part, 1, replicas_.count).scale_target = Concat({"PodClique/", name.pattern()});
    AddAutoscaler(spec_.cliques[i].spec.auto_scaling_config, "PodClique", name, 2, replicas_.count);
    AddPods(i, name, nullptr, part, 2, replicas_.count);
  }

  ChildNames& AddPodClique(const JoinedName& name, const NamePart* group, const NamePart& clique, std::size_t depth,
                           std::int64_t count) {
    return Add("PodClique", name, depth, count,
               {Combined(group, clique), Whole(NameLimit::kLabelValue, name.longest())});
  }

  // The pods of PodCliques named `owner`, and their claims.
  void AddPods(std::size_t i, const JoinedName& owner, const NamePart* group, const NamePart& clique, std::size_t depth,
               std::int64_t count) {
    const PodCliqueTemplateSpec& config = spec_.cliques[i];
    const std::int32_t replicas = std::max(config.spec.replicas, 0);
    const auto& scaling = config.spec.auto_scaling_config;
    const IndexRange indices{replicas, scaling.has_value() ? std::max(replicas, scaling->max_replicas) : replicas};
    AddClaims(config.resource_sharing, Concat({"spec.template.cliques[", std::to_string(i), "].resourceSharing"}),
              owner, count, indices, depth);
    JoinedName prefix = owner;
    prefix.Text("-");
    JoinedName name = prefix;
    name.Text("?????");
    JoinedName hostname = prefix;
    hostname.Index(indices);
    std::vector<Use> uses = {Combined(group, clique), Whole(NameLimit::kHostname, hostname.longest()),
                             Whole(NameLimit::kGeneratedName, prefix.longest())};
    const internal::Node* full = internal::Find(config.spec.pod_spec.node(), "setHostnameAsFQDN");
    const JoinedName subdomain = ReplicaName();
    if (full != nullptr && Value(*full, nullptr).boolean()) {
      uses.push_back(
          Whole(NameLimit::kFullHostname, Concat({hostname.longest(), ".", subdomain.longest(), ServiceSuffix()})));
    }
    ChildNames& row = Add("Pod", name, depth, Times(count, replicas), std::move(uses));
    row.hostname = hostname.pattern();
    row.dns_name = Concat({hostname.pattern(), ".", subdomain.pattern(), ServiceSuffix()});
  }

  void AddGroup(std::size_t g) {
    const PodCliqueScalingGroupConfig& config = spec_.pod_clique_scaling_groups[g];
    const std::string path = Concat({"spec.template.podCliqueScalingGroups[", std::to_string(g), "]"});
    const NamePart& part = NewPart({NamePart::Kind::kGroup, config.name, path + ".name", &group_names_});
    const JoinedName name = ReplicaName().Text("-").Part(part);
    const std::int32_t replicas = std::max(config.replicas.value_or(1), 0);
    const std::int32_t most =
        config.scale_config.has_value() ? std::max(replicas, config.scale_config->max_replicas) : replicas;
    const IndexRange indices{replicas, most};
    const std::size_t row = budget_.children.size();
    Add("PodCliqueScalingGroup", name, 1, replicas_.count, AsLabel(name)).scale_target =
        Concat({"PodCliqueScalingGroup/", name.pattern()});
    AddAutoscaler(config.scale_config, "PodCliqueScalingGroup", name, 2, replicas_.count);
    const std::int32_t base = std::max(config.min_available.value_or(1), 0);
    if (replicas > base) {
      JoinedName gang = name;
      gang.Text("-").Index({std::int64_t{replicas} - base, std::int64_t{most} - base});
      Add("PodGang", gang, 2, Times(replicas_.count, std::int64_t{replicas} - base), AsLabel(gang));
    }
    AddClaims(config.resource_sharing, path + ".resourceSharing", name, replicas_.count, indices, 2);
    for (const std::size_t i : layout_.members[g]) {
      const NamePart& clique = CliquePart(i);
      JoinedName member = name;
      member.Text("-").Index(indices).Text("-").Part(clique);
      const std::int64_t count = Times(replicas_.count, replicas);
      AddPodClique(member, &part, clique, 2, count);
      AddPods(i, member, &part, clique, 3, count);
    }
    TakeTightestSince(row);
  }

  const PodCliqueSet& set_;
  const PodCliqueSetTemplateSpec& spec_;
  const OperatorConfiguration& configuration_;
  planner::SetLayout layout_;
  NamePart set_part_;
  IndexRange replicas_;
  std::string namespace_;
  std::vector<string_view> clique_names_;
  std::vector<string_view> group_names_;
  std::deque<NamePart> parts_;                        // never moves what it holds
  absl::flat_hash_map<Parts, std::size_t> reported_;  // positions in `too_long`; for lookup only
  NameBudget budget_;
};

}  // namespace

NameBudget BudgetNames(const PodCliqueSet& set, const OperatorConfiguration& configuration) {
  return Budgeter(set, configuration).Run();
}

NameBudget BudgetNames(const Value& document, const OperatorConfiguration& configuration) {
  return BudgetNames(codec::FromValue<PodCliqueSet>(document), configuration);
}

}  // namespace grove
