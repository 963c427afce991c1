// The container that waits for other cliques, and what it needs, holds and collides with.
#include <algorithm>
#include <array>
#include <optional>

#include "model/quantity.h"
#include "planner/lint/subject.h"
#include "planner/resource_sharing.h"

namespace grove::planner::lint {

namespace {

using internal::Node;
using std::string_view;

constexpr std::int64_t kClaimConsumers = 256;  // entries that `status.reservedFor` of a ResourceClaim takes
constexpr string_view kPerReplica = "PerReplica";

std::int64_t Times(std::int64_t a, std::int64_t b) {
  std::int64_t product = 0;
  return __builtin_mul_overflow(std::max<std::int64_t>(a, 0), std::max<std::int64_t>(b, 0), &product) ? INT64_MAX
                                                                                                      : product;
}

std::int64_t Plus(std::int64_t a, std::int64_t b) {
  std::int64_t sum = 0;
  return __builtin_add_overflow(a, b, &sum) ? INT64_MAX : sum;
}

// An entry of resourceSharing, and the cliques whose pods refer to its claims.
struct SharedClaim {
  std::string path;
  const ResourceSharing* sharing = nullptr;
  std::vector<std::size_t> cliques{};
  std::int64_t pods = 0;  // that refer to one claim
};

// Pods of clique `i` in one replica of the set.
std::int64_t PodsInSetReplica(const Subject& subject, std::size_t i) {
  const std::int64_t times = subject.IsMember(i) ? ReplicasOf(subject.group(subject.group_of[i])) : 1;
  return Times(subject.clique(i).spec.replicas, times);
}

SharedClaim ClaimOfSet(const Subject& subject, std::size_t n) {
  const ResourceSharing& sharing = subject.spec.resource_sharing[n];
  SharedClaim claim{Concat({"spec.template.resourceSharing[", std::to_string(n), "]"}), &sharing};
  for (std::size_t i = 0; i < subject.spec.cliques.size(); ++i) {
    const string_view group = subject.IsMember(i) ? string_view(subject.group(subject.group_of[i]).name) : "";
    if (!SetFilterMatches(sharing, subject.clique(i).name, group)) continue;
    claim.cliques.push_back(i);
    claim.pods = Plus(claim.pods, PodsInSetReplica(subject, i));
  }
  if (sharing.scope != kPerReplica) claim.pods = Times(claim.pods, subject.set.spec.replicas);
  return claim;
}

SharedClaim ClaimOfGroup(const Subject& subject, std::size_t g, std::size_t n) {
  const ResourceSharing& sharing = subject.group(g).resource_sharing[n];
  SharedClaim claim{GroupPath(g, Concat({"resourceSharing[", std::to_string(n), "]"})), &sharing};
  for (const std::size_t i : subject.layout.members[g]) {
    if (!GroupFilterMatches(sharing, subject.clique(i).name)) continue;
    claim.cliques.push_back(i);
    claim.pods = Plus(claim.pods, std::max(subject.clique(i).spec.replicas, 0));
  }
  if (sharing.scope != kPerReplica) claim.pods = Times(claim.pods, ReplicasOf(subject.group(g)));
  return claim;
}

SharedClaim ClaimOfClique(const Subject& subject, std::size_t i, std::size_t n) {
  const ResourceSharing& sharing = subject.clique(i).resource_sharing[n];
  const std::int64_t pods = sharing.scope == kPerReplica ? 1 : subject.clique(i).spec.replicas;
  return {CliquePath(i, Concat({"resourceSharing[", std::to_string(n), "]"})), &sharing, {i}, pods};
}

// One at a time: together they may hold every clique for every entry.
template <class Visit>
void ForEachSharedClaim(const Subject& subject, const Visit& visit) {
  for (std::size_t n = 0; n < subject.spec.resource_sharing.size(); ++n) visit(ClaimOfSet(subject, n));
  for (std::size_t g = 0; g < subject.layout.members.size(); ++g) {
    for (std::size_t n = 0; n < subject.group(g).resource_sharing.size(); ++n) visit(ClaimOfGroup(subject, g, n));
  }
  for (std::size_t i = 0; i < subject.spec.cliques.size(); ++i) {
    for (std::size_t n = 0; n < subject.clique(i).resource_sharing.size(); ++n) visit(ClaimOfClique(subject, i, n));
  }
}

// L-070.
void CheckCrowdedClaims(const Subject& subject, Report& report) {
  ForEachSharedClaim(subject, [&](const SharedClaim& claim) {
    if (claim.pods <= kClaimConsumers) return;
    const bool waits = std::ranges::any_of(claim.cliques, [&](std::size_t i) { return subject.IsParent(i); });
    report.Add(claim.path,
               Concat({std::to_string(claim.pods), " pods share one claim of ", Quoted(claim.sharing->name),
                       ", which Kubernetes reserves for 256 at most: the others stay pending",
                       waits ? ", and what waits for them never starts" : ""}),
               "share it in fewer pods: scope PerReplica, a filter, or an entry further down");
  });
}

// L-071.
void CheckClaimsHeldByWaiting(const Subject& subject, Report& report) {
  if (subject.backend.schedules_gangs) return;
  ForEachSharedClaim(subject, [&](const SharedClaim& claim) {
    std::vector<bool> shares(subject.spec.cliques.size(), false);
    for (const std::size_t i : claim.cliques) shares[i] = true;
    for (const std::size_t child : claim.cliques) {
      const auto& parents = subject.parents[child];
      const auto parent = std::ranges::find_if(parents, [&](std::uint32_t p) { return shares[p]; });
      if (parent == parents.end()) continue;
      report.Add(claim.path,
                 Concat({Quoted(subject.clique(child).name), " and ", Quoted(subject.clique(*parent).name),
                         " share the devices of ", Quoted(claim.sharing->name),
                         ", which hold all of them to the same nodes; pods of the first, placed there first, wait for "
                         "the second and may leave it no room"}),
                 "use a scheduler with gangs, which places both at once, or start the two in any order");
      return;
    }
  });
}

struct Reserved {
  string_view list;
  string_view name;
  string_view what;
};
constexpr std::array kReserved = {
    Reserved{"initContainers", "grove-initc", "an init container"},
    Reserved{"containers", "grove-initc", "a container"},
    Reserved{"volumes", "sa-token-secret-vol", "a volume"},
    Reserved{"volumes", "pod-info-vol", "a volume"},
};

// L-072.
void CheckReservedNames(const Subject& subject, Report& report) {
  for (std::size_t i = 0; i < subject.spec.cliques.size(); ++i) {
    if (subject.parents[i].empty()) continue;
    for (const Reserved& row : kReserved) {
      const Node* list = PodMember(subject.clique(i), row.list);
      if (list == nullptr) continue;
      const auto elements = internal::Elements(*list);
      const auto found = std::ranges::find_if(elements, [&](const Node& element) {
        const Node* name = internal::Find(element, "name");
        return name != nullptr && internal::Text(*name) == row.name;
      });
      if (found == elements.end()) continue;
      const std::string at = std::to_string(found - elements.begin());
      report.Add(CliquePath(i, Concat({"spec.podSpec.", row.list, "[", at, "].name"})),
                 Concat({"Grove adds ", row.what == "a volume" ? "a volume" : "an init container", " of the name ",
                         Quoted(row.name), " to pods that wait: the API server refuses them"}),
                 "choose another name");
    }
  }
}

std::optional<Quantity> QuantityOf(const Node& container, string_view list, string_view resource) {
  const Node* resources = internal::Find(container, "resources");
  const Node* quantities = resources == nullptr ? nullptr : internal::Find(*resources, list);
  const Node* found = quantities == nullptr ? nullptr : internal::Find(*quantities, resource);
  return found == nullptr ? std::nullopt : Quantity::Parse(internal::Text(*found));
}

// Limits for CPU and memory, and requests that are the same or left out.
bool IsGuaranteed(const Node& container) {
  for (const string_view resource : {string_view("cpu"), string_view("memory")}) {
    const std::optional<Quantity> limit = QuantityOf(container, "limits", resource);
    if (!limit.has_value() || limit->IsZero()) return false;
    if (QuantityOf(container, "requests", resource).value_or(*limit) != *limit) return false;
  }
  return true;
}

// L-073.
void CheckLostGuarantee(const Subject& subject, Report& report) {
  for (std::size_t i = 0; i < subject.spec.cliques.size(); ++i) {
    const Node* containers = PodMember(subject.clique(i), "containers");
    if (subject.parents[i].empty() || containers == nullptr || internal::Elements(*containers).empty()) continue;
    if (!std::ranges::all_of(internal::Elements(*containers), IsGuaranteed)) continue;
    report.Add(CliquePath(i, "spec.podSpec.containers"),
               Concat({"pods of ", Quoted(subject.clique(i).name),
                       " are Burstable, not Guaranteed: the container that waits asks for no resources"}),
               "do not count on exclusive CPUs, or start the clique in any order");
  }
}

constexpr Row kRows[] = {
    {{"L-070", Severity::kWarning, "claim shared by too many pods",
      "Pods beyond the 256th stay pending. If they belong to the minimum of a gang the gang never runs; cliques that "
      "wait for them never start.",
      "A ResourceClaim is reserved for each pod that uses it, and Kubernetes takes 256 reservations.",
      "Share the claim in fewer pods: scope PerReplica, a filter, or an entry at the group or clique.",
      "04 §9.2, §9.3"},
     CheckCrowdedClaims},
    {{"L-071", Severity::kWarning, "startup order that shared devices can block",
      "Pods that wait hold their place beside the shared devices. If those that they wait for find no room there any "
      "more, all of them wait for ever.",
      "Pods wait after they were scheduled. A shared claim binds all its pods to nodes that reach the same devices, "
      "and "
      "a scheduler without gangs places the pods one by one.",
      "Use a scheduler with gangs, or start the cliques in any order.", "09 §1.3, §8 item 29; 04 §9.3; 07 §2"},
     CheckClaimsHeldByWaiting},
    {{"L-072", Severity::kWarning, "name that the waiting container needs",
      "The API server refuses the pods: two volumes or containers have one name.",
      "Grove adds the init container `grove-initc` and the volumes `sa-token-secret-vol` and `pod-info-vol` to pods "
      "that wait for others.",
      "Choose another name.", "04 §12.1, O-8"},
     CheckReservedNames},
    {{"L-073", Severity::kNote, "guaranteed pods become burstable",
      "The pods lose exclusive CPUs, and are evicted earlier when memory runs short. Quotas that demand limits refuse "
      "them.",
      "The init container that waits for other cliques has neither requests nor limits.",
      "Do not count on exclusive CPUs, or start the clique in any order.", "04 O-8"},
     CheckLostGuarantee},
};

}  // namespace

std::span<const Row> WaitingRules() { return kRows; }

}  // namespace grove::planner::lint
