// docs/lint.md tells of every rule what the table tells.
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

#include <gtest/gtest.h>

#include "grove/lint.hpp"

namespace grove {
namespace {

constexpr std::string_view kMarker = "<!-- From here on written from the table of rules; a test compares. -->\n";

std::string Written() {
  std::string text = "\n| rule | severity | finds |\n|---|---|---|\n";
  for (const LintRule& rule : LintRules()) {
    const std::string id(rule.id);
    std::string anchor = id;
    for (char& c : anchor) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    text += "| [" + id + "](#" + anchor + ") | " + std::string(SeverityName(rule.severity)) + " | " +
            std::string(rule.title) + " |\n";
  }
  for (const LintRule& rule : LintRules()) {
    text += "\n## " + std::string(rule.id) + "\n\n**" + std::string(rule.title) + "**\n\n- *What happens:* " +
            std::string(rule.effect) + "\n- *Why:* " + std::string(rule.reason) + "\n- *Fix:* " +
            std::string(rule.fix) + "\n- *Described in:* " + std::string(rule.source) + "\n";
  }
  return text;
}

// With GROVE_UPDATE_GOLDEN set a page that differs is rewritten, and the test fails all the same.
TEST(LintDocumentation, IsWrittenFromTheTable) {
  const std::string path = std::string(GROVE_TESTS_DIR) + "/../docs/lint.md";
  std::ifstream file(path, std::ios::binary);
  std::ostringstream content;
  content << file.rdbuf();
  const std::string page = content.str();
  const std::size_t at = page.find(kMarker);
  ASSERT_NE(at, std::string::npos);
  const std::string expected = page.substr(0, at + kMarker.size()) + Written();
  if (page != expected && std::getenv("GROVE_UPDATE_GOLDEN") != nullptr) {
    std::ofstream(path, std::ios::binary) << expected;
  }
  EXPECT_EQ(page, expected);
}

}  // namespace
}  // namespace grove
