// What the command tells people on standard error about its input.
#pragma once

#include <string>
#include <string_view>

#include "grove/manifest.hpp"

#include "cli/input.h"
#include "cli/options.h"
#include "cli/streams.h"

namespace grove::cli {

class Messages {
 public:
  Messages(const Options& options, Streams& streams) : options_(options), streams_(streams) {}

  // "grove validate: ..."
  void Fail(std::string_view message) const;
  // "a.yaml:1:2: error: ...", and the line of the source.
  void Fail(const SourceText& text, SourceLocation location, std::string_view message) const;
  // Either of them.
  void Fail(const InputError& error) const;
  // "a.yaml:1:2: note: ..." at the beginning of the object; nothing with --quiet.
  void Note(const SourceText& text, const ManifestObject& object, std::string_view message) const;
  void Note(const SourceText& text, SourceLocation location, std::string_view message) const;

 private:
  const Options& options_;
  Streams& streams_;
};

// "ConfigMap settings of v1".
[[nodiscard]] std::string Describe(const ManifestObject& object);

}  // namespace grove::cli
