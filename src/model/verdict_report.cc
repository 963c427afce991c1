// Verdicts as values, for programs to read.

#include <string_view>
#include <utility>
#include <vector>

#include "grove/workload.hpp"

#include "model/node.h"

namespace grove {

namespace {

using internal::Member;
using internal::Node;
using internal::Storage;
using std::string_view;

// Members of one object, in the order of the calls. Texts are copied into the storage.
class ObjectMaker {
 public:
  explicit ObjectMaker(Storage& storage) : storage_(storage) {}

  void Add(string_view key, const Node& node) { members_.push_back({internal::StringNode(key), node}); }
  void Add(string_view key, string_view text) { Add(key, storage_.CopyString(text)); }
  void Add(string_view key, const Value& value) {
    storage_.Keep(value.storage());
    Add(key, value.node());
  }
  void AddPlace(SourceLocation location) {
    if (location.line == 0) return;
    Add("line", storage_.MakeInteger(location.line));
    Add("column", storage_.MakeInteger(location.column));
  }
  [[nodiscard]] Node Finish() const { return storage_.MakeObject(members_); }

 private:
  Storage& storage_;
  std::vector<Member> members_;
};

Node DescribeError(const FieldError& error, Storage& storage) {
  ObjectMaker out(storage);
  out.Add("type", ErrorTypeName(error.type));
  out.Add("field", error.field);
  if (error.bad_value.has_value()) out.Add("badValue", *error.bad_value);
  out.Add("detail", error.detail);
  out.Add("stage", StageName(error.stage));
  out.Add("rule", error.rule);
  out.AddPlace(error.location);
  return out.Finish();
}

Node DescribeWarning(const Warning& warning, Storage& storage) {
  ObjectMaker out(storage);
  out.Add("field", warning.field);
  out.Add("detail", warning.detail);
  if (!warning.rule.empty()) out.Add("rule", warning.rule);
  out.AddPlace(warning.location);
  return out.Finish();
}

Node DescribeErrors(const std::vector<FieldError>& errors, Storage& storage) {
  std::vector<Node> out;
  out.reserve(errors.size());
  for (const FieldError& error : errors) out.push_back(DescribeError(error, storage));
  return storage.MakeArray(out);
}

Node DescribeWarnings(const ObjectVerdict& verdict, Storage& storage) {
  std::vector<Node> out;
  out.reserve(verdict.pruned.size() + verdict.warnings.size());
  for (const PrunedField& pruned : verdict.pruned) {
    out.push_back(DescribeWarning({pruned.field, std::string(kPrunedFieldDetail), {}, pruned.location}, storage));
  }
  for (const Warning& warning : verdict.warnings) out.push_back(DescribeWarning(warning, storage));
  return storage.MakeArray(out);
}

}  // namespace

Value DescribeVerdict(const ManifestObject& object, const ObjectVerdict& verdict, const VerdictFormat& format) {
  auto storage = std::make_shared<Storage>();
  ObjectMaker out(*storage);
  if (!format.file.empty()) out.Add("file", format.file);
  out.Add("document", storage->MakeInteger(object.document_index));
  out.Add("kind", object.kind);
  out.Add("namespace", verdict.namespace_name);
  out.Add("name", object.name);
  out.Add("allowed", internal::BooleanNode(verdict.allowed()));
  out.Add("errors", DescribeErrors(verdict.errors, *storage));
  out.Add("warnings", DescribeWarnings(verdict, *storage));
  if (format.defaulted) out.Add("defaulted", verdict.defaulted);
  const Node node = out.Finish();
  return {node, std::move(storage)};
}

}  // namespace grove
