#include "model/yaml_reader.h"

#if !GROVE_WITH_YAML

namespace grove::internal {

DocumentsResult ReadYaml(std::string_view, const Limits&, Storage&, std::uint32_t) {
  return {{}, MakeTextError(0, "this is no JSON, and the library was built without YAML")};
}

}  // namespace grove::internal

#else

#include <algorithm>
#include <cmath>
#include <map>
#include <vector>

#include "model/json_reader.h"
#include "model/utf8.h"
#include "model/yaml_events.h"
#include "model/yaml_scalar.h"

namespace grove::internal {
namespace {

using ScalarType = YamlScalar::Type;

constexpr std::string_view kMergeTag = "tag:yaml.org,2002:merge";
// libyaml compares each directive with all before it.
constexpr std::size_t kMaxTagDirectives = 1000;

std::string_view ToView(const yaml_char_t* text) {
  return text == nullptr ? std::string_view{} : std::string_view(reinterpret_cast<const char*>(text));
}

// Offset of the first %TAG directive too many, or npos.
std::size_t FindExcessiveTagDirective(std::string_view text) {
  constexpr std::string_view kDirective = "%TAG";
  std::size_t count = 0;
  for (std::size_t i = text.find(kDirective); i != std::string_view::npos; i = text.find(kDirective, i + 1)) {
    if (i > 0 && text[i - 1] != '\n' && text[i - 1] != '\r') continue;
    if (++count > kMaxTagDirectives) return i;
  }
  return std::string_view::npos;
}

// Folds events into nodes.
class Builder {
 public:
  Builder(std::string_view text, const Limits& limits, Storage& storage, std::uint32_t base)
      : events_(text), limits_(limits), storage_(storage), base_(base) {}

  DocumentsResult Build() {
    DocumentsResult result;
    bool more = true;
    while (more) {
      if (!events_.Next()) return {{}, events_.error()};
      more = OnEvent(events_.event(), result.roots);
      if (error_ != nullptr) return {{}, error_};
    }
    return result;
  }

 private:
  static constexpr std::size_t kNoAnchor = static_cast<std::size_t>(-1);

  // What values add up to, with those inside: their number, the bytes of their text, and how deep they are nested.
  struct Extent {
    std::size_t values = 0;
    std::size_t bytes = 0;
    std::size_t height = 0;
  };
  struct Frame {
    bool mapping = false;
    bool merges = false;
    std::size_t first = 0;  // of its keys and values on the stack
    std::uint32_t offset = 0;
    std::size_t anchor = kNoAnchor;
    Extent extent;
  };
  struct Anchor {
    bool open = true;  // its value is not complete
    Node node;
    Extent extent;
    bool is_scalar = false;
    YamlScalar scalar;
  };

  // Whether events follow.
  bool OnEvent(const yaml_event_t& event, std::vector<Node>& roots) {
    switch (event.type) {
      case YAML_STREAM_END_EVENT:
        return false;
      case YAML_DOCUMENT_START_EVENT:
        if (roots.size() >= limits_.max_documents) return Fail(DocumentLimitMessage(limits_), true);
        document_ = {};
        names_.clear();
        anchors_.clear();
        return true;
      case YAML_DOCUMENT_END_EVENT:
        roots.push_back(stack_.front());
        stack_.clear();
        return true;
      case YAML_ALIAS_EVENT:
        return OnAlias(ToView(event.data.alias.anchor));
      case YAML_SCALAR_EVENT:
        return OnScalar(event);
      case YAML_SEQUENCE_START_EVENT:
        return OnStart(false, event.data.sequence_start.anchor);
      case YAML_MAPPING_START_EVENT:
        return OnStart(true, event.data.mapping_start.anchor);
      case YAML_SEQUENCE_END_EVENT:
      case YAML_MAPPING_END_EVENT:
        return OnEnd();
      default:
        return true;
    }
  }

  bool OnScalar(const yaml_event_t& event) {
    const auto& data = event.data.scalar;
    const std::string_view text(reinterpret_cast<const char*>(data.value), data.length);
    const std::string_view tag = ToView(data.tag);
    if (text.size() > Node::kMaxSize) return Fail("a string is too long", true);
    YamlScalar scalar;
    if (!tag.empty()) {
      scalar = ResolveTaggedYamlScalar(tag, text);
    } else if (data.plain_implicit != 0) {
      scalar = ResolveYamlScalar(text);
    }
    if (scalar.type == ScalarType::kError) return Fail(scalar.text);
    const std::size_t anchor = Declare(data.anchor);
    const bool merge = text == "<<" && (data.plain_implicit != 0 || tag == kMergeTag);
    const std::uint32_t offset = Offset();
    if (anchor != kNoAnchor) {
      Node node;
      if (!ScalarNode(scalar, text, offset, node)) return false;
      anchors_[anchor] = {false, node, {1, Text(node).size(), 0}, true, scalar};
    }
    if (ExpectsKey()) return merge ? PushMergeKey() : PushKey(scalar, text, offset);
    Node node;
    return ScalarNode(scalar, text, offset, node) && PushValue(node, {1, Text(node).size(), 0});
  }

