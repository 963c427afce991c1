#include "capi/workload_texts.h"

#include <algorithm>
#include <iterator>
#include <memory>
#include <utility>

#include "model/node.h"
#include "planner/translate/loss_report.h"

namespace grove::capi {

namespace {

using internal::Member;
using internal::Node;
using internal::Storage;
using internal::StringNode;
using std::string_view;

// Nodes of one report. Keys are constants; all other texts are copied.
class ReportMaker {
 public:
  ReportMaker(const JudgedTexts& judged, const WorkloadExpansion* expansion) : judged_(judged), expansion_(expansion) {}

  Value Make() && {
    std::vector<Node> entries;
    entries.reserve(judged_.workload.verdicts.size());
    for (std::size_t i = 0; i < judged_.workload.verdicts.size(); ++i) entries.push_back(Entry(i));
    std::vector<Node> skipped;
    skipped.reserve(judged_.workload.unused.size());
    for (const std::size_t index : judged_.workload.unused) skipped.push_back(Skipped(index));
    const Node root = Object({{StringNode("allowed"), internal::BooleanNode(judged_.workload.allowed())},
                              {StringNode("objects"), storage_->MakeArray(entries)},
                              {StringNode("skipped"), storage_->MakeArray(skipped)}});
    return {root, std::move(storage_)};
  }

 private:
  Node Object(const std::vector<Member>& members) { return storage_->MakeObject(members); }

  Node Entry(std::size_t verdict_index) {
    const ObjectVerdict& verdict = judged_.workload.verdicts[verdict_index];
    std::vector<Finding> lint;
    if (judged_.lint.has_value()) lint = Lint(verdict, judged_.workload.context, *judged_.lint);
    const Value described = DescribeVerdict(judged_.objects[verdict.index], verdict,
                                            {.file = judged_.FileOf(verdict.index),
                                             .defaulted = true,
                                             .structurally_defaulted = judged_.structurally_defaulted,
                                             .further = lint});
    storage_->Keep(described.storage());
    const SetExpansion* set = FindSet(verdict_index);
    if (set == nullptr) return described.node();
    const auto members = internal::Members(described.node());
    std::vector<Member> extended(members.begin(), members.end());
    extended.push_back({StringNode("reconcileErrors"), ReconcileErrors(set->errors)});
    if (!set->losses.empty()) {
      const Value losses = planner::DescribeLosses(set->losses);
      storage_->Keep(losses.storage());
      extended.push_back({StringNode("losses"), losses.node()});
    }
    if (!set->pending.empty()) extended.push_back({StringNode("pending"), Pending(set->pending)});
    return Object(extended);
  }

  [[nodiscard]] const SetExpansion* FindSet(std::size_t verdict_index) const {
    if (expansion_ == nullptr) return nullptr;
    const auto it = std::ranges::lower_bound(expansion_->sets, verdict_index, {}, &SetExpansion::verdict);
    return it != expansion_->sets.end() && it->verdict == verdict_index ? &*it : nullptr;
  }

  Node ReconcileErrors(const std::vector<ReconcileError>& errors) {
    std::vector<Node> out;
    out.reserve(errors.size());
    for (const ReconcileError& error : errors) {
      out.push_back(Object({{StringNode("object"), storage_->CopyString(error.object)},
                            {StringNode("code"), storage_->CopyString(error.code)},
                            {StringNode("message"), storage_->CopyString(error.message)}}));
    }
    return storage_->MakeArray(out);
  }

  Node Pending(const std::vector<PendingWork>& pending) {
    std::vector<Node> out;
    for (const PendingWork work : pending) {
      out.push_back(StringNode(work == PendingWork::kRollingUpdate ? "rollingUpdate" : "gangTermination"));
    }
    return storage_->MakeArray(out);
  }

