// Writers of findings, one for each form of output: objects go in one after the other, with all that was found about
// each, whatever found it; text comes out.
#pragma once

#include <memory>
#include <ostream>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "grove/finding.hpp"
#include "grove/workload.hpp"

#include "cli/input.h"

namespace grove::cli {

// One object and what was found about it.
struct ObjectFindings {
  const SourceText& source;
  const ManifestObject& object;
  const ObjectVerdict& verdict;
  // Found besides admission, in the order of output: those of lint rules.
  std::span<const Finding> further{};
};

// What every writer may want to know.
struct WriterOptions {
  bool color = false;  // of text
};

// Objects come in the order of the input, those of one text in a row.
class FindingsWriter {
 public:
  FindingsWriter() = default;
  FindingsWriter(const FindingsWriter&) = delete;
  FindingsWriter& operator=(const FindingsWriter&) = delete;
  virtual ~FindingsWriter() = default;

  // Before all else: names of the texts that will be read, in order.
  virtual void Begin(std::span<const std::string> /*texts*/) {}
  virtual void Write(const ObjectFindings& findings) = 0;
  // A text that is unusable, or an object in it. People are told on standard error besides.
  virtual void WriteProblem(const InputError& /*problem*/) {}
  // After all else.
  virtual void End() {}
};

// Names of the forms, as `-o` takes them; the first is the default.
[[nodiscard]] std::span<const std::string_view> FindingsOutputs();

// The writer of the form `output`, one of FindingsOutputs(); `out` must outlive it.
[[nodiscard]] std::unique_ptr<FindingsWriter> MakeFindingsWriter(std::string_view output, const WriterOptions& options,
                                                                 std::ostream& out);

}  // namespace grove::cli
