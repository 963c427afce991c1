// The hashes by which Grove notices that a pod template changed (spec 04 §8), bit for bit those of the reference.
//
// The hashed text is how Go's printer shows a pod template of the Kubernetes API: every field of every struct, present
// or not. It depends on the version of that API; see kTemplateTypesVersion.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "model/kubernetes/fnv.h"
#include "model/node.h"

namespace grove::kubernetes {

// What is hashed of one clique's template, as stored, that is after all defaulting. Borrowed.
//
// Null pointers and JSON null mean absent, which differs from empty: so labels come from the document and not from a
// map that forgets the difference. What does not fit its type counts as absent.
struct PodTemplate {
  const internal::Node* labels = nullptr;       // of the clique template
  const internal::Node* annotations = nullptr;  // of the clique template, all of them
  const internal::Node* pod_spec = nullptr;
  // `spec.template.priorityClassName` of the set. Replaces that of the pod spec, also if empty.
  std::string_view priority_class_name;
};

// Value of the label `grove.io/pod-template-hash`: 1 to 20 characters. O(size of the template), about a microsecond for
// a usual one; allocates only for maps that are not in order.
[[nodiscard]] std::string PodTemplateHash(const PodTemplate& pod_template);

// The hash over the templates of a set, in order of its cliques (`status.currentGenerationHash`).
class GenerationHasher {
 public:
  // Adds a template, and returns its own PodTemplateHash, which costs nothing here.
  std::string Add(const PodTemplate& pod_template);
  // The hash of what was added so far.
  [[nodiscard]] std::string Finish() const;

 private:
  std::uint64_t state_ = kFnvOffset;
};

// The text behind the hash, to see why two templates differ.
[[nodiscard]] std::string PodTemplateText(const PodTemplate& pod_template);

}  // namespace grove::kubernetes
