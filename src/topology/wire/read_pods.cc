#include <algorithm>
#include <array>
#include <charconv>

#include "absl/strings/str_cat.h"

#include "topology/text.h"
#include "topology/wire/reader.h"

namespace grove::topology {

using google::protobuf::Map;
using google::protobuf::RepeatedPtrField;

namespace {

constexpr std::array kOperators = {
    LabelRequirement::Operator::kIn,           LabelRequirement::Operator::kNotIn, LabelRequirement::Operator::kExists,
    LabelRequirement::Operator::kDoesNotExist, LabelRequirement::Operator::kGt,    LabelRequirement::Operator::kLt,
};

bool IsInteger(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size();
}

// What is wrong with the number of values, or nothing.
std::string_view ProblemOfValues(const LabelRequirement& requirement) {
  using enum LabelRequirement::Operator;
  switch (requirement.op) {
    case kIn:
    case kNotIn:
      return {};
    case kExists:
    case kDoesNotExist:
      return requirement.values.empty() ? std::string_view{} : "must be empty for EXISTS and DOES_NOT_EXIST";
    case kGt:
    case kLt:
      break;
  }
  return requirement.values.size() == 1 && IsInteger(requirement.values.front())
             ? std::string_view{}
             : "must be one decimal integer for GT and LT";
}

}  // namespace

LabelPairs LabelsOf(const Map<std::string, std::string>& from) {
  LabelPairs to(from.begin(), from.end());
  std::sort(to.begin(), to.end());
  return to;
}

bool WireReader::Fail(const FieldPath& path, std::string_view message) {
  if (!error_.has_value()) error_ = WireError{path.ToString(), std::string(message), false};
  return false;
}

bool WireReader::FailAt(const FieldPath& path, std::string_view key, std::string_view message) {
  if (error_.has_value()) return false;
  error_ = WireError{absl::StrCat(path.ToString(), "[", Quoted(key), "]"), std::string(message), false};
  return false;
}

bool WireReader::FailLimit(const FieldPath& path, std::size_t limit, std::string_view name) {
  if (error_.has_value()) return false;
  error_ = WireError{path.ToString(), absl::StrCat("more than ", limit, " (", View(name), ")"), true};
  return false;
}

bool WireReader::ReadAmounts(const Map<std::string, std::int64_t>& from, const FieldPath& path, ResourceAmounts& to) {
  to.assign(from.begin(), from.end());
  std::sort(to.begin(), to.end());
  for (const auto& [name, amount] : to) {
    if (name.empty()) return FailAt(path, name, "a resource must have a name");
    if (amount < 0) return FailAt(path, name, absl::StrCat("is ", amount, ", must not be negative"));
    if (amount > ClusterBuilder::kLargestAmount) {
      return FailAt(path, name, absl::StrCat("is ", amount, ", must be at most ", ClusterBuilder::kLargestAmount));
    }
  }
  return true;
}

bool WireReader::ReadEffect(pb::TaintEffect from, const FieldPath& path, TaintEffect& to) {
  switch (from) {
    case pb::NO_SCHEDULE:
      to = TaintEffect::kNoSchedule;
      return true;
    case pb::PREFER_NO_SCHEDULE:
      to = TaintEffect::kPreferNoSchedule;
      return true;
    case pb::NO_EXECUTE:
      to = TaintEffect::kNoExecute;
      return true;
    default:
      return Fail(path, absl::StrCat("unknown effect ", static_cast<int>(from)));
  }
}

bool WireReader::ReadRequirements(const RepeatedPtrField<pb::LabelRequirement>& from, const FieldPath& path,
                                  std::vector<LabelRequirement>& to) {
  to.reserve(static_cast<std::size_t>(from.size()));
  for (const pb::LabelRequirement& requirement : from) {
    const FieldPath at = path.Index(to.size());
    LabelRequirement& read = to.emplace_back();
    read.key = requirement.key();
    read.values.assign(requirement.values().begin(), requirement.values().end());
    if (read.key.empty()) return Fail(at.Child("key"), "must not be empty");
    const auto op = static_cast<std::size_t>(requirement.operator_());
    if (op >= kOperators.size()) return Fail(at.Child("operator"), absl::StrCat("unknown operator ", op));
    read.op = kOperators[op];
    if (const auto problem = ProblemOfValues(read); !problem.empty()) return Fail(at.Child("values"), problem);
  }
  return true;
}

bool WireReader::ReadAffinityTerms(const RepeatedPtrField<pb::PodAffinityTerm>& from, const FieldPath& path,
                                   std::vector<PodAffinityTerm>& to) {
  to.reserve(static_cast<std::size_t>(from.size()));
  for (const pb::PodAffinityTerm& term : from) {
    const FieldPath at = path.Index(to.size());
    PodAffinityTerm& read = to.emplace_back();
    read.topology_key = term.topology_key();
    if (read.topology_key.empty()) return Fail(at.Child("topologyKey"), "must not be empty");
    read.namespaces.assign(term.namespaces().begin(), term.namespaces().end());
    if (!ReadRequirements(term.selector(), at.Child("selector"), read.selector)) return false;
  }
  return true;
}

bool WireReader::ReadConstraintsOnNodes(const pb::PodClass& from, const FieldPath& path, PodClass& to) {
  to.node_selector = LabelsOf(from.node_selector());
  const FieldPath terms = path.Child("nodeAffinity");
  for (const pb::NodeSelectorTerm& term : from.node_affinity()) {
    const FieldPath at = terms.Index(to.node_affinity.size());
    NodeSelectorTerm& read = to.node_affinity.emplace_back();
    if (!ReadRequirements(term.match_labels(), at.Child("matchLabels"), read.match_labels)) return false;
    if (!ReadRequirements(term.match_fields(), at.Child("matchFields"), read.match_fields)) return false;
  }
  const FieldPath tolerations = path.Child("tolerations");
  for (const pb::Toleration& toleration : from.tolerations()) {
    const FieldPath at = tolerations.Index(to.tolerations.size());
    Toleration& read = to.tolerations.emplace_back();
    read.key = toleration.key();
    read.exists = toleration.exists();
    read.value = toleration.value();
    read.any_effect = toleration.effect() == pb::TAINT_EFFECT_UNSPECIFIED;
    if (read.key.empty() && !read.exists) return Fail(at.Child("key"), "must not be empty unless `exists` is set");
    if (!read.any_effect && !ReadEffect(toleration.effect(), at.Child("effect"), read.effect)) return false;
  }
  return true;
}

bool WireReader::ReadHostPorts(const pb::PodClass& from, const FieldPath& path, PodClass& to) {
  const FieldPath ports = path.Child("hostPorts");
  for (const pb::HostPort& port : from.host_ports()) {
    const FieldPath at = ports.Index(to.host_ports.size());
    HostPort& read = to.host_ports.emplace_back();
    read.port = port.port();
    if (!port.protocol().empty()) read.protocol = port.protocol();
    read.address = port.address();
    if (read.port < 1 || read.port > 65535) {
      return Fail(at.Child("port"), absl::StrCat("is ", read.port, ", must be from 1 to 65535"));
    }
  }
  return true;
}

bool WireReader::ReadPodClass(const pb::PodClass& from, const FieldPath& path, PodClass& to) {
  to.pod_namespace = from.namespace_();
  to.labels = LabelsOf(from.labels());
  return ReadAmounts(from.requests(), path.Child("requests"), to.requests) && ReadConstraintsOnNodes(from, path, to) &&
         ReadHostPorts(from, path, to) && ReadAffinityTerms(from.affinity(), path.Child("affinity"), to.affinity) &&
         ReadAffinityTerms(from.anti_affinity(), path.Child("antiAffinity"), to.anti_affinity);
}

bool WireReader::ReadPodClasses(const RepeatedPtrField<pb::PodClass>& from, const FieldPath& path,
                                std::vector<PodClass>& to) {
  const auto count = static_cast<std::size_t>(from.size());
  if (count > limits_.max_pod_classes) return FailLimit(path, limits_.max_pod_classes, "max_pod_classes");
  to.resize(count);
  for (std::size_t i = 0; i < count; ++i) {
    if (!ReadPodClass(from[static_cast<int>(i)], path.Index(i), to[i])) return false;
  }
  return true;
}

}  // namespace grove::topology
