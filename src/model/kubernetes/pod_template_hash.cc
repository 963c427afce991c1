#include "model/kubernetes/pod_template_hash.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "model/decimal.h"
#include "model/kubernetes/pod_template_types.h"
#include "model/quantity.h"

namespace grove::kubernetes {
namespace {

using internal::Kind;
using internal::Member;
using internal::Node;

constexpr std::string_view kNil = "<nil>";
constexpr std::string_view kZeroQuantity =
    "{i:(resource.int64Amount){value:(int64)0 scale:(resource.Scale)0} d:(resource.infDecAmount){Dec:(*inf.Dec)<nil>} "
    "s:(string) Format:(resource.Format)}";

// Where the text goes: into two hashes at once, which takes no longer than one, as neither waits for the other.
class HashSink {
 public:
  HashSink(std::uint64_t first, std::uint64_t second) : first_(first), second_(second) {}

  // Not inlined: its many callers pass constants, for each of which the compiler would unroll the loop.
  [[gnu::noinline]] void Write(std::string_view text) {
    std::uint64_t first = first_;
    std::uint64_t second = second_;
    for (const char byte : text) {
      first = FnvStep(first, byte);
      second = FnvStep(second, byte);
    }
    first_ = first;
    second_ = second;
  }

  // Bytes `begin` to `end` of the zero text of `type`.
  void WriteZero(const TemplateStruct& type, std::size_t begin, std::size_t end) {
    const std::size_t first_block = (begin + kJumpBytes - 1) / kJumpBytes;
    const std::size_t end_block = std::min(end / kJumpBytes, type.jumps.size());
    if (first_block >= end_block) {
      Write(type.zero.substr(begin, end - begin));
      return;
    }
    Write(type.zero.substr(begin, first_block * kJumpBytes - begin));
    for (const FnvJump& jump : type.jumps.subspan(first_block, end_block - first_block)) {
      first_ = jump.After(first_);
      second_ = jump.After(second_);
    }
    Write(type.zero.substr(end_block * kJumpBytes, end - end_block * kJumpBytes));
  }

  [[nodiscard]] std::uint64_t first() const { return first_; }
  [[nodiscard]] std::uint64_t second() const { return second_; }

 private:
  std::uint64_t first_;
  std::uint64_t second_;
};

class TextSink {
 public:
  [[gnu::noinline]] void Write(std::string_view text) { text_ += text; }
  void WriteZero(const TemplateStruct& type, std::size_t begin, std::size_t end) {
    text_ += type.zero.substr(begin, end - begin);
  }
  [[nodiscard]] std::string& text() { return text_; }

 private:
  std::string text_;
};

template <class Sink, class Integer>
void WriteNumber(Integer value, Sink& sink) {
  std::array<char, 24> digits;
  const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), value);
  sink.Write({digits.data(), static_cast<std::size_t>(end - digits.data())});
}

