#include "properties/mutator.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace grove::properties {

using Kind = Value::Kind;

namespace {

constexpr std::size_t kLargestMutant = 20'000;  // values; what grows beyond it is left as it is

constexpr std::string_view kNumbers[] = {"0",
                                         "-0",
                                         "1",
                                         "-1",
                                         "2",
                                         "3",
                                         "1.0",
                                         "1.5",
                                         "0.1",
                                         "1e2",
                                         "1e400",
                                         "-1e400",
                                         "1e-400",
                                         "45",
                                         "2147483647",
                                         "2147483648",
                                         "-2147483648",
                                         "4294967296",
                                         "9223372036854775807",
                                         "9223372036854775808",
                                         "99999999999999999999999",
                                         "0.30000000000000000000000000004"};

constexpr std::string_view kTexts[] = {"",
                                       " ",
                                       "a",
                                       "A",
                                       "-",
                                       "a-",
                                       "null",
                                       "0",
                                       "1Gi",
                                       "5K",
                                       "1e3",
                                       " 1 ",
                                       "-1h",
                                       "0s",
                                       "4h",
                                       "1d",
                                       "rack",
                                       "zone",
                                       "none",
                                       "Always",
                                       "x.y",
                                       "a/b",
                                       "volcano",
                                       "kai-scheduler",
                                       "default-scheduler",
                                       "InOrder",
                                       "CliqueStartupTypeInOrder",
                                       "CliqueStartupTypeExplicit",
                                       "PerReplica",
                                       "AllReplicas",
                                       "OnDelete",
                                       "9223372036854775807ns",
                                       "$(A)",
                                       "a\nb",
                                       "\xC3\xA9",
                                       "\xE2\x80\x8B",
                                       "\xEF\xBB\xBF",
                                       "\xF0\x9F\x8C\xB3",
                                       "\xD7\xA9\xD7\x9C",
                                       "e\xCC\x81"};

// NUL, and what JSON escapes.
const std::string kUnusualTexts[] = {std::string(1, '\0'), "\x01\x1f\x7f\"\\", std::string(64, 'a'),
                                     std::string(300, 'b'), std::string(5000, '-')};

void CollectValues(Document& document, std::vector<Document*>& out) {
  out.push_back(&document);
  for (Document& value : document.values) CollectValues(value, out);
}

std::size_t CountValues(const Document& document) {
  std::size_t count = 1;
  for (const Document& value : document.values) count += CountValues(value);
  return count;
}

}  // namespace

Mutator::Place Mutator::Pick(Document& root) {
  struct Step {
    Document* parent;
    std::size_t index;
  };
  std::vector<Document*> containers;
  CollectValues(root, containers);
  std::erase_if(containers, [](const Document* document) { return document->values.empty(); });
  if (containers.empty()) return {nullptr, 0, &root};
  Document* parent = containers[Below(containers.size())];
  const std::size_t index = Below(parent->values.size());
  return {parent, index, &parent->values[index]};
}

// A value of a donor, of a member of the same name where there is one.
const Document* Mutator::PickFromDonors(const Place& place) {
  if (donors_.empty()) return nullptr;
  const Document* document = &donors_[Below(donors_.size())];
  std::vector<const Document*> same_key;
  std::vector<const Document*> all;
  std::vector<const Document*> stack = {document};
  const bool keyed = place.parent != nullptr && place.parent->kind == Kind::kObject && Below(4) != 0;
  while (!stack.empty()) {
    const Document* next = stack.back();
    stack.pop_back();
    all.push_back(next);
    for (std::size_t i = 0; i < next->values.size(); ++i) {
      stack.push_back(&next->values[i]);
      if (keyed && next->kind == Kind::kObject && next->keys[i] == place.parent->keys[place.index]) {
        same_key.push_back(&next->values[i]);
      }
    }
  }
  const auto& choice = same_key.empty() ? all : same_key;
  return choice[Below(choice.size())];
}

void Mutator::Drop(const Place& place) {
  if (place.parent == nullptr) return;
  const auto at = static_cast<std::ptrdiff_t>(place.index);
  place.parent->values.erase(place.parent->values.begin() + at);
  if (place.parent->kind == Kind::kObject) place.parent->keys.erase(place.parent->keys.begin() + at);
}

void Mutator::Duplicate(const Place& place) {
  if (place.parent == nullptr) return;
  Document copy = *place.value;
  const auto at = static_cast<std::ptrdiff_t>(Below(place.parent->values.size() + 1));
  if (place.parent->kind == Kind::kObject) {
    std::string key = place.parent->keys[place.index];
    if (Below(8) != 0) key += 's';  // a repeated key ends with the reader
    place.parent->keys.insert(place.parent->keys.begin() + at, std::move(key));
  }
  place.parent->values.insert(place.parent->values.begin() + at, std::move(copy));
}

