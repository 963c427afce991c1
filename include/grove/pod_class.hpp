// PodClass: what placement needs to know of a pod. Equal pods share one class (spec 08 §5).
//
// Volumes and resource claims (DRA) are no part of it: whoever makes classes from pod specs names what he left out.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace grove {

// Resource name and amount, in a unit that nodes and pods share: millicores for cpu, bytes for memory, else pieces.
using ResourceAmounts = std::vector<std::pair<std::string, std::int64_t>>;

// Keys and values of labels.
using LabelPairs = std::vector<std::pair<std::string, std::string>>;

// One requirement on labels, as in node affinity and label selectors.
struct LabelRequirement {
  enum class Operator : std::uint8_t { kIn, kNotIn, kExists, kDoesNotExist, kGt, kLt };

  std::string key;
  Operator op = Operator::kIn;
  // kIn and kNotIn: any number; kGt and kLt: one decimal integer; else none.
  std::vector<std::string> values;

  friend bool operator==(const LabelRequirement&, const LabelRequirement&) = default;
};

// One term of required node affinity: all of it holds. A term without any requirement matches no node.
struct NodeSelectorTerm {
  std::vector<LabelRequirement> match_labels;  // `matchExpressions`
  std::vector<LabelRequirement> match_fields;  // on `metadata.name` only; any other key matches no node

  friend bool operator==(const NodeSelectorTerm&, const NodeSelectorTerm&) = default;
};

enum class TaintEffect : std::uint8_t { kNoSchedule, kPreferNoSchedule, kNoExecute };

struct Taint {
  std::string key;
  std::string value;
  TaintEffect effect = TaintEffect::kNoSchedule;

  friend bool operator==(const Taint&, const Taint&) = default;
};

struct Toleration {
  std::string key;      // empty with `exists`: every key
  bool exists = false;  // operator Exists; otherwise Equal
  std::string value;
  bool any_effect = true;
  TaintEffect effect = TaintEffect::kNoSchedule;  // unless any_effect

  friend bool operator==(const Toleration&, const Toleration&) = default;
};

struct HostPort {
  std::int32_t port = 0;
  std::string protocol = "TCP";
  std::string address;  // empty and "0.0.0.0": all of them

  friend bool operator==(const HostPort&, const HostPort&) = default;
};

// A term of required inter-pod affinity or anti-affinity: the pods of `namespaces` that `selector` matches.
struct PodAffinityTerm {
  std::string topology_key;                // node label; nodes without it are in no domain of the term
  std::vector<LabelRequirement> selector;  // all of them hold; empty matches every pod; kGt and kLt match none
  std::vector<std::string> namespaces;     // empty: the pod's own

  friend bool operator==(const PodAffinityTerm&, const PodAffinityTerm&) = default;
};

// A class of equal pods. Every pod takes one of the resource "pods" besides `requests`; an amount given there for
// "pods" is ignored.
struct PodClass {
  // What the pod takes (PL-30), each name once, amounts not negative.
  ResourceAmounts requests;
  LabelPairs node_selector;
  // Required node affinity: one of the terms holds. Empty: no requirement.
  std::vector<NodeSelectorTerm> node_affinity;
  std::vector<Toleration> tolerations;
  std::vector<HostPort> host_ports;
  // Namespace and labels of the pod: what affinity terms of its own and of other pods are about.
  std::string pod_namespace;
  LabelPairs labels;
  std::vector<PodAffinityTerm> affinity;
  std::vector<PodAffinityTerm> anti_affinity;

  friend bool operator==(const PodClass&, const PodClass&) = default;
};

}  // namespace grove
