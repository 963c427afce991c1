// Rules of a ClusterTopologyBinding, the same on create and update (spec 03 §10.1).
#include <array>
#include <memory_resource>

#include "model/validation/backends.h"
#include "model/validation/name_index.h"
#include "model/validation/rule_table.h"
#include "model/validation/rules.h"

namespace grove::validation {
namespace {

struct Level {
  const TopologyLevel& level;
  bool domain_repeated;  // at an earlier level already
  bool key_repeated;
};

constexpr Rule<Level> kLevelRules[] = {
    {"V-600", On::kCreateAndUpdate, [](const Level& level) { return level.domain_repeated; }, ErrorType::kDuplicate,
     "domain", [](const Level& level) { return StringValue(level.level.domain); },
     [](const Level& level) {
       return Concat({"an earlier level has the domain ", Quoted(level.level.domain)});
     }},
    {"V-601", On::kCreateAndUpdate, [](const Level& level) { return level.key_repeated; }, ErrorType::kDuplicate, "key",
     [](const Level& level) { return StringValue(level.level.key); },
     [](const Level& level) {
       return Concat({"an earlier level has the key ", Quoted(level.level.key)});
     }},
};

struct Binding {
  std::string_view scheduler;
  bool repeated;  // by an earlier binding already
  bool enabled;
};

bool IsTopologyAware(std::string_view scheduler) {
  const std::size_t backend = FindBackend(scheduler);
  return backend < std::size(kBackends) && kBackends[backend].topology_aware;
}

constexpr Rule<Binding> kBindingRules[] = {
    {"V-602", On::kCreateAndUpdate, [](const Binding& binding) { return binding.repeated; }, ErrorType::kDuplicate,
     "schedulerName", [](const Binding& binding) { return StringValue(binding.scheduler); },
     [](const Binding& binding) {
       return Concat({Quoted(binding.scheduler), " has a binding before"});
     }},
    {"V-603", On::kCreateAndUpdate, [](const Binding& binding) { return !binding.enabled; }, ErrorType::kInvalid,
     "schedulerName", [](const Binding& binding) { return StringValue(binding.scheduler); },
     [](const Binding& binding) {
       return Concat({Quoted(binding.scheduler), " is not an enabled scheduler"});
     }},
    {"V-604", On::kCreateAndUpdate,
     [](const Binding& binding) { return binding.enabled && !IsTopologyAware(binding.scheduler); }, ErrorType::kInvalid,
     "schedulerName", [](const Binding& binding) { return StringValue(binding.scheduler); },
     [](const Binding& binding) {
       return Concat({Quoted(binding.scheduler), " knows no topologies"});
     }},
};

}  // namespace

void ValidateClusterTopologyBinding(const ClusterTopologyBinding& binding, const AdmissionContext& context,
                                    Findings& findings) {
  std::array<std::byte, 2048> buffer;
  std::pmr::monotonic_buffer_resource scratch(buffer.data(), buffer.size());
  const FieldPath root;
  const auto index = [&scratch](const auto& elements, auto name_of) {
    return NameIndex(CollectNames(elements, name_of, &scratch), &scratch);
  };

  const std::vector<TopologyLevel>& levels = binding.spec.levels;
  const NameIndex domains = index(levels, [](const TopologyLevel& level) { return std::string_view(level.domain); });
  const NameIndex keys = index(levels, [](const TopologyLevel& level) { return std::string_view(level.key); });
  const FieldPath levels_path = root.Child("spec.levels");
  for (std::size_t i = 0; i < levels.size(); ++i) {
    const Level level{levels[i], domains.IsRepetition(i), keys.IsRepetition(i)};
    Apply<Level>(kLevelRules, Operation::kCreate, level, levels_path.Index(i), findings);
  }

  const NameIndex names = index(binding.spec.scheduler_topology_bindings, [](const SchedulerTopologyBinding& element) {
    return std::string_view(element.scheduler_name);
  });
  // The field is named schedulerTopologyBindings; the reference says otherwise.
  const FieldPath bindings_path = root.Child("spec.schedulerTopologyReferences");
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string_view name = names.names()[i];
    const Binding element{name, names.IsRepetition(i), IsEnabled(context.configuration, name)};
    Apply<Binding>(kBindingRules, Operation::kCreate, element, bindings_path.Index(i), findings);
  }
}

}  // namespace grove::validation
