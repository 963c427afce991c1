// The random part of pod names, without randomness.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace grove::planner {

// What the API server appends to `generateName`: five characters of its alphabet.
class PodNameSuffixes {
 public:
  // Depends on nothing but the arguments, so on neither order nor thread.
  PodNameSuffixes(std::uint64_t seed, std::string_view pod_clique_name);

  // The suffix of the pod with that index. No two indices of one PodClique have the same; after 27^5 of them suffixes
  // become longer.
  void AppendTo(std::string& name, std::uint64_t index) const;

 private:
  // The indices are mapped to the numbers of five digits one to one: index * factor_ + offset_.
  std::uint64_t factor_;
  std::uint64_t offset_;
};

}  // namespace grove::planner
