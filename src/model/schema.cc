#include "model/schema.h"

#include <cstddef>

#include "model/field_index.h"

namespace grove::schema {

namespace {

const Field* SearchInOrder(const Type& type, std::string_view name) {
  for (const Field& field : type.fields) {
    if (field.name == name) return &field;
  }
  return nullptr;
}

}  // namespace

const Field* FindField(const Type& type, std::string_view name) {
  if (type.index.empty()) return SearchInOrder(type, name);
  if (name.empty()) return nullptr;
  const std::size_t mask = type.index.size() - 1;
  for (std::size_t slot = internal::HashOfName(name) & mask;; slot = (slot + 1) & mask) {
    const std::uint8_t entry = type.index[slot];
    if (entry == 0) return nullptr;
    const Field& field = type.fields[entry - 1u];
    if (field.name == name) return &field;
  }
}

}  // namespace grove::schema
