#include "topology/pod_rules.h"

#include <algorithm>
#include <tuple>

namespace grove::topology {
namespace {

constexpr std::size_t kFewTrials = 1024;

template <typename Map, typename At>
std::int32_t Find(const Map& counts, At at) {
  const auto found = counts.find(at);
  return found == counts.end() ? 0 : found->second;
}

}  // namespace

PodRules::PodRules(const Cluster& cluster) : cluster_(cluster) {
  const auto classes = cluster.running_classes();
  cluster_has_rules_ = std::any_of(classes.begin(), classes.end(), HasRules);
}

// Terms first: each of them is then compared with every kind but once.
void PodRules::Build(const Occupancy& occupancy) {
  kinds_.Clear();
  where_.clear();
  kinds_that_run_ = 0;
  terms_.clear();
  used_ports_.clear();
  built_ = true;
  const auto classes = cluster_.running_classes();
  for (const PodClass& pods : classes) kinds_.AddTermsOf(cluster_, pods);
  for (const Occupancy::Placed& placed : occupancy.placed()) kinds_.AddTermsOf(cluster_, *placed.pod);
  std::vector<std::uint32_t> kinds;
  for (const PodClass& pods : classes) kinds.push_back(Know(pods));
  const auto running = cluster_.running_pods();
  const auto released = occupancy.released();
  for (std::uint32_t i = 0; i < running.size(); ++i) {
    if (std::binary_search(released.begin(), released.end(), i)) continue;
    Settle(running[i].node, kinds[running[i].pod_class], 1);
  }
  for (const Occupancy::Placed& placed : occupancy.placed()) Settle(placed.node, Know(*placed.pod), 1);
}

// The kind of the pods. Terms that are new count the pods that run already.
std::uint32_t PodRules::Know(const PodClass& pods) {
  const std::uint32_t kind = kinds_.Add(cluster_, pods);
  if (where_.size() < kinds_.size()) where_.resize(kinds_.size());
  for (auto t = static_cast<std::uint32_t>(terms_.size()); t < kinds_.term_count(); ++t) {
    TermCount& counts = terms_.emplace_back();
    for (std::uint32_t k = 0; k < kinds_.size(); ++k) {
      if (where_[k].empty() || !kinds_.kind(k).Matches(t)) continue;
      for (const auto& [node, count] : where_[k]) {
        counts.all_matching += count;
        const std::uint32_t cell = kinds_.Cell(t, node);
        if (cell != PodKinds::kNoCell) counts.matching[cell] += count;
        ++pods_read;
      }
    }
  }
  return kind;
}

void PodRules::Follow(NodeIndex node, const PodClass& pods, std::int32_t count) {
  built_ = built_ && !HasTooManyKinds();
  if (built_) Settle(node, Know(pods), count);
}

void PodRules::Settle(NodeIndex node, std::uint32_t kind, std::int32_t count) {
  auto& where = where_[kind];
  const bool ran = !where.empty();
  const auto at = where.try_emplace(node, 0).first;
  at->second += count;
  if (at->second == 0) where.erase(at);
  kinds_that_run_ += where.empty() ? 0 : 1;
  kinds_that_run_ -= ran ? 1 : 0;
  Count(node, kind, count);
  CountCarriers(kind, count);
  ++pods_read;
}

void PodRules::CountCarriers(std::uint32_t kind, std::int64_t count) {
  for (const std::uint32_t t : kinds_.kind(kind).affinity) terms_[t].carriers += count;
  for (const std::uint32_t t : kinds_.kind(kind).anti) terms_[t].carriers += count;
}

void PodRules::Count(NodeIndex node, std::uint32_t kind, std::int32_t count) {
  const PodKinds::Kind& pods = kinds_.kind(kind);
  for (const std::uint32_t t : pods.matched) {
    terms_[t].all_matching += count;
    const std::uint32_t cell = kinds_.Cell(t, node);
    if (cell != PodKinds::kNoCell) terms_[t].matching[cell] += count;
  }
  for (const std::uint32_t t : pods.anti) {
    const std::uint32_t cell = kinds_.Cell(t, node);
    if (cell != PodKinds::kNoCell) terms_[t].carrying[cell] += count;
  }
  if (pods.ports.empty()) return;
  auto& used = used_ports_[node];
  for (const std::uint32_t port : pods.ports) {
    auto at = std::find_if(used.begin(), used.end(), [&](const auto& entry) { return entry.first == port; });
    if (at == used.end()) at = used.insert(used.end(), {port, 0});
    at->second += count;
  }
}

void PodRules::Begin(const Occupancy& occupancy, std::span<const PodClass> classes) {
  of_class_.clear();
  concerned_.assign(classes.size(), 0);
  if (!built_ && !cluster_has_rules_ && !occupancy.has_rules() &&
      std::none_of(classes.begin(), classes.end(), HasRules)) {
    return;
  }
  if (!built_ || HasTooManyKinds()) Build(occupancy);
  for (const PodClass& pods : classes) {
    of_class_.push_back(Know(pods));
    CountCarriers(of_class_.back(), 1);
  }
  for (std::size_t c = 0; c < classes.size(); ++c) {
    const PodKinds::Kind& kind = kinds_.kind(of_class_[c]);
    concerned_[c] = HasRules(kind.pods) || std::any_of(kind.matched.begin(), kind.matched.end(),
                                                       [&](std::uint32_t t) { return terms_[t].carriers > 0; });
  }
  merge_at_ = kFewTrials;
}

std::span<const NodeIndex> PodRules::End() {
  tried_.clear();
  for (const Trial& trial : trials_) {
    Count(trial.node, trial.kind, -trial.count);
    tried_.push_back(trial.node);
  }
  trials_.clear();
  for (const std::uint32_t kind : of_class_) CountCarriers(kind, -1);
  of_class_.clear();
  concerned_.clear();
  return tried_;
}

void PodRules::Add(NodeIndex node, std::uint32_t pod_class, std::int32_t count) {
  if (!Concerns(pod_class)) return;
  if (trials_.size() == merge_at_) MergeTrials();
  trials_.push_back({.node = node, .kind = of_class_[pod_class], .count = count});
  Count(node, of_class_[pod_class], count);
}

void PodRules::TakeBack(NodeIndex node, std::uint32_t pod_class, std::int32_t count) {
  if (!Concerns(pod_class)) return;
  const std::uint32_t kind = of_class_[pod_class];
  const bool latest =
      !trials_.empty() && trials_.back().node == node && trials_.back().kind == kind && trials_.back().count == count;
  if (!latest) return Add(node, pod_class, -count);
  trials_.pop_back();
  Count(node, kind, -count);
}

// Pods that were moved to and fro need not be taken back. Nodes stay listed even so.
void PodRules::MergeTrials() {
  std::sort(trials_.begin(), trials_.end(),
            [](const Trial& a, const Trial& b) { return std::tie(a.node, a.kind) < std::tie(b.node, b.kind); });
  std::size_t kept = 0;
  for (const Trial& trial : trials_) {
    if (kept > 0 && trials_[kept - 1].node == trial.node && trials_[kept - 1].kind == trial.kind) {
      trials_[kept - 1].count += trial.count;
    } else {
      trials_[kept++] = trial;
    }
  }
  trials_.resize(kept);
  merge_at_ = std::max(kFewTrials, 2 * kept);
}

bool PodRules::PortsAllow(NodeIndex node, std::uint32_t pod_class) const {
  if (!Concerns(pod_class)) return true;
  const std::vector<std::uint32_t>& ports = KindOf(pod_class).ports;
  const auto used = ports.empty() ? used_ports_.end() : used_ports_.find(node);
  return used == used_ports_.end() || std::none_of(used->second.begin(), used->second.end(), [&](const auto& taken) {
           return taken.second > 0 && std::any_of(ports.begin(), ports.end(), [&](std::uint32_t port) {
                    return kinds_.Overlap(taken.first, port);
                  });
         });
}

bool PodRules::Allows(NodeIndex node, std::uint32_t pod_class) const {
  if (!Concerns(pod_class)) return true;
  const PodKinds::Kind& kind = KindOf(pod_class);
  const auto meets = [&](std::uint32_t t) {
    const std::uint32_t cell = kinds_.Cell(t, node);
    return cell != PodKinds::kNoCell && Find(terms_[t].matching, cell) > 0;
  };
  const auto is_kept_out = [&](std::uint32_t t) {
    const std::uint32_t cell = kinds_.term(t).anti ? kinds_.Cell(t, node) : PodKinds::kNoCell;
    return cell != PodKinds::kNoCell && Find(terms_[t].carrying, cell) > 0;
  };
  return PortsAllow(node, pod_class) && std::none_of(kind.anti.begin(), kind.anti.end(), meets) &&
         std::none_of(kind.matched.begin(), kind.matched.end(), is_kept_out) &&
         std::all_of(kind.affinity.begin(), kind.affinity.end(),
                     [&](std::uint32_t t) { return kinds_.Cell(t, node) != PodKinds::kNoCell; });
}

bool PodRules::HasCompany(NodeIndex node, std::uint32_t pod_class) const {
  const PodKinds::Kind& kind = KindOf(pod_class);
  return std::all_of(kind.affinity.begin(), kind.affinity.end(), [&](std::uint32_t t) {
    const bool itself = kind.Matches(t);
    if (itself && terms_[t].all_matching == 1) return true;  // the first of its kind
    return Find(terms_[t].matching, kinds_.Cell(t, node)) - (itself ? 1 : 0) > 0;
  });
}

}  // namespace grove::topology
