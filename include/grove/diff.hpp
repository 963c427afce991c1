// Differences: between two documents field by field, and between the objects that there are to be and those that exist,
// as the writes that lead from these to those (spec 04 §3.2, §4.2, §14).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "grove/expansion.hpp"
#include "grove/live_objects.hpp"
#include "grove/value.hpp"

namespace grove {

// ---- Documents ------------------------------------------------------------------------------------------------------

struct FieldChange {
  std::string path;  // "spec.containers[name=app].image", "spec.levels[2]", "metadata.labels[app.example.com/a]"
  std::optional<Value> before;  // nullopt: absent
  std::optional<Value> after;

  friend bool operator==(const FieldChange&, const FieldChange&) = default;
};

// The smallest parts in which two documents differ, in the order of `before`, what only `after` has behind it.
//
// Absent, null, `{}` and `[]` are the same, but below `volumes`, where `emptyDir: {}` says something. Elements of a
// list are told apart by `name` if all have one of their own, else by place. O(size of both * length of lists).
[[nodiscard]] std::vector<FieldChange> CompareDocuments(const Value& before, const Value& after);

// The JSON merge patch (RFC 7386) that leads from `before` to what `after` says; nullopt if there is no difference.
// Lists are replaced whole.
[[nodiscard]] std::optional<Value> MergePatchOf(const Value& before, const Value& after);

// RFC 7386: `target` with `patch` applied.
[[nodiscard]] Value ApplyMergePatch(const Value& target, const Value& patch);

// ---- Objects --------------------------------------------------------------------------------------------------------

enum class ObjectAction : std::uint8_t { kCreate, kPatch, kDelete };

// Who deletes an object, and why.
enum class DeletionCause : std::uint8_t {
  kNone,       // it is not deleted
  kExcess,     // the operator, since nobody asks for it any more
  kOwnerGone,  // the cluster's garbage collector, after its owner
  kLeaked,     // nobody, left to the reference; only with LeakPolicy::kClean
};

struct ObjectReference {
  std::string api_version;
  std::string kind;
  std::string namespace_name;
  std::string name;

  friend bool operator==(const ObjectReference&, const ObjectReference&) = default;
};

struct ObjectChange {
  ObjectAction action = ObjectAction::kCreate;
  DeletionCause cause = DeletionCause::kNone;
  ObjectReference object;
  // Created: the object. Patched: a JSON merge patch with the fields that Grove owns, none that others do. Deleted:
  // null.
  Value document;
  // Of a patch.
  std::vector<FieldChange> fields;
};

struct ObjectDiff {
  // In the order in which the reference writes (spec 04 §4.2); what the garbage collector deletes comes last.
  std::vector<ObjectChange> changes;
  // Objects of the set that nobody asks for and that the reference leaves where they are (spec 04 §18: O-9, O-10, O-12,
  // O-13). With LeakPolicy::kClean `changes` deletes them.
  std::vector<ObjectReference> leaked;
  // Objects that are to exist while one of their name is being deleted: they are created afterwards.
  std::vector<ObjectReference> waiting;
  // Objects that are to exist while another controller has one of their name: the reference fails at them.
  std::vector<ObjectReference> conflicts;

  // Nothing is to be written.
  [[nodiscard]] bool empty() const { return changes.empty(); }
};

enum class LeakPolicy : std::uint8_t {
  kCompatible,  // as the reference: what it never removes stays
  // Also removes what is leaked, and the claims that a set without replicas keeps for all of them.
  kClean,
};

struct DiffOptions {
  LeakPolicy leaks = LeakPolicy::kCompatible;
};

// The writes that lead from `live` to `objects`, which must be those of one set, expanded with the same live objects.
//
// Compared are the fields that Grove writes on an object that exists, so that nothing of others is undone: not the
// replicas of scaling groups and PodCliques, not members of groups unless the strategy is OnDelete, not Roles, Secrets
// and ComputeDomains; of pods only Grove's scheduling gate. What an API server fills in is no difference. Status is not
// compared. If the set is being deleted, everything goes. Deterministic. O(size of both * log).
[[nodiscard]] ObjectDiff Diff(const ObjectSet& objects, const LiveObjects& live, const DiffOptions& options = {});

// What is different between two expansions, object by object: those that only `after` has are created, those that only
// `before` has are deleted, both without regard to who writes them; of the others all fields but the status are
// compared, the set itself included. In the order of `after`, what only `before` has at its kind's end. O(size of
// both).
[[nodiscard]] ObjectDiff CompareObjects(const ObjectSet& before, const ObjectSet& after);

// A difference for programs:
//   {"changes": [{"action", "cause", "apiVersion", "kind", "namespace", "name", "object" or "patch",
//                 "fields": [{"path", "before", "after"}]}],
//    "leaked": [{"apiVersion", "kind", "namespace", "name"}], "waiting", "conflicts"}
// Actions are create, patch and delete; causes excess, ownerGone and leaked. Empty lists and what is absent are left
// out, but `changes` is always there.
[[nodiscard]] Value DescribeDiff(const ObjectDiff& diff);

// The word for it in DescribeDiff: "create", "patch", "delete"; "excess", "ownerGone", "leaked" or nothing.
[[nodiscard]] std::string_view NameOf(ObjectAction action);
[[nodiscard]] std::string_view NameOf(DeletionCause cause);

}  // namespace grove
