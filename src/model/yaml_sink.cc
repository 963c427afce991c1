#include "model/yaml_sink.h"

#if !GROVE_WITH_YAML

namespace grove::internal {

bool HasYaml() { return false; }

YamlSink::YamlSink(std::string&) {}
YamlSink::~YamlSink() = default;
void YamlSink::StartDocument() {}
void YamlSink::EndDocument() {}
void YamlSink::StartObject() {}
void YamlSink::EndObject() {}
void YamlSink::StartArray() {}
void YamlSink::EndArray() {}
void YamlSink::String(std::string_view) {}
void YamlSink::Double(double) {}
void YamlSink::Plain(std::string_view) {}
void YamlSink::Number(std::string_view) {}
void YamlSink::Write(const Node&) {}

}  // namespace grove::internal

#else

#include <cmath>

#include <yaml.h>

#include "model/float_text.h"
#include "model/utf8.h"
#include "model/yaml_scalar.h"

namespace grove::internal {

bool HasYaml() { return true; }

struct YamlSink::Emitter {
  explicit Emitter(std::string& out) : text(out) {
    ready = yaml_emitter_initialize(&emitter) != 0;
    if (!ready) return;
    yaml_emitter_set_output(&emitter, &Append, this);
    yaml_emitter_set_unicode(&emitter, 1);
    yaml_event_t event;
    Emit(event, yaml_stream_start_event_initialize(&event, YAML_UTF8_ENCODING));
  }
  ~Emitter() {
    yaml_event_t event;
    Emit(event, yaml_stream_end_event_initialize(&event));
    yaml_emitter_delete(&emitter);
  }
  Emitter(const Emitter&) = delete;
  Emitter& operator=(const Emitter&) = delete;

  static int Append(void* self, unsigned char* data, std::size_t size) {
    static_cast<Emitter*>(self)->text.append(reinterpret_cast<const char*>(data), size);
    return 1;
  }
  // Takes the event over if it was `made`. Failures are those of the heap alone.
  void Emit(yaml_event_t& event, int made) {
    if (made != 0 && ready) ready = yaml_emitter_emit(&emitter, &event) != 0;
  }
  void Scalar(std::string_view content, yaml_scalar_style_t style) {
    yaml_event_t event;
    const auto* data = reinterpret_cast<const yaml_char_t*>(content.empty() ? "" : content.data());
    const int made =
        yaml_scalar_event_initialize(&event, nullptr, nullptr, data, static_cast<int>(content.size()), 1, 1, style);
    Emit(event, made);
  }

  std::string& text;
  yaml_emitter_t emitter{};
  bool ready = false;
  bool first_document = true;
};

namespace {

// Line breaks of YAML 1.1 other than the line feed: only escaped they read back as they are.
bool HasOtherLineBreak(std::string_view text) {
  return text.find('\r') != std::string_view::npos || text.find("\xC2\x85") != std::string_view::npos ||
         text.find("\xE2\x80\xA8") != std::string_view::npos || text.find("\xE2\x80\xA9") != std::string_view::npos;
}

// The style to ask for; the emitter quotes where the characters demand it.
yaml_scalar_style_t StyleOf(std::string_view text) {
  if (HasOtherLineBreak(text)) return YAML_DOUBLE_QUOTED_SCALAR_STYLE;
  if (text.find('\n') != std::string_view::npos) return YAML_LITERAL_SCALAR_STYLE;
  return IsAmbiguousInYaml(text) ? YAML_DOUBLE_QUOTED_SCALAR_STYLE : YAML_PLAIN_SCALAR_STYLE;
}

}  // namespace

YamlSink::YamlSink(std::string& out) : emitter_(new Emitter(out)) {}

YamlSink::~YamlSink() { delete emitter_; }

void YamlSink::StartDocument() {
  yaml_event_t event;
  const int implicit = emitter_->first_document ? 1 : 0;
  emitter_->first_document = false;
  emitter_->Emit(event, yaml_document_start_event_initialize(&event, nullptr, nullptr, nullptr, implicit));
}

void YamlSink::EndDocument() {
  yaml_event_t event;
  emitter_->Emit(event, yaml_document_end_event_initialize(&event, 1));
}

void YamlSink::StartObject() {
  yaml_event_t event;
  emitter_->Emit(event, yaml_mapping_start_event_initialize(&event, nullptr, nullptr, 1, YAML_BLOCK_MAPPING_STYLE));
}

void YamlSink::EndObject() {
  yaml_event_t event;
  emitter_->Emit(event, yaml_mapping_end_event_initialize(&event));
}

void YamlSink::StartArray() {
  yaml_event_t event;
  emitter_->Emit(event, yaml_sequence_start_event_initialize(&event, nullptr, nullptr, 1, YAML_BLOCK_SEQUENCE_STYLE));
}

void YamlSink::EndArray() {
  yaml_event_t event;
  emitter_->Emit(event, yaml_sequence_end_event_initialize(&event));
}

void YamlSink::String(std::string_view text) {
  if (ValidUtf8Prefix(text) == text.size()) {
    emitter_->Scalar(text, StyleOf(text));
  } else {
    const std::string valid = ReplaceInvalidUtf8(text);
    emitter_->Scalar(valid, StyleOf(valid));
  }
}

void YamlSink::Double(double value) {
  if (std::isfinite(value)) {
    Number(FormatJsonFloat(value));
  } else {
    Null();
  }
}

void YamlSink::Plain(std::string_view text) { emitter_->Scalar(text, YAML_PLAIN_SCALAR_STYLE); }

// An integer has no negative zero.
void YamlSink::Number(std::string_view text) { Plain(text == "-0" ? "-0.0" : text); }

void YamlSink::Write(const Node& node) {
  switch (KindOf(node)) {
    case Kind::kNull:
      return Null();
    case Kind::kBoolean:
      return Boolean(node.size != 0);
    case Kind::kNumber:
      return Number(Text(node));
    case Kind::kString:
      return String(Text(node));
    case Kind::kArray:
      StartArray();
      for (const Node& element : Elements(node)) Write(element);
      return EndArray();
    case Kind::kObject:
      StartObject();
      for (const Member& member : Members(node)) {
        Key(Text(member.key));
        Write(member.value);
      }
      return EndObject();
  }
}

}  // namespace grove::internal

#endif
