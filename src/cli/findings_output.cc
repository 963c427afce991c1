#include "cli/findings_output.h"

#include <iterator>

#include <fmt/format.h>

#include "grove/field_error.hpp"

#include "cli/text.h"

namespace grove::cli {

namespace {

using std::string_view;

constexpr string_view kUnknownField = "unknown field, dropped";
constexpr std::size_t kLongestBadValue = 120;  // bytes of JSON that a line of text quotes

// The message of `error`, a bad value that is a whole document cut short.
std::string MessageOf(const FieldError& error) {
  std::string message = FormatFieldError(error);
  const std::string value = error.bad_value.has_value() ? error.bad_value->ToJson() : std::string();
  const std::size_t at = value.size() > kLongestBadValue ? message.find(value) : std::string::npos;
  if (at == std::string::npos) return message;
  std::size_t kept = kLongestBadValue;
  while (kept > 0 && (static_cast<unsigned char>(value[kept]) & 0xC0) == 0x80) --kept;
  return message.replace(at + kept, value.size() - kept, "...");
}

void AppendText(const SourceText& source, SourceLocation location, Ink ink, string_view severity, string_view message,
                string_view rule, bool color, std::string& out) {
  const std::string suffix = rule.empty() ? std::string() : fmt::format(" [{}]", rule);
  fmt::format_to(std::back_inserter(out), "{}{} {}{}\n", Paint(color, Ink::kBold, Place(source, location)),
                 Paint(color, ink, severity), Printable(message), Paint(color, Ink::kDim, suffix));
}

std::string ErrorAsJson(const FieldError& error) {
  std::string out =
      fmt::format("{{\"type\":{},\"field\":{}", JsonString(ErrorTypeName(error.type)), JsonString(error.field));
  if (error.bad_value.has_value()) out += fmt::format(",\"badValue\":{}", error.bad_value->ToJson());
  fmt::format_to(std::back_inserter(out), ",\"detail\":{},\"stage\":{},\"rule\":{}", JsonString(error.detail),
                 JsonString(StageName(error.stage)), JsonString(error.rule));
  if (error.location.line != 0) {
    fmt::format_to(std::back_inserter(out), ",\"line\":{},\"column\":{}", error.location.line, error.location.column);
  }
  return out + "}";
}

std::string WarningAsJson(string_view field, string_view detail) {
  return fmt::format("{{\"field\":{},\"detail\":{}}}", JsonString(field), JsonString(detail));
}

template <class Items, class Write>
void AppendList(const Items& items, Write&& write, std::string& list) {
  for (const auto& item : items) {
    if (!list.empty()) list += ',';
    list += write(item);
  }
}

}  // namespace

std::string FindingsAsText(const Verdict& verdict, const TextStyle& style) {
  const SourceText& source = *verdict.input.source;
  std::string out;
  for (const FieldError& error : verdict.errors) {
    AppendText(source, error.location, Ink::kError, "error:", MessageOf(error), error.rule, style.color, out);
    out += Excerpt(source, error.location, style.color);
  }
  if (!style.warnings) return out;
  for (const PrunedField& pruned : verdict.pruned) {
    AppendText(source, pruned.location, Ink::kWarning, "warning:", fmt::format("{}: {}", pruned.field, kUnknownField),
               {}, style.color, out);
    out += Excerpt(source, pruned.location, style.color);
  }
  for (const Warning& warning : verdict.warnings) {
    AppendText(source, warning.location, Ink::kWarning,
               "warning:", fmt::format("{}: {}", warning.field, warning.detail), warning.rule, style.color, out);
  }
  return out;
}

std::string FindingsAsJson(const Verdict& verdict) {
  const ManifestObject& object = verdict.input.object;
  std::string errors;
  AppendList(verdict.errors, ErrorAsJson, errors);
  std::string warnings;
  AppendList(
      verdict.pruned, [](const PrunedField& pruned) { return WarningAsJson(pruned.field, kUnknownField); }, warnings);
  AppendList(
      verdict.warnings, [](const Warning& warning) { return WarningAsJson(warning.field, warning.detail); }, warnings);
  return fmt::format(
      "{{\"file\":{},\"document\":{},\"kind\":{},\"namespace\":{},\"name\":{},\"allowed\":{},\"errors\":[{}],"
      "\"warnings\":[{}]}}",
      JsonString(verdict.input.source->name()), object.document_index, JsonString(object.kind),
      JsonString(verdict.namespace_name), JsonString(object.name), verdict.allowed(), errors, warnings);
}

}  // namespace grove::cli
