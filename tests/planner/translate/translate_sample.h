// The gangs of the worked examples of spec 05 §10, and losses as short texts.
#pragma once

#include <string>
#include <vector>

#include "grove/translation.hpp"

#include "planner/pod_gangs.h"
#include "planner/sample_set.h"

namespace grove::planner {

// W1, with the queue of spec 07 §4.4.
inline PodCliqueSet ServeSet() {
  PodCliqueSet set = Set("serve", 1, {Clique("dw", 4, 3), Clique("fe", 3, 2), Clique("dl", 1, 1, Pack("host"))},
                         {Group("dec", 3, 2, {"dl", "dw"}, Pack("rack"))}, Pack("block", "rack"));
  set.metadata.labels.Set(keys::kKaiQueue, "q1");
  set.spec.template_spec.priority_class_name = "gold";
  return set;
}

// The gangs of a set, its topology known.
inline std::vector<PodGang> GangsOf(const PodCliqueSet& set) { return MakePodGangs(set, Options(true), {}); }

inline Translation TranslateWithFab(const PodGang& gang, const PodCliqueSet& set, std::string_view backend,
                                    KubePodGroups kube = KubePodGroups::kPerGang) {
  const std::vector<ClusterTopologyBinding> topologies = {Fab()};
  TranslationOptions options;
  options.topologies = topologies;
  options.kube_pod_groups = kube;
  return Translate(gang, set, backend, options);
}

// "PodGang/serve-0 spec.x=value effect": one per loss whose text `lost` contains `about`.
inline std::vector<std::string> LossesAbout(const Translation& translation, std::string_view about) {
  std::vector<std::string> texts;
  for (const TranslationLoss& loss : translation.losses) {
    if (loss.lost.find(about) == std::string_view::npos) continue;
    texts.push_back(loss.object + " " + loss.field + "=" + loss.asked + " " + std::string(LossEffectName(loss.effect)));
  }
  return texts;
}

}  // namespace grove::planner