  Node Skipped(std::size_t index) {
    const ManifestObject& object = judged_.objects[index];
    return Object({{StringNode("file"), StringNode(judged_.FileOf(index))},
                   {StringNode("document"), storage_->MakeInteger(object.document_index)},
                   {StringNode("apiVersion"), storage_->CopyString(object.api_version)},
                   {StringNode("kind"), storage_->CopyString(object.kind)},
                   {StringNode("name"), storage_->CopyString(object.name)}});
  }

  const JudgedTexts& judged_;
  const WorkloadExpansion* expansion_;
  std::shared_ptr<Storage> storage_ = std::make_shared<Storage>();
};

}  // namespace

Outcome ParseText(string_view text, string_view argument, const ParseOptions& options,
                  std::vector<ManifestObject>& out) {
  ParseResult parsed = ParseManifest(text, options);
  if (parsed.error.has_value()) {
    const grove_status status = parsed.error->limit_exceeded ? GROVE_RESOURCE_EXHAUSTED : GROVE_INVALID_ARGUMENT;
    return Failure{status, std::move(parsed.error->message), std::string(argument), {}, parsed.error->location, {}};
  }
  std::ranges::move(parsed.objects, std::back_inserter(out));
  return {};
}

std::string DescribeObject(const ManifestObject& object, string_view namespace_name) {
  std::string out = object.kind;
  if (object.name.empty()) return out;
  out += ' ';
  if (!namespace_name.empty()) out.append(namespace_name).append("/");
  return out + object.name;
}

Failure DeniedFailure(const JudgedTexts& judged) {
  const auto& verdicts = judged.workload.verdicts;
  const auto denied = std::ranges::find(verdicts, false, &ObjectVerdict::allowed);
  const ManifestObject& object = judged.objects[denied->index];
  const FieldError& error = denied->errors.front();
  std::string message = DescribeObject(object, denied->namespace_name) + " is denied: " + FormatFieldError(error);
  return {GROVE_FAILED_PRECONDITION,
          std::move(message),
          std::string(judged.FileOf(denied->index)),
          error.field,
          error.location,
          MakeReport(judged).ToJson()};
}

Outcome JudgeTexts(const Texts& texts, const AdmitSettings& settings, JudgedTexts& out) {
  string_view manifest;
  string_view context;
  ParseOptions options{.format = TextFormat::kJson, .limits = settings.limits};
  string_view stored;
  out.manifest_name = texts.name;
  out.lint = settings.lint;
  out.structurally_defaulted = settings.structurally_defaulted;
  GROVE_CAPI_TRY(ReadText(texts.manifest, texts.manifest_size, texts.name, manifest));
  GROVE_CAPI_TRY(ReadText(texts.stored, texts.stored_size, texts.stored_name, stored));
  GROVE_CAPI_TRY(ReadText(texts.context, texts.context_size, "context", context));
  GROVE_CAPI_TRY(ReadInputFormat(texts.format, "format", options.format));
  if (!context.empty()) GROVE_CAPI_TRY(ParseText(context, "context", options, out.objects));
  out.context_objects = out.objects.size();
  if (!manifest.empty()) GROVE_CAPI_TRY(ParseText(manifest, texts.name, options, out.objects));
  if (!stored.empty()) GROVE_CAPI_TRY(ParseText(stored, texts.stored_name, options, out.stored));

  WorkloadOptions workload_options = settings.workload;
  workload_options.context_objects = out.context_objects;
  workload_options.stored = out.stored;
  out.workload = JudgeWorkload(out.objects, workload_options);
  if (const auto& problem = out.workload.problem) {
    const ManifestObject& object = problem->stored ? out.stored[problem->index] : out.objects[problem->index];
    return Failure{GROVE_INVALID_ARGUMENT,
                   problem->message,
                   std::string(problem->stored ? texts.stored_name : out.FileOf(problem->index)),
                   {},
                   LocationOf(object.document),
                   {}};
  }
  if (!out.workload.configuration_valid) return DeniedFailure(out);
  return {};
}

Value MakeReport(const JudgedTexts& judged, const WorkloadExpansion* expansion) {
  return ReportMaker(judged, expansion).Make();
}

}  // namespace grove::capi
