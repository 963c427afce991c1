// Two expansions, object by object.
#include <map>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "grove/diff.hpp"

#include "planner/diff/object_view.h"

namespace grove {
namespace {

using planner::ObjectView;
using planner::ViewOf;
using planner::ViewsOf;

// The document without what a cluster says of the object.
Value Described(const ObjectView& object) {
  const Value left_out = Value::FromJson(R"({"status":null})");
  return ApplyMergePatch(object.document(), left_out);
}

class Comparison {
 public:
  Comparison(const ObjectSet& before, const ObjectSet& after) : before_(before), after_(after) {}

  ObjectDiff Run() && {
    CompareSets();
    CompareLists(ViewsOf(before_.service_accounts), ViewsOf(after_.service_accounts));
    CompareLists(ViewsOf(before_.roles), ViewsOf(after_.roles));
    CompareLists(ViewsOf(before_.role_bindings), ViewsOf(after_.role_bindings));
    CompareLists(ViewsOf(before_.secrets), ViewsOf(after_.secrets));
    CompareLists(ViewsOf(before_.services), ViewsOf(after_.services));
    CompareLists(ViewsOf(before_.horizontal_pod_autoscalers), ViewsOf(after_.horizontal_pod_autoscalers));
    CompareLists(ViewsOf(before_.compute_domains), ViewsOf(after_.compute_domains));
    CompareLists(ViewsOf(before_.pod_clique_scaling_groups), ViewsOf(after_.pod_clique_scaling_groups));
    CompareLists(ViewsOf(before_.resource_claims), ViewsOf(after_.resource_claims));
    CompareLists(ViewsOf(before_.pod_cliques), ViewsOf(after_.pod_cliques));
    CompareLists(ViewsOf(before_.pod_gangs), ViewsOf(after_.pod_gangs));
    CompareLists(ViewsOf(before_.kai_pod_groups), ViewsOf(after_.kai_pod_groups));
    CompareLists(ViewsOf(before_.volcano_pod_groups), ViewsOf(after_.volcano_pod_groups));
    CompareLists(ViewsOf(before_.scheduler_objects), ViewsOf(after_.scheduler_objects));
    CompareLists(ViewsOf(before_.pods), ViewsOf(after_.pods));
    return std::move(result_);
  }

 private:
  using Name = std::tuple<std::string_view, std::string_view, std::string_view>;  // kind, namespace, name

  // The sets themselves may have two names.
  void CompareSets() {
    const ObjectView before = ViewOf(before_.pod_clique_set);
    const ObjectView after = ViewOf(after_.pod_clique_set);
    if (before.name().empty() && after.name().empty()) return;
    Compare(before.name().empty() ? nullptr : &before, after.name().empty() ? nullptr : &after);
  }

  static Name NameOf(const ObjectView& object) {
    return {object.kind, object.metadata->namespace_name, object.metadata->name};
  }

  static std::map<Name, const ObjectView*> IndexOf(const std::vector<ObjectView>& list) {
    std::map<Name, const ObjectView*> by_name;
    for (const ObjectView& object : list) by_name[NameOf(object)] = &object;
    return by_name;
  }

  void CompareLists(const std::vector<ObjectView>& before, const std::vector<ObjectView>& after) {
    const std::map<Name, const ObjectView*> known = IndexOf(before);
    for (const ObjectView& object : after) {
      const auto found = known.find(NameOf(object));
      Compare(found == known.end() ? nullptr : found->second, &object);
    }
    const std::map<Name, const ObjectView*> wanted = IndexOf(after);
    for (const ObjectView& object : before) {
      if (!wanted.contains(NameOf(object))) Compare(&object, nullptr);
    }
  }

  // At most one is null.
  void Compare(const ObjectView* before, const ObjectView* after) {
    ObjectChange change;
    change.object = (after == nullptr ? before : after)->reference();
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
