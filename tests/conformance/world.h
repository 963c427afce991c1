// The objects of one set between two steps of a case, and what the cluster around Grove does to them.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "grove/grove.hpp"

#include "answer.h"

namespace grove {

class World {
 public:
  ObjectSet objects;

  // The API server's part for objects that are new since the last step: time of creation, generation.
  void Stamp(Time now);

  // Goes over to the recorded objects of this state, `{kind: [objects]}`. What a record leaves out (times, generations)
  // is taken from here, where the object is the same; the rest happened at `last_step`.
  void Adopt(const Value& recorded, Time last_step);

  // Sets `spec.replicas` as a scale subresource does. False if there is no such object.
  [[nodiscard]] bool Scale(std::string_view kind, std::string_view name, std::int32_t replicas);
  // A pod that there is not is no error.
  void DeletePod(std::string_view pod_clique, std::string_view index);
  // What scheduler and kubelet report: pods that pass `selects` and have no gate get that state. True if a pod changed.
  template <class Selects>
  bool SetPods(std::string_view state, Selects&& selects) {
    bool changed = false;
    for (Pod& pod : objects.pods) {
      if (selects(pod)) changed = SetPod(state, pod) || changed;
    }
    return changed;
  }

  // The objects as the corpus lists them; without `set` the set itself is gone.
  [[nodiscard]] std::string PodJson(const Pod& pod) const;

 private:
  bool SetPod(std::string_view state, Pod& pod);

  std::map<std::string, std::string> pod_statuses_;  // whole ones, JSON by pod name
};

// The result of Diff must lead from `live` to `desired`: empty, or what goes wrong.
[[nodiscard]] std::string CheckPatches(const ObjectDiff& diff, const ObjectSet& live, const ObjectSet& desired);

}  // namespace grove
