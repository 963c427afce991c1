#include "model/validation/rule_table.h"

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
  if (bad_value.has_value()) findings.SuggestFrom(values, bad_value->text());
}

std::string Quoted(std::string_view text) { return Concat({"\"", text, "\""}); }

}  // namespace grove::validation
