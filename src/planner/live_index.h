// The live objects of one set by name, as expansion asks for them. Lookup only.
#pragma once

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"

#include "grove/expansion.hpp"

#include "planner/owner.h"

namespace grove::planner {

// Whether the reference would take `live` for the object that `owner` is to control: it has no controller, or this one.
// By uid where both have one (spec 04 §3.2, §13).
[[nodiscard]] bool IsControllableBy(const ObjectMeta& live, const OwnerReference& owner);

class LiveIndex {
 public:
  // No live objects.
  LiveIndex() = default;
  LiveIndex(const LiveIndex&) = delete;
  LiveIndex& operator=(const LiveIndex&) = delete;
  LiveIndex(LiveIndex&&) = default;
  LiveIndex& operator=(LiveIndex&&) = default;
  explicit LiveIndex(ObjectSet objects);

  // Whether anything of the set exists.
  [[nodiscard]] bool exists() const { return exists_; }
  [[nodiscard]] const ObjectSet& objects() const { return objects_; }
  // The stored set, or null.
  [[nodiscard]] const PodCliqueSet* set() const;

  // The object of that name in a list of objects(), unless it is being deleted.
  template <class T>
  [[nodiscard]] const T* FindNamed(const std::vector<T>& list, std::string_view name) const {
    if (list.empty()) return nullptr;
    const auto found = positions_.find(Key{list.data(), name});
    if (found == positions_.end() || list[found->second].metadata.deletion_timestamp.has_value()) return nullptr;
    return &list[found->second];
  }

  // The same, unless `owner` may not control it.
  template <class T>
  [[nodiscard]] const T* Find(const std::vector<T>& list, std::string_view name, const OwnerReference& owner) const {
    const T* found = FindNamed(list, name);
    return found != nullptr && IsControllableBy(found->metadata, owner) ? found : nullptr;
  }

  // The pods that a live PodClique controls, those that are being deleted included, in their order.
  [[nodiscard]] std::vector<const Pod*> PodsOf(const PodClique& clique) const;
  // Whether a live pod has that name, whoever it belongs to.
  [[nodiscard]] bool HasPod(std::string_view name) const { return pod_names_.contains(name); }

 private:
  using Key = std::pair<const void*, std::string_view>;  // list, name

  bool exists_ = false;
  ObjectSet objects_;
  absl::flat_hash_map<Key, std::size_t> positions_;
  absl::flat_hash_map<std::string_view, std::vector<const Pod*>> pods_by_owner_name_;
  absl::flat_hash_set<std::string_view> pod_names_;
};

}  // namespace grove::planner