void Mutator::Replace(const Place& place) {
  Document value;
  switch (Below(6)) {
    case 0:
      value.kind = Kind::kNull;
      break;
    case 1:
      value.kind = Kind::kBoolean;
      value.text = Below(2) == 0 ? "true" : "false";
      break;
    case 2:
      value.kind = Kind::kNumber;
      value.text = kNumbers[Below(std::size(kNumbers))];
      break;
    case 3:
      value.kind = Kind::kString;
      value.text = kTexts[Below(std::size(kTexts))];
      break;
    case 4:
      value.kind = Kind::kString;
      value.text = kUnusualTexts[Below(std::size(kUnusualTexts))];
      break;
    default:
      value.kind = Below(2) == 0 ? Kind::kArray : Kind::kObject;
      break;
  }
  *place.value = std::move(value);
}

void Mutator::ChangeNumber(const Place& place) {
  if (place.value->kind != Kind::kNumber) return ChangeText(place);
  if (Below(3) == 0) {
    place.value->text = kNumbers[Below(std::size(kNumbers))];
  } else {
    place.value->text = std::to_string(static_cast<long>(Below(8)) - 1);
  }
}

void Mutator::ChangeText(const Place& place) {
  std::string& text = place.value->text;
  if (place.value->kind != Kind::kString) return Replace(place);
  const std::size_t at = Below(text.size() + 1);
  switch (Below(4)) {
    case 0:
      text.insert(at, kTexts[Below(std::size(kTexts))]);
      break;
    case 1:
      // Cut between characters.
      text.resize(std::min(at, text.size()));
      while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0x80) != 0) text.pop_back();
      break;
    case 2:
      text += text;
      break;
    default:
      text = kTexts[Below(std::size(kTexts))];
      break;
  }
}

void Mutator::ChangeType(const Place& place) {
  Document& value = *place.value;
  switch (value.kind) {
    case Kind::kObject:
      value.kind = Kind::kArray;
      value.keys.clear();
      break;
    case Kind::kArray:
      value.kind = Kind::kObject;
      for (std::size_t i = 0; i < value.values.size(); ++i) value.keys.push_back(std::to_string(i));
      break;
    case Kind::kNumber:
      value.kind = Kind::kString;
      break;
    default:
      value.kind = Kind::kNumber;
      value.text = kNumbers[Below(std::size(kNumbers))];
      break;
  }
}

void Mutator::Nest(const Place& place) {
  const std::size_t depth = Below(8) == 0 ? 150 + Below(100) : 1 + Below(4);
  const bool in_objects = Below(2) == 0;
  const std::string key =
      place.parent != nullptr && place.parent->kind == Kind::kObject ? place.parent->keys[place.index] : "a";
  for (std::size_t i = 0; i < depth; ++i) {
    Document outer;
    outer.kind = in_objects ? Kind::kObject : Kind::kArray;
    if (in_objects) outer.keys.push_back(key);
    outer.values.push_back(std::move(*place.value));
    *place.value = std::move(outer);
  }
}

void Mutator::RenameKey(const Place& place) {
  if (place.parent == nullptr || place.parent->kind != Kind::kObject) return Drop(place);
  std::string& key = place.parent->keys[place.index];
  switch (Below(4)) {
    case 0:
      if (!key.empty()) key.erase(Below(key.size()), 1);
      break;
    case 1:
      if (!key.empty()) key[Below(key.size())] ^= 0x20;
      break;
    case 2:
      key = kTexts[Below(std::size(kTexts))];
      break;
    default:
      std::swap(key, place.parent->keys[Below(place.parent->keys.size())]);
      break;
  }
  // Half of a character is no JSON text.
  std::erase_if(key, [](char c) { return (static_cast<unsigned char>(c) & 0x80) != 0; });
}

void Mutator::Graft(const Place& place) {
  if (const Document* part = PickFromDonors(place)) {
    Document copy = *part;
    *place.value = std::move(copy);
  }
}

void Mutator::Swap(Document& root) {
  const Place a = Pick(root);
  const Place b = Pick(root);
  // Copies: one may stand inside the other.
  Document value_of_a = *a.value;
  Document value_of_b = *b.value;
  *a.value = std::move(value_of_b);
  if (CountValues(root) > kLargestMutant) return;
  const Place again = Pick(root);
  *again.value = std::move(value_of_a);
}

void Mutator::Repeat(const Place& place) {
  if (place.parent == nullptr || place.parent->kind != Kind::kArray) return Duplicate(place);
  const Document copy = *place.value;
  const std::size_t times = 1 + Below(40);
  if (CountValues(copy) * times > kLargestMutant) return;
  for (std::size_t i = 0; i < times; ++i) place.parent->values.push_back(copy);
}

void Mutator::Mutate(Document& document) {
  for (std::size_t left = Below(3) != 0 ? 1 : 2 + Below(4); left > 0; --left) {
    const Place place = Pick(document);
    switch (Below(16)) {
      case 0:
      case 1:
        Drop(place);
        break;
      case 2:
        Duplicate(place);
        break;
      case 3:
        Replace(place);
        break;
      case 4:
      case 5:
      case 6:
        ChangeNumber(place);
        break;
      case 7:
        ChangeText(place);
        break;
      case 8:
        ChangeType(place);
        break;
      case 9:
        Nest(place);
        break;
      case 10:
        RenameKey(place);
        break;
      case 11:
        Swap(document);
        break;
      case 12:
        Repeat(place);
        break;
      default:
        Graft(place);
        break;
    }
    if (CountValues(document) > kLargestMutant) return;
  }
}

}  // namespace grove::properties
