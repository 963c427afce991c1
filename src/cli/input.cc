#include "cli/input.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <iterator>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace grove::cli {

namespace {

namespace fs = std::filesystem;
using std::string_view;

constexpr std::array kSuffixes = {string_view(".json"), string_view(".yaml"), string_view(".yml")};

InputError CannotRead(const std::string& path, const std::error_code& error) {
  return {fmt::format("cannot read {}: {}", path, error.message()), path};
}

template <class Iterator>
std::error_code FilesIn(const fs::path& folder, std::vector<std::string>& out) {
  std::error_code error;
  for (Iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    const std::string suffix = entry->path().extension().string();
    if (std::find(kSuffixes.begin(), kSuffixes.end(), suffix) == kSuffixes.end()) continue;
    std::error_code gone;
    if (!entry->is_directory(gone)) out.push_back(entry->path().string());
  }
  return error;
}

// Reads at most `limit` + 1 bytes into `text`: one more than the limit tells that there are too many. `read` fills a
// part of the text and tells how much, 0 at the end, less at an error. `expected` is the size to begin with.
template <class Read>
bool ReadBounded(std::size_t limit, std::size_t expected, Read&& read, std::string& text) {
  constexpr std::size_t kChunk = std::size_t{64} << 10;
  const std::size_t most = limit + 1;
  std::size_t used = 0;
  text.resize(std::min(std::max(expected, std::size_t{1}), most));
  while (used < most) {
    if (used == text.size()) text.resize(std::min(used + std::max(kChunk, used), most));
    const auto got = read(text.data() + used, text.size() - used);
    if (got <= 0) {
      text.resize(used);
      return got == 0;
    }
    used += static_cast<std::size_t>(got);
  }
  return true;
}

// A file descriptor that is closed.
class Descriptor {
 public:
  explicit Descriptor(const std::string& path) : number_(open(path.c_str(), O_RDONLY | O_CLOEXEC)) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) close(number_);
  }
  [[nodiscard]] int number() const { return number_; }

 private:
  int number_;
};

// Neither JSON nor YAML has control characters; a message has some in its first tags, lengths and amounts.
bool IsBinary(string_view bytes) {
  constexpr std::size_t kLookedAt = 4096;
  const string_view head = bytes.substr(0, kLookedAt);
  return std::any_of(head.begin(), head.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f';
  });
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

std::optional<InputError> ParseSource(const SourceText& source, const Limits& limits,
                                      std::vector<ManifestObject>& out) {
  ParseResult parsed = ParseManifest(source.text(), {.format = TextFormat::kDetect, .limits = limits});
  if (parsed.error.has_value()) {
    return InputError{std::move(parsed.error->message), source.name(), &source, parsed.error->location};
  }
  out = std::move(parsed.objects);
  return std::nullopt;
}

std::optional<InputError> InputReader::Read(const std::string& path, std::vector<InputObject>& out,
                                            std::vector<const SourceText*>* binary) {
  std::vector<std::string> names;
  if (auto error = List(path, names)) return error;
  for (const std::string& name : names) {
    SourceText& source = texts_.emplace_back();
    if (auto error = ReadText(name, source)) return error;
    if (binary != nullptr && IsBinary(source.text())) {
      binary->push_back(&source);
      continue;
    }
    std::vector<ManifestObject> objects;
    if (auto error = ParseSource(source, options_.limits, objects)) return error;
    out.reserve(out.size() + objects.size());
    for (ManifestObject& object : objects) out.push_back({&source, std::move(object)});
  }
  return std::nullopt;
}

std::optional<InputError> InputReader::List(const std::string& path, std::vector<std::string>& out) {
  if (path == "-") {
    if (standard_input_named_) return InputError{"standard input is named twice", {}};
    standard_input_named_ = true;
    out.emplace_back(kStandardInputName);
    return std::nullopt;
  }
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (error) return CannotRead(path, error);
  if (fs::is_directory(status)) return ListFolder(path, out);
  out.push_back(path);
  return std::nullopt;
}

std::optional<InputError> InputReader::ListFolder(const std::string& path, std::vector<std::string>& out) const {
  std::vector<std::string> files;
  const std::error_code error = options_.recursive ? FilesIn<fs::recursive_directory_iterator>(path, files)
                                                   : FilesIn<fs::directory_iterator>(path, files);
  if (error) return CannotRead(path, error);
  if (files.empty()) return InputError{fmt::format("no *.yaml, *.yml or *.json in {}", path), path};
  std::sort(files.begin(), files.end());
  std::move(files.begin(), files.end(), std::back_inserter(out));
  return std::nullopt;
}

std::optional<InputError> InputReader::ReadText(const std::string& name, SourceText& text) {
  const auto kept = read_once_.find(name);
  if (kept != read_once_.end()) {
    return text.Refill(name, [&](std::string& bytes) -> std::optional<InputError> {
      bytes = kept->second;
      return std::nullopt;
    });
  }
  return text.Refill(name, [&](std::string& bytes) -> std::optional<InputError> {
    if (name != kStandardInputName) return ReadFile(name, bytes);
    const auto read = [&](char* data, std::size_t size) {
      standard_input_.read(data, static_cast<std::streamsize>(size));
      return standard_input_.bad() ? std::streamsize{-1} : standard_input_.gcount();
    };
    if (!ReadBounded(options_.limits.max_input_bytes, 0, read, bytes)) {
      return CannotRead(name, std::make_error_code(std::errc::io_error));
    }
    read_once_.emplace(name, bytes);
    return CheckSize(name, bytes);
  });
}

std::optional<InputError> InputReader::ReadFile(const std::string& path, std::string& text) {
  const Descriptor file(path);
  struct stat status = {};
  if (file.number() < 0 || fstat(file.number(), &status) != 0) {
    return CannotRead(path, std::error_code(errno, std::generic_category()));
  }
  const auto read = [&](char* data, std::size_t size) { return ::read(file.number(), data, size); };
  // One byte more, so that a second call finds the end.
  if (!ReadBounded(options_.limits.max_input_bytes, static_cast<std::size_t>(status.st_size) + 1, read, text)) {
    return CannotRead(path, std::error_code(errno, std::generic_category()));
  }
  if (!S_ISREG(status.st_mode)) read_once_.emplace(path, text);
  return CheckSize(path, text);
}

std::optional<InputError> InputReader::CheckSize(const std::string& name, const std::string& text) const {
  const std::size_t limit = options_.limits.max_input_bytes;
  if (text.size() <= limit) return std::nullopt;
  return InputError{fmt::format("{} is larger than {} bytes (--max-bytes)", name, limit), name};
}

}  // namespace grove::cli
