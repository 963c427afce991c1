// Name budget: what every child of a set will be called, and how much longer its name may become.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "grove/admission.hpp"
#include "grove/manifest.hpp"
#include "grove/operator_configuration.hpp"
#include "grove/pod_clique_set.hpp"
#include "grove/value.hpp"

namespace grove {

// What bounds a name.
enum class NameLimit : std::uint8_t {
  kCombinedNames,  // 45 bytes for the names of set, scaling group and clique together (V-132, V-165)
  kServiceName,    // 63: a Service is a DNS label
  kHostname,       // 63: the hostname of a pod is a DNS label
  kGeneratedName,  // 58: a longer prefix of a pod's name is cut, and nobody finds the pod by the name of its PodClique
  kClaimName,      // 63: a claim is named in pods by a DNS label
  kLabelValue,     // 63: the name is the value of a label
  kFullHostname,   // 64: pods with setHostnameAsFQDN have their DNS name for a hostname
};

// "combined-names", "service-name", ...
[[nodiscard]] std::string_view NameLimitId(NameLimit limit);
// What a person needs to know of it; without a full stop.
[[nodiscard]] std::string_view NameLimitText(NameLimit limit);
// Bytes.
[[nodiscard]] std::size_t NameLimitBytes(NameLimit limit);

// Children that differ in their indices alone. In all texts `{0..2}` stands for the indices 0, 1 and 2, and `?????` for
// characters that the API server draws.
struct ChildNames {
  std::string kind;          // "PodClique"
  std::string name;          // "shop-{0..2}-api"
  std::size_t depth = 0;     // in the hierarchy; the set has 0
  std::int64_t count = 0;    // objects; the largest number where there are more
  std::string hostname;      // of pods
  std::string dns_name;      // of Services and pods, in the cluster domain `cluster.local`
  std::string scale_target;  // "PodClique/shop-{0..2}-api": what an autoscaler scales, or what can be scaled by name
  // The longest text that `limit` bounds: with the largest index that replicas, or an autoscaler, may lead to; of a
  // hostname if that is bounded; for kCombinedNames the user's names, joined by "+". Names of sets and scaling groups
  // are parts of other names: they have no more room than the tightest of those, which is then told here.
  std::string longest;
  NameLimit limit = NameLimit::kLabelValue;  // the one that leaves the least room
  std::size_t used = 0;                      // bytes that count against it
  std::int64_t left = 0;                     // NameLimitBytes(limit) - used; negative if the name is too long
};

// A name that the user chose, and what it had to be.
struct NameChange {
  std::string part;         // "set", "scaling group", "clique", "claim template", "MNNVL group"
  std::string field;        // path of the name
  std::string name;         // as it is
  std::size_t longest = 0;  // bytes that fit if nothing else changes
  std::string proposal;     // a shorter name that no sibling has; empty if none was found
};

// A name that is too long. Any one of `changes` makes it fit, or all of `together`.
struct LongName {
  std::string kind;
  std::string longest;
  NameLimit limit = NameLimit::kLabelValue;
  std::size_t used = 0;
  std::size_t excess = 0;           // bytes too many
  std::vector<NameChange> changes;  // the longest part first; empty if no single change suffices
  // A change of several parts, where a single one would leave less than half of a name; empty if nothing suffices.
  std::vector<NameChange> together;
};

struct NameBudget {
  [[nodiscard]] bool fits() const { return too_long.empty(); }

  // The set first, then its children: those of the whole set, those of each replica, then clique by clique and group by
  // group, each with its pods below it.
  std::vector<ChildNames> children;
  // One entry for all names that consist of the same parts.
  std::vector<LongName> too_long;
};

// The names of all children of `set`, admitted or not. `configuration` decides whether there are ComputeDomains. Pure
// and total. O(size of the set as written): replicas cost nothing.
[[nodiscard]] NameBudget BudgetNames(const PodCliqueSet& set,
                                     const OperatorConfiguration& configuration = DefaultOperatorConfiguration());
// The same for a document: the defaulted one where there is one, or whatever a user wrote; what cannot be read in it
// counts as left out.
[[nodiscard]] NameBudget BudgetNames(const Value& document,
                                     const OperatorConfiguration& configuration = DefaultOperatorConfiguration());

struct NameBudgetFormat {
  std::string_view file{};            // name of the text that the object came from; empty: left out
  std::string_view namespace_name{};  // in effect
};

// A budget for programs:
//   {"file", "document", "namespace", "name", "fits",
//    "children": [{"kind", "name", "count", "hostname", "dnsName", "scaleTarget", "longest", "limit", "bytes",
//                          "used", "left"}],
//    "tooLong": [{"kind", "name", "limit", "bytes", "used", "excess",
//                 "changes": [{"part", "field", "name", "longest", "proposal"}], "together": [...]}]}
// Empty texts of children and changes are left out. `object` is the one that `budget` is about.
[[nodiscard]] Value DescribeNameBudget(const ManifestObject& object, const NameBudget& budget,
                                       const NameBudgetFormat& format = {});

}  // namespace grove
