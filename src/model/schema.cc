#include "model/schema.h"

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "model/field_index.h"

namespace grove::schema {

namespace {

// Whether two names are one. Names are short: no call, one or two comparisons of words that may overlap.
bool SameName(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  const auto same = [&]<class Word>(Word /*type*/, std::size_t at) {
    Word left = 0;
    Word right = 0;
    std::memcpy(&left, a.data() + at, sizeof(Word));
    std::memcpy(&right, b.data() + at, sizeof(Word));
    return left == right;
  };
  const std::size_t size = a.size();
  if (size > 16) return a == b;
  if (size >= 8) return same(std::uint64_t{}, 0) && same(std::uint64_t{}, size - 8);
  if (size >= 4) return same(std::uint32_t{}, 0) && same(std::uint32_t{}, size - 4);
  for (std::size_t i = 0; i < size; ++i) {
    if (a[i] != b[i]) return false;
  }
  return true;
}

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
    if (SameName(field.name, name)) return &field;
  }
}

}  // namespace grove::schema
