#include "planner/pod_name.h"

#include "model/kubernetes/fnv.h"

namespace grove::planner {

namespace {

// Without vowels, and without digits that look like one.
constexpr std::string_view kAlphabet = "bcdfghjklmnpqrstvwxz2456789";
constexpr std::uint64_t kBase = kAlphabet.size();
constexpr std::uint64_t kSuffixes = kBase * kBase * kBase * kBase * kBase;
static_assert(kBase == 27);

// Spreads every bit of `value` over the result (the finalizer of SplitMix64).
constexpr std::uint64_t Mix(std::uint64_t value) {
  value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9U;
  value = (value ^ (value >> 27)) * 0x94D049BB133111EBU;
  return value ^ (value >> 31);
}

}  // namespace

PodNameSuffixes::PodNameSuffixes(std::uint64_t seed, std::string_view pod_clique_name) {
  std::uint64_t hash = kubernetes::kFnvOffset;
  for (const char byte : pod_clique_name) hash = kubernetes::FnvStep(hash, byte);
  const std::uint64_t mixed = Mix(hash ^ Mix(seed));
  offset_ = mixed % kSuffixes;
  factor_ = Mix(mixed) % kSuffixes;
  // One to one needs a factor that has no divisor in common with the number of suffixes, a power of three.
  if (factor_ % 3 == 0) ++factor_;
}

void PodNameSuffixes::AppendTo(std::string& name, std::uint64_t index) const {
  std::uint64_t number = (index % kSuffixes * factor_ + offset_) % kSuffixes;
  for (int digit = 0; digit < 5; ++digit, number /= kBase) name.push_back(kAlphabet[number % kBase]);
  for (std::uint64_t rest = index / kSuffixes; rest > 0; rest /= kBase) name.push_back(kAlphabet[rest % kBase]);
}

}  // namespace grove::planner
