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

std::string Quoted(std::string_view text) { return Concat({"\"", text, "\""}); }

}  // namespace grove::validation
