// Stages 1 and 2 of admission (spec 02 §1): what the API server does to any custom resource by its schema alone.
#pragma once

#include <vector>

#include "grove/admission.hpp"

#include "model/field_path.h"
#include "model/node.h"
#include "model/schema.h"

namespace grove::admission {

// Drops unknown members and nulls, and adds structural defaults. What is unchanged is shared with the input.
// One walk: O(values). Recursion is bounded by the depth of the schema.
class StructuralDefaults {
 public:
  // New nodes go to `storage`; `pruned` collects the unknown members in document order.
  StructuralDefaults(internal::Storage& storage, std::vector<PrunedField>& pruned)
      : storage_(storage), pruned_(pruned) {}

  // `object` is a whole API object: its apiVersion and kind stay, its metadata is read by its own rules (spec 02 §2.4).
  [[nodiscard]] internal::Node Apply(const internal::Node& object, const schema::Type& type);

 private:
  internal::Node Convert(const internal::Node& value, const schema::Type& type, const FieldPath& path);
  internal::Node ConvertObject(const internal::Node& object, const schema::Type& type, const FieldPath& path,
                               bool is_root);
  internal::Node ConvertList(const internal::Node& list, const schema::Type& element, const FieldPath& path);
  internal::Node ConvertMap(const internal::Node& map, const schema::Type& element, const FieldPath& path);
  internal::Node ConvertMetadata(const internal::Node& metadata, const FieldPath& path);
  internal::Node ConvertMetadataMap(const internal::Node& map);
  // Adds the defaults of the fields whose bit in `seen` is not set to the scratch; false if there are none.
  bool AddDefaults(const schema::Type& type, std::uint64_t seen);
  // Where the schema expects another type it knows no member of the value.
  internal::Node PruneAll(const internal::Node& value, const FieldPath& path);
  // `known` is the type of the object that has the member, or null: the source of suggestions.
  void Prune(const internal::Member& member, const FieldPath& path, const schema::Type* known);

  internal::Storage& storage_;
  std::vector<PrunedField>& pruned_;
  std::vector<internal::Member> scratch_;  // members of the objects being rebuilt, innermost last
  std::vector<internal::Node> elements_;   // elements of the lists being rebuilt, innermost last
};

// The value of a structural default: a number, a boolean or a string without escapes.
[[nodiscard]] internal::Node DefaultNode(std::string_view default_json);

// Whether two nodes are one and the same value in the same storage.
[[nodiscard]] inline bool SameNode(const internal::Node& a, const internal::Node& b) {
  return a.data == b.data && a.kind == b.kind && a.size == b.size;
}

// Position of `field` in the fields of `type`, as a bit. Object types have at most 64 fields.
[[nodiscard]] inline std::uint64_t FieldBit(const schema::Type& type, const schema::Field& field) {
  return std::uint64_t{1} << (&field - type.fields.data());
}

}  // namespace grove::admission
