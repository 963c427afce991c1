// libyaml's event parser behind a small face: one event at a time, places as byte offsets, errors as data.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include <yaml.h>

#include "model/read_result.h"

namespace grove::internal {

class YamlEvents {
 public:
  // Borrows `text`, which must be UTF-8.
  explicit YamlEvents(std::string_view text);
  ~YamlEvents();
  YamlEvents(const YamlEvents&) = delete;
  YamlEvents& operator=(const YamlEvents&) = delete;

  // Moves on to the next event; false at an error.
  [[nodiscard]] bool Next();

  [[nodiscard]] const yaml_event_t& event() const { return event_; }
  // Byte offset of the first character of the event. Amortised O(1) as long as events come in order.
  [[nodiscard]] std::size_t offset() { return ByteOffset(event_.start_mark.index); }
  // Why Next() returned false.
  [[nodiscard]] std::shared_ptr<const TextError> error() const { return error_; }

 private:
  // libyaml counts characters.
  std::size_t ByteOffset(std::size_t character);
  std::shared_ptr<const TextError> DescribeError();

  std::string_view text_;
  yaml_parser_t parser_;
  yaml_event_t event_;
  // A pair of places that are the same.
  std::size_t character_ = 0;
  std::size_t byte_ = 0;
  std::shared_ptr<const TextError> error_;
};

}  // namespace grove::internal
