#include <array>

#include "grove/name_budget.hpp"

namespace grove {

namespace {

using std::string_view;

struct LimitRow {
  NameLimit limit;
  string_view id;
  std::size_t bytes;
  string_view text;
};
constexpr std::array kLimits = {
    LimitRow{NameLimit::kCombinedNames, "combined-names", 45, "names of set, group and clique together"},
    LimitRow{NameLimit::kServiceName, "service-name", 63, "name of a Service"},
    LimitRow{NameLimit::kHostname, "hostname", 63, "hostname of a pod"},
    LimitRow{NameLimit::kGeneratedName, "generated-name", 58, "prefix of a pod's name"},
    LimitRow{NameLimit::kClaimName, "claim-name", 63, "claim in a pod"},
    LimitRow{NameLimit::kLabelValue, "label-value", 63, "value of a label"},
    LimitRow{NameLimit::kFullHostname, "full-hostname", 64, "DNS name as hostname"},
};

const LimitRow& RowOf(NameLimit limit) { return kLimits[static_cast<std::size_t>(limit)]; }

}  // namespace

string_view NameLimitId(NameLimit limit) { return RowOf(limit).id; }
string_view NameLimitText(NameLimit limit) { return RowOf(limit).text; }
std::size_t NameLimitBytes(NameLimit limit) { return RowOf(limit).bytes; }

}  // namespace grove
