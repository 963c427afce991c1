// Compares plans for random small clusters with trying everything: placement_trials [CASES [FIRST_SEED]].
#include <cstdio>
#include <cstdlib>

#include "topology/random_placement.h"

int main(int argc, char** argv) {
  const std::uint64_t cases = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 20'000;
  const std::uint64_t first = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 1;
  grove::test::Comparison total;
  int faults = 0;
  for (std::uint64_t seed = first; seed < first + cases; ++seed) {
    const auto comparison = grove::test::CompareCase(grove::test::RandomCase(seed));
    total.compared += comparison.compared;
    total.feasible += comparison.feasible;
    total.undecided += comparison.undecided;
    total.skipped += comparison.skipped;
    if (comparison.fault.empty()) continue;
    std::printf("seed %llu: %s\n", static_cast<unsigned long long>(seed), comparison.fault.c_str());
    if (++faults == 20) break;
  }
  std::printf("%llu cases, %u gangs compared, %u feasible, %u undecided, %u too large to try everything, %d faults\n",
              static_cast<unsigned long long>(cases), total.compared, total.feasible, total.undecided, total.skipped,
              faults);
  return faults == 0 ? 0 : 1;
}
