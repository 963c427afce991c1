// Changes manifests at random, knowing their structure: most of a mutant is what it was, so that it gets far.
#pragma once

#include <cstdint>
#include <random>
#include <span>
#include <string>
#include <vector>

#include "properties/document.h"

namespace grove::properties {

class Mutator {
 public:
  // The same seed and donors make the same mutants. Donors are borrowed: parts of them are put into mutants.
  Mutator(std::uint64_t seed, std::span<const Document> donors) : random_(seed), donors_(donors) {}

  // One to five changes.
  void Mutate(Document& document);

  // A number below `bound`, which is not 0.
  [[nodiscard]] std::size_t Below(std::size_t bound) { return static_cast<std::size_t>(random_() % bound); }

 private:
  // A value somewhere in a document, and the way to it.
  struct Place {
    Document* parent = nullptr;  // null for the root
    std::size_t index = 0;
    Document* value = nullptr;
  };

  [[nodiscard]] Place Pick(Document& root);
  [[nodiscard]] const Document* PickFromDonors(const Place& place);

  void Drop(const Place& place);
  void Duplicate(const Place& place);
  void Replace(const Place& place);
  void ChangeNumber(const Place& place);
  void ChangeText(const Place& place);
  void ChangeType(const Place& place);
  void Nest(const Place& place);
  void RenameKey(const Place& place);
  void Graft(const Place& place);
  void Swap(Document& root);
  void Repeat(const Place& place);

  std::mt19937_64 random_;
  std::span<const Document> donors_;
};

}  // namespace grove::properties
