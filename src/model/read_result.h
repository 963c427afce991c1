// What the readers of text return.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "grove/limits.hpp"

#include "model/node.h"

namespace grove::internal {

// Why a text could not be read.
struct TextError {
  std::size_t offset = 0;  // byte in the text given to the reader
  std::string message;     // what was found or expected; one line
  bool limit = false;      // a bound of Limits was exceeded
};

struct ReadResult {
  Node root;
  // Set iff the text could not be read; `root` is null then.
  std::shared_ptr<const TextError> error;
};

// The documents of a text, in order; empty ones are null nodes.
struct DocumentsResult {
  std::vector<Node> roots;
  // Set iff the text could not be read; `roots` is empty then.
  std::shared_ptr<const TextError> error;
};

[[nodiscard]] inline std::shared_ptr<const TextError> MakeTextError(std::size_t offset, std::string message,
                                                                    bool limit = false) {
  return std::make_shared<const TextError>(TextError{offset, std::move(message), limit});
}

[[nodiscard]] inline std::string DocumentLimitMessage(const Limits& limits) {
  return "more documents than the limit of " + std::to_string(limits.max_documents);
}

}  // namespace grove::internal
