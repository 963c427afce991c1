// Where the rules of admission put what they find.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "grove/field_error.hpp"
#include "grove/value.hpp"

#include "model/field_path.h"

namespace grove {

// Errors and warnings in the order of evaluation. Locations are filled in once evaluation is over.
class Findings {
 public:
  explicit Findings(Stage stage) : stage_(stage) {}

  // An error without a bad value: Required, Forbidden, TooLong, Internal.
  void Add(ErrorType type, const FieldPath& path, std::string_view rule, std::string detail) {
    AddError(type, path.ToString(), std::nullopt, rule, std::move(detail));
  }
  void Add(ErrorType type, const FieldPath& path, Value bad_value, std::string_view rule, std::string detail) {
    AddError(type, path.ToString(), std::move(bad_value), rule, std::move(detail));
  }
  void Add(ErrorType type, const FieldPath& path, std::string_view bad_value, std::string_view rule,
           std::string detail);
  void Add(ErrorType type, const FieldPath& path, std::int64_t bad_value, std::string_view rule, std::string detail);
  // The bad value is a list of strings.
  void Add(ErrorType type, const FieldPath& path, const std::vector<std::string>& bad_value, std::string_view rule,
           std::string detail);

  // Suggests the one of `names` that `text`, the bad value of the error that was added last, was meant to be. Within
  // the bounds of suggestion.h.
  void SuggestFrom(std::span<const std::string_view> names, std::string_view text);

  // Takes over the errors and warnings of `other`, behind those that are here.
  void Append(Findings other);

  void Warn(const FieldPath& path, std::string_view rule, std::string detail) {
    warnings_.push_back({path.ToString(), std::move(detail), rule, {}});
  }

  [[nodiscard]] bool empty() const { return errors_.empty(); }
  [[nodiscard]] std::vector<FieldError>& errors() { return errors_; }
  [[nodiscard]] std::vector<Warning>& warnings() { return warnings_; }

 private:
  void AddError(ErrorType type, std::string field, std::optional<Value> bad_value, std::string_view rule,
                std::string detail);

  Stage stage_;
  std::size_t suggestions_ = 0;  // that were looked for
  std::vector<FieldError> errors_;
  std::vector<Warning> warnings_;
};

// Values for bad values.
[[nodiscard]] Value StringValue(std::string_view text);
[[nodiscard]] Value IntegerValue(std::int64_t value);
[[nodiscard]] Value StringListValue(const std::vector<std::string>& texts);

}  // namespace grove
