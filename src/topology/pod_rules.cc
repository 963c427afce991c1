#include "topology/pod_rules.h"

#include <algorithm>
#include <deque>

#include "topology/node_admission.h"

namespace grove::topology {
namespace {

bool Overlaps(const HostPort& a, const HostPort& b) {
  const auto all = [](const HostPort& port) { return port.address.empty() || port.address == "0.0.0.0"; };
  return a.port == b.port && a.protocol == b.protocol && (all(a) || all(b) || a.address == b.address);
}

bool HasRules(const PodClass& pods) {
  return !pods.affinity.empty() || !pods.anti_affinity.empty() || !pods.host_ports.empty();
}

}  // namespace

bool Selects(const PodAffinityTerm& term, const std::string& own_namespace, const PodClass& pods) {
  const bool here = term.namespaces.empty() ? pods.pod_namespace == own_namespace
                                            : std::find(term.namespaces.begin(), term.namespaces.end(),
                                                        pods.pod_namespace) != term.namespaces.end();
  return here && std::all_of(term.selector.begin(), term.selector.end(), [&](const LabelRequirement& requirement) {
           const auto label = std::find_if(pods.labels.begin(), pods.labels.end(),
                                           [&](const auto& pair) { return pair.first == requirement.key; });
           if (label == pods.labels.end()) return Matches(requirement, nullptr);
           const std::string_view value = label->second;
           return Matches(requirement, &value);
         });
}

PodRules::PodRules(const Occupancy& occupancy, std::span<const PodClass> classes)
    : concerned_(classes.size()), one_per_node_(classes.size()) {
  const Cluster& cluster = occupancy.cluster();
  const auto running_classes = cluster.running_classes();
  members_.resize(classes.size());
  if (!occupancy.has_rules() && std::none_of(classes.begin(), classes.end(), HasRules) &&
      std::none_of(running_classes.begin(), running_classes.end(), HasRules)) {
    return;
  }
  std::vector<const PodClass*> all;
  for (const PodClass& pods : classes) all.push_back(&pods);
  for (const PodClass& pods : running_classes) all.push_back(&pods);
  for (const Occupancy::Placed& placed : occupancy.placed()) all.push_back(placed.pod.get());
  members_.resize(all.size());
  for (std::size_t i = 0; i < all.size(); ++i) AddTerms(cluster, *all[i], members_[i]);
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (std::uint32_t t = 0; t < terms_.size(); ++t) {
      if (Selects(*terms_[t].term, terms_[t].own_namespace, *all[i])) members_[i].matched.push_back(t);
    }
  }
  const auto running = cluster.running_pods();
  const auto released = occupancy.released();
  for (std::uint32_t i = 0; i < running.size(); ++i) {
    if (std::binary_search(released.begin(), released.end(), i)) continue;
    Count(running[i].node, members_[classes.size() + running[i].pod_class], 1);
  }
  const std::size_t first = classes.size() + cluster.running_classes().size();
  for (std::size_t i = 0; i < occupancy.placed().size(); ++i) Count(occupancy.placed()[i].node, members_[first + i], 1);
  for (std::size_t i = 0; i < classes.size(); ++i) {
    const Membership& member = members_[i];
    concerned_[i] =
        !member.affinity.empty() || !member.anti.empty() || !member.matched.empty() || !member.ports.empty();
    one_per_node_[i] =
        !member.ports.empty() || std::any_of(member.anti.begin(), member.anti.end(), [&](std::uint32_t t) {
          return keys_[terms_[t].key].unique &&
                 std::find(member.matched.begin(), member.matched.end(), t) != member.matched.end();
        });
  }
  members_.resize(classes.size());
}

void PodRules::AddTerms(const Cluster& cluster, const PodClass& pods, Membership& member) {
  const auto add = [&](const PodAffinityTerm& term, bool anti, std::vector<std::uint32_t>& into) {
    for (std::uint32_t t = 0; t < terms_.size(); ++t) {
      const bool same_place = !term.namespaces.empty() || terms_[t].own_namespace == pods.pod_namespace;
      if (terms_[t].anti == anti && same_place && *terms_[t].term == term) return into.push_back(t);
    }
    Term entry{.term = &term,
               .own_namespace = pods.pod_namespace,
               .anti = anti,
               .key = KeyOf(cluster, term.topology_key),
               .matching = {},
               .carrying = {},
               .all_matching = 0};
    entry.matching.resize(keys_[entry.key].cell_count);
    if (anti) entry.carrying.resize(keys_[entry.key].cell_count);
    into.push_back(static_cast<std::uint32_t>(terms_.size()));
    terms_.push_back(std::move(entry));
  };
  for (const PodAffinityTerm& term : pods.affinity) add(term, false, member.affinity);
  for (const PodAffinityTerm& term : pods.anti_affinity) add(term, true, member.anti);
  for (const HostPort& port : pods.host_ports) member.ports.push_back(PortOf(port));
}

