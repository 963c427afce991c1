// Live objects: what a cluster holds of sets and their children, as documents and as typed objects.
#pragma once

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "grove/manifest.hpp"

namespace grove {

struct ObjectSet;

// The objects of any number of sets, told apart by the label that every child of a set carries
// (`app.kubernetes.io/part-of`). Immutable: threads may share it.
class LiveObjects {
 public:
  LiveObjects() = default;
  // As `kubectl get -o yaml` prints them, parsed. Objects that belong to no set, or whose kind Grove does not make, are
  // left out. A missing namespace is `default`. O(total number of labels).
  explicit LiveObjects(std::span<const ManifestObject> objects);
  // Typed objects, `pod_clique_set` among them if it has a name.
  explicit LiveObjects(const ObjectSet& objects);

  [[nodiscard]] bool empty() const { return by_set_.empty(); }

  // The documents of one set, in the order in which they came.
  [[nodiscard]] std::span<const ManifestObject> DocumentsOf(std::string_view namespace_name,
                                                            std::string_view set_name) const;
  // The same, typed: what Grove reads of them. `pod_clique_set` has an empty name if the set itself is not among them.
  // O(size of the documents).
  [[nodiscard]] ObjectSet Of(std::string_view namespace_name, std::string_view set_name) const;

 private:
  void Add(ManifestObject object);

  std::map<std::pair<std::string, std::string>, std::vector<ManifestObject>, std::less<>> by_set_;
};

// The object in a document: its kind and names, read from it.
[[nodiscard]] ManifestObject ToManifestObject(Value document);

}  // namespace grove
