// Stage 3 of admission and the write-back of stage 4 (spec 02 §2.3, §5): what becomes of an object that passes through
// the Go types of the webhook.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/field_path.h"
#include "model/node.h"
#include "model/schema.h"

namespace grove::admission {

// A value that does not fit its type.
struct DecodeError {
  std::string field;
  internal::Node value;
  std::string expected;  // "an integer", "a quantity such as 500m or 8Gi", ...
};

// Rewrites an object as the webhook writes it back: quantities, durations and integers in canonical spelling, members
// of class A added with their zero value, null elements of lists replaced by the zero value. Members that the typed
// form would leave out stay. What is unchanged is shared with the input.
class TypedForm {
 public:
  explicit TypedForm(internal::Storage& storage) : storage_(storage) {}

  // The rewritten value. Once a value did not decode, error() is set and the result is of no use.
  [[nodiscard]] internal::Node Rewrite(const internal::Node& value, const schema::Type& type, const FieldPath& path);

  [[nodiscard]] const std::optional<DecodeError>& error() const { return error_; }

 private:
  internal::Node RewriteObject(const internal::Node& object, const schema::Type& type, const FieldPath& path);
  internal::Node RewriteList(const internal::Node& list, const schema::Type& element, const FieldPath& path);
  internal::Node RewriteMap(const internal::Node& map, const schema::Type& element, const FieldPath& path);
  internal::Node RewriteInteger(const internal::Node& value, bool is_32_bit, const FieldPath& path);
  internal::Node RewriteQuantity(const internal::Node& value, const FieldPath& path);
  internal::Node RewriteScalar(const internal::Node& value, const schema::Type& type, const FieldPath& path);
  internal::Node Zero(const schema::Type& type);
  internal::Node AbsentValue(const schema::Field& field);
  internal::Node Fail(const internal::Node& value, const FieldPath& path, std::string_view expected);

  internal::Storage& storage_;
  std::optional<DecodeError> error_;
  std::vector<internal::Member> scratch_;
  std::vector<internal::Node> elements_;
};

}  // namespace grove::admission
