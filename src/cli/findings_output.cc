#include "cli/findings_output.h"

#include <iterator>

#include <fmt/format.h>

#include "grove/field_error.hpp"

#include "cli/text.h"

namespace grove::cli {

namespace {

using std::string_view;

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

}  // namespace

std::string FindingsAsText(const LoadedWorkload& workload, const ObjectVerdict& verdict, const TextStyle& style) {
  const SourceText& source = *workload.SourceOf(verdict).text;
  std::string out;
  for (const FieldError& error : verdict.errors) {
    AppendText(source, error.location, Ink::kError, "error:", MessageOf(error), error.rule, style.color, out);
    out += Excerpt(source, error.location, style.color);
  }
  if (!style.warnings) return out;
  for (const PrunedField& pruned : verdict.pruned) {
    AppendText(source, pruned.location, Ink::kWarning,
               "warning:", fmt::format("{}: {}", pruned.field, kPrunedFieldDetail), {}, style.color, out);
    out += Excerpt(source, pruned.location, style.color);
  }
  for (const Warning& warning : verdict.warnings) {
    AppendText(source, warning.location, Ink::kWarning,
               "warning:", fmt::format("{}: {}", warning.field, warning.detail), warning.rule, style.color, out);
  }
  return out;
}

std::string FindingsAsJson(const LoadedWorkload& workload, const ObjectVerdict& verdict) {
  const std::string& file = workload.SourceOf(verdict).text->name();
  return DescribeVerdict(workload.ObjectOf(verdict), verdict, {.file = file}).ToJson();
}

}  // namespace grove::cli
