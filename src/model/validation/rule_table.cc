#include "model/validation/rule_table.h"

#include "model/suggestion.h"

namespace grove::validation {

std::string Concat(std::initializer_list<std::string_view> parts) {
  std::size_t size = 0;
  for (const std::string_view part : parts) size += part.size();
  std::string out;
  out.reserve(size);
  for (const std::string_view part : parts) out += part;
  return out;
}

void SuggestValue(std::span<const std::string_view> values, Findings& findings) {
  const std::optional<Value>& bad_value = findings.errors().back().bad_value;
  if (bad_value.has_value()) findings.Suggest(internal::NearestValue(bad_value->text(), values));
}

std::string Quoted(std::string_view text) { return Concat({"\"", text, "\""}); }

}  // namespace grove::validation
