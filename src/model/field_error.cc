#include "grove/field_error.hpp"

#include <array>

namespace grove {
namespace {

// A row for each ErrorType, in its order (spec 03 §1.1).
struct TypeRow {
  std::string_view name;
  std::string_view reason;
  std::string_view prefix;
  bool shows_bad_value;
};

constexpr std::array<TypeRow, 11> kTypes = {{
    {"Required", "FieldValueRequired", "Required value", false},
    {"Invalid", "FieldValueInvalid", "Invalid value", true},
    {"NotSupported", "FieldValueNotSupported", "Unsupported value", true},
    {"Duplicate", "FieldValueDuplicate", "Duplicate value", true},
    {"Forbidden", "FieldValueForbidden", "Forbidden", false},
    {"NotFound", "FieldValueNotFound", "Not found", true},
    {"TooLong", "FieldValueTooLong", "Too long", false},
    {"TooMany", "FieldValueTooMany", "Too many", true},
    {"TypeInvalid", "FieldValueTypeInvalid", "Invalid value", true},
    {"Internal", "InternalError", "Internal error", false},
    {"BadRequest", "BadRequest", "Bad request", false},
}};

const TypeRow& RowOf(ErrorType type) { return kTypes[static_cast<std::size_t>(type)]; }

}  // namespace

std::string_view ErrorTypeName(ErrorType type) { return RowOf(type).name; }

std::string_view ErrorTypeReason(ErrorType type) { return RowOf(type).reason; }

std::string_view StageName(Stage stage) {
  constexpr std::array<std::string_view, 3> kNames = {"schema", "webhook", "lint"};
  return kNames[static_cast<std::size_t>(stage)];
}

std::string FormatFieldError(const FieldError& error) {
  const TypeRow& row = RowOf(error.type);
  std::string out;
  // Only an error about the whole input has no path.
  if (!error.field.empty()) {
    out += error.field;
    out += ": ";
  }
  out += row.prefix;
  if (row.shows_bad_value && error.bad_value.has_value()) {
    out += ": ";
    out += error.bad_value->ToJson();
  }
  if (!error.detail.empty()) {
    out += ": ";
    out += error.detail;
  }
  return out;
}

}  // namespace grove