bool IsPlainInteger(std::string_view text) {
  if (text == "-0" || text.empty()) return false;
  if (text.front() == '-') text.remove_prefix(1);
  return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// `text` is the spelling of a JSON number; `1.0` and `1e2` are integers too.
template <class Sink>
void WriteInteger(std::string_view text, Sink& sink) {
  if (IsPlainInteger(text)) return sink.Write(text);
  const std::optional<Quantity> number = Quantity::Parse(text);
  WriteNumber(number ? number->ScaledValue(0).value_or(0) : 0, sink);
}

template <class Sink>
void WriteBigNumber(const Quantity::Form& form, Sink& sink) {
  sink.Write("{unscaled:(big.Int){neg:(bool)");
  sink.Write(form.negative ? "true" : "false");
  sink.Write(" abs:(big.nat)");
  const std::vector<std::uint64_t> words = WordsOfDecimal(form.digits);
  if (words.empty()) {
    sink.Write(kNil);
  } else {
    std::string_view separator = "[";
    for (const std::uint64_t word : words) {
      sink.Write(separator);
      WriteNumber(word, sink);
      separator = " ";
    }
    sink.Write("]");
  }
  sink.Write("} scale:(inf.Scale)");
  WriteNumber(form.big_scale, sink);
  sink.Write("}");
}

template <class Sink>
void WriteQuantity(std::string_view text, Sink& sink) {
  constexpr std::array<std::string_view, 3> kFormats = {"DecimalSI", "BinarySI", "DecimalExponent"};
  const std::optional<Quantity> quantity = Quantity::Parse(text);
  if (!quantity) return sink.Write(kZeroQuantity);
  const Quantity::Form form = quantity->form();
  sink.Write("{i:(resource.int64Amount){value:(int64)");
  WriteNumber(form.value, sink);
  sink.Write(" scale:(resource.Scale)");
  WriteNumber(form.scale, sink);
  sink.Write("} d:(resource.infDecAmount){Dec:(*inf.Dec)");
  if (form.big) {
    WriteBigNumber(form, sink);
  } else {
    sink.Write(kNil);
  }
  sink.Write("} s:(string)");
  sink.Write(form.text);
  sink.Write(" Format:(resource.Format)");
  sink.Write(kFormats[static_cast<std::size_t>(form.format)]);
  sink.Write("}");
}

template <class Sink>
void WriteIntOrString(const Node& node, Sink& sink) {
  const bool is_string = internal::IsString(node);
  sink.Write(is_string ? "{Type:(intstr.Type)1 IntVal:(int32)" : "{Type:(intstr.Type)0 IntVal:(int32)");
  WriteInteger(internal::IsNumber(node) ? internal::Text(node) : "0", sink);
  sink.Write(" StrVal:(string)");
  if (is_string) sink.Write(internal::Text(node));
  sink.Write("}");
}

// The values of an object's members, by position in TemplateStruct::members; null where absent.
using MemberValues = std::array<const Node*, kMostTemplateMembers>;

MemberValues CollectValues(const TemplateStruct& type, const Node* object) {
  MemberValues values;
  std::fill_n(values.begin(), type.members.size(), nullptr);
  if (object == nullptr) return values;
  for (const Member& member : internal::Members(*object)) {
    const int found = FindTemplateMember(type, internal::Text(member.key));
    if (found >= 0 && !internal::IsNull(member.value)) values[static_cast<std::size_t>(found)] = &member.value;
  }
  return values;
}

// `members` by key, in `storage` unless they are in order.
std::span<const Member> SortedByKey(std::span<const Member> members, std::vector<Member>& storage) {
  const auto by_key = [](const Member& a, const Member& b) { return internal::Text(a.key) < internal::Text(b.key); };
  if (std::is_sorted(members.begin(), members.end(), by_key)) return members;
  storage.assign(members.begin(), members.end());
  std::sort(storage.begin(), storage.end(), by_key);
  return storage;
}

template <class Sink>
class Renderer {
 public:
  explicit Renderer(Sink& sink) : sink_(sink) {}

  void WriteTemplate(const PodTemplate& pod_template) {
    const TemplateStruct& metadata = kTemplateStructs[kObjectMetaNumber];
    MemberValues values = CollectValues(metadata, nullptr);
    values[Position(metadata, "labels")] = OrAbsent(pod_template.labels);
    values[Position(metadata, "annotations")] = OrAbsent(pod_template.annotations);
    sink_.Write("(*v1.PodTemplateSpec){ObjectMeta:(v1.ObjectMeta)");
    WriteStruct(metadata, values);

    const TemplateStruct& spec = kTemplateStructs[kPodSpecNumber];
    const Node priority_class_name = internal::StringNode(pod_template.priority_class_name);
    values = CollectValues(spec, pod_template.pod_spec);
    values[Position(spec, "priorityClassName")] = &priority_class_name;
    sink_.Write(" Spec:(v1.PodSpec)");
    WriteStruct(spec, values);
    sink_.Write("}");
  }

 private:
  static const Node* OrAbsent(const Node* node) { return node == nullptr || internal::IsNull(*node) ? nullptr : node; }

  static std::size_t Position(const TemplateStruct& type, std::string_view key) {
    return static_cast<std::size_t>(FindTemplateMember(type, key));
  }

  // Only the values of present members are rendered one by one; the rest is taken from the zero text in one piece.
  void WriteStruct(const TemplateStruct& type, const MemberValues& values) {
    std::size_t written = 0;
    for (std::size_t i = 0; i < type.members.size(); ++i) {
      if (values[i] == nullptr) continue;
      sink_.WriteZero(type, written, type.members[i].begin);
      WriteMember(type.members[i], *values[i]);
      written = type.members[i].end;
    }
    sink_.WriteZero(type, written, type.zero.size());
  }

  void WriteMember(const TemplateMember& member, const Node& node) {
    switch (member.container) {
      case Container::kValue:
      case Container::kPointer:
        return WriteLeaf(member.leaf, member.number, node);
      case Container::kList:
        return WriteList(member, node);
      case Container::kMap:
        return WriteMap(member, node);
    }
  }

  void WriteLeaf(Leaf leaf, std::uint8_t number, const Node& node) {
    switch (leaf) {
      case Leaf::kString:
        return sink_.Write(internal::IsString(node) ? internal::Text(node) : std::string_view{});
      case Leaf::kBoolean:
        return sink_.Write(internal::KindOf(node) == Kind::kBoolean && node.size != 0 ? "true" : "false");
      case Leaf::kInteger:
        return WriteInteger(internal::IsNumber(node) ? internal::Text(node) : "0", sink_);
      case Leaf::kQuantity:
        return WriteQuantity(internal::Text(node), sink_);
      case Leaf::kIntOrString:
        return WriteIntOrString(node, sink_);
      case Leaf::kStruct: {
        const TemplateStruct& type = kTemplateStructs[number];
        return WriteStruct(type, CollectValues(type, &node));
      }
    }
  }

  void WriteList(const TemplateMember& member, const Node& node) {
    if (!internal::IsArray(node)) return sink_.Write(kNil);
    sink_.Write("[");
    std::string_view separator;
    for (const Node& element : internal::Elements(node)) {
      sink_.Write(separator);
      WriteLeaf(member.leaf, member.number, element);
      separator = " ";
    }
    sink_.Write("]");
  }

  void WriteMap(const TemplateMember& member, const Node& node) {
    if (!internal::IsObject(node)) return sink_.Write(kNil);
    std::vector<Member> storage;
    const std::span<const Member> entries = SortedByKey(internal::Members(node), storage);
    sink_.Write("map[");
    std::string_view separator;
    for (const Member& entry : entries) {
      sink_.Write(separator);
      sink_.Write(internal::Text(entry.key));
      sink_.Write(":");
      WriteLeaf(member.leaf, member.number, entry.value);
      separator = " ";
    }
    sink_.Write("]");
  }

  Sink& sink_;
};

// The digits of the hash, as letters and digits that make no words.
std::string Encode(std::uint64_t hash) {
  constexpr std::string_view kAlphabet = "456789bcdf";
  std::string text = std::to_string(hash);
  for (char& digit : text) digit = kAlphabet[static_cast<std::size_t>(digit - '0')];
  return text;
}

}  // namespace

std::string PodTemplateHash(const PodTemplate& pod_template) { return GenerationHasher().Add(pod_template); }

std::string GenerationHasher::Add(const PodTemplate& pod_template) {
  HashSink sink(state_, kFnvOffset);
  Renderer<HashSink>(sink).WriteTemplate(pod_template);
  state_ = sink.first();
  return Encode(sink.second());
}

std::string GenerationHasher::Finish() const { return Encode(state_); }

std::string PodTemplateText(const PodTemplate& pod_template) {
  TextSink sink;
  Renderer<TextSink>(sink).WriteTemplate(pod_template);
  return std::move(sink.text());
}

}  // namespace grove::kubernetes
