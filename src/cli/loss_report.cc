#include "cli/loss_report.h"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "grove/manifest.hpp"

#include "cli/text.h"
#include "planner/translate/loss_report.h"

namespace grove::cli {

namespace {

struct Kind {
  const TranslationLoss* first;
  std::int64_t others = 0;
};

bool SameKind(const TranslationLoss& a, const TranslationLoss& b) {
  return a.effect == b.effect && a.rule == b.rule && a.lost == b.lost && a.consequence == b.consequence;
}

}  // namespace

std::string LossesAsText(std::span<const TranslationLoss> losses, bool color) {
  std::vector<Kind> kinds;  // as many as rows of a backend's table
  for (const TranslationLoss& loss : losses) {
    const auto found = std::ranges::find_if(kinds, [&](const Kind& kind) { return SameKind(*kind.first, loss); });
    if (found == kinds.end()) {
      kinds.push_back({&loss});
    } else {
      ++found->others;
    }
  }
  std::string out;
  for (const Kind& kind : kinds) {
    const TranslationLoss& loss = *kind.first;
    const std::string_view effect = LossEffectName(loss.effect);
    const Ink ink = loss.effect == LossEffect::kRefused ? Ink::kError : Ink::kWarning;
    fmt::format_to(std::back_inserter(out), "{} {} [{}]\n    {}\n    {} {}: {}{}\n",
                   Paint(color, ink, fmt::format("{}:", effect)), loss.lost, loss.rule, loss.consequence,
                   Printable(loss.object), Printable(loss.field), Printable(loss.asked),
                   kind.others == 0 ? "" : fmt::format(", and {} more", kind.others));
  }
  return out;
}

std::string LossesAsJson(std::span<const TranslationLoss> losses) {
  return WriteManifest(planner::DescribeLosses(losses), OutputFormat::kJson);
}

}  // namespace grove::cli
