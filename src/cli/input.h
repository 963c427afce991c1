// Reading what the command line names: files, folders and standard input, as texts and the objects in them.
#pragma once

#include <cstdint>
#include <deque>
#include <istream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "grove/manifest.hpp"

#include "cli/options.h"

namespace grove::cli {

// A text that objects came from. Kept as long as errors may have to quote it.
class SourceText {
 public:
  SourceText(std::string name, std::string text) : name_(std::move(name)), text_(std::move(text)) {}

  // As named on the command line, or found in a folder.
  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] const std::string& text() const { return text_; }
  // Line `number`, counted from 1, without its line break; empty if there is none. O(text) once, O(1) afterwards.
  [[nodiscard]] std::string_view Line(std::uint32_t number) const;

 private:
  std::string name_;
  std::string text_;
  mutable std::vector<std::size_t> line_starts_;
};

struct InputObject {
  const SourceText* source = nullptr;
  ManifestObject object;
};

// Which option named a text.
enum class Origin : std::uint8_t { kInput, kConfig, kTopology, kCluster };

// A text that could not be read or is no manifest.
struct InputError {
  std::string message;
  const SourceText* source = nullptr;  // set if `location` tells where
  SourceLocation location;
};

// Reads texts and keeps them.
class InputReader {
 public:
  InputReader(const Options& options, std::istream& standard_input)
      : options_(options), standard_input_(standard_input) {}

  // Appends the objects of `path` (a file, a folder, `-`) to `out`. A folder gives its *.yaml, *.yml and *.json, sorted
  // by path. Reads at most Limits::max_input_bytes of each file, and one byte to see that there is more.
  [[nodiscard]] std::optional<InputError> Read(const std::string& path, std::vector<InputObject>& out);

 private:
  [[nodiscard]] std::optional<InputError> ReadFolder(const std::string& path, std::vector<InputObject>& out);
  [[nodiscard]] std::optional<InputError> ReadFile(const std::string& path, std::vector<InputObject>& out);
  [[nodiscard]] std::optional<InputError> ReadStream(std::string name, std::istream& stream,
                                                     std::vector<InputObject>& out);

  const Options& options_;
  std::istream& standard_input_;
  bool standard_input_read_ = false;
  std::deque<SourceText> texts_;  // never moves what it holds
};

}  // namespace grove::cli
