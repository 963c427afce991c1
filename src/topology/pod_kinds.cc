#include "topology/pod_kinds.h"

#include <algorithm>

#include "absl/hash/hash.h"

#include "topology/node_admission.h"

namespace grove::topology {
namespace {

bool IsOfKind(const PodClass& kind, const PodClass& pods) {
  return kind.pod_namespace == pods.pod_namespace && kind.labels == pods.labels && kind.host_ports == pods.host_ports &&
         kind.affinity == pods.affinity && kind.anti_affinity == pods.anti_affinity;
}

// Hashes are only for finding candidates; no order depends on them.
std::size_t HashOf(const PodClass& pods) {
  return absl::HashOf(pods.pod_namespace, pods.labels, pods.host_ports.size(), pods.affinity.size(),
                      pods.anti_affinity.size());
}

std::size_t HashOf(const PodAffinityTerm& term, const std::string& own_namespace, bool anti) {
  std::size_t hash = absl::HashOf(term.topology_key, term.namespaces, own_namespace, anti);
  for (const LabelRequirement& requirement : term.selector) {
    hash = absl::HashOf(hash, requirement.key, requirement.values);
  }
  return hash;
}

std::size_t HashOf(const std::string& key, const std::string& value) { return absl::HashOf(key, value); }

bool AsksForLabel(const LabelRequirement& requirement) { return requirement.op == LabelRequirement::Operator::kIn; }

}  // namespace

bool HasRules(const PodClass& pods) {
  return !pods.affinity.empty() || !pods.anti_affinity.empty() || !pods.host_ports.empty();
}

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

bool PodKinds::Kind::Matches(std::uint32_t term) const {
  return std::find(matched.begin(), matched.end(), term) != matched.end();
}

std::uint32_t PodKinds::Add(const Cluster& cluster, const PodClass& pods) {
  std::vector<std::uint32_t>& candidates = kinds_by_hash_[HashOf(pods)];
  for (const std::uint32_t kind : candidates) {
    if (IsOfKind(kinds_[kind].pods, pods)) return kind;
  }
  const std::uint32_t number = size();
  candidates.push_back(number);
  Kind kind;
  kind.pods.pod_namespace = pods.pod_namespace;
  kind.pods.labels = pods.labels;
  kind.pods.host_ports = pods.host_ports;
  kind.pods.affinity = pods.affinity;
  kind.pods.anti_affinity = pods.anti_affinity;
  AddTerms(cluster, pods, &kind);
  for (const HostPort& port : pods.host_ports) kind.ports.push_back(PortOf(port));
  MatchTerms(kind);
  kind.one_per_node = !kind.ports.empty() || std::any_of(kind.anti.begin(), kind.anti.end(), [&](std::uint32_t t) {
    return keys_[terms_[t].key].unique && kind.Matches(t);
  });
  kinds_.push_back(std::move(kind));
  return number;
}

void PodKinds::AddTerms(const Cluster& cluster, const PodClass& pods, Kind* kind) {
  for (const PodAffinityTerm& term : pods.affinity) {
    const std::uint32_t t = TermOf(cluster, term, pods.pod_namespace, false);
    if (kind != nullptr) kind->affinity.push_back(t);
  }
  for (const PodAffinityTerm& term : pods.anti_affinity) {
    const std::uint32_t t = TermOf(cluster, term, pods.pod_namespace, true);
    if (kind != nullptr) kind->anti.push_back(t);
  }
}

std::uint32_t PodKinds::TermOf(const Cluster& cluster, const PodAffinityTerm& term, const std::string& own_namespace,
                               bool anti) {
  // With namespaces of its own a term says the same wherever it is stated.
  const std::string nowhere;
  const std::string& stated_in = term.namespaces.empty() ? own_namespace : nowhere;
  std::vector<std::uint32_t>& candidates = terms_by_hash_[HashOf(term, stated_in, anti)];
  for (const std::uint32_t t : candidates) {
    if (terms_[t].anti == anti && terms_[t].own_namespace == stated_in && terms_[t].term == term) return t;
  }
  const std::uint32_t number = term_count();
  candidates.push_back(number);
  terms_.push_back({.term = term, .own_namespace = stated_in, .anti = anti, .key = KeyOf(cluster, term.topology_key)});
  const auto label = std::find_if(term.selector.begin(), term.selector.end(), AsksForLabel);
  if (label == term.selector.end()) {
    other_terms_.push_back(number);
  } else {
    for (const std::string& value : label->values) {
      std::vector<std::uint32_t>& of_label = terms_by_label_[HashOf(label->key, value)];
      if (of_label.empty() || of_label.back() != number) of_label.push_back(number);
    }
  }
  for (Kind& kind : kinds_) {
    if (Selects(term, stated_in, kind.pods)) kind.matched.push_back(number);
  }
  return number;
}

void PodKinds::MatchTerms(Kind& kind) const {
  const auto add = [&](const std::vector<std::uint32_t>& terms) {
    for (const std::uint32_t t : terms) {
      if (Selects(terms_[t].term, terms_[t].own_namespace, kind.pods)) kind.matched.push_back(t);
    }
  };
  add(other_terms_);
  for (const auto& [key, value] : kind.pods.labels) {
    const auto of_label = terms_by_label_.find(HashOf(key, value));
    if (of_label != terms_by_label_.end()) add(of_label->second);
  }
  // Hashes of two labels may be equal.
  std::sort(kind.matched.begin(), kind.matched.end());
  kind.matched.erase(std::unique(kind.matched.begin(), kind.matched.end()), kind.matched.end());
}

std::uint32_t PodKinds::KeyOf(const Cluster& cluster, const std::string& label) {
  for (std::uint32_t k = 0; k < keys_.size(); ++k) {
    if (keys_[k].label == label) return k;
  }
  Key key{.label = label, .cells = {}, .cell_count = 0, .unique = true};
  key.cells.reserve(cluster.node_count());
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

std::uint32_t PodKinds::PortOf(const HostPort& port) {
  const auto found = std::find(ports_.begin(), ports_.end(), port);
  if (found != ports_.end()) return static_cast<std::uint32_t>(found - ports_.begin());
  ports_.push_back(port);
  return static_cast<std::uint32_t>(ports_.size() - 1);
}

bool PodKinds::Overlap(std::uint32_t port, std::uint32_t other) const {
  const HostPort& a = ports_[port];
  const HostPort& b = ports_[other];
  const auto all = [](const HostPort& p) { return p.address.empty() || p.address == "0.0.0.0"; };
  return a.port == b.port && a.protocol == b.protocol && (all(a) || all(b) || a.address == b.address);
}

// The labels of nodes stay.
void PodKinds::Clear() {
  kinds_.clear();
  terms_.clear();
  ports_.clear();
  kinds_by_hash_.clear();
  terms_by_hash_.clear();
  terms_by_label_.clear();
  other_terms_.clear();
}

}  // namespace grove::topology
