// RapidJSON's writers, on a std::string, and able to repeat text that they wrote before.
#pragma once

#include <algorithm>
#include <cstring>
#include <string>

#include "rapidjson/prettywriter.h"
#include "rapidjson/writer.h"

namespace grove::internal {

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
    if (out_.size() - size_ >= count) return;
    out_.resize(std::max(size_ + count, out_.size() + out_.size() / 2));
  }
  void Flush() { out_.resize(size_); }

  // Appends what stands at `begin` already.
  void Repeat(std::size_t begin, std::size_t length) {
    Reserve(length);
    std::memcpy(out_.data() + size_, out_.data() + begin, length);
    size_ += length;
  }
  [[nodiscard]] std::size_t size() const { return size_; }

 private:
  std::string& out_;  // what is behind size_ is room
  std::size_t size_;
};

// RapidJSON's hooks for a stream that can make room ahead.
inline void PutReserve(StringOutput& stream, std::size_t count) { stream.Reserve(count); }
inline void PutUnsafe(StringOutput& stream, char c) { stream.PutUnsafe(c); }

class CompactJsonWriter : public rapidjson::Writer<StringOutput> {
 public:
  using Writer::Writer;
  // Writes a value as a copy of the text that stands at `begin` of the output.
  void Repeat(std::size_t begin, std::size_t length, rapidjson::Type type) {
    Prefix(type);
    os_->Repeat(begin, length);
  }
};

class IndentedJsonWriter : public rapidjson::PrettyWriter<StringOutput> {
 public:
  using PrettyWriter::PrettyWriter;
  void Repeat(std::size_t begin, std::size_t length, rapidjson::Type type) {
    PrettyPrefix(type);
    os_->Repeat(begin, length);
  }
};

}  // namespace grove::internal
