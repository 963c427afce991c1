// Compares plans for random small clusters with trying everything: placement_trials [CASES [FIRST_SEED]]. As many cases
// again have several options on.
#include <cstdio>
#include <cstdlib>

#include "topology/random_options.h"

namespace {

grove::test::Comparison total;
int faults = 0;

void Add(const char* what, std::uint64_t seed, const grove::test::Comparison& comparison) {
  total.compared += comparison.compared;
  total.feasible += comparison.feasible;
  total.undecided += comparison.undecided;
  total.skipped += comparison.skipped;
  if (comparison.fault.empty()) return;
  std::printf("%s, seed %llu: %s\n", what, static_cast<unsigned long long>(seed), comparison.fault.c_str());
  ++faults;
}

}  // namespace

int main(int argc, char** argv) {
  const std::uint64_t cases = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 20'000;
  const std::uint64_t first = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 1;
  for (std::uint64_t seed = first; seed < first + cases && faults < 20; ++seed) {
    Add("plain", seed, grove::test::CompareCase(grove::test::RandomCase(seed)));
    Add("options", seed, grove::test::CompareOptions(grove::test::AnyGangs(seed)));
  }
  std::printf("%llu cases, %u gangs compared, %u feasible, %u undecided, %u too large to try everything, %d faults\n",
              static_cast<unsigned long long>(cases), total.compared, total.feasible, total.undecided, total.skipped,
              faults);
  return faults == 0 ? 0 : 1;
}
