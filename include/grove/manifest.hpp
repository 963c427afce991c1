// Text in, objects out, and back: manifests as users keep them, in JSON or YAML, one or many documents to a text.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "grove/field_error.hpp"
#include "grove/limits.hpp"
#include "grove/value.hpp"

namespace grove {

enum class TextFormat : std::uint8_t {
  kDetect,  // JSON if the first character that is no blank is `{` or `[`, else YAML
  kJson,
  kYaml,
};

struct ParseOptions {
  TextFormat format = TextFormat::kDetect;
  Limits limits;
};

// One object of a manifest. Items of `List` kinds stand as objects of their own.
struct ManifestObject {
  // As written, or for an item of a typed list (`PodCliqueSetList`) that states no kind as the list implies; empty if
  // absent.
  std::string api_version;
  std::string kind;
  std::string namespace_name;
  std::string name;
  Value document;
  std::uint32_t document_index = 0;  // of the document in its text, from 0
};

// Why a text is no manifest: malformed, or larger than a limit allows.
struct ParseError {
  std::string message;  // one line: what was found or expected, or the limit exceeded
  SourceLocation location;
  bool limit_exceeded = false;
};

struct ParseResult {
  std::vector<ManifestObject> objects;  // in the order of the text; empty on error
  std::optional<ParseError> error;
};

// Reads every object of `text`.
//
// JSON numbers keep their spelling. YAML is read as `kubectl` reads it: YAML 1.1, `yes` and `on` are booleans, `012` is
// ten. A repeated key is an error. Empty documents are skipped; a document that is no object is an error. All or
// nothing: after an error no object is returned. O(text), within the limits.
[[nodiscard]] ParseResult ParseManifest(std::string_view text, const ParseOptions& options = {});

// Where the value began in the text that it was parsed from; unknown for a value made otherwise.
[[nodiscard]] SourceLocation LocationOf(const Value& value);

enum class OutputFormat : std::uint8_t {
  kJson,         // indented
  kCompactJson,  // no blanks
  kYaml,
};

// Text of one document, ending in a line break (compact JSON: none). YAML is in block style and reads back as the same
// value. If the library was built without YAML, kYaml gives an empty text.
[[nodiscard]] std::string WriteManifest(const Value& document, OutputFormat format);

}  // namespace grove
