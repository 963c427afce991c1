// Rules as rows: a condition on one element, and what to report where it does not hold.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

#include "model/field_path.h"
#include "model/findings.h"

namespace grove::validation {

enum class Operation : std::uint8_t { kCreate, kUpdate };

// Which operations a rule belongs to ("C" and "CU" in spec 03 §5; those of §6 are about updates only).
enum class On : std::uint8_t { kCreate, kUpdate, kCreateAndUpdate };

[[nodiscard]] constexpr bool AppliesTo(On on, Operation operation) {
  return on == On::kCreateAndUpdate || (on == On::kCreate) == (operation == Operation::kCreate);
}

// One rule about elements of one kind. Rows of a table stand in the order of evaluation.
template <class Element>
struct Rule {
  std::string_view id;
  On on;
  bool (*violated)(const Element&);
  ErrorType type;
  std::string_view member;             // below the path of the element, dots included; empty: the element itself
  Value (*bad_value)(const Element&);  // null for classes that have none
  std::string (*detail)(const Element&);
  std::span<const std::string_view> values{};  // all that the member takes, for a suggestion; empty: no such list
};

// Suggests the one of `values` that the bad value of the last error was meant to be.
void SuggestValue(std::span<const std::string_view> values, Findings& findings);

template <class Element>
void Report(const Rule<Element>& rule, const Element& element, const FieldPath& path, Findings& findings) {
  const FieldPath below = path.Child(rule.member);
  const FieldPath& field = rule.member.empty() ? path : below;
  if (rule.bad_value == nullptr) {
    findings.Add(rule.type, field, rule.id, rule.detail(element));
  } else {
    findings.Add(rule.type, field, rule.bad_value(element), rule.id, rule.detail(element));
    if (!rule.values.empty()) SuggestValue(rule.values, findings);
  }
}

// Evaluates all rules of a table on `element`, which stands at `path`. Nothing is allocated where none is violated.
template <class Element>
void Apply(std::span<const Rule<Element>> rules, Operation operation, const Element& element, const FieldPath& path,
           Findings& findings) {
  for (const Rule<Element>& rule : rules) {
    if (AppliesTo(rule.on, operation) && rule.violated(element)) Report(rule, element, path, findings);
  }
}

// The parts in a row: detail texts.
[[nodiscard]] std::string Concat(std::initializer_list<std::string_view> parts);
// The text in quotes.
[[nodiscard]] std::string Quoted(std::string_view text);

}  // namespace grove::validation
