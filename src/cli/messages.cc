#include "cli/messages.h"

#include <fmt/format.h>
#include <fmt/ostream.h>

#include "cli/text.h"

namespace grove::cli {

using std::string_view;

void Messages::Fail(string_view message) const {
  fmt::print(streams_.err, "grove {}: {}\n", options_.verb->name, Printable(message));
}

void Messages::Fail(const SourceText& text, SourceLocation location, string_view message) const {
  fmt::print(streams_.err, "{}{} {}\n{}", Place(text, location), Paint(streams_.color_err, Ink::kError, "error:"),
             Printable(message), Excerpt(text, location, streams_.color_err));
}

void Messages::Fail(const InputError& error) const {
  if (error.source == nullptr) {
    Fail(error.message);
  } else {
    Fail(*error.source, error.location, error.message);
  }
}

void Messages::Note(const SourceText& text, const ManifestObject& object, string_view message) const {
  Note(text, LocationOf(object.document), message);
}

void Messages::Note(const SourceText& text, SourceLocation location, string_view message) const {
  if (options_.quiet) return;
  fmt::print(streams_.err, "{}{} {}\n", Place(text, location), Paint(streams_.color_err, Ink::kDim, "note:"),
             Printable(message));
}

std::string Describe(const ManifestObject& object) {
  std::string description = object.kind.empty() ? "object without a kind" : object.kind;
  if (!object.name.empty()) description += " " + object.name;
  if (!object.api_version.empty()) description += " of " + object.api_version;
  return description;
}

}  // namespace grove::cli