std::uint32_t PodRules::KeyOf(const Cluster& cluster, const std::string& label) {
  for (std::uint32_t k = 0; k < keys_.size(); ++k) {
    if (keys_[k].label == label) return k;
  }
  Key key{.label = label, .cells = {}, .cell_count = 0, .unique = true};
  absl::flat_hash_map<std::string, std::uint32_t> cells;
  for (NodeIndex node = 0; node < cluster.node_count(); ++node) {
    const auto value = cluster.node_label(node, label);
    if (!value) {
      key.cells.push_back(kNoCell);
      key.unique = false;
      continue;
    }
    const auto [at, is_new] = cells.try_emplace(std::string(*value), key.cell_count);
    key.cell_count += is_new ? 1 : 0;
    key.unique = key.unique && is_new;
    key.cells.push_back(at->second);
  }
  keys_.push_back(std::move(key));
  return static_cast<std::uint32_t>(keys_.size() - 1);
}

std::uint32_t PodRules::PortOf(const HostPort& port) {
  const auto found = std::find(ports_.begin(), ports_.end(), port);
  if (found != ports_.end()) return static_cast<std::uint32_t>(found - ports_.begin());
  ports_.push_back(port);
  return static_cast<std::uint32_t>(ports_.size() - 1);
}

void PodRules::Count(NodeIndex node, const Membership& member, std::int32_t count) {
  for (const std::uint32_t t : member.matched) {
    terms_[t].all_matching += count;
    const std::uint32_t cell = keys_[terms_[t].key].cells[node];
    if (cell != kNoCell) terms_[t].matching[cell] += count;
  }
  for (const std::uint32_t t : member.anti) {
    const std::uint32_t cell = keys_[terms_[t].key].cells[node];
    if (cell != kNoCell) terms_[t].carrying[cell] += count;
  }
  if (member.ports.empty()) return;
  std::vector<std::uint32_t>& used = used_ports_[node];
  for (const std::uint32_t port : member.ports) {
    for (std::int32_t i = 0; i < count; ++i) used.push_back(port);
    for (std::int32_t i = 0; i > count; --i) used.erase(std::find(used.begin(), used.end(), port));
  }
}

void PodRules::Add(NodeIndex node, std::uint32_t pod_class, std::int32_t count) {
  if (Concerns(pod_class)) Count(node, members_[pod_class], count);
}

bool PodRules::PortsAllow(NodeIndex node, std::uint32_t pod_class) const {
  const Membership& member = members_[pod_class];
  const auto used = member.ports.empty() ? used_ports_.end() : used_ports_.find(node);
  return used == used_ports_.end() || std::none_of(used->second.begin(), used->second.end(), [&](std::uint32_t taken) {
           return std::any_of(member.ports.begin(), member.ports.end(),
                              [&](std::uint32_t port) { return Overlaps(ports_[taken], ports_[port]); });
         });
}

bool PodRules::Allows(NodeIndex node, std::uint32_t pod_class) const {
  if (!Concerns(pod_class)) return true;
  const Membership& member = members_[pod_class];
  const auto cell_of = [&](std::uint32_t t) { return keys_[terms_[t].key].cells[node]; };
  const auto meets = [&](std::uint32_t t) { return cell_of(t) != kNoCell && terms_[t].matching[cell_of(t)] > 0; };
  const auto is_kept_out = [&](std::uint32_t t) {
    return terms_[t].anti && cell_of(t) != kNoCell && terms_[t].carrying[cell_of(t)] > 0;
  };
  return PortsAllow(node, pod_class) && std::none_of(member.anti.begin(), member.anti.end(), meets) &&
         std::none_of(member.matched.begin(), member.matched.end(), is_kept_out) &&
         std::all_of(member.affinity.begin(), member.affinity.end(),
                     [&](std::uint32_t t) { return cell_of(t) != kNoCell; });
}

bool PodRules::HasCompany(NodeIndex node, std::uint32_t pod_class) const {
  const Membership& member = members_[pod_class];
  return std::all_of(member.affinity.begin(), member.affinity.end(), [&](std::uint32_t t) {
    const std::uint32_t cell = keys_[terms_[t].key].cells[node];
    const bool itself = std::find(member.matched.begin(), member.matched.end(), t) != member.matched.end();
    if (itself && terms_[t].all_matching == 1) return true;  // the first of its kind
    return terms_[t].matching[cell] - (itself ? 1 : 0) > 0;
  });
}

}  // namespace grove::topology
