// Name budgets as values, for programs to read.

#include <string_view>
#include <utility>
#include <vector>

#include "grove/name_budget.hpp"

#include "model/node.h"

namespace grove {

namespace {

using internal::Member;
using internal::Node;
using internal::Storage;
using std::string_view;

// Members of one object, in the order of the calls.
class ObjectMaker {
 public:
  explicit ObjectMaker(Storage& storage) : storage_(storage) {}

  void Add(string_view key, const Node& node) { members_.push_back({internal::StringNode(key), node}); }
  void Add(string_view key, string_view text) { Add(key, storage_.CopyString(text)); }
  void AddUnlessEmpty(string_view key, string_view text) {
    if (!text.empty()) Add(key, text);
  }
  void AddNumber(string_view key, std::int64_t number) { Add(key, storage_.MakeInteger(number)); }
  void AddLimit(NameLimit limit, std::size_t used) {
    Add("limit", NameLimitId(limit));
    AddNumber("bytes", static_cast<std::int64_t>(NameLimitBytes(limit)));
    AddNumber("used", static_cast<std::int64_t>(used));
  }
  [[nodiscard]] Node Finish() const { return storage_.MakeObject(members_); }

 private:
  Storage& storage_;
  std::vector<Member> members_;
};

Node Describe(const LongName& name, Storage& storage);

Node Describe(const ChildNames& child, Storage& storage) {
  ObjectMaker out(storage);
  out.Add("kind", child.kind);
  out.Add("name", child.name);
  out.AddNumber("count", child.count);
  out.AddUnlessEmpty("hostname", child.hostname);
  out.AddUnlessEmpty("dnsName", child.dns_name);
  out.AddUnlessEmpty("scaleTarget", child.scale_target);
  out.Add("longest", child.longest);
  out.AddLimit(child.limit, child.used);
  out.AddNumber("left", child.left);
  return out.Finish();
}

Node Describe(const NameChange& change, Storage& storage) {
  ObjectMaker out(storage);
  out.Add("part", change.part);
  out.Add("field", change.field);
  out.Add("name", change.name);
  out.AddNumber("longest", static_cast<std::int64_t>(change.longest));
  out.AddUnlessEmpty("proposal", change.proposal);
  return out.Finish();
}

template <class T>
Node DescribeAll(const std::vector<T>& list, Storage& storage) {
  std::vector<Node> out;
  out.reserve(list.size());
  for (const T& element : list) out.push_back(Describe(element, storage));
  return storage.MakeArray(out);
}

Node Describe(const LongName& name, Storage& storage) {
  ObjectMaker out(storage);
  out.Add("kind", name.kind);
  out.Add("name", name.longest);
  out.AddLimit(name.limit, name.used);
  out.AddNumber("excess", static_cast<std::int64_t>(name.excess));
  out.Add("changes", DescribeAll(name.changes, storage));
  if (!name.together.empty()) out.Add("together", DescribeAll(name.together, storage));
  return out.Finish();
}

}  // namespace

Value DescribeNameBudget(const ManifestObject& object, const NameBudget& budget, const NameBudgetFormat& format) {
  auto storage = std::make_shared<Storage>();
  ObjectMaker out(*storage);
  out.AddUnlessEmpty("file", format.file);
  out.AddNumber("document", object.document_index);
  out.Add("namespace", format.namespace_name);
  out.Add("name", object.name);
  out.Add("fits", internal::BooleanNode(budget.fits()));
  out.Add("children", DescribeAll(budget.children, *storage));
  out.Add("tooLong", DescribeAll(budget.too_long, *storage));
  const Node node = out.Finish();
  return {node, std::move(storage)};
}

}  // namespace grove
