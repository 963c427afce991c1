#include "cli/input.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <system_error>

#include <fmt/format.h>

namespace grove::cli {

namespace {

namespace fs = std::filesystem;
using std::string_view;

constexpr std::array kSuffixes = {string_view(".json"), string_view(".yaml"), string_view(".yml")};
constexpr string_view kStandardInput = "<stdin>";

InputError CannotRead(const std::string& path, const std::error_code& error) {
  return {fmt::format("cannot read {}: {}", path, error.message()), nullptr, {}};
}

template <class Iterator>
std::error_code ListFolder(const fs::path& folder, std::vector<std::string>& out) {
  std::error_code error;
  for (Iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    const std::string suffix = entry->path().extension().string();
    if (std::find(kSuffixes.begin(), kSuffixes.end(), suffix) == kSuffixes.end()) continue;
    std::error_code gone;
    if (!fs::is_directory(entry->path(), gone)) out.push_back(entry->path().string());
  }
  return error;
}

// At most `limit` + 1 bytes of `stream`: one more than the limit tells that there are too many.
std::string ReadBounded(std::istream& stream, std::size_t limit) {
  constexpr std::size_t kChunk = std::size_t{64} << 10;
  std::string text;
  while (text.size() <= limit && stream) {
    const std::size_t used = text.size();
    const std::size_t wanted = std::min(std::max(kChunk, used), limit + 1 - used);
    text.resize(used + wanted);
    stream.read(text.data() + used, static_cast<std::streamsize>(wanted));
    text.resize(used + static_cast<std::size_t>(stream.gcount()));
  }
  return text;
}

}  // namespace

string_view SourceText::Line(std::uint32_t number) const {
  if (line_starts_.empty()) {
    // Columns of the first line count from behind a byte order mark.
    line_starts_.push_back(text_.starts_with("\xEF\xBB\xBF") ? 3 : 0);
    for (std::size_t at = text_.find('\n'); at != std::string::npos; at = text_.find('\n', at + 1)) {
      line_starts_.push_back(at + 1);
    }
  }
  if (number == 0 || number > line_starts_.size()) return {};
  const std::size_t start = line_starts_[number - 1];
  const std::size_t end = number < line_starts_.size() ? line_starts_[number] - 1 : text_.size();
  string_view line = string_view(text_).substr(start, end - start);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

std::optional<InputError> InputReader::Read(const std::string& path, std::vector<InputObject>& out) {
  if (path == "-") {
    if (standard_input_read_) return InputError{"standard input is named twice", nullptr, {}};
    standard_input_read_ = true;
    return ReadStream(std::string(kStandardInput), standard_input_, out);
  }
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (error) return CannotRead(path, error);
  return fs::is_directory(status) ? ReadFolder(path, out) : ReadFile(path, out);
}

std::optional<InputError> InputReader::ReadFolder(const std::string& path, std::vector<InputObject>& out) {
  std::vector<std::string> files;
  const std::error_code error = options_.recursive ? ListFolder<fs::recursive_directory_iterator>(path, files)
                                                   : ListFolder<fs::directory_iterator>(path, files);
  if (error) return CannotRead(path, error);
  if (files.empty()) return InputError{fmt::format("no *.yaml, *.yml or *.json in {}", path), nullptr, {}};
  std::sort(files.begin(), files.end());
  for (const std::string& file : files) {
    if (auto problem = ReadFile(file, out)) return problem;
  }
  return std::nullopt;
}

std::optional<InputError> InputReader::ReadFile(const std::string& path, std::vector<InputObject>& out) {
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  if (!file) return CannotRead(path, std::error_code(errno, std::generic_category()));
  return ReadStream(path, file, out);
}

std::optional<InputError> InputReader::ReadStream(std::string name, std::istream& stream,
                                                  std::vector<InputObject>& out) {
  std::string text = ReadBounded(stream, options_.limits.max_input_bytes);
  if (stream.bad()) return CannotRead(name, std::make_error_code(std::errc::io_error));
  if (text.size() > options_.limits.max_input_bytes) {
    return InputError{
        fmt::format("{} is larger than {} bytes (--max-bytes)", name, options_.limits.max_input_bytes), nullptr, {}};
  }
  const SourceText& source = texts_.emplace_back(std::move(name), std::move(text));
  ParseResult parsed = ParseManifest(source.text(), {.format = TextFormat::kDetect, .limits = options_.limits});
  if (parsed.error.has_value()) return InputError{parsed.error->message, &source, parsed.error->location};
  out.reserve(out.size() + parsed.objects.size());
  for (ManifestObject& object : parsed.objects) out.push_back({&source, std::move(object)});
  return std::nullopt;
}

}  // namespace grove::cli
