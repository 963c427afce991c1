// RapidJSON's writers, on a std::string, and able to repeat text that they wrote before.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "rapidjson/prettywriter.h"
#include "rapidjson/writer.h"

namespace grove::internal {

// Offset of the first character of `text` that JSON escapes, or text.size().
[[nodiscard]] inline std::size_t FindEscape(std::string_view text) {
  constexpr auto kRepeat = [](unsigned char byte) { return 0x0101010101010101u * byte; };
  // The high bit of bytes below `limit`; beyond the first such byte others may be marked too.
  const auto below = [&](std::uint64_t word, unsigned char limit) {
    return (word - kRepeat(limit)) & ~word & kRepeat(0x80);
  };
  std::size_t i = 0;
  for (; i + 8 <= text.size(); i += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + i, 8);
    if ((below(word, 0x20) | below(word ^ kRepeat('"'), 1) | below(word ^ kRepeat('\\'), 1)) != 0) break;
  }
  const auto is_escaped = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\'; };
  while (i < text.size() && !is_escaped(text[i])) ++i;
  return i;
}

// RapidJSON output stream that appends to a string. The string holds the text once Flush was called.
class StringOutput {
 public:
  using Ch = char;

  explicit StringOutput(std::string& out) : out_(out), size_(out.size()) {}

  void Put(char c) {
    Reserve(1);
    PutUnsafe(c);
  }
  void PutUnsafe(char c) { out_[size_++] = c; }
  void Reserve(std::size_t count) {
    if (out_.size() - size_ < count) MakeRoom(count);
  }
  void Flush() { out_.resize(size_); }

  // Appends what stands at `begin` already.
  void Repeat(std::size_t begin, std::size_t length) {
    Reserve(length);
    std::memcpy(out_.data() + size_, out_.data() + begin, length);
    size_ += length;
  }
  // Appends `text` in quotes if nothing in it is escaped, which is so for nearly all texts; whether it was.
  bool PutPlainString(std::string_view text) {
    if (FindEscape(text) != text.size()) return false;
    Reserve(text.size() + 2);
    char* end = out_.data() + size_;
    *end = '"';
    std::memcpy(end + 1, text.data(), text.size());
    end[text.size() + 1] = '"';
    size_ += text.size() + 2;
    return true;
  }
  [[nodiscard]] std::size_t size() const { return size_; }

 private:
  void MakeRoom(std::size_t count) {
    // A string clears its room: little at a time, so that it is still in the cache when it is written.
    constexpr std::size_t kStep = std::size_t{1} << 16;
    const std::size_t needed = size_ + count;
    if (needed > out_.capacity()) out_.reserve(needed + needed / 2);
    out_.resize(std::max(needed, std::min(out_.capacity(), needed + kStep)));
  }

  std::string& out_;  // what is behind size_ is room
  std::size_t size_;
};

// RapidJSON's hooks for a stream that can make room ahead.
inline void PutReserve(StringOutput& stream, std::size_t count) { stream.Reserve(count); }
inline void PutUnsafe(StringOutput& stream, char c) { stream.PutUnsafe(c); }

class CompactJsonWriter : public rapidjson::Writer<StringOutput> {
 public:
  using Writer::Writer;
  bool String(const char* text, rapidjson::SizeType size) {
    Prefix(rapidjson::kStringType);
    return EndValue(os_->PutPlainString({text, size}) || WriteString(text, size));
  }
  bool Key(const char* text, rapidjson::SizeType size) { return String(text, size); }
  // Writes a value as a copy of the text that stands at `begin` of the output.
  void Repeat(std::size_t begin, std::size_t length, rapidjson::Type type) {
    Prefix(type);
    os_->Repeat(begin, length);
  }
};

class IndentedJsonWriter : public rapidjson::PrettyWriter<StringOutput> {
 public:
  using PrettyWriter::PrettyWriter;
  bool String(const char* text, rapidjson::SizeType size) {
    PrettyPrefix(rapidjson::kStringType);
    return EndValue(os_->PutPlainString({text, size}) || WriteString(text, size));
  }
  bool Key(const char* text, rapidjson::SizeType size) { return String(text, size); }
  void Repeat(std::size_t begin, std::size_t length, rapidjson::Type type) {
    PrettyPrefix(type);
    os_->Repeat(begin, length);
  }
};

}  // namespace grove::internal
