#include "model/yaml_events.h"

#include <array>
#include <cstdio>

namespace grove::internal {
namespace {

bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

std::string CodePoint(int value) {
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), "U+%04X", static_cast<unsigned>(value));
  return text.data();
}

}  // namespace

YamlEvents::YamlEvents(std::string_view text) : text_(text), parser_{}, event_{} {
  if (yaml_parser_initialize(&parser_) == 0) {
    error_ = MakeTextError(0, "out of memory");
    return;
  }
  yaml_parser_set_encoding(&parser_, YAML_UTF8_ENCODING);
  yaml_parser_set_input_string(&parser_, reinterpret_cast<const unsigned char*>(text.data()), text.size());
}

YamlEvents::~YamlEvents() {
  yaml_event_delete(&event_);
  yaml_parser_delete(&parser_);
}

bool YamlEvents::Next() {
  if (error_ != nullptr) return false;
  yaml_event_delete(&event_);
  if (yaml_parser_parse(&parser_, &event_) != 0) return true;
  error_ = DescribeError();
  return false;
}

std::size_t YamlEvents::ByteOffset(std::size_t character) {
  while (character_ < character && byte_ < text_.size()) {
    ++byte_;
    while (byte_ < text_.size() && IsContinuation(text_[byte_])) ++byte_;
    ++character_;
  }
  while (character_ > character && byte_ > 0) {
    --byte_;
    while (byte_ > 0 && IsContinuation(text_[byte_])) --byte_;
    --character_;
  }
  return byte_;
}

std::shared_ptr<const TextError> YamlEvents::DescribeError() {
  const std::string problem = parser_.problem == nullptr ? "malformed YAML" : parser_.problem;
  switch (parser_.error) {
    case YAML_MEMORY_ERROR:
      return MakeTextError(0, "out of memory");
    case YAML_READER_ERROR:
      return MakeTextError(parser_.problem_offset,
                           problem + (parser_.problem_value < 0 ? "" : " (" + CodePoint(parser_.problem_value) + ")"));
    default:
      break;
  }
  const std::size_t offset = ByteOffset(parser_.problem_mark.index);
  std::string message = problem;
  if (offset < text_.size() && text_[offset] == '\t') message += " (a tab cannot indent)";
  if (parser_.context != nullptr) message += std::string(" ") + parser_.context;
  return MakeTextError(offset, std::move(message));
}

}  // namespace grove::internal
