// Verdicts as values, for programs to read.

#include <string_view>
#include <utility>
#include <vector>

#include "grove/workload.hpp"

#include "model/node.h"
#include "model/object_maker.h"

namespace grove {

namespace {

using internal::Node;
using internal::ObjectMaker;
using internal::Storage;

Node DescribeFinding(const Finding& finding, Storage& storage) {
  const bool is_error = finding.severity == Severity::kError;
  ObjectMaker out(storage);
  if (finding.type.has_value()) out.Add("type", ErrorTypeName(*finding.type));
  out.Add("field", finding.field);
  if (finding.bad_value.has_value()) out.Add("badValue", *finding.bad_value);
  out.Add("detail", finding.detail);
  if (!finding.suggestion.empty()) out.Add("suggestion", finding.suggestion);
  if (!finding.help.empty()) out.Add("help", finding.help);
  if (is_error || finding.stage == Stage::kLint) out.Add("stage", StageName(finding.stage));
  if (finding.stage == Stage::kLint) out.Add("severity", SeverityName(finding.severity));
  if (!finding.rule.empty()) out.Add("rule", finding.rule);
  out.AddPlace(finding.location);
  return out.Finish();
}

}  // namespace

std::vector<Finding> FindingsOf(const ObjectVerdict& verdict) {
  std::vector<Finding> findings;
  findings.reserve(verdict.errors.size() + verdict.pruned.size() + verdict.warnings.size());
  for (const FieldError& error : verdict.errors) {
    findings.push_back({Severity::kError, error.stage, error.type, error.field, error.bad_value, error.detail,
                        error.suggestion, error.rule, error.location});
  }
  for (const PrunedField& pruned : verdict.pruned) {
    findings.push_back({Severity::kWarning,
                        Stage::kSchema,
                        std::nullopt,
                        pruned.field,
                        std::nullopt,
                        std::string(kPrunedFieldDetail),
                        pruned.suggestion,
                        {},
                        pruned.location});
  }
  for (const Warning& warning : verdict.warnings) {
    findings.push_back({Severity::kWarning,
                        Stage::kWebhook,
                        std::nullopt,
                        warning.field,
                        std::nullopt,
                        warning.detail,
                        {},
                        warning.rule,
                        warning.location});
  }
  return findings;
}

Value DescribeVerdict(const ManifestObject& object, const ObjectVerdict& verdict, const VerdictFormat& format) {
  auto storage = std::make_shared<Storage>();
  std::vector<Node> errors;
  std::vector<Node> warnings;
  const auto add = [&](std::span<const Finding> findings) {
    for (const Finding& finding : findings) {
      (finding.severity == Severity::kError ? errors : warnings).push_back(DescribeFinding(finding, *storage));
    }
  };
  add(FindingsOf(verdict));
  add(format.further);
  ObjectMaker out(*storage);
  if (!format.file.empty()) out.Add("file", format.file);
  out.Add("document", storage->MakeInteger(object.document_index));
  out.Add("kind", object.kind);
  out.Add("namespace", verdict.namespace_name);
  out.Add("name", object.name);
  if (verdict.update) out.Add("operation", "update");
  out.Add("allowed", internal::BooleanNode(verdict.allowed()));
  out.Add("errors", storage->MakeArray(errors));
  out.Add("warnings", storage->MakeArray(warnings));
  if (format.structurally_defaulted && verdict.role == ObjectRole::kPodCliqueSet) {
    out.Add("structurallyDefaulted", verdict.structurally_defaulted);
  }
  if (format.defaulted) out.Add("defaulted", verdict.defaulted);
  const Node node = out.Finish();
  return {node, std::move(storage)};
}

}  // namespace grove
