// The hashes that the templates of a set have now, and which of them an existing PodClique should carry
// (spec 04 §8, 09 §0.1).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"

#include "grove/pod_clique.hpp"
#include "grove/pod_clique_set.hpp"

namespace grove::planner {

// The clique part of a PodClique's name, read with the help of its labels (spec 04 §2). Nullopt if a label is missing
// or the name does not begin as they say. Borrowed from the name.
[[nodiscard]] std::optional<std::string_view> CliqueNameOf(const PodClique& clique);

class ExpectedHashes {
 public:
  // `pod_templates` are the pod-template hashes of the cliques of `set`, in template order; `generation` is the
  // generation hash that the set's status holds, empty before it holds one. Borrows the names of `set`.
  ExpectedHashes(const PodCliqueSet& set, std::string generation, std::vector<std::string> pod_templates);

  ExpectedHashes(const ExpectedHashes&) = delete;
  ExpectedHashes& operator=(const ExpectedHashes&) = delete;

  [[nodiscard]] const std::string& generation() const { return generation_; }

  // tpl(q): the hash of the template whose exact name is the clique part of the PodClique's name. Null if it has none.
  [[nodiscard]] const std::string* Find(const PodClique& clique) const;

 private:
  std::string generation_;
  std::vector<std::string> pod_templates_;
  absl::flat_hash_map<std::string_view, std::size_t> positions_;  // by clique name
};

// converged(q): the PodClique carries the current template, and at least minAvailable of its pods are new and ready;
// the two counts may be met by different pods (spec 09 §3.6).
[[nodiscard]] bool IsConverged(const PodClique& clique, const ExpectedHashes& hashes);

}  // namespace grove::planner