  bool ScalarNode(const YamlScalar& scalar, std::string_view text, std::uint32_t offset, Node& node) {
    switch (scalar.type) {
      case ScalarType::kNull:
        node = MakeNode(Kind::kNull, nullptr, 0, offset);
        return true;
      case ScalarType::kBoolean:
        node = BooleanNode(scalar.boolean, offset);
        return true;
      case ScalarType::kInteger:
      case ScalarType::kFloat:
        if (scalar.text.empty() && !ExpectsKey()) return Fail("JSON has no number for " + Excerpt(text));
        node = NumberNode(storage_.Copy(scalar.text), offset);
        return true;
      default:
        node = StringNode(storage_.Copy(scalar.type == ScalarType::kBinary ? scalar.text : text), offset);
        return true;
    }
  }

  bool OnStart(bool mapping, const yaml_char_t* anchor) {
    if (frames_.size() >= limits_.max_depth) return FailDepth();
    if (ExpectsKey()) return Fail(mapping ? "a mapping cannot be a key" : "a sequence cannot be a key");
    Frame frame;
    frame.mapping = mapping;
    frame.first = stack_.size();
    frame.offset = Offset();
    frame.anchor = Declare(anchor);
    frames_.push_back(frame);
    return true;
  }

  bool OnEnd() {
    Frame frame = frames_.back();
    Node node;
    if (!frame.mapping) {
      const std::span<const Node> elements(stack_.data() + frame.first, stack_.size() - frame.first);
      node = storage_.MakeArray(elements, frame.offset);
    } else if (!CloseMapping(frame, node)) {
      return false;
    }
    frames_.pop_back();
    stack_.resize(frame.first);
    ++frame.extent.values;
    ++frame.extent.height;
    if (frame.anchor != kNoAnchor) anchors_[frame.anchor] = {false, node, frame.extent, false, {}};
    return PushValue(node, frame.extent, true);
  }

  bool CloseMapping(const Frame& frame, Node& node) {
    const auto* first = reinterpret_cast<const Member*>(stack_.data() + frame.first);
    const std::span<const Member> members(first, (stack_.size() - frame.first) / 2);
    if (frame.merges) return CloseMergingMapping(members, frame.offset, node);
    if (const std::ptrdiff_t repeated = FindRepeatedKey(members); repeated >= 0) {
      return FailRepeated(members[static_cast<std::size_t>(repeated)].key);
    }
    node = storage_.MakeObject(members, frame.offset);
    return true;
  }

  // Merges take effect where they stand: they override members before them, members behind override them.
  bool CloseMergingMapping(std::span<const Member> members, std::uint32_t offset, Node& node) {
    std::vector<Member> result;
    std::vector<bool> written;  // out in the mapping itself
    std::map<std::string_view, std::size_t> places;
    const auto set = [&](const Member& member, bool own) {
      const auto [it, is_new] = places.try_emplace(Text(member.key), result.size());
      if (is_new) {
        result.push_back(member);
        written.push_back(own);
        return true;
      }
      if (own && written[it->second]) return FailRepeated(member.key);
      if (own) written[it->second] = true;
      result[it->second] = member;
      return true;
    };
    for (const Member& member : members) {
      if (!IsNull(member.key)) {
        if (!set(member, true)) return false;
        continue;
      }
      // Of several mappings the first wins.
      const std::span<const Node> sources =
          IsArray(member.value) ? Elements(member.value) : std::span<const Node>(&member.value, 1);
      for (std::size_t i = sources.size(); i-- > 0;) {
        if (!IsObject(sources[i])) return FailMerge(sources[i].offset);
        for (const Member& merged : Members(sources[i])) set(merged, false);
      }
    }
    node = storage_.MakeObject(result, offset);
    return true;
  }

  bool OnAlias(std::string_view name) {
    if (++aliases_ > limits_.max_yaml_aliases) {
      return Fail("more aliases than the limit of " + std::to_string(limits_.max_yaml_aliases), true);
    }
    const auto it = names_.find(name);
    if (it == names_.end()) return Fail("unknown anchor '" + Excerpt(name) + "'");
    const Anchor& anchor = anchors_[it->second];
    if (anchor.open) return Fail("anchor '" + Excerpt(name) + "' contains itself");
    if (ExpectsKey()) {
      if (!anchor.is_scalar) return Fail("the value of anchor '" + Excerpt(name) + "' cannot be a key");
      return PushKey(anchor.scalar, Text(anchor.node), Offset());
    }
    if (frames_.size() + anchor.extent.height > limits_.max_depth) return FailDepth();
    // Inline a sequence of mappings can be merged, through an alias not.
    if (IsMergeValue() && !IsObject(anchor.node)) return FailMerge(Offset());
    if (anchor.is_scalar && IsNumber(anchor.node) && anchor.node.size == 0) return Fail("JSON has no such number");
    Node node = anchor.node;
    node.offset = Offset();
    return PushValue(node, anchor.extent);
  }

