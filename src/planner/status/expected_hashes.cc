#include "planner/status/expected_hashes.h"

#include <utility>

#include "model/naming.h"

namespace grove::planner {
namespace {

std::optional<std::string_view> StripPrefix(std::string_view name, std::optional<std::string_view> parent,
                                            std::optional<std::string_view> index) {
  if (!parent.has_value() || !index.has_value()) return std::nullopt;
  std::string prefix(*parent);
  prefix.append("-").append(*index).append("-");
  if (name.substr(0, prefix.size()) != prefix) return std::nullopt;
  return name.substr(prefix.size());
}

}  // namespace

std::optional<std::string_view> CliqueNameOf(const PodClique& clique) {
  const StringMap& labels = clique.metadata.labels;
  if (const auto group = labels.Find(keys::kScalingGroup)) {
    return StripPrefix(clique.metadata.name, group, labels.Find(keys::kScalingGroupReplicaIndex));
  }
  return StripPrefix(clique.metadata.name, labels.Find(keys::kPartOf), labels.Find(keys::kReplicaIndex));
}

ExpectedHashes::ExpectedHashes(const PodCliqueSet& set, std::string generation, std::vector<std::string> pod_templates)
    : generation_(std::move(generation)), pod_templates_(std::move(pod_templates)) {
  const auto& cliques = set.spec.template_spec.cliques;
  for (std::size_t i = 0; i < cliques.size() && i < pod_templates_.size(); ++i) positions_.emplace(cliques[i].name, i);
}

const std::string* ExpectedHashes::Find(const PodClique& clique) const {
  const std::optional<std::string_view> name = CliqueNameOf(clique);
  if (!name.has_value()) return nullptr;
  const auto found = positions_.find(*name);
  return found != positions_.end() ? &pod_templates_[found->second] : nullptr;
}

bool IsConverged(const PodClique& clique, const ExpectedHashes& hashes) {
  const std::string* expected = hashes.Find(clique);
  const PodCliqueStatus& status = clique.status;
  return expected != nullptr && !hashes.generation().empty() && clique.spec.min_available.has_value() &&
         clique.metadata.labels.Get(keys::kPodTemplateHash) == *expected &&
         status.current_pod_template_hash == *expected &&
         status.current_pod_clique_set_generation_hash == hashes.generation() &&
         status.ready_replicas >= *clique.spec.min_available && status.updated_replicas >= *clique.spec.min_available;
}

}  // namespace grove::planner
