#include "planner/expansion_context.h"

#include <charconv>
#include <optional>

#include "model/naming.h"

namespace grove::planner {

namespace {

constexpr std::int32_t kDefaultGroupReplicas = 1;      // spec 02 §3.1
constexpr std::int32_t kDefaultGroupMinAvailable = 1;  // spec 02 §3.1

// The index n of a `text` that is `prefix`, n, `suffix`; nullopt if it is not, or if n is no index below `bound`.
std::optional<std::int32_t> IndexBetween(std::string_view text, std::string_view prefix, std::string_view suffix,
                                         std::int32_t bound) {
  if (text.size() <= prefix.size() + suffix.size()) return std::nullopt;
  if (!text.starts_with(prefix) || !text.ends_with(suffix)) return std::nullopt;
  const std::string_view digits = text.substr(prefix.size(), text.size() - prefix.size() - suffix.size());
  std::int32_t index = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), index);
  if (error != std::errc() || end != digits.data() + digits.size() || index < 0 || index >= bound) return std::nullopt;
  // Not how an index is written.
  if (digits.size() > 1 && digits.front() == '0') return std::nullopt;
  return index;
}

// Members of `group` that are called like a standalone PodClique: `<group>-<j>-<member>` is the name of a clique. No
// group has more than `replicas` replicas.
void FindShadowsOfStandalone(const std::vector<Clique>& cliques, std::int32_t replicas, ScalingGroup& group) {
  const std::string prefix = group.config->name + "-";
  for (const Clique& clique : cliques) {
    if (clique.group != kNone || !clique.config->name.starts_with(prefix)) continue;
    for (const std::uint32_t member : group.cliques) {
      const std::string suffix = "-" + cliques[member].config->name;
      const auto j = IndexBetween(clique.config->name, prefix, suffix, replicas);
      if (j.has_value()) group.shadowed.emplace_back(*j, member);
    }
  }
}

// Members of `group` that are called like a member of `first`, whose name must be the beginning of that of `group`:
// "<first>-<i>-<a>" equals "<first>-<rest>-<j>-<b>", `rest` being what follows in the name of `group`.
void FindShadowsOfGroup(const std::vector<Clique>& cliques, const ScalingGroup& first, std::int32_t replicas,
                        ScalingGroup& group) {
  const std::string& name = group.config->name;
  if (!name.starts_with(first.config->name + "-")) return;
  const std::string_view rest = std::string_view(name).substr(first.config->name.size() + 1);
  const std::string_view index = rest.substr(0, rest.find('-'));
  if (!IndexBetween(index, "", "", replicas).has_value()) return;
  const std::string prefix = std::string(rest.substr(index.size())) + "-";
  for (const std::uint32_t a : first.cliques) {
    for (const std::uint32_t b : group.cliques) {
      const std::string suffix = "-" + cliques[b].config->name;
      const auto j = IndexBetween("-" + cliques[a].config->name, prefix, suffix, replicas);
      if (j.has_value()) group.shadowed.emplace_back(*j, b);
    }
  }
}

void FindShadows(Context& context) {
  std::int32_t replicas = 0;
  for (const ScalingGroup& group : context.groups) replicas = std::max(replicas, group.replicas);
  for (const auto& group : context.live.objects().pod_clique_scaling_groups) {
    replicas = std::max(replicas, group.spec.replicas);
  }
  for (ScalingGroup& group : context.groups) {
    FindShadowsOfStandalone(context.cliques, replicas, group);
    for (const ScalingGroup& first : context.groups) FindShadowsOfGroup(context.cliques, first, replicas, group);
    std::ranges::sort(group.shadowed);
  }
}

void AddGroup(Context& context, const PodCliqueScalingGroupConfig& config) {
  const auto index = static_cast<std::uint32_t>(context.groups.size());
  ScalingGroup& group = context.groups.emplace_back();
  group.config = &config;
  group.replicas = std::max(config.replicas.value_or(kDefaultGroupReplicas), 0);
  group.min_available = std::max(config.min_available.value_or(kDefaultGroupMinAvailable), 0);
  for (const std::string& name : config.clique_names) {
    const std::uint32_t clique = FindTemplateByName(context.template_spec().cliques, name);
    if (clique == kNone) continue;
    group.cliques.push_back(clique);
    group.template_pods += context.cliques[clique].config->spec.replicas;
    if (context.cliques[clique].group == kNone) context.cliques[clique].group = index;
  }
}

}  // namespace

Context::Context(const PodCliqueSet& pod_clique_set, const Value& document, const ExpansionOptions& expansion_options,
                 LiveIndex live_objects)
    : set(pod_clique_set),
      options(expansion_options),
      live(std::move(live_objects)),
      storage(std::make_shared<internal::Storage>()),
      hashes(HashesOf(set, document)) {
  const auto resolve = [&](const std::vector<ResourceSharing>& list) {
    return ResolveSharing(list, set, options.resource_claim_templates, storage);
  };
  storage->Keep(document.storage());
  sharing = resolve(template_spec().resource_sharing);
  cliques.reserve(template_spec().cliques.size());
  for (const PodCliqueTemplateSpec& config : template_spec().cliques) {
    Clique& clique = cliques.emplace_back();
    clique.config = &config;
    clique.sharing = resolve(config.resource_sharing);
    storage->Keep(config.spec.pod_spec.storage());
  }
  groups.reserve(template_spec().pod_clique_scaling_groups.size());
  for (const PodCliqueScalingGroupConfig& config : template_spec().pod_clique_scaling_groups) {
    AddGroup(*this, config);
    groups.back().sharing = resolve(config.resource_sharing);
  }
  FindShadows(*this);
}

std::int32_t Context::GroupReplicas(std::int32_t replica, std::uint32_t group) const {
  const auto& groups_that_exist = live.objects().pod_clique_scaling_groups;
  if (groups_that_exist.empty()) return groups[group].replicas;
  const PodCliqueScalingGroup* found =
      live.Find(groups_that_exist, ScalingGroupName(*this, replica, group), ControllerReference(set));
  return found == nullptr ? groups[group].replicas : std::max(found->spec.replicas, 0);
}

std::string ScalingGroupName(const Context& context, std::int32_t replica, std::uint32_t group) {
  return naming::ChildName(context.name(), replica, context.groups[group].config->name);
}

std::string PodCliqueName(const Context& context, const PodCliqueKey& key) {
  const std::string& clique = context.cliques[key.clique].config->name;
  if (key.group == kNone) return naming::ChildName(context.name(), key.replica, clique);
  return naming::MemberName(ScalingGroupName(context, key.replica, key.group), key.group_replica, clique);
}

std::uint32_t SourceTemplate(const Context& context, std::string_view pod_clique_name) {
  return FindTemplateBySuffix(context.template_spec().cliques, pod_clique_name);
}

}  // namespace grove::planner
