// What host ports and terms of (anti-)affinity say about classes of pods, whatever runs where (PL-33, PL-36).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"

#include "grove/cluster.hpp"

#include "topology/heap_bytes.h"

namespace grove::topology {

// Pods whose namespace, labels, ports and terms are equal are of one kind.
class PodKinds {
 public:
  struct Term {
    PodAffinityTerm term;
    std::string own_namespace;
    bool anti = false;
    std::uint32_t key = 0;

    [[nodiscard]] std::size_t bytes() const { return HeapBytesOf(term, own_namespace); }
  };
  // The domains that nodes are in by one label.
  struct Key {
    std::string label;
    std::vector<std::uint32_t> cells;  // by node, kNoCell without the label
    std::uint32_t cell_count = 0;
    bool unique = true;  // every node has a cell of its own

    [[nodiscard]] std::size_t bytes() const { return HeapBytesOf(label, cells); }
  };
  struct Kind {
    PodClass pods;                        // what the kind is known by
    std::vector<std::uint32_t> affinity;  // terms that it carries
    std::vector<std::uint32_t> anti;
    std::vector<std::uint32_t> matched;  // terms that select it
    std::vector<std::uint32_t> ports;
    bool one_per_node = false;  // two pods of the kind never share a node

    [[nodiscard]] bool Matches(std::uint32_t term) const;
    [[nodiscard]] std::size_t bytes() const { return HeapBytesOf(pods, affinity, anti, matched, ports); }
  };
  static constexpr std::uint32_t kNoCell = 0xFFFFFFFF;

  // O(its terms and those that speak of its labels) for pods whose terms are known, O(kinds) for each new term, and
  // O(nodes) for each new label of nodes.
  std::uint32_t Add(const Cluster& cluster, const PodClass& pods);
  // Adds the terms alone: cheaper where many kinds follow.
  void AddTermsOf(const Cluster& cluster, const PodClass& pods) { AddTerms(cluster, pods, nullptr); }

  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(kinds_.size()); }
  [[nodiscard]] std::uint32_t term_count() const { return static_cast<std::uint32_t>(terms_.size()); }
  [[nodiscard]] const Kind& kind(std::uint32_t kind) const { return kinds_[kind]; }
  [[nodiscard]] const Term& term(std::uint32_t term) const { return terms_[term]; }
  [[nodiscard]] std::uint32_t Cell(std::uint32_t term, NodeIndex node) const {
    return keys_[terms_[term].key].cells[node];
  }
  [[nodiscard]] bool Overlap(std::uint32_t port, std::uint32_t other) const;
  void Clear();
  [[nodiscard]] std::size_t bytes() const {
    return HeapBytesOf(kinds_, terms_, keys_, ports_, kinds_by_hash_, terms_by_hash_, terms_by_label_, other_terms_);
  }

 private:
  using ByHash = absl::flat_hash_map<std::size_t, std::vector<std::uint32_t>>;

  void AddTerms(const Cluster& cluster, const PodClass& pods, Kind* kind);
  std::uint32_t TermOf(const Cluster& cluster, const PodAffinityTerm& term, const std::string& own_namespace,
                       bool anti);
  std::uint32_t KeyOf(const Cluster& cluster, const std::string& label);
  std::uint32_t PortOf(const HostPort& port);
  void MatchTerms(Kind& kind) const;

  std::vector<Kind> kinds_;
  std::vector<Term> terms_;
  std::vector<Key> keys_;
  std::vector<HostPort> ports_;
  ByHash kinds_by_hash_;
  ByHash terms_by_hash_;
  // Terms by a label that they ask for; the others.
  ByHash terms_by_label_;
  std::vector<std::uint32_t> other_terms_;
};

// True iff the pods have host ports or terms.
bool HasRules(const PodClass& pods);
// True iff the term of a pod in `own_namespace` selects pods of this class.
bool Selects(const PodAffinityTerm& term, const std::string& own_namespace, const PodClass& pods);

}  // namespace grove::topology
