// grove names: what every child of a set will be called, and the room that its name has left.
#include <optional>
#include <set>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include "grove/name_budget.hpp"

#include "cli/names_table.h"
#include "cli/options.h"
#include "cli/text.h"
#include "cli/verbs.h"
#include "cli/workload.h"

namespace grove::cli {

namespace {

// Sets need not be admitted: those whose names are too long are not.
NameBudget BudgetOf(const LoadedWorkload& workload, const ObjectVerdict& verdict) {
  const Value& document = verdict.defaulted.is_null() ? workload.ObjectOf(verdict).document : verdict.defaulted;
  return BudgetNames(document, workload.judged.context.configuration);
}

class NamesPrinter {
 public:
  NamesPrinter(const Options& options, const LoadedWorkload& workload, Streams& streams)
      : options_(options), workload_(workload), streams_(streams) {}

  ExitCode Run() {
    for (const ObjectVerdict& verdict : workload_.judged.verdicts) {
      if (verdict.role == ObjectRole::kPodCliqueSet) Print(verdict);
    }
    if (sets_ == 0) {
      fmt::print(streams_.err, "grove names: no PodCliqueSet among the input\n");
      return ExitCode::kUsage;
    }
    if (options_.output == "text" && !options_.quiet) {
      streams_.out.flush();
      streams_.err << '\n' << LimitsLegend(limits_);
    }
    return fits_ ? ExitCode::kDone : ExitCode::kFound;
  }

 private:
  void Print(const ObjectVerdict& verdict) {
    const NameBudget budget = BudgetOf(workload_, verdict);
    fits_ = fits_ && budget.fits();
    const ManifestObject& object = workload_.ObjectOf(verdict);
    if (options_.output == "json") {
      const std::string& file = workload_.SourceOf(verdict).text->name();
      streams_.out
          << DescribeNameBudget(object, budget, {.file = file, .namespace_name = verdict.namespace_name}).ToJson()
          << '\n';
    } else {
      if (sets_ > 0) streams_.out << '\n';
      streams_.out << NamesTable(budget, {.color = streams_.color_out});
      for (const ChildNames& child : budget.children) limits_.insert(child.limit);
    }
    ++sets_;
  }

  const Options& options_;
  const LoadedWorkload& workload_;
  Streams& streams_;
  std::set<NameLimit> limits_;
  int sets_ = 0;
  bool fits_ = true;
};

}  // namespace

ExitCode RunNames(const Options& options, Streams& streams) {
  InputReader reader(options, streams.in);
  const std::optional<LoadedWorkload> workload = LoadWorkload(options, reader, streams);
  if (!workload.has_value()) return ExitCode::kUsage;
  return NamesPrinter(options, *workload, streams).Run();
}

}  // namespace grove::cli
