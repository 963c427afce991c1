#include "planner/pod.h"

#include <array>
#include <utility>

#include "model/naming.h"
#include "planner/child_metadata.h"
#include "planner/environment.h"
#include "planner/node_builder.h"
#include "planner/owner.h"
#include "planner/pod_claims.h"
#include "planner/pod_name.h"
#include "planner/pod_spec.h"
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

std::optional<Node> PodMaker::StartupContainerOf(const PodClique& pod_clique, const PodCliqueKey& key,
                                                 std::uint32_t source) {
  if (!context_.IsBase(key)) return startup_.Make(pod_clique.spec.starts_after);
  std::optional<Node>& shared = base_startup_containers_[source];
  if (!shared.has_value()) shared = startup_.Make(pod_clique.spec.starts_after);
  return shared;
}

Pod PodMaker::MakePrototype(const PodClique& pod_clique) const {
  Pod pod;
  const ObjectMeta& owner = pod_clique.metadata;
  pod.metadata.generate_name = owner.name + "-";
  pod.metadata.namespace_name = owner.namespace_name;
  // The labels of the PodClique have the default ones among them.
  pod.metadata.labels.reserve(owner.labels.size() + 3);
  pod.metadata.labels = owner.labels;
  pod.metadata.labels.Set(keys::kPodClique, owner.name);
  pod.metadata.labels.Set(keys::kReplicaIndex, replica_text_);
  pod.metadata.labels.Set(keys::kPodIndex, "");
  pod.metadata.annotations = owner.annotations;
  pod.metadata.owner_references.push_back(ControllerReference(pod_clique));
  return pod;
}

std::optional<ReconcileError> PodMaker::Make(const PodClique& pod_clique, const PodCliqueKey& key, std::uint32_t clique,
                                             std::uint32_t source, const PodCliqueTemplate& parts,
                                             const Node* domain_claim) {
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
  const std::optional<Node> startup_container = waits ? StartupContainerOf(pod_clique, key, source) : std::nullopt;
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
  for (std::int32_t k = 0; k < pod_clique.spec.replicas; ++k) {
    Pod& pod = pods_.emplace_back(prototype);
    pod.metadata.name.reserve(pod.metadata.generate_name.size() + 8);
    pod.metadata.name = pod.metadata.generate_name;
    suffixes.AppendTo(pod.metadata.name, static_cast<std::uint64_t>(k));
    pod.metadata.labels.Set(keys::kPodIndex, std::to_string(k));
    pod.spec = Value(specs.Make(k), context_.storage);
  }
  return std::nullopt;
}

}  // namespace grove::planner
