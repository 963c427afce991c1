// What was read as a manifest is written as text that reads as the same objects, in every format.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "grove/manifest.hpp"

namespace {

grove::ParseOptions Options(grove::TextFormat format) {
  grove::ParseOptions options;
  options.format = format;
  options.limits.max_input_bytes = std::size_t{1} << 20;
  options.limits.max_documents = 1'000;
  options.limits.max_yaml_aliases = 100;
  options.limits.max_yaml_expanded_values = 10'000;
  return options;
}

void Require(bool promise) {
  if (!promise) std::abort();
}

// The only object of `text`, which the library wrote.
grove::Value ReadBack(const std::string& text, grove::TextFormat format) {
  grove::ParseOptions options = Options(format);
  options.limits = {};  // what is indented is longer
  const grove::ParseResult parsed = grove::ParseManifest(text, options);
  Require(!parsed.error && parsed.objects.size() == 1);
  return parsed.objects.front().document;
}

void CheckDocument(const grove::Value& document, bool from_yaml) {
  const std::string compact = WriteManifest(document, grove::OutputFormat::kCompactJson);
  Require(ReadBack(compact, grove::TextFormat::kJson) == document);
  const grove::Value indented = ReadBack(WriteManifest(document, grove::OutputFormat::kJson), grove::TextFormat::kJson);
  Require(WriteManifest(indented, grove::OutputFormat::kCompactJson) == compact);
  // Numbers of JSON come back in the spelling of YAML, which then stays.
  grove::Value yaml = ReadBack(WriteManifest(document, grove::OutputFormat::kYaml), grove::TextFormat::kYaml);
  if (from_yaml) Require(yaml == document);
  Require(ReadBack(WriteManifest(yaml, grove::OutputFormat::kYaml), grove::TextFormat::kYaml) == yaml);
}

void Check(std::string_view text, grove::TextFormat format) {
  const grove::ParseResult parsed = grove::ParseManifest(text, Options(format));
  if (parsed.error) {
    Require(parsed.objects.empty() && !parsed.error->message.empty());
    Require(parsed.error->message.find('\n') == std::string::npos);
    Require(parsed.error->location.line > 0 && parsed.error->location.column > 0);
  }
  for (const grove::ManifestObject& object : parsed.objects) {
    const grove::SourceLocation location = LocationOf(object.document);
    Require(location.line > 0 && location.column > 0);
    CheckDocument(object.document, format == grove::TextFormat::kYaml);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  Check(text, grove::TextFormat::kJson);
  Check(text, grove::TextFormat::kYaml);
  return 0;
}
