// The loss report: tables of what a backend does not carry or honour, and what looks for it in a gang.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "planner/translate/gang_facts.h"

namespace grove::planner {

// Takes what a rule finds.
class LossFinder;

// One row of a backend's table.
struct LossRule {
  LossEffect effect;
  std::string_view rule;  // "spec 07 §4.5"
  std::string_view lost;  // one lower-case line each
  std::string_view consequence;
  void (*find)(const GangFacts& facts, LossFinder& found);
};

class LossFinder {
 public:
  LossFinder(const GangFacts& facts, const LossRule& rule, std::vector<TranslationLoss>& losses)
      : facts_(facts), rule_(rule), losses_(losses) {}

  // A field of the gang, or of the set behind it, that asks for what is lost.
  void Add(std::string field, std::string_view asked);
  void Add(std::string field, std::int64_t asked) { Add(std::move(field), std::to_string(asked)); }
  void AddOfSet(std::string field, std::string_view asked);

 private:
  void Append(std::string_view kind, std::string_view name, std::string field, std::string_view asked);

  const GangFacts& facts_;
  const LossRule& rule_;
  std::vector<TranslationLoss>& losses_;
};

// What the rules find, in their order.
void FindLosses(std::span<const LossRule> rules, const GangFacts& facts, std::vector<TranslationLoss>& losses);

// "spec.podgroups[<index>].<member>".
[[nodiscard]] std::string PodGroupField(std::size_t index, std::string_view member);

// Finders that several tables use.

// The minimum of every pod group, where more than one pod must start at once.
void FindMinima(const GangFacts& facts, LossFinder& found);
// Levels of all scopes, required and preferred.
void FindConstraints(const GangFacts& facts, LossFinder& found);
void FindPreferred(const GangFacts& facts, LossFinder& found);
void FindPriority(const GangFacts& facts, LossFinder& found);
// Required levels of scopes of several pod groups.
void FindSharedRequired(const GangFacts& facts, LossFinder& found);

// What is lost whatever the backend: some of it before the gang reaches one.
[[nodiscard]] std::span<const LossRule> CommonLossRules();

}  // namespace grove::planner
