// The writers of reports for programs, each in a file of its own; see MakeFindingsWriter.
#pragma once

#include <memory>
#include <ostream>

#include "cli/findings_writer.h"

namespace grove::cli {

// A SARIF 2.1.0 log with one run: every rule with its help, every text as an artifact, a result for each finding.
[[nodiscard]] std::unique_ptr<FindingsWriter> MakeSarifWriter(const WriterOptions& options, std::ostream& out);

// JUnit XML: a suite for each text, a case for each object, one failure for each object that is denied.
[[nodiscard]] std::unique_ptr<FindingsWriter> MakeJunitWriter(const WriterOptions& options, std::ostream& out);

// Workflow commands of GitHub Actions: an annotation for each finding.
[[nodiscard]] std::unique_ptr<FindingsWriter> MakeGithubWriter(const WriterOptions& options, std::ostream& out);

}  // namespace grove::cli
