#include "cli/report_text.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include <fmt/format.h>

#include "grove/rules.hpp"

#include "cli/text.h"
#include "model/node.h"
#include "model/utf8.h"

namespace grove::cli {

namespace {

namespace fs = std::filesystem;
using std::string_view;

constexpr std::size_t kLongestBadValue = 120;  // bytes of JSON that a message quotes

bool IsUnreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         string_view("-._~").find(c) != string_view::npos;
}

}  // namespace

std::string RelativePath(const std::string& name) {
  const fs::path path = fs::path(name).lexically_normal();
  if (!path.is_absolute()) return path.string();
  std::error_code error;
  const fs::path relative = path.lexically_relative(fs::current_path(error));
  const bool below = !error && !relative.empty() && *relative.begin() != "..";
  return below ? relative.string() : path.string();
}

std::string UriOf(const std::string& path) {
  std::string uri = path.starts_with('/') ? "file://" : "";
  for (const char c : path) {
    if (IsUnreserved(c) || c == '/') {
      uri += c;
    } else {
      uri += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return uri;
}

std::string JsonString(string_view text) {
  const auto is_plain = [](char c) { return c >= 0x20 && c < 0x7F && c != '"' && c != '\\'; };
  if (std::all_of(text.begin(), text.end(), is_plain)) {
    std::string quoted;
    quoted.reserve(text.size() + 2);
    (quoted += '"').append(text) += '"';
    return quoted;
  }
  const std::string valid = internal::ReplaceInvalidUtf8(text);
  return Value(internal::StringNode(valid), nullptr).ToJson();
}

std::string MessageOf(const Finding& finding) {
  std::string message = FormatFinding(finding);
  const std::string value = finding.bad_value.has_value() ? finding.bad_value->ToJson() : std::string();
  const std::size_t at = value.size() > kLongestBadValue ? message.find(value) : std::string::npos;
  if (at != std::string::npos) {
    std::size_t kept = kLongestBadValue;
    while (kept > 0 && (static_cast<unsigned char>(value[kept]) & 0xC0) == 0x80) --kept;
    message.replace(at + kept, value.size() - kept, "...");
  }
  return message;
}

std::string AdviceOf(const Finding& finding) {
  std::string message = MessageOf(finding);
  if (!finding.help.empty()) message += "; " + finding.help;
  return message;
}

std::string TitleOf(const ObjectFindings& findings) {
  std::string title = findings.object.kind;
  if (!title.empty()) title += ' ';
  if (!findings.verdict.namespace_name.empty()) title += findings.verdict.namespace_name + "/";
  if (findings.object.name.empty()) {
    title += fmt::format("(document {})", findings.object.document_index + 1);
  } else {
    title += findings.object.name;
  }
  return title;
}

std::uint32_t CharacterColumn(const SourceText& source, SourceLocation location) {
  const string_view line = source.Line(location.line);
  if (location.column == 0 || location.column > line.size() + 1) return location.column;
  return static_cast<std::uint32_t>(Columns(line.substr(0, location.column - 1))) + 1;
}

string_view RuleIdOf(const Finding& finding) { return finding.rule.empty() ? kUnknownFieldRule : finding.rule; }

}  // namespace grove::cli
