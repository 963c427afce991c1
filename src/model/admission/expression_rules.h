// The expression rules of the schemas as data (spec 01 §2.4, K-1 to K-6): what admission evaluates, and what the custom
// resource definitions tell an API server to evaluate.
#pragma once

#include <span>
#include <string_view>

#include "grove/field_error.hpp"

#include "model/schema.h"

namespace grove::admission {

struct ExpressionRule {
  std::string_view rule;
  const schema::Type* type = nullptr;  // the objects that it is evaluated on: `self`
  std::string_view expression;         // what must hold, in the Common Expression Language
  ErrorType error = ErrorType::kInvalid;
  std::string_view field;  // where the error stands, below `self`; empty: at `self`
  std::string_view message;
  bool create_only = false;  // holds where there is an old object
};

// All of them, in the order of evaluation on one object. K-1 to K-6 in this order.
[[nodiscard]] std::span<const ExpressionRule> ExpressionRules();

}  // namespace grove::admission
