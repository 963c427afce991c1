#include "model/json_reader.h"

#include <algorithm>
#include <cstring>
#include <vector>

#include "rapidjson/error/en.h"
#include "rapidjson/reader.h"

namespace grove::internal {
namespace {

// RapidJSON may look this far past the end of the text before it notices a cut-off multi-byte character.
constexpr std::size_t kPadding = 16;

bool IsAscii(std::string_view text) {
  std::uint64_t seen = 0;
  std::size_t i = 0;
  for (; i + 8 <= text.size(); i += 8) {
    std::uint64_t word;
    std::memcpy(&word, text.data() + i, 8);
    seen |= word;
  }
  for (; i < text.size(); ++i) seen |= static_cast<unsigned char>(text[i]);
  return (seen & 0x8080808080808080u) == 0;
}

// RapidJSON lets an escaped low surrogate stand alone ("\ude00") and writes it as bytes that are no UTF-8.
bool HasLoneSurrogate(std::string_view text) {
  for (std::size_t i = text.find('\xED'); i != std::string_view::npos; i = text.find('\xED', i + 1)) {
    if (i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) >= 0xA0) return true;
  }
  return false;
}

// SAX handler that stacks nodes and folds them into arrays and objects.
class NodeHandler {
 public:
  using Ch = char;

  NodeHandler(Storage& storage, const Limits& limits, rapidjson::InsituStringStream& stream, const char* text,
              std::uint32_t base)
      : storage_(storage), limits_(limits), stream_(stream), text_(text), base_(base) {
    stack_.reserve(64);
  }

  bool Null() { return Push(MakeNode(Kind::kNull, nullptr, 0, Before(4))); }
  bool Bool(bool value) { return Push(BooleanNode(value, Before(value ? 4 : 5))); }
  bool RawNumber(const char* text, rapidjson::SizeType size, bool) {
    return Push(NumberNode({text, size}, OffsetOf(text)));
  }
  bool String(const char* text, rapidjson::SizeType size, bool) {
    if (HasLoneSurrogate({text, size})) {
      return Fail(static_cast<std::size_t>(text - text_) - 1, "escaped surrogate without its other half", false);
    }
    return Push(StringNode({text, size}, OffsetOf(text) - 1));
  }
  bool Key(const char* text, rapidjson::SizeType size, bool copy) { return String(text, size, copy); }
  bool StartObject() { return Start(); }
  bool StartArray() { return Start(); }

  bool EndObject(rapidjson::SizeType count) {
    const std::size_t first = stack_.size() - 2 * std::size_t{count};
    const auto* members = reinterpret_cast<const Member*>(stack_.data() + first);
    const std::span<const Member> all(members, count);
    if (const std::ptrdiff_t repeated = FindRepeatedKey(all); repeated >= 0) {
      const Node& key = all[static_cast<std::size_t>(repeated)].key;
      return Fail(key.offset - base_, "duplicate key \"" + std::string(Text(key)) + "\"", false);
    }
    const Node object = storage_.MakeObject(all, starts_.back());
    return End(first, object);
  }
  bool EndArray(rapidjson::SizeType count) {
    const std::size_t first = stack_.size() - count;
    const Node array = storage_.MakeArray({stack_.data() + first, count}, starts_.back());
    return End(first, array);
  }

  // Never called: numbers come as text.
  bool Int(int) { return false; }
  bool Uint(unsigned) { return false; }
  bool Int64(std::int64_t) { return false; }
  bool Uint64(std::uint64_t) { return false; }
  bool Double(double) { return false; }

  [[nodiscard]] Node root() const { return stack_.front(); }
  [[nodiscard]] std::shared_ptr<const TextError> error() const { return error_; }

 private:
  // The stream is copied while a string or number is read, so their places come from their pointers instead.
  [[nodiscard]] std::uint32_t OffsetOf(const char* p) const { return base_ + static_cast<std::uint32_t>(p - text_); }
  [[nodiscard]] std::uint32_t Before(std::size_t length) {
    return base_ + static_cast<std::uint32_t>(stream_.Tell() - length);
  }

  bool Push(const Node& node) {
    stack_.push_back(node);
    return true;
  }
  bool Start() {
    if (starts_.size() >= limits_.max_depth) {
      return Fail(stream_.Tell(), "nested deeper than the limit of " + std::to_string(limits_.max_depth) + " levels",
                  true);
    }
    starts_.push_back(base_ + static_cast<std::uint32_t>(stream_.Tell()));
    return true;
  }
  bool End(std::size_t first, const Node& node) {
    starts_.pop_back();
    stack_.resize(first);
    return Push(node);
  }
  bool Fail(std::size_t offset, std::string message, bool limit) {
    error_ = std::make_shared<const TextError>(TextError{offset, std::move(message), limit});
    return false;
  }

  Storage& storage_;
  const Limits& limits_;
  rapidjson::InsituStringStream& stream_;
  const char* text_;
  std::uint32_t base_;
  std::vector<Node> stack_;            // finished values; of open objects keys and values in turn
  std::vector<std::uint32_t> starts_;  // where the open arrays and objects began
  std::shared_ptr<const TextError> error_;
};

ReadResult Failure(std::size_t offset, std::string message, bool limit = false) {
  return {{}, std::make_shared<const TextError>(TextError{offset, std::move(message), limit})};
}

}  // namespace

std::ptrdiff_t FindRepeatedKey(std::span<const Member> members) {
  constexpr std::size_t kPairwise = 32;
  if (members.size() <= kPairwise) {
    for (std::size_t i = 1; i < members.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        if (members[i].key.size == members[j].key.size && Text(members[i].key) == Text(members[j].key)) {
          return static_cast<std::ptrdiff_t>(i);
        }
      }
    }
    return -1;
  }
  std::vector<std::uint32_t> order(members.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  std::ranges::stable_sort(order, {}, [&](std::uint32_t i) { return Text(members[i].key); });
  for (std::size_t i = 1; i < order.size(); ++i) {
    if (Text(members[order[i - 1]].key) == Text(members[order[i]].key)) return order[i];
  }
  return -1;
}

ReadResult ReadJson(std::string_view text, const Limits& limits, Storage& storage, std::uint32_t base) {
  if (text.size() > limits.max_input_bytes || text.size() > Node::kMaxSize) {
    return Failure(0, "larger than the limit of " + std::to_string(limits.max_input_bytes) + " bytes", true);
  }
  char* buffer = storage.Allocate<char>(text.size() + kPadding);
  if (!text.empty()) std::memcpy(buffer, text.data(), text.size());
  std::memset(buffer + text.size(), 0, kPadding);

  constexpr unsigned kFlags =
      rapidjson::kParseInsituFlag | rapidjson::kParseIterativeFlag | rapidjson::kParseNumbersAsStringsFlag;
  rapidjson::InsituStringStream stream(buffer);
  NodeHandler handler(storage, limits, stream, buffer, base);
  rapidjson::Reader reader;
  if (IsAscii(text)) {
    reader.Parse<kFlags>(stream, handler);
  } else {
    reader.Parse<kFlags | rapidjson::kParseValidateEncodingFlag>(stream, handler);
  }
  if (handler.error() != nullptr) return {{}, handler.error()};
  if (reader.HasParseError()) {
    return Failure(std::min(reader.GetErrorOffset(), text.size()),
                   rapidjson::GetParseError_En(reader.GetParseErrorCode()));
  }
  if (stream.Tell() != text.size()) return Failure(stream.Tell(), "unexpected NUL character");
  return {handler.root(), nullptr};
}

}  // namespace grove::internal
