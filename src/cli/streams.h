// Where the command reads and writes, so that a test can hold all of it in its hands.
#pragma once

#include <istream>
#include <ostream>

namespace grove::cli {

struct Streams {
  std::istream& in;
  std::ostream& out;  // results, nothing else
  std::ostream& err;  // notes, errors, summaries
  // Whether escape sequences for colours may be written.
  bool color_out = false;
  bool color_err = false;
  // Whether `err` is a terminal on which a line may be shown and wiped again.
  bool progress = false;
};

}  // namespace grove::cli
