// Host ports, and affinity and anti-affinity between pods (PL-33, PL-36): what depends on the other pods that run.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "absl/container/flat_hash_map.h"

#include "grove/cluster.hpp"

namespace grove::topology {

// Counts pods by the domains of affinity terms and by host port. Classes are known by their index in `classes`.
class PodRules {
 public:
  // Also counts what runs according to `occupancy`.
  PodRules(const Occupancy& occupancy, std::span<const PodClass> classes);

  // True iff some pod of the class, or of another, has a rule that concerns this class.
  [[nodiscard]] bool Concerns(std::uint32_t pod_class) const { return concerned_[pod_class] != 0; }
  // True iff two pods of the class never share a node.
  [[nodiscard]] bool OnePerNode(std::uint32_t pod_class) const { return one_per_node_[pod_class] != 0; }
  [[nodiscard]] bool HasAffinity(std::uint32_t pod_class) const { return !members_[pod_class].affinity.empty(); }

  // True iff no port and no anti-affinity, in either direction, keeps the pod from the node, and the node has a domain
  // for every affinity term of it.
  [[nodiscard]] bool Allows(NodeIndex node, std::uint32_t pod_class) const;
  [[nodiscard]] bool PortsAllow(NodeIndex node, std::uint32_t pod_class) const;
  // True iff a pod of the class that has been placed on the node has the company that its affinity terms ask for.
  [[nodiscard]] bool HasCompany(NodeIndex node, std::uint32_t pod_class) const;

  void Add(NodeIndex node, std::uint32_t pod_class, std::int32_t count);  // count < 0: they leave

 private:
  struct Term {
    const PodAffinityTerm* term = nullptr;
    std::string own_namespace;
    bool anti = false;
    std::uint32_t key = 0;               // into keys_
    std::vector<std::int32_t> matching;  // by cell
    std::vector<std::int32_t> carrying;  // by cell, of anti-affinity
    std::int64_t all_matching = 0;
  };
  struct Key {
    std::string label;
    std::vector<std::uint32_t> cells;  // by node, kNoCell without the label
    std::uint32_t cell_count = 0;
    bool unique = true;  // every node has a cell of its own
  };
  struct Membership {
    std::vector<std::uint32_t> affinity;  // terms that the class carries
    std::vector<std::uint32_t> anti;
    std::vector<std::uint32_t> matched;  // terms that select the class
    std::vector<std::uint32_t> ports;    // into ports_
  };
  static constexpr std::uint32_t kNoCell = 0xFFFFFFFF;

  void AddTerms(const Cluster& cluster, const PodClass& pods, Membership& member);
  std::uint32_t KeyOf(const Cluster& cluster, const std::string& label);
  std::uint32_t PortOf(const HostPort& port);
  void Count(NodeIndex node, const Membership& member, std::int32_t count);

  std::vector<Term> terms_;
  std::vector<Key> keys_;
  std::vector<HostPort> ports_;
  std::vector<Membership> members_;
  std::vector<std::uint8_t> concerned_;
  std::vector<std::uint8_t> one_per_node_;
  absl::flat_hash_map<NodeIndex, std::vector<std::uint32_t>> used_ports_;
};

// True iff the term of a pod in `own_namespace` selects pods of this class.
bool Selects(const PodAffinityTerm& term, const std::string& own_namespace, const PodClass& pods);

}  // namespace grove::topology
