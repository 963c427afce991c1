// What tells the elements of a list apart, and which value of an old object corresponds to one of a new (spec 03 §4.3).
#pragma once

#include <vector>

#include "model/node.h"
#include "model/schema.h"

namespace grove::admission {

// Order of the identities of two elements: by key fields for a list of type map, by the whole for a set. A missing key
// field is a value of its own, before all others.
[[nodiscard]] int CompareIdentity(const internal::Node& a, const internal::Node& b, const schema::Field& field);

// Whether there is an old value and it has the same content: objects whatever the order of members, numbers by
// spelling.
[[nodiscard]] inline bool IsUnchanged(const internal::Node& value, const internal::Node* old) {
  return old != nullptr && internal::NodesEqual(value, *old);
}

// The elements of a list before an update. Borrows the list and the field.
class OldElements {
 public:
  OldElements(const internal::Node& list, const schema::Field& field);

  // The first old element with the key fields of `element`; null if there is none, if `element` lacks a key field, or
  // if the list is not of type map. O(log n).
  [[nodiscard]] const internal::Node* Find(const internal::Node& element) const;

 private:
  const schema::Field& field_;
  std::vector<const internal::Node*> sorted_;  // those of one identity in list order
};

}  // namespace grove::admission
