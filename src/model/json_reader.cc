#include "model/json_reader.h"

#include <algorithm>
#include <cstring>
#include <vector>

#include "rapidjson/error/en.h"
#include "rapidjson/reader.h"

#include "model/stable_sort.h"
#include "model/utf8.h"

namespace grove::internal {
namespace {

// RapidJSON may look this far past the end of the text before it notices a cut-off multi-byte character.
constexpr std::size_t kPadding = 16;

// Whether an escape in `text` spells a low surrogate, which RapidJSON lets pass without its other half.
bool SpellsLowSurrogate(std::string_view text) {
  for (std::size_t i = text.find("\\u"); i != std::string_view::npos; i = text.find("\\u", i + 2)) {
    if (i + 4 > text.size()) return false;
    if ((text[i + 2] | 0x20) == 'd' && std::string_view("cdefCDEF").find(text[i + 3]) != std::string_view::npos) {
      return true;
    }
  }
  return false;
}

// SAX handler that stacks nodes and folds them into arrays and objects.
class NodeHandler {
 public:
  using Ch = char;

  NodeHandler(Storage& storage, const Limits& limits, rapidjson::InsituStringStream& stream, const char* text,
              std::uint32_t base, bool check_surrogates)
      : storage_(storage),
        limits_(limits),
        stream_(stream),
        text_(text),
        base_(base),
        check_surrogates_(check_surrogates) {
    stack_.reserve(64);
  }

  bool Null() { return Push(MakeNode(Kind::kNull, nullptr, 0, Before(4))); }
  bool Bool(bool value) { return Push(BooleanNode(value, Before(value ? 4 : 5))); }
  bool RawNumber(const char* text, rapidjson::SizeType size, bool) {
    return Push(NumberNode({text, size}, OffsetOf(text)));
  }
  bool String(const char* text, rapidjson::SizeType size, bool) {
    if (check_surrogates_ && ValidUtf8Prefix({text, size}) != size) {
      return Fail(OffsetOf(text) - 1 - base_, "escaped surrogate without its other half", false);
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
      return Fail(key.offset - base_, "duplicate key \"" + Excerpt(Text(key)) + "\"", false);
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

  // The value that was read last.
  [[nodiscard]] Node TakeRoot() {
    const Node root = stack_.front();
    stack_.clear();
    return root;
  }
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
    error_ = MakeTextError(offset, std::move(message), limit);
    return false;
  }

  Storage& storage_;
  const Limits& limits_;
  rapidjson::InsituStringStream& stream_;
  const char* text_;
  std::uint32_t base_;
  bool check_surrogates_;
  std::vector<Node> stack_;            // finished values; of open objects keys and values in turn
  std::vector<std::uint32_t> starts_;  // where the open arrays and objects began
  std::shared_ptr<const TextError> error_;
};

// A copy of the text that RapidJSON may unescape in place, and the state of reading it.
class JsonText {
 public:
  JsonText(std::string_view text, const Limits& limits, Storage& storage, std::uint32_t base)
      : size_(text.size()),
        stream_(PaddedCopy(text, storage)),
        handler_(storage, limits, stream_, stream_.head_, base, SpellsLowSurrogate(text)) {}

  // Reads the next JSON text; what follows it is an error unless kFlags say to stop there.
  template <unsigned kFlags>
  ReadResult Read() {
    rapidjson::Reader reader;
    reader.Parse<rapidjson::kParseInsituFlag | rapidjson::kParseIterativeFlag | rapidjson::kParseNumbersAsStringsFlag |
                 kFlags>(stream_, handler_);
    if (handler_.error() != nullptr) return {{}, handler_.error()};
    if (reader.HasParseError()) {
      return {{},
              MakeTextError(std::min(reader.GetErrorOffset(), size_),
                            rapidjson::GetParseError_En(reader.GetParseErrorCode()))};
    }
    return {handler_.TakeRoot(), nullptr};
  }

  // Skips blanks; whether the end of the text is reached.
  bool AtEnd() {
    rapidjson::SkipWhitespace(stream_);
    return stream_.Tell() >= size_;
  }
  [[nodiscard]] std::size_t offset() { return stream_.Tell(); }
  [[nodiscard]] bool AtNul() { return stream_.Peek() == '\0'; }

 private:
  static char* PaddedCopy(std::string_view text, Storage& storage) {
    char* buffer = storage.Allocate<char>(text.size() + kPadding);
    if (!text.empty()) std::memcpy(buffer, text.data(), text.size());
    std::memset(buffer + text.size(), 0, kPadding);
    return buffer;
  }

  std::size_t size_;
  rapidjson::InsituStringStream stream_;
  NodeHandler handler_;
};

// Why `text` cannot be JSON, as far as that shows without parsing it.
std::shared_ptr<const TextError> CheckText(std::string_view text, const Limits& limits) {
  if (text.size() > limits.max_input_bytes || text.size() > Node::kMaxSize) {
    return MakeTextError(0, "larger than the limit of " + std::to_string(limits.max_input_bytes) + " bytes", true);
  }
  const std::size_t valid = ValidUtf8Prefix(text);
  return valid == text.size() ? nullptr : MakeTextError(valid, "the text is not UTF-8");
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
  const std::vector<std::uint32_t> order = StableOrder(
      members.size(), [&](std::uint32_t a, std::uint32_t b) { return Text(members[a].key) < Text(members[b].key); });
  for (std::size_t i = 1; i < order.size(); ++i) {
    if (Text(members[order[i - 1]].key) == Text(members[order[i]].key)) return order[i];
  }
  return -1;
}

ReadResult ReadJson(std::string_view text, const Limits& limits, Storage& storage, std::uint32_t base) {
  if (auto error = CheckText(text, limits)) return {{}, std::move(error)};
  JsonText json(text, limits, storage, base);
  ReadResult result = json.Read<rapidjson::kParseNoFlags>();
  if (result.error == nullptr && !json.AtEnd()) return {{}, MakeTextError(json.offset(), "unexpected NUL character")};
  return result;
}

DocumentsResult ReadJsonDocuments(std::string_view text, const Limits& limits, Storage& storage, std::uint32_t base) {
  if (auto error = CheckText(text, limits)) return {{}, std::move(error)};
  JsonText json(text, limits, storage, base);
  DocumentsResult result;
  while (!json.AtEnd()) {
    if (json.AtNul()) return {{}, MakeTextError(json.offset(), "unexpected NUL character")};
    if (result.roots.size() >= limits.max_documents) {
      return {{}, MakeTextError(json.offset(), DocumentLimitMessage(limits), true)};
    }
    ReadResult document = json.Read<rapidjson::kParseStopWhenDoneFlag>();
    if (document.error != nullptr) return {{}, std::move(document.error)};
    result.roots.push_back(document.root);
  }
  return result;
}

}  // namespace grove::internal
