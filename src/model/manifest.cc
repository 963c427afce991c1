#include "grove/manifest.hpp"

#include <algorithm>
#include <cstring>
#include <memory>
#include <utility>

#include "model/json_reader.h"
#include "model/node.h"
#include "model/yaml_reader.h"

namespace grove {
namespace {

using internal::DocumentsResult;
using internal::Node;
using internal::Storage;
using internal::TextError;

constexpr std::string_view kListSuffix = "List";
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

TextFormat DetectFormat(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  const bool json = first != std::string_view::npos && (text[first] == '{' || text[first] == '[');
  return json ? TextFormat::kJson : TextFormat::kYaml;
}

bool IsUtf16(std::string_view text) { return text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF"); }

// Offsets of the first bytes of all lines; the first line begins at `begin`.
std::vector<std::uint32_t> FindLineStarts(std::string_view text, std::size_t begin) {
  std::vector<std::uint32_t> starts;
  starts.reserve(text.size() / 32 + 1);
  starts.push_back(static_cast<std::uint32_t>(begin));
  const char* end = text.data() + text.size();
  for (const char* p = text.data() + begin; p < end;) {
    const auto* found = static_cast<const char*>(std::memchr(p, '\n', static_cast<std::size_t>(end - p)));
    if (found == nullptr) break;
    p = found + 1;
    starts.push_back(static_cast<std::uint32_t>(p - text.data()));
  }
  return starts;
}

SourceLocation LocationAt(std::span<const std::uint32_t> line_starts, std::uint32_t offset) {
  const auto next = std::ranges::upper_bound(line_starts, offset);
  if (next == line_starts.begin()) return {1, 1};
  const auto line = static_cast<std::uint32_t>(next - line_starts.begin());
  return {line, offset - *(next - 1) + 1};
}

// Turns the documents of one text into objects.
class ObjectCollector {
 public:
  ObjectCollector(std::shared_ptr<const Storage> storage, const Limits& limits)
      : storage_(std::move(storage)), limits_(limits) {}

  // False at an error.
  bool AddDocuments(const std::vector<Node>& roots) {
    objects_.reserve(roots.size());
    for (const Node& root : roots) {
      if (!internal::IsNull(root) && !Add(root, "document", {}, {})) return false;
      ++document_index_;
    }
    return true;
  }

  [[nodiscard]] std::vector<ManifestObject>& objects() { return objects_; }
  [[nodiscard]] std::shared_ptr<const TextError> error() const { return error_; }

 private:
  // Lists in lists are bounded by the depth limit of the readers.
  // Items of a typed list (`PodCliqueSetList`) come from the API server without a kind of their own.
  bool Add(const Node& node, std::string_view what, std::string_view item_api_version, std::string_view item_kind) {
    if (!internal::IsObject(node)) return Fail(node, std::string(what) + " is no object");
    std::string_view api_version = TextOf(node, "apiVersion");
    std::string_view kind = TextOf(node, "kind");
    if (kind.empty() && !item_kind.empty()) {
      api_version = item_api_version;
      kind = item_kind;
    }
    const Node* items = kind.ends_with(kListSuffix) ? internal::Find(node, "items") : nullptr;
    if (items != nullptr && internal::IsArray(*items)) {
      for (const Node& item : internal::Elements(*items)) {
        const std::string_view of_items = kind.substr(0, kind.size() - kListSuffix.size());
        if (!Add(item, "item of a list", api_version, of_items)) return false;
      }
      return true;
    }
    if (objects_.size() >= limits_.max_documents) return Fail(node, internal::DocumentLimitMessage(limits_), true);
    const Node* metadata = internal::Find(node, "metadata");
    ManifestObject& object = objects_.emplace_back();
    object.api_version = api_version;
    object.kind = kind;
    if (metadata != nullptr) {
      object.namespace_name = TextOf(*metadata, "namespace");
      object.name = TextOf(*metadata, "name");
    }
    object.document = Value(node, storage_);
    object.document_index = document_index_;
    return true;
  }

  // Text of a string member, or nothing.
  static std::string_view TextOf(const Node& object, std::string_view key) {
    const Node* value = internal::Find(object, key);
    return value == nullptr || !internal::IsString(*value) ? std::string_view{} : internal::Text(*value);
  }

  bool Fail(const Node& node, std::string message, bool limit = false) {
    error_ = internal::MakeTextError(node.offset, std::move(message), limit);
    return false;
  }

  std::shared_ptr<const Storage> storage_;
  const Limits& limits_;
  std::vector<ManifestObject> objects_;
  std::uint32_t document_index_ = 0;
  std::shared_ptr<const TextError> error_;
};

ParseResult Failure(std::string_view text, std::size_t begin, const TextError& error, std::size_t base) {
  ParseResult result;
  const auto offset = static_cast<std::uint32_t>(std::min(error.offset + base, text.size()));
  const std::vector<std::uint32_t> starts = FindLineStarts(text.substr(0, offset), begin);
  result.error = ParseError{error.message, LocationAt(starts, offset), error.limit};
  return result;
}

}  // namespace

ParseResult ParseManifest(std::string_view text, const ParseOptions& options) {
  if (IsUtf16(text)) return Failure(text, 0, {0, "the text is UTF-16, only UTF-8 is read", false}, 0);
  const std::size_t begin = text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
  const std::string_view body = text.substr(begin);
  const TextFormat format = options.format == TextFormat::kDetect ? DetectFormat(body) : options.format;
  const auto read = format == TextFormat::kJson ? internal::ReadJsonDocuments : internal::ReadYaml;

  auto storage = std::make_shared<Storage>();
  const DocumentsResult documents = read(body, options.limits, *storage, static_cast<std::uint32_t>(begin));
  if (documents.error != nullptr) return Failure(text, begin, *documents.error, begin);
  storage->SetLineStarts(FindLineStarts(text, begin));

  ObjectCollector collector(std::move(storage), options.limits);
  if (!collector.AddDocuments(documents.roots)) return Failure(text, begin, *collector.error(), 0);
  return {std::move(collector.objects()), std::nullopt};
}

}  // namespace grove
