// Reading what the command line names: files, folders and standard input, as texts and the objects in them.
#pragma once

#include <cstdint>
#include <deque>
#include <istream>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "grove/manifest.hpp"

#include "cli/options.h"

namespace grove::cli {

// How standard input is named among the texts.
inline constexpr std::string_view kStandardInputName = "<stdin>";

// A text that objects came from. Kept as long as errors may have to quote it.
class SourceText {
 public:
  SourceText() = default;
  SourceText(std::string name, std::string text) : name_(std::move(name)), text_(std::move(text)) {}

  // Becomes another text; `read` fills a string whose memory is used again.
  template <class Read>
  auto Refill(std::string name, Read&& read) {
    name_ = std::move(name);
    line_starts_.clear();
    return read(text_);
  }

  // As named on the command line, or found in a folder.
  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] bool is_standard_input() const { return name_ == kStandardInputName; }
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
  std::string file;                    // name of the text; empty: none in particular
  const SourceText* source = nullptr;  // set if `location` tells where
  SourceLocation location{};
};

// Parses a text into its objects. Its errors speak of `source`.
[[nodiscard]] std::optional<InputError> ParseSource(const SourceText& source, const Limits& limits,
                                                    std::vector<ManifestObject>& out);

// Reads texts, and keeps those that it must: all that Read() reads, and of ReadText() what can be read but once.
class InputReader {
 public:
  InputReader(const Options& options, std::istream& standard_input)
      : options_(options), standard_input_(standard_input) {}

  // Appends the objects of `path` (a file, a folder, `-`) to `out`. A folder gives its *.yaml, *.yml and *.json, sorted
  // by path. Reads at most Limits::max_input_bytes of each file, and one byte to see that there is more.
  // With `binary`, what is no text but bytes goes there instead.
  [[nodiscard]] std::optional<InputError> Read(const std::string& path, std::vector<InputObject>& out,
                                               std::vector<const SourceText*>* binary = nullptr);

  // Appends the names of the texts that `path` stands for to `out`: those of the files of a folder, or itself.
  [[nodiscard]] std::optional<InputError> List(const std::string& path, std::vector<std::string>& out);
  // Reads the text that List() named, as often as it is asked for. Its bytes stand in `text`, whose memory is used
  // again. Bounded as Read().
  [[nodiscard]] std::optional<InputError> ReadText(const std::string& name, SourceText& text);

 private:
  [[nodiscard]] std::optional<InputError> ListFolder(const std::string& path, std::vector<std::string>& out) const;
  [[nodiscard]] std::optional<InputError> ReadFile(const std::string& path, std::string& text);
  [[nodiscard]] std::optional<InputError> CheckSize(const std::string& name, const std::string& text) const;

  const Options& options_;
  std::istream& standard_input_;
  bool standard_input_named_ = false;
  std::map<std::string, std::string> read_once_;  // pipes and standard input, by name
  std::deque<SourceText> texts_;                  // never moves what it holds
};

}  // namespace grove::cli