  // The place of an anchor that is declared here, if any.
  std::size_t Declare(const yaml_char_t* name) {
    if (name == nullptr) return kNoAnchor;
    anchors_.emplace_back();
    names_.insert_or_assign(std::string(ToView(name)), anchors_.size() - 1);
    return anchors_.size() - 1;
  }

  [[nodiscard]] bool ExpectsKey() const {
    return !frames_.empty() && frames_.back().mapping && (stack_.size() - frames_.back().first) % 2 == 0;
  }
  // Instead of a key the stack holds null where a mapping is merged.
  [[nodiscard]] bool IsMergeValue() const {
    return !frames_.empty() && frames_.back().mapping && !ExpectsKey() && IsNull(stack_.back());
  }

  bool PushMergeKey() {
    frames_.back().merges = true;
    stack_.push_back(MakeNode(Kind::kNull, nullptr, 0, Offset()));
    return true;
  }

  bool PushKey(const YamlScalar& scalar, std::string_view text, std::uint32_t offset) {
    if (scalar.type == ScalarType::kString) return PushKey(text, offset);
    const YamlScalar key = YamlKey(scalar, text);
    if (key.type == ScalarType::kError) return Fail(key.text);
    return PushKey(key.text, offset);
  }

  bool PushKey(std::string_view key, std::uint32_t offset) {
    stack_.push_back(StringNode(storage_.Copy(key), offset));
    frames_.back().extent.bytes += key.size();
    document_.bytes += key.size();
    return CheckExpansion();
  }

  // `contents_counted`: all but the value itself has been added to the document.
  bool PushValue(const Node& node, const Extent& extent, bool contents_counted = false) {
    stack_.push_back(node);
    if (!frames_.empty()) {
      Extent& whole = frames_.back().extent;
      whole.values += extent.values;
      whole.bytes += extent.bytes;
      whole.height = std::max(whole.height, extent.height);
    }
    document_.values += contents_counted ? 1 : extent.values;
    document_.bytes += contents_counted ? 0 : extent.bytes;
    return CheckExpansion();
  }

  // Through aliases a short text can stand for one that nobody could hold.
  bool CheckExpansion() {
    if (document_.values > limits_.max_yaml_expanded_values) {
      return Fail("more values than the limit of " + std::to_string(limits_.max_yaml_expanded_values) +
                      ", with what aliases stand for",
                  true);
    }
    if (document_.bytes > limits_.max_input_bytes) {
      return Fail(
          "longer than the limit of " + std::to_string(limits_.max_input_bytes) + " bytes, with what aliases stand for",
          true);
    }
    return true;
  }

  [[nodiscard]] std::uint32_t Offset() { return base_ + static_cast<std::uint32_t>(events_.offset()); }

  bool FailAt(std::size_t offset, std::string message, bool limit = false) {
    error_ = MakeTextError(offset, std::move(message), limit);
    return false;
  }
  bool Fail(std::string message, bool limit = false) { return FailAt(events_.offset(), std::move(message), limit); }
  bool FailDepth() {
    return Fail("nested deeper than the limit of " + std::to_string(limits_.max_depth) + " levels", true);
  }
  bool FailMerge(std::uint32_t offset) { return FailAt(offset - base_, "a merge needs a mapping or several"); }
  bool FailRepeated(const Node& key) {
    return FailAt(key.offset - base_, "duplicate key \"" + Excerpt(Text(key)) + "\"");
  }

  YamlEvents events_;
  const Limits& limits_;
  Storage& storage_;
  std::uint32_t base_;
  std::vector<Node> stack_;  // finished values; of open mappings keys and values in turn
  std::vector<Frame> frames_;
  std::map<std::string, std::size_t, std::less<>> names_;
  std::vector<Anchor> anchors_;
  std::size_t aliases_ = 0;
  Extent document_;
  std::shared_ptr<const TextError> error_;
};

}  // namespace

DocumentsResult ReadYaml(std::string_view text, const Limits& limits, Storage& storage, std::uint32_t base) {
  if (text.size() > limits.max_input_bytes || text.size() > Node::kMaxSize) {
    return {{},
            MakeTextError(0, "larger than the limit of " + std::to_string(limits.max_input_bytes) + " bytes", true)};
  }
  if (const std::size_t valid = ValidUtf8Prefix(text); valid != text.size()) {
    return {{}, MakeTextError(valid, "the text is not UTF-8")};
  }
  if (const std::size_t excess = FindExcessiveTagDirective(text); excess != std::string_view::npos) {
    return {{},
            MakeTextError(excess, "more %TAG directives than the limit of " + std::to_string(kMaxTagDirectives), true)};
  }
  return Builder(text, limits, storage, base).Build();
}

}  // namespace grove::internal

#endif
