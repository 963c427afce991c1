#include "grove/field_error.hpp"

#include <gtest/gtest.h>

namespace grove {
namespace {

FieldError Make(ErrorType type, std::string field, std::optional<std::string> bad_value_json, std::string detail) {
  FieldError error;
  error.type = type;
  error.field = std::move(field);
  if (bad_value_json.has_value()) error.bad_value = Value::FromJson(*bad_value_json);
  error.detail = std::move(detail);
  return error;
}

TEST(FieldError, NamesOfTypes) {
  struct Row {
    ErrorType type;
    std::string_view name;
    std::string_view reason;
  };
  for (const Row& row : {Row{ErrorType::kRequired, "Required", "FieldValueRequired"},
                         Row{ErrorType::kInvalid, "Invalid", "FieldValueInvalid"},
                         Row{ErrorType::kNotSupported, "NotSupported", "FieldValueNotSupported"},
                         Row{ErrorType::kDuplicate, "Duplicate", "FieldValueDuplicate"},
                         Row{ErrorType::kForbidden, "Forbidden", "FieldValueForbidden"},
                         Row{ErrorType::kNotFound, "NotFound", "FieldValueNotFound"},
                         Row{ErrorType::kTooLong, "TooLong", "FieldValueTooLong"},
                         Row{ErrorType::kTooMany, "TooMany", "FieldValueTooMany"},
                         Row{ErrorType::kTypeInvalid, "TypeInvalid", "FieldValueTypeInvalid"},
                         Row{ErrorType::kInternal, "Internal", "InternalError"},
                         Row{ErrorType::kBadRequest, "BadRequest", "BadRequest"}}) {
    EXPECT_EQ(ErrorTypeName(row.type), row.name);
    EXPECT_EQ(ErrorTypeReason(row.type), row.reason);
  }
  EXPECT_EQ(StageName(Stage::kSchema), "schema");
  EXPECT_EQ(StageName(Stage::kWebhook), "webhook");
}

TEST(FieldError, Rendering) {
  struct Row {
    FieldError error;
    std::string_view text;
  };
  for (const Row& row : {
           Row{Make(ErrorType::kInvalid, "spec.replicas", "-1", "must not be negative"),
               "spec.replicas: Invalid value: -1: must not be negative"},
           Row{Make(ErrorType::kRequired, "a", std::nullopt, ""), "a: Required value"},
           Row{Make(ErrorType::kRequired, "a", "1", "x"), "a: Required value: x"},
           Row{Make(ErrorType::kNotSupported, "a", "\"x\\ny\"", "z"), "a: Unsupported value: \"x\\ny\": z"},
           Row{Make(ErrorType::kDuplicate, "a[1]", R"({"name":"a"})", ""), "a[1]: Duplicate value: {\"name\":\"a\"}"},
           Row{Make(ErrorType::kForbidden, "a", "true", "no"), "a: Forbidden: no"},
           Row{Make(ErrorType::kNotFound, "a", "true", ""), "a: Not found: true"},
           Row{Make(ErrorType::kTooLong, "a", "\"long\"", "b"), "a: Too long: b"},
           Row{Make(ErrorType::kTooMany, "a", "3", "b"), "a: Too many: 3: b"},
           Row{Make(ErrorType::kTypeInvalid, "a", "\"null\"", "b"), "a: Invalid value: \"null\": b"},
           Row{Make(ErrorType::kInternal, "a", "1", "b"), "a: Internal error: b"},
           Row{Make(ErrorType::kInvalid, "<nil>", "null", "b"), "<nil>: Invalid value: null: b"},
           Row{Make(ErrorType::kBadRequest, "", std::nullopt, "b"), "Bad request: b"},
       }) {
    EXPECT_EQ(FormatFieldError(row.error), row.text);
  }
}

}  // namespace
}  // namespace grove
