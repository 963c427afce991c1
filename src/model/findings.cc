#include "model/findings.h"

#include <algorithm>
#include <iterator>

#include "model/node.h"
#include "model/suggestion.h"

namespace grove {

void Findings::AddError(ErrorType type, std::string field, std::optional<Value> bad_value, std::string_view rule,
                        std::string detail) {
  errors_.push_back({type, std::move(field), std::move(bad_value), std::move(detail), rule, stage_, {}});
}

void Findings::Add(ErrorType type, const FieldPath& path, std::string_view bad_value, std::string_view rule,
                   std::string detail) {
  AddError(type, path.ToString(), StringValue(bad_value), rule, std::move(detail));
}

void Findings::Add(ErrorType type, const FieldPath& path, std::int64_t bad_value, std::string_view rule,
                   std::string detail) {
  AddError(type, path.ToString(), IntegerValue(bad_value), rule, std::move(detail));
}

void Findings::Add(ErrorType type, const FieldPath& path, const std::vector<std::string>& bad_value,
                   std::string_view rule, std::string detail) {
  AddError(type, path.ToString(), StringListValue(bad_value), rule, std::move(detail));
}

void Findings::SuggestFrom(std::span<const std::string_view> names, std::string_view text) {
  if (names.size() > internal::kMostCandidates || suggestions_ == internal::kMostSuggestions) return;
  ++suggestions_;
  errors_.back().suggestion = internal::NearestValue(text, names);
}

void Findings::Append(Findings other) {
  std::ranges::move(other.errors_, std::back_inserter(errors_));
  std::ranges::move(other.warnings_, std::back_inserter(warnings_));
}

Value StringValue(std::string_view text) {
  auto storage = std::make_shared<internal::Storage>();
  const internal::Node node = storage->CopyString(text);
  return {node, std::move(storage)};
}

Value IntegerValue(std::int64_t value) {
  auto storage = std::make_shared<internal::Storage>();
  const internal::Node node = storage->MakeInteger(value);
  return {node, std::move(storage)};
}

Value StringListValue(const std::vector<std::string>& texts) {
  auto storage = std::make_shared<internal::Storage>();
  std::vector<internal::Node> elements;
  elements.reserve(texts.size());
  for (const std::string& text : texts) elements.push_back(storage->CopyString(text));
  const internal::Node node = storage->MakeArray(elements);
  return {node, std::move(storage)};
}

}  // namespace grove
