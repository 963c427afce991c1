#include "planner/pod_clique_template.h"

#include <algorithm>
#include <array>

#include "model/kubernetes/kubernetes_schema.h"
#include "model/naming.h"
#include "planner/child_metadata.h"
#include "planner/environment.h"
#include "planner/mnnvl.h"
#include "planner/node_builder.h"
#include "planner/written_form.h"

namespace grove::planner {

using internal::Member;
using internal::Node;
using internal::Storage;
using internal::StringNode;

namespace {

constexpr std::string_view kContainers = "containers";
constexpr std::string_view kInitContainers = "initContainers";
constexpr std::string_view kResourceClaims = "resourceClaims";
constexpr std::string_view kVolumes = "volumes";

// Members of a pod spec that Grove writes anew for every PodClique or pod; what the template has there is dropped
// (O-20) or taken apart.
constexpr std::array<std::string_view, 8> kOwnMembers = {"hostname",        "subdomain", "schedulerName",
                                                         "schedulingGates", kContainers, kInitContainers,
                                                         kResourceClaims,   kVolumes};

std::vector<Node> ElementsOf(const Node& object, std::string_view list) {
  const Node* found = internal::Find(object, list);
  if (found == nullptr) return {};
  return {internal::Elements(*found).begin(), internal::Elements(*found).end()};
}

bool HasClaim(std::span<const Node> claims, std::string_view name) {
  return std::ranges::any_of(claims, [&](const Node& claim) {
    const Node* found = internal::Find(claim, "name");
    return found != nullptr && internal::Text(*found) == name;
  });
}

// What a PodClique gets into its containers (spec 04 §7.6, §10.3).
struct Injection {
  std::vector<Node> variables;
  bool domain_claim = false;  // into containers with GPUs
};

Node InjectIntoContainers(const Node& containers, const Injection& injection, Storage& storage) {
  std::vector<Node> injected;
  for (const Node& container : internal::Elements(containers)) {
    std::vector<Node> claims;
    const Node* resources = internal::Find(container, "resources");
    if (injection.domain_claim && UsesGpu(container) && !HasClaim(ElementsOf(*resources, "claims"), kMnnvlClaim)) {
      claims.push_back(MakeObject(storage, {MakeMember("name", StringNode(kMnnvlClaim))}));
    }
    const bool has_variables = !injection.variables.empty();
    const std::span<const std::string_view> replaced(kGroupVariables.data(),
                                                     has_variables ? kGroupVariables.size() : 0);
    injected.push_back(ContainerTemplate(container, replaced).Make(injection.variables, claims, storage));
  }
  return storage.MakeArray(injected);
}

Node InjectIntoPodSpec(const Node& pod_spec, const Injection& injection, Storage& storage) {
  if (injection.variables.empty() && !injection.domain_claim) return pod_spec;
  std::vector<Member> members(internal::Members(pod_spec).begin(), internal::Members(pod_spec).end());
  for (Member& member : members) {
    const std::string_view key = internal::Text(member.key);
    if (key == kContainers || key == kInitContainers) {
      member.value = InjectIntoContainers(member.value, injection, storage);
    }
  }
  return storage.MakeObject(members);
}

StringMap TemplateLabels(const Context& context, std::uint32_t source, bool member) {
  StringMap labels = context.cliques[source].config->labels;
  labels.SetAll(DefaultLabels(context.name()));
  labels.Set(keys::kComponent, member ? component::kMemberPodClique : component::kStandalonePodClique);
  labels.Set(keys::kPodTemplateHash, context.hashes.pod_templates[source]);
  labels.Set(keys::kName, "");
  labels.Set(keys::kReplicaIndex, "");
  labels.Set(keys::kPodGang, "");
  if (member) {
    labels.Set(keys::kScalingGroup, "");
    labels.Set(keys::kScalingGroupReplicaIndex, "");
  }
  return labels;
}

std::optional<AutoScalingConfig> StoredAutoScaling(const std::optional<AutoScalingConfig>& config,
                                                   const std::shared_ptr<Storage>& storage) {
  std::optional<AutoScalingConfig> stored = config;
  if (!stored.has_value()) return stored;
  for (Value& metric : stored->metrics) {
    storage->Keep(metric.storage());
    metric = Value(WrittenForm(schema::kubernetes::kMetricSpec, metric.node(), WrittenAs::kCustomResource, *storage),
                   storage);
  }
  return stored;
}

void TakeApart(const Node& pod_spec, PodCliqueTemplate& out) {
  for (const Member& member : internal::Members(pod_spec)) {
    if (std::ranges::find(kOwnMembers, internal::Text(member.key)) == kOwnMembers.end()) {
      out.pod_members.push_back(member);
    }
  }
  out.init_containers = MakeContainerTemplates(pod_spec, kInitContainers, kPodVariables);
  out.containers = MakeContainerTemplates(pod_spec, kContainers, kPodVariables);
  out.volumes = ElementsOf(pod_spec, kVolumes);
  out.claims = ElementsOf(pod_spec, kResourceClaims);
}

std::unique_ptr<PodCliqueTemplate> MakeTemplate(const Context& context, std::uint32_t source, std::uint32_t group) {
  const Clique& clique = context.cliques[source];
  const ScalingGroup* scaling_group = group == kNone ? nullptr : &context.groups[group];
  Storage& storage = *context.storage;
  auto made = std::make_unique<PodCliqueTemplate>();
  made->labels = TemplateLabels(context, source, scaling_group != nullptr);
  made->annotations = clique.config->annotations;
  made->annotations.Erase(keys::kTopologyName);

  const PodCliqueSpec& spec = clique.config->spec;
  made->spec.role_name = spec.role_name;
  made->spec.replicas = spec.replicas;
  made->spec.min_available = spec.min_available;
  made->spec.auto_scaling_config = StoredAutoScaling(spec.auto_scaling_config, context.storage);

  const Node base =
      WrittenForm(schema::kubernetes::kPodSpec, spec.pod_spec.node(), WrittenAs::kCustomResource, storage);
  const StringMap* group_annotations = scaling_group == nullptr ? nullptr : &scaling_group->config->annotations;
  const std::string_view mnnvl_group =
      EffectiveMnnvlGroup({&clique.config->annotations, group_annotations, &context.set.metadata.annotations});
  // A claim of that name that the user wrote switches the injection off (O-23).
  const bool has_claim = HasClaim(ElementsOf(base, kResourceClaims), kMnnvlClaim);
  if (!mnnvl_group.empty() && !has_claim && PodUsesGpu(base)) made->mnnvl_group = mnnvl_group;

  Injection injection;
  injection.domain_claim = !made->mnnvl_group.empty();
  if (scaling_group != nullptr) {
    const auto variables = MakeGroupVariables(scaling_group->template_pods, storage);
    injection.variables.assign(variables.begin(), variables.end());
  }
  const Node stored = InjectIntoPodSpec(base, injection, storage);
  made->spec.pod_spec = Value(stored, context.storage);
  TakeApart(WithoutZeros(schema::kubernetes::kPodSpec, stored, storage), *made);
  return made;
}

}  // namespace

PodCliqueTemplates::PodCliqueTemplates(const Context& context)
    : context_(context), templates_(context.cliques.size() * (context.groups.size() + 1)) {}

const PodCliqueTemplate& PodCliqueTemplates::Get(std::uint32_t source, std::uint32_t group) {
  const std::size_t column = group == kNone ? 0 : group + std::size_t{1};
  std::unique_ptr<PodCliqueTemplate>& entry = templates_[column * context_.cliques.size() + source];
  if (entry == nullptr) entry = MakeTemplate(context_, source, group);
  return *entry;
}

PodCliqueTemplate PartsOfLivePodSpec(const Value& pod_spec, const std::shared_ptr<Storage>& storage) {
  PodCliqueTemplate parts;
  storage->Keep(pod_spec.storage());
  TakeApart(WithoutZeros(schema::kubernetes::kPodSpec, pod_spec.node(), *storage), parts);
  return parts;
}

Node ComputeDomainClaim(std::string_view domain, Storage& storage) {
  return MakeObject(storage, {MakeMember("name", StringNode(kMnnvlClaim)),
                              MakeMember("resourceClaimTemplateName", storage.CopyString(domain))});
}

Value PodSpecOfPodClique(const PodCliqueTemplate& pod_clique_template, const Node* domain_claim,
                         const std::shared_ptr<Storage>& storage) {
  const Value& shared = pod_clique_template.spec.pod_spec;
  if (domain_claim == nullptr) return shared;
  std::vector<Member> members;
  for (const Member& member : internal::Members(shared.node())) {
    if (internal::Text(member.key) != kResourceClaims) members.push_back(member);
  }
  std::vector<Node> claims = ElementsOf(shared.node(), kResourceClaims);
  claims.push_back(*domain_claim);
  members.push_back(MakeMember(kResourceClaims, storage->MakeArray(claims)));
  return {storage->MakeObject(members), storage};
}

}  // namespace grove::planner
