// What the machine-readable reports have in common: names of files, texts of findings, places in characters.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "grove/finding.hpp"

#include "cli/findings_writer.h"

namespace grove::cli {

// Name of a text as a path that other tools find: relative to the current folder if it lies below it, without `./`.
[[nodiscard]] std::string RelativePath(const std::string& name);

// RelativePath of the text in work, which is asked for again and again.
class PathInWork {
 public:
  [[nodiscard]] const std::string& Of(const std::string& name) {
    if (path_.empty() || name != name_) {
      name_ = name;
      path_ = RelativePath(name);
    }
    return path_;
  }

 private:
  std::string name_;
  std::string path_;
};

// `path` as the reference of a URI: what is not unreserved is percent-encoded; an absolute path becomes a file URI.
[[nodiscard]] std::string UriOf(const std::string& path);

// `text` as a JSON string, in quotes, always UTF-8.
[[nodiscard]] std::string JsonString(std::string_view text);

// The message of `finding` in one line: FormatFinding, a bad value that is a whole document cut short.
[[nodiscard]] std::string MessageOf(const Finding& finding);
// The same, and what to do about it where the finding says so.
[[nodiscard]] std::string AdviceOf(const Finding& finding);

// "PodCliqueSet default/demo", with the number of the document if there is no name.
[[nodiscard]] std::string TitleOf(const ObjectFindings& findings);

// The column in characters, from 1, that a location counts in bytes; 0 if it is unknown.
[[nodiscard]] std::uint32_t CharacterColumn(const SourceText& source, SourceLocation location);

// Id of the rule in reports, where every finding has one.
[[nodiscard]] std::string_view RuleIdOf(const Finding& finding);

}  // namespace grove::cli
