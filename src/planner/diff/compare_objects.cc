// Two expansions, object by object.
#include <map>
#include <string_view>
#include <tuple>

#include "grove/diff.hpp"

namespace grove {
namespace {

template <class T>
ObjectReference ReferenceOf(const T& object) {
  return {std::string(ApiVersionOf(object)), std::string(KindOf(object)), object.metadata.namespace_name,
          object.metadata.name};
}

// The document without what a cluster says of the object.
template <class T>
Value Described(const T& object) {
  const Value left_out = Value::FromJson(R"({"status":null})");
  return ApplyMergePatch(ToValue(object), left_out);
}

class Comparison {
 public:
  Comparison(const ObjectSet& before, const ObjectSet& after) : before_(before), after_(after) {}

  ObjectDiff Run() && {
    const bool was = !before_.pod_clique_set.metadata.name.empty();
    const bool is = !after_.pod_clique_set.metadata.name.empty();
    Compare(was ? &before_.pod_clique_set : nullptr, is ? &after_.pod_clique_set : nullptr);
    CompareLists(&ObjectSet::service_accounts);
    CompareLists(&ObjectSet::roles);
    CompareLists(&ObjectSet::role_bindings);
    CompareLists(&ObjectSet::secrets);
    CompareLists(&ObjectSet::services);
    CompareLists(&ObjectSet::horizontal_pod_autoscalers);
    CompareLists(&ObjectSet::compute_domains);
    CompareLists(&ObjectSet::pod_clique_scaling_groups);
    CompareLists(&ObjectSet::resource_claims);
    CompareLists(&ObjectSet::pod_cliques);
    CompareLists(&ObjectSet::pod_gangs);
    CompareLists(&ObjectSet::kai_pod_groups);
    CompareLists(&ObjectSet::volcano_pod_groups);
    CompareLists(&ObjectSet::scheduler_objects);
    CompareLists(&ObjectSet::pods);
    return std::move(result_);
  }

 private:
  using Name = std::tuple<std::string_view, std::string_view, std::string_view>;  // kind, namespace, name

  template <class T>
  static Name NameOf(const T& object) {
    return {KindOf(object), object.metadata.namespace_name, object.metadata.name};
  }

  template <class T>
  static std::map<Name, const T*> IndexOf(const std::vector<T>& list) {
    std::map<Name, const T*> by_name;
    for (const T& object : list) by_name[NameOf(object)] = &object;
    return by_name;
  }

  template <class T>
  void CompareLists(std::vector<T> ObjectSet::*list) {
    const std::map<Name, const T*> before = IndexOf(before_.*list);
    for (const T& object : after_.*list) {
      const auto found = before.find(NameOf(object));
      Compare(found == before.end() ? nullptr : found->second, &object);
    }
    const std::map<Name, const T*> after = IndexOf(after_.*list);
    for (const T& object : before_.*list) {
      if (!after.contains(NameOf(object))) Compare<T>(&object, nullptr);
    }
  }

  template <class T>
  void Compare(const T* before, const T* after) {
    if (before == nullptr && after == nullptr) return;
    ObjectChange change;
    change.object = ReferenceOf(after == nullptr ? *before : *after);
    if (before == nullptr) {
      change.action = ObjectAction::kCreate;
      change.document = Described(*after);
    } else if (after == nullptr) {
      change.action = ObjectAction::kDelete;
      change.cause = DeletionCause::kExcess;
    } else {
      const Value old_document = Described(*before);
      const Value new_document = Described(*after);
      std::optional<Value> patch = MergePatchOf(old_document, new_document);
      if (!patch.has_value()) return;
      change.action = ObjectAction::kPatch;
      change.document = std::move(*patch);
      change.fields = CompareDocuments(old_document, new_document);
    }
    result_.changes.push_back(std::move(change));
  }

  const ObjectSet& before_;
  const ObjectSet& after_;
  ObjectDiff result_;
};

}  // namespace

ObjectDiff CompareObjects(const ObjectSet& before, const ObjectSet& after) { return Comparison(before, after).Run(); }

}  // namespace grove
