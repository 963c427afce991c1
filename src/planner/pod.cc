#include "planner/pod.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>

#include "grove/scaling.hpp"

#include "model/naming.h"
#include "model/stable_sort.h"
#include "planner/child_metadata.h"
#include "planner/environment.h"
#include "planner/node_builder.h"
#include "planner/owner.h"
#include "planner/pod_claims.h"
#include "planner/pod_spec.h"
#include "planner/status/pod_state.h"
#include "planner/translate/backend.h"

namespace grove::planner {

using internal::Node;
using internal::Storage;

namespace {

constexpr std::string_view kBuildError = "ERR_BUILD_POD_RESOURCE";

ReconcileError BuildError(const PodClique& pod_clique, std::string message) {
  return {"PodClique/" + pod_clique.metadata.name, std::string(kBuildError), std::move(message)};
}

}  // namespace

PodMaker::PodMaker(const Context& context, std::vector<Pod>& pods) : context_(context), pods_(pods), startup_(context) {
  Storage& storage = *context.storage;
  const Node gate = MakeObject(storage, {MakeMember("name", internal::StringNode(keys::kSchedulingGate))});
  scheduling_gates_ = MakeArray(storage, {gate});
  set_variable_ = LiteralVariable(kPodVariables[0], storage.Copy(context.name()), storage);
  pod_index_variable_ = LabelVariable(kPodVariables[4], keys::kPodIndex, storage);
}

void PodMaker::BeginReplica(std::int32_t replica) {
  Storage& storage = *context_.storage;
  const std::string name = naming::ReplicaName(context_.name(), replica);
  replica_text_ = std::to_string(replica);
  subdomain_ = storage.CopyString(name);
  replica_variable_ = LiteralVariable(kPodVariables[1], storage.Copy(replica_text_), storage);
  service_variable_ =
      LiteralVariable(kPodVariables[3], storage.Copy(naming::ServiceAddress(name, context_.namespace_name())), storage);
  base_startup_containers_.assign(context_.cliques.size(), std::nullopt);
}

std::optional<Node> PodMaker::StartupContainerOf(const PodClique& pod_clique, std::uint32_t source, bool shared) {
  if (!shared) return startup_.Make(pod_clique.spec.starts_after);
  std::optional<Node>& container = base_startup_containers_[source];
  if (!container.has_value()) container = startup_.Make(pod_clique.spec.starts_after);
  return container;
}

absl::Status PodMaker::Plan(const PodClique& pod_clique, const PodClique* live, PodPlan& plan) const {
  if (live == nullptr) {
    plan.create.resize(static_cast<std::size_t>(std::max(pod_clique.spec.replicas, 0)));
    std::iota(plan.create.begin(), plan.create.end(), 0);
    return absl::OkStatus();
  }
  const std::vector<const Pod*> pods = context_.live.PodsOf(*live);
  absl::StatusOr<PodDelta> delta = DeltaOfPods(pod_clique.spec.replicas, pods, ExpectedHash(pod_clique));
  std::vector<bool> goes(pods.size(), false);
  if (delta.ok()) {
    plan.create = std::move(delta->create);
    for (const std::size_t position : delta->remove) goes[position] = true;
  }
  for (std::size_t p = 0; p < pods.size(); ++p) {
    if (!goes[p] && !IsTerminating(*pods[p])) plan.kept.push_back(pods[p]);
  }
  internal::StableSort(plan.kept, [](const Pod* a, const Pod* b) {
    const auto key = [](const Pod* pod) { return std::pair(pod->metadata.creation_timestamp, IndexOf(*pod)); };
    return key(a) < key(b);
  });
  return delta.status();
}

// Spec 09 §2.6: that of the update under way, if it is for what the set asks for now.
std::string_view PodMaker::ExpectedHash(const PodClique& pod_clique) const {
  const auto& progress = pod_clique.status.update_progress;
  if (progress.has_value() && progress->pod_clique_set_generation_hash == context_.hashes.generation) {
    return progress->pod_template_hash;
  }
  return pod_clique.metadata.labels.Get(keys::kPodTemplateHash);
}

void PodMaker::Keep(const PodPlan& plan) {
  for (const Pod* pod : plan.kept) pods_.push_back(*pod);
}

void PodMaker::NamePod(const PodNameSuffixes& suffixes, std::int32_t index, Pod& pod) const {
  // Suffixes repeat only after more indices than there are pods.
  constexpr std::uint64_t kNextAttempt = 1'000'003;
  std::string& name = pod.metadata.name;
  name.reserve(pod.metadata.generate_name.size() + 8);
  for (std::uint64_t attempt = 0;; ++attempt) {
    name = pod.metadata.generate_name;
    suffixes.AppendTo(name, static_cast<std::uint64_t>(index) + attempt * kNextAttempt);
    if (!context_.live.HasPod(name)) return;
  }
}

Pod PodMaker::MakePrototype(const PodClique& pod_clique) const {
  Pod pod;
  const ObjectMeta& owner = pod_clique.metadata;
  pod.metadata.generate_name = owner.name + "-";
  pod.metadata.namespace_name = owner.namespace_name;
  // The labels of the PodClique have the default ones among them.
  pod.metadata.labels = owner.labels;
  pod.metadata.labels.Set(keys::kPodClique, owner.name);
  pod.metadata.labels.Set(keys::kReplicaIndex, replica_text_);
  pod.metadata.annotations = owner.annotations;
  pod.metadata.owner_references.push_back(ControllerReference(pod_clique));
  return pod;
}

std::optional<ReconcileError> PodMaker::Make(const PodClique& pod_clique, const PodCliqueKey& key, std::uint32_t clique,
                                             std::uint32_t source, const PodCliqueTemplate& parts,
                                             const Node* domain_claim, std::span<const std::int32_t> indices,
                                             bool shares_startup) {
  const ExpansionOptions& options = context_.options;
  const Backend* named = BackendOfPod(pod_clique.spec.pod_spec, options.configuration);
  if (named == nullptr) return BuildError(pod_clique, "the scheduler of the pod is not enabled");
  const std::string& name = pod_clique.metadata.name;
  const auto preparation =
      PreparePods(ServingBackend(*named, options.backend), pod_clique.metadata.labels.Get(keys::kPodGang), name,
                  {options.topologies, options.kube_pod_groups});
  if (!preparation.ok()) return BuildError(pod_clique, std::string(preparation.status().message()));

  Pod prototype = MakePrototype(pod_clique);
  prototype.metadata.labels.SetAll(preparation->labels);
  prototype.metadata.annotations.SetAll(preparation->annotations);

  Storage& storage = *context_.storage;
  const Node name_variable = LiteralVariable(kPodVariables[2], storage.Copy(name), storage);
  const std::array variables = {set_variable_, replica_variable_, name_variable, service_variable_,
                                pod_index_variable_};
  const PodClaims claims = ClaimsOfPods(context_, key, clique, name);
  const bool waits = !pod_clique.spec.starts_after.empty();
  const std::optional<Node> startup_container =
      waits ? StartupContainerOf(pod_clique, source, shares_startup) : std::nullopt;
  if (waits && !startup_container.has_value()) return BuildError(pod_clique, "it waits for a clique without template");
  PodSpecInputs inputs;
  inputs.parts = &parts;
  inputs.pod_clique_name = name;
  inputs.scheduler_name = preparation->scheduler_name;
  inputs.scheduling_group = preparation->scheduling_group;
  inputs.subdomain = subdomain_;
  inputs.scheduling_gates = scheduling_gates_;
  inputs.variables = variables;
  inputs.claims = &claims;
  inputs.domain_claim = domain_claim;
  inputs.startup_container = waits ? &*startup_container : nullptr;
  inputs.startup_volumes = startup_.volumes();
  PodSpecMaker specs(inputs, storage);

  const PodNameSuffixes suffixes(context_.options.seed, name);
  for (const std::int32_t k : indices) {
    prototype.metadata.labels.Set(keys::kPodIndex, std::to_string(k));
    Pod& pod = pods_.emplace_back(prototype);
    NamePod(suffixes, k, pod);
    pod.spec = Value(specs.Make(k), context_.storage);
  }
  return std::nullopt;
}

}  // namespace grove::planner
