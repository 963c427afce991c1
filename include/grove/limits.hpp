// Every bound on what the library reads and makes, in one place. Exceeding one is an error that names it.
#pragma once

#include <cstddef>
#include <cstdint>

namespace grove {

struct Limits {
  // The largest text that a Value can hold, and the deepest nesting that any thread's stack surely bears.
  static constexpr std::size_t kLargestInputBytes = std::size_t{512} << 20;
  static constexpr std::size_t kLargestDepth = 1000;

  // Bytes of one input text, and of all keys, strings and numbers of one YAML document once its aliases are expanded.
  // At most kLargestInputBytes.
  std::size_t max_input_bytes = std::size_t{64} << 20;
  // Nesting of arrays and objects. At most kLargestDepth.
  std::size_t max_depth = 200;
  // Documents in one input, items of `List` kinds included.
  std::size_t max_documents = 100'000;
  // YAML aliases in one input.
  std::size_t max_yaml_aliases = 10'000;
  // Values that one YAML document may hold once its aliases are expanded.
  std::size_t max_yaml_expanded_values = 10'000'000;
  // Objects that one expansion may make, pods included.
  std::size_t max_objects = 2'000'000;
  // Names in `startsAfter` of all PodCliques of one expansion. They are no objects, but every member of a base gang
  // lists all base replicas of its parents, so that they grow with the square of minAvailable.
  std::size_t max_startup_references = 10'000'000;
};

}  // namespace grove
