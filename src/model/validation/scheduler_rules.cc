// Rules of scheduler names, and which backend judges the set (spec 03 §9.1, §9.2).
#include "model/validation/backend_rules.h"
#include "model/validation/backends.h"
#include "model/validation/set_context.h"

namespace grove::validation {
namespace {

struct BackendRow {
  std::string_view name;
  std::optional<BackendFinding> (*check)(const SetContext&);
};

// A backend that is not here checks nothing.
constexpr BackendRow kChecks[] = {
    {schedulers::kKai, CheckKai},
    {schedulers::kVolcano, CheckVolcano},
    {schedulers::kLpx, CheckLpx},
};

std::string_view Resolve(const SetContext& context, std::string_view name) {
  return name.empty() ? std::string_view(context.configuration.scheduler.default_profile_name) : name;
}

// V-405 and V-406, else the rules of the backend of the first clique.
std::optional<BackendFinding> CheckBackend(const SetContext& context) {
  const std::string_view written = context.scheduler_names.front();
  const std::string_view name = Resolve(context, written);
  if (!IsEnabled(context.configuration, name)) {
    if (!written.empty()) {
      return BackendFinding{"V-405", Concat({"schedulerName ", Quoted(written), " is not an enabled scheduler"})};
    }
    return BackendFinding{"V-406", "schedulerName is empty and no default scheduler is configured"};
  }
  for (const BackendRow& row : kChecks) {
    if (row.name == name) return row.check(context);
  }
  return std::nullopt;
}

}  // namespace

void ValidateSchedulerNames(const SetContext& context) {
  if (context.scheduler_names.empty()) return;
  const FieldPath root;
  const FieldPath path = root.Child("spec.template.cliques.spec.podSpec.schedulerName");
  const std::string_view first = Resolve(context, context.scheduler_names.front());
  const bool differ = std::ranges::any_of(context.scheduler_names,
                                          [&](std::string_view name) { return Resolve(context, name) != first; });
  if (differ) {
    NameList resolved = CollectNames(
        context.scheduler_names, [&](std::string_view name) { return Resolve(context, name); }, context.scratch);
    const std::string names = JoinDistinct(NameIndex(std::move(resolved), context.scratch), ", ");
    context.findings.Add(ErrorType::kInvalid, path, names, "V-400",
                         Concat({"all cliques must have one scheduler, not ", names}));
  }
  if (!IsEnabled(context.configuration, first)) {
    context.findings.Add(ErrorType::kInvalid, path, first, "V-401",
                         Concat({Quoted(first), " is not an enabled scheduler"}));
    const NameList enabled = CollectNames(
        context.configuration.scheduler.profiles,
        [](const SchedulerProfile& profile) { return std::string_view(profile.name); }, context.scratch);
    context.findings.SuggestFrom(enabled, first);
  }
}

void ValidateSchedulerBackend(const SetContext& context) {
  // Without a clique there is no scheduler to ask; V-120 has told.
  if (context.scheduler_names.empty()) return;
  std::optional<BackendFinding> finding = CheckBackend(context);
  if (!finding.has_value()) return;
  const FieldPath root;
  const internal::Node* spec = internal::Find(context.input.document, "spec");
  Value bad_value = spec != nullptr ? Value(*spec, context.input.storage) : Value();
  context.findings.Add(ErrorType::kInvalid, root.Child("spec"), std::move(bad_value), finding->rule,
                       std::move(finding->detail));
}

}  // namespace grove::validation
