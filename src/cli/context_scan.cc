#include "cli/context_scan.h"

#include <array>
#include <cstring>

namespace grove::cli {

namespace {

using std::string_view;

// The kinds that count without their group, the group of the one that does not, and what may hide them: the tag
// `!!binary`.
constexpr std::array kNeedles = {string_view("ClusterTopologyBinding"), string_view("OperatorConfiguration"),
                                 string_view("scheduling.volcano.sh"), string_view("binary")};

// Escapes that may stand for a letter or a dot, or join the lines of a word.
constexpr string_view kHidingEscapes = "uUx\r\n";

bool HasHidingEscape(string_view text) {
  for (std::size_t at = text.find('\\'); at != string_view::npos; at = text.find('\\', at + 2)) {
    if (at + 1 < text.size() && kHidingEscapes.find(text[at + 1]) != string_view::npos) return true;
  }
  return false;
}

}  // namespace

bool MayHoldContext(string_view text) {
  for (const string_view needle : kNeedles) {
    if (needle.size() <= text.size() && memmem(text.data(), text.size(), needle.data(), needle.size()) != nullptr)
      return true;
  }
  return HasHidingEscape(text);
}

}  // namespace grove::cli
