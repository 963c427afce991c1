// How much of each domain is spoken for by scopes that are bound to it or inside it and not packed yet, and how much of
// the rest is of no use to larger pods.
#pragma once

#include <cstdint>
#include <vector>

#include "topology/heap_bytes.h"
#include "topology/problem.h"

namespace grove::topology {

class Loads {
 public:
  // `slots` are all zero, and so again after End.
  explicit Loads(std::vector<std::uint32_t>& slots) : slots_(slots) {}

  void Begin(std::size_t domains, std::size_t kinds) {
    if (slots_.size() < domains) slots_.resize(domains, 0);
    kinds_ = kinds;
    // Most gangs load few domains.
    values_.reserve(kFew * kinds);
    losses_.reserve(kFew * kinds);
    touched_.reserve(kFew);
    values_.assign(kinds, 0);  // slot 0: of nothing
    losses_.assign(kinds, {});
  }
  void End() {
    for (const DomainIndex domain : touched_) slots_[domain] = 0;
    touched_.clear();
  }
  [[nodiscard]] bool Has(DomainIndex domain) const { return slots_[domain] != 0; }
  [[nodiscard]] std::int64_t Of(DomainIndex domain, std::size_t kind) const {
    return values_[slots_[domain] * kinds_ + kind];
  }
  // True iff any load is left on the domain.
  [[nodiscard]] bool IsLoaded(DomainIndex domain) const {
    const std::int64_t* row = values_.data() + slots_[domain] * kinds_;
    for (std::size_t k = 0; k < kinds_; ++k) {
      if (row[k] != 0) return true;
    }
    return false;
  }
  // Copies that are neither spoken for nor of use: small pods will take what is around them.
  struct Loss {
    std::int64_t inside = 0;  // in the domains below
    std::int64_t own = 0;     // as told to the domain above, no less than `inside`
  };
  Loss* Losses(DomainIndex domain) {
    Row(domain);
    return losses_.data() + slots_[domain] * kinds_;
  }
  std::int64_t* Row(DomainIndex domain) {
    if (slots_[domain] == 0) {
      slots_[domain] = static_cast<std::uint32_t>(values_.size() / kinds_);
      values_.resize(values_.size() + kinds_, 0);
      losses_.resize(losses_.size() + kinds_);
      touched_.push_back(domain);
    }
    return values_.data() + slots_[domain] * kinds_;
  }
  // But for the slots.
  [[nodiscard]] std::size_t bytes() const { return HeapBytesOf(values_, losses_, touched_); }

 private:
  static constexpr std::size_t kFew = 16;

  std::size_t kinds_ = 0;
  std::vector<std::uint32_t>& slots_;  // by domain, 0 for none
  std::vector<std::int64_t> values_;   // a row of kinds per slot
  std::vector<Loss> losses_;           // likewise
  std::vector<DomainIndex> touched_;
};

}  // namespace grove::topology
