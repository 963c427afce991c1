#include "topology/text.h"

namespace grove::topology {
namespace {

constexpr std::size_t kLongest = 100;
constexpr std::string_view kHexDigits = "0123456789abcdef";

bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

}  // namespace

std::string Quoted(std::string_view text) {
  std::size_t end = text.size();
  if (end > kLongest) {
    for (end = kLongest; end > 0 && IsContinuation(text[end]);) --end;
  }
  std::string out = "\"";
  for (const char c : text.substr(0, end)) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      (out += '\\') += c;
    } else if (byte < 0x20 || byte == 0x7F) {
      ((out += "\\x") += kHexDigits[byte >> 4]) += kHexDigits[byte & 15];
    } else {
      out += c;
    }
  }
  if (end < text.size()) out += "...";
  return out += '"';
}

}  // namespace grove::topology
