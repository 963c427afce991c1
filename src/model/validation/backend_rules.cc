#include "model/validation/backend_rules.h"

#include <algorithm>

#include "model/names.h"
#include "model/naming.h"
#include "model/validation/constraint_visit.h"

namespace grove::validation {
namespace {

// ---- KAI (§9.3) ----

// A label, or else an annotation of the same key; not trimmed.
std::string_view KaiQueue(const StringMap& labels, const StringMap& annotations) {
  const std::string_view label = labels.Get(keys::kKaiQueue);
  return label.empty() ? annotations.Get(keys::kKaiQueue) : label;
}

// ---- Volcano (§9.4) ----

constexpr std::string_view kDefaultQueue = "default";
constexpr std::string_view kOpen = "Open";

std::string_view VolcanoQueueOf(const StringMap& annotations) {
  return TrimSpace(annotations.Get(keys::kVolcanoQueue));
}

// "the set", "clique \"a\"": the first element with a constraint in the order of V-420; empty if there is none.
std::string ConstrainedElement(const PodCliqueSetTemplateSpec& spec) {
  std::string element;
  VisitConstraints(spec, ConstraintOrder::kSetCliquesGroups,
                   [&](const ConstraintPlace& place, const TopologyConstraint&) {
                     if (!element.empty()) return;
                     switch (place.level) {
                       case ConstraintLevel::kSet:
                         element = "the set";
                         break;
                       case ConstraintLevel::kClique:
                         element = Concat({"clique ", Quoted(spec.cliques[place.index].name)});
                         break;
                       case ConstraintLevel::kGroup:
                         element = Concat({"scaling group ", Quoted(spec.pod_clique_scaling_groups[place.index].name)});
                         break;
                     }
                   });
  return element;
}

std::string TopologyUnsupported(std::string_view scheduler, std::string_view element) {
  return Concat({scheduler, " knows no topology constraints, but ", element, " has one"});
}

// Collects V-422 to V-424 of all cliques.
class VolcanoQueues {
 public:
  explicit VolcanoQueues(std::string_view set_queue) : set_queue_(set_queue) {}

  void Add(const PodCliqueTemplateSpec& clique) {
    const std::string_view queue = VolcanoQueueOf(clique.annotations);
    if (!queue.empty() && !CheckDnsSubdomain(queue).empty()) {
      Report("V-422",
             Concat({"queue ", Quoted(queue), " of clique ", Quoted(clique.name), ": ", CheckDnsSubdomain(queue)[0]}));
    }
    if (!set_queue_.empty() && !queue.empty() && queue != set_queue_) {
      Report("V-423", Concat({"queue ", Quoted(queue), " of clique ", Quoted(clique.name), " must be ",
                              Quoted(set_queue_), ", the queue of the set"}));
      return;
    }
    const std::string_view resolved = !set_queue_.empty() ? set_queue_ : !queue.empty() ? queue : kDefaultQueue;
    if (resolved_.empty()) resolved_ = resolved;
    if (resolved == resolved_) return;
    Report("V-424", Concat({"queue ", Quoted(resolved), " of clique ", Quoted(clique.name), " must be ",
                            Quoted(resolved_), " as for the cliques before"}));
  }

  // The queue of all cliques.
  [[nodiscard]] std::string_view resolved() const { return resolved_; }

  // V-425: the only finding as it is, several as a list.
  [[nodiscard]] std::optional<BackendFinding> Take() && {
    if (count_ == 0) return std::nullopt;
    if (count_ == 1) return BackendFinding{first_rule_, std::move(details_)};
    return BackendFinding{"V-425", Concat({"[", details_, "]"})};
  }

 private:
  void Report(std::string_view rule, std::string_view detail) {
    if (count_++ == 0) {
      first_rule_ = rule;
    } else {
      details_ += ", ";
    }
    details_ += detail;
  }

  std::string_view set_queue_;
  std::string_view resolved_;
  std::string_view first_rule_;
  std::string details_;
  std::size_t count_ = 0;
};

// V-426, V-427. A lookup cannot fail: either the queues are given, or nothing is known of them.
std::optional<BackendFinding> CheckVolcanoQueue(const SetContext& context, std::string_view name) {
  if (!context.input.context.volcano_queues.has_value()) return std::nullopt;
  const std::vector<VolcanoQueue>& queues = *context.input.context.volcano_queues;
  const auto queue = std::ranges::find_if(queues, [name](const VolcanoQueue& known) { return known.name == name; });
  if (queue == queues.end()) {
    return BackendFinding{"V-426", Concat({"there is no Volcano queue ", Quoted(name)})};
  }
  if (queue->state == kOpen) return std::nullopt;
  return BackendFinding{"V-427", Concat({"Volcano queue ", Quoted(name), " must be Open, is ", Quoted(queue->state)})};
}

}  // namespace

std::optional<BackendFinding> CheckKai(const SetContext& context) {
  const std::string_view set_queue = KaiQueue(context.set.metadata.labels, context.set.metadata.annotations);
  NameList queues(context.scratch);
  for (const PodCliqueTemplateSpec& clique : context.template_spec.cliques) {
    const std::string_view queue = KaiQueue(clique.labels, clique.annotations);
    if (queue.empty()) continue;
    if (set_queue.empty()) {
      queues.push_back(queue);
    } else if (queue != set_queue) {
      return BackendFinding{"V-410", Concat({"KAI queue ", Quoted(queue), " of clique ", Quoted(clique.name),
                                             " must be ", Quoted(set_queue), ", the queue of the set"})};
    }
  }
  if (!set_queue.empty()) return std::nullopt;
  if (queues.empty()) {
    return BackendFinding{"V-411",
                          Concat({"the set or one of its cliques must have a KAI queue, as label ", keys::kKaiQueue})};
  }
  std::sort(queues.begin(), queues.end());
  if (queues.front() == queues.back()) return std::nullopt;
  return BackendFinding{"V-412", Concat({"cliques must have one KAI queue, not ",
                                         JoinDistinct(NameIndex(std::move(queues), context.scratch), ", ")})};
}

std::optional<BackendFinding> CheckVolcano(const SetContext& context) {
  if (const std::string element = ConstrainedElement(context.template_spec); !element.empty()) {
    return BackendFinding{"V-420", TopologyUnsupported(schedulers::kVolcano, element)};
  }
  const std::string_view set_queue = VolcanoQueueOf(context.set.metadata.annotations);
  if (!set_queue.empty() && !CheckDnsSubdomain(set_queue).empty()) {
    return BackendFinding{"V-421",
                          Concat({"queue ", Quoted(set_queue), " of the set: ", CheckDnsSubdomain(set_queue)[0]})};
  }
  VolcanoQueues queues(set_queue);
  for (const PodCliqueTemplateSpec& clique : context.template_spec.cliques) queues.Add(clique);
  const std::string_view resolved = queues.resolved();
  if (auto finding = std::move(queues).Take()) return finding;
  return CheckVolcanoQueue(context, resolved);
}

std::optional<BackendFinding> CheckLpx(const SetContext& context) {
  const std::string element = ConstrainedElement(context.template_spec);
  if (element.empty()) return std::nullopt;
  return BackendFinding{"V-440", TopologyUnsupported(schedulers::kLpx, element)};
}

}  // namespace grove::validation
