#include "planner/expand_set.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "model/naming.h"
#include "planner/at_rest.h"
#include "planner/child_metadata.h"
#include "planner/children.h"
#include "planner/keep_live.h"
#include "planner/object_count.h"
#include "planner/owner.h"
#include "planner/pod.h"
#include "planner/pod_clique.h"
#include "planner/pod_clique_template.h"
#include "planner/pod_gangs.h"
#include "planner/resource_claim.h"
#include "planner/startup_order.h"
#include "planner/status/update_record.h"
#include "planner/translate/scheduler_objects.h"

namespace grove::planner {

namespace {

// Makes the objects in the order in which the reconcilers of the set, its scaling groups and its PodCliques would, and
// stops where one of them could not go on (spec 04 §4.2).
class Expander {
 public:
  Expander(const Context& context, const StartupOrder& order, const ExpansionSize& size, Expansion& expansion)
      : context_(context),
        order_(order),
        expansion_(expansion),
        objects_(expansion.objects),
        templates_(context),
        claims_(context, objects_.resource_claims),
        pods_(context, objects_.pods) {
    objects_.pod_cliques.reserve(static_cast<std::size_t>(size.pod_cliques));
    objects_.pods.reserve(static_cast<std::size_t>(size.pods));
  }

  void Run() {
    objects_.pod_clique_set = context_.set;
    MakeFirstGroup();
    if (!MakeSetClaims() || !CheckStartupType()) return KeepLaterGroups();
    for (std::int32_t i = 0; i < replicas(); ++i) MakeReplica(i);
    objects_.pod_gangs = MakePodGangs(context_.set, context_.options, objects_.pods, [this](auto replica, auto group) {
      return context_.GroupReplicas(replica, static_cast<std::uint32_t>(group));
    });
    for (PodGang& gang : objects_.pod_gangs) KeepGang(context_.live, gang);
    if (context_.options.scheduler_objects) MakeSchedulerObjects();
  }

 private:
  [[nodiscard]] std::int32_t replicas() const { return context_.set.spec.replicas; }

  void Fail(std::string_view kind, std::string_view name, std::string_view code, std::string message) {
    std::string object(kind);
    object.append("/").append(name);
    expansion_.errors.push_back({std::move(object), std::string(code), std::move(message)});
  }

  // The reconciler of the set does not come to them: what exists of them stays.
  void KeepLaterGroups() {
    const ObjectSet& live = context_.live.objects();
    objects_.pod_clique_scaling_groups = live.pod_clique_scaling_groups;
    objects_.pod_cliques = live.pod_cliques;
    objects_.pods = live.pods;
    objects_.pod_gangs = live.pod_gangs;
    objects_.kai_pod_groups = live.kai_pod_groups;
    objects_.volcano_pod_groups = live.volcano_pod_groups;
    objects_.scheduler_objects = live.scheduler_objects;
    for (const ResourceClaim& claim : live.resource_claims) {
      const OwnerReference* owner = ControllerOf(claim.metadata);
      if (owner != nullptr && owner->kind != PodCliqueSet::kKind) objects_.resource_claims.push_back(claim);
    }
  }

  void MakeSchedulerObjects() {
    AddSchedulerObjects(context_.set, context_.options, expansion_);
    for (KaiPodGroup& group : objects_.kai_pod_groups) KeepPodGroup(context_.live, group);
    for (VolcanoPodGroup& group : objects_.volcano_pod_groups) KeepPodGroup(context_.live, group);
  }

  // All of it is made before an error counts: the components of a group run side by side.
  void MakeFirstGroup() {
    objects_.service_accounts.push_back(MakeServiceAccount(context_));
    objects_.roles.push_back(MakeRole(context_));
    objects_.role_bindings.push_back(MakeRoleBinding(context_));
    objects_.secrets.push_back(MakeTokenSecret(context_));
    const LiveIndex& live = context_.live;
    KeepAnnotations(live, live.objects().service_accounts, objects_.service_accounts.back());
    KeepWhole(live, live.objects().roles, objects_.roles.back());
    KeepWhole(live, live.objects().role_bindings, objects_.role_bindings.back());
    KeepWhole(live, live.objects().secrets, objects_.secrets.back());
    const std::vector<std::string_view> domains = ComputeDomainGroups(context_);
    for (std::int32_t i = 0; i < replicas(); ++i) {
      objects_.services.push_back(MakeService(context_, i));
      KeepAnnotations(live, live.objects().services, objects_.services.back());
      AppendAutoscalers(context_, i, objects_.horizontal_pod_autoscalers);
      for (const std::string_view group : domains) {
        objects_.compute_domains.push_back(MakeComputeDomain(context_, i, group));
        KeepWhole(live, live.objects().compute_domains, objects_.compute_domains.back());
      }
    }
    for (HorizontalPodAutoscaler& autoscaler : objects_.horizontal_pod_autoscalers) {
      KeepAnnotations(live, live.objects().horizontal_pod_autoscalers, autoscaler);
    }
  }

  bool MakeSetClaims() {
    ClaimOwner owner;
    owner.reference = ControllerReference(context_.set);
    owner.index_label = keys::kReplicaIndex;
    owner.replicas = replicas();
    owner.all_at_once = true;
    std::optional<std::string> error = claims_.Make(context_.sharing, owner);
    if (!error.has_value()) return true;
    Fail(PodCliqueSet::kKind, context_.name(), "ERR_SYNC_PCS_RESOURCE_CLAIM", std::move(*error));
    return false;
  }

  // Standalone PodCliques come before everything else that is left.
  bool CheckStartupType() {
    const bool standalone = std::ranges::count(context_.cliques, kNone, &Clique::group) > 0 && replicas() > 0;
    if (order_.defined() || !standalone) return true;
    Fail(PodCliqueSet::kKind, context_.name(), "ERR_SYNC_PODCLIQUE", "the set has no cliqueStartupType");
    return false;
  }

  // Scaling groups come to their claims before PodCliques do.
  void MakeReplica(std::int32_t replica) {
    pods_.BeginReplica(replica);
    std::vector<bool> ready;
    for (std::uint32_t group = 0; group < context_.groups.size(); ++group) ready.push_back(MakeGroup(replica, group));
    ForEachStandalone(context_, replica, [this](const PodCliqueKey& key) { MakeClique(key, true); });
    for (std::uint32_t group = 0; group < context_.groups.size(); ++group) {
      ForEachMember(context_, replica, group, [&](const PodCliqueKey& key) { MakeClique(key, ready[group]); });
    }
  }

  // False if the group's reconciler cannot go on to its members.
  bool MakeGroup(std::int32_t replica, std::uint32_t group) {
    PodCliqueScalingGroup& object =
        objects_.pod_clique_scaling_groups.emplace_back(MakeScalingGroup(context_, replica, group));
    if (const PodCliqueScalingGroup* live = FindLiveGroup(context_, replica, group)) KeepGroup(*live, object);
    if (!MakeGroupClaims(object, context_.groups[group])) return false;
    if (order_.defined()) return true;
    Fail(PodCliqueScalingGroup::kKind, object.metadata.name, "ERR_UNDEFINED_STARTUP_TYPE",
         "the set has no cliqueStartupType");
    return false;
  }

  bool MakeGroupClaims(const PodCliqueScalingGroup& object, const ScalingGroup& group) {
    if (group.sharing.empty()) return true;
    ClaimOwner owner;
    owner.reference = ControllerReference(object);
    owner.labels.Set(keys::kScalingGroup, object.metadata.name);
    owner.index_label = keys::kScalingGroupReplicaIndex;
    owner.replicas = object.spec.replicas;
    std::optional<std::string> error = claims_.Make(group.sharing, owner);
    if (!error.has_value()) return true;
    Fail(PodCliqueScalingGroup::kKind, object.metadata.name, "ERR_SYNC_PCSG_RESOURCE_CLAIM", std::move(*error));
    return false;
  }

  // `may_create`: whether the reconciler that makes PodCliques of that place comes to it; else only one that exists is.
  void MakeClique(const PodCliqueKey& key, bool may_create) {
    std::string name = PodCliqueName(context_, key);
    const PodClique* live = FindLivePodClique(context_, key, name);
    if (live == nullptr && !may_create) return;
    const std::uint32_t source = SourceTemplate(context_, name);
    const PodCliqueTemplate& parts = templates_.Get(source, key.group);
    internal::Node domain_claim;
    const bool has_domain = !parts.mnnvl_group.empty();
    if (has_domain) {
      domain_claim =
          ComputeDomainClaim(naming::ChildName(context_.name(), key.replica, parts.mnnvl_group), *context_.storage);
    }
    const internal::Node* claim = has_domain ? &domain_claim : nullptr;
    PodClique& pod_clique =
        objects_.pod_cliques.emplace_back(MakePodClique(context_, order_, key, std::move(name), source, parts, claim));
    if (live == nullptr) return MakePods(pod_clique, nullptr, key, source, parts, claim);
    if (IsPatched(context_, key)) {
      KeepPodClique(*live, pod_clique);
      return MakePods(pod_clique, live, key, source, parts, claim);
    }
    pod_clique = *live;
    MakePods(pod_clique, live, key, source, PartsOfLivePodSpec(live->spec.pod_spec, context_.storage), nullptr);
  }

  // What the reconciler of a PodClique makes: its claims, and its pods.
  void MakePods(const PodClique& pod_clique, const PodClique* live, const PodCliqueKey& key, std::uint32_t source,
                const PodCliqueTemplate& parts, const internal::Node* domain_claim) {
    PodPlan plan;
    const absl::Status planned = pods_.Plan(pod_clique, live, plan);
    const std::uint32_t clique = NamedTemplate(pod_clique, key);
    if (clique == kNone) {
      Fail(PodClique::kKind, pod_clique.metadata.name, "ERR_GET_PODCLIQUE_TEMPLATE",
           "its labels and its name lead to no clique template");
      return KeepPods(live);
    }
    if (!MakeCliqueClaims(pod_clique, context_.cliques[clique])) return KeepPods(live);
    if (!planned.ok()) {
      Fail(PodClique::kKind, pod_clique.metadata.name, "ERR_GET_AVAILABLE_POD_HOSTNAME_INDICES",
           std::string(planned.message()));
    }
    pods_.Keep(plan);
    if (live != nullptr && plan.create.empty()) return;
    const bool shares_startup = live == nullptr && context_.IsBase(key);
    std::optional<ReconcileError> error =
        pods_.Make(pod_clique, key, clique, source, parts, domain_claim, plan.create, shares_startup);
    if (error.has_value()) expansion_.errors.push_back(std::move(*error));
  }

  // All pods of a PodClique whose reconciler does not come to them.
  void KeepPods(const PodClique* live) {
    if (live == nullptr) return;
    for (const Pod* pod : context_.live.PodsOf(*live)) {
      if (!pod->metadata.deletion_timestamp.has_value()) objects_.pods.push_back(*pod);
    }
  }

  // The template that hashes and claims go by. Only a label that its template should not have can hide it (O-6).
  [[nodiscard]] std::uint32_t NamedTemplate(const PodClique& pod_clique, const PodCliqueKey& key) const {
    const StringMap& labels = pod_clique.metadata.labels;
    if (key.group != kNone || !labels.Contains(keys::kScalingGroup)) return key.clique;
    return FindTemplateByLabels(context_.template_spec().cliques, pod_clique.metadata.name, labels);
  }

  bool MakeCliqueClaims(const PodClique& pod_clique, const Clique& clique) {
    if (clique.sharing.empty()) return true;
    ClaimOwner owner;
    owner.reference = ControllerReference(pod_clique);
    owner.labels.Set(keys::kPodClique, pod_clique.metadata.name);
    owner.index_label = keys::kPodIndex;
    owner.replicas = pod_clique.spec.replicas;
    std::optional<std::string> error = claims_.Make(clique.sharing, owner);
    if (!error.has_value()) return true;
    Fail(PodClique::kKind, pod_clique.metadata.name, "ERR_SYNC_PCLQ_RESOURCE_CLAIM", std::move(*error));
    return false;
  }

  const Context& context_;
  const StartupOrder& order_;
  Expansion& expansion_;
  ObjectSet& objects_;
  PodCliqueTemplates templates_;
  ResourceClaimMaker claims_;
  PodMaker pods_;
};

// The set as it stands in the cluster once the admitted one is stored.
PodCliqueSet StoredSet(const PodCliqueSet& admitted, const PodCliqueSet& live, SetReplicas replicas) {
  PodCliqueSet set = admitted;
  if (replicas == SetReplicas::kLive) set.spec.replicas = live.spec.replicas;
  set.status = live.status;
  ObjectMeta& metadata = set.metadata;
  metadata.uid = live.metadata.uid;
  metadata.resource_version = live.metadata.resource_version;
  metadata.generation = live.metadata.generation;
  metadata.creation_timestamp = live.metadata.creation_timestamp;
  metadata.deletion_timestamp = live.metadata.deletion_timestamp;
  metadata.owner_references = live.metadata.owner_references;
  metadata.finalizers = live.metadata.finalizers;
  return set;
}

// Whether pods or members of groups with an old template wait to be replaced one after the other (spec 09 §5.2).
bool HasRollingUpdate(const PodCliqueSet& set, const SetHashes& hashes) {
  const auto& current = set.status.current_generation_hash;
  const auto& progress = set.status.update_progress;
  const bool is_new = current.has_value() && *current != hashes.generation;
  const bool runs = progress.has_value() && !progress->update_ended_at.has_value();
  return runs || (is_new && !IsOnDelete(set));
}

Expansion ExpandStored(const PodCliqueSet& set, const Value& document, const ExpansionOptions& options,
                       LiveIndex live) {
  Expansion expansion;
  const Context context(set, document, options, std::move(live));
  const StartupOrder order(context);
  const ExpansionSize size = SizeOf(context, order);
  if (!size.exceeded_limit.empty()) {
    expansion.limit_exceeded = size.exceeded_limit;
    return expansion;
  }
  if (HasRollingUpdate(set, context.hashes)) expansion.pending.push_back(PendingWork::kRollingUpdate);
  Expander(context, order, size, expansion).Run();
  if (options.state == ObjectState::kAtRest) BringToRest(set, context.hashes, options, context.live, expansion);
  return expansion;
}

}  // namespace

Expansion ExpandSet(const PodCliqueSet& set, const Value& document, const ExpansionOptions& options) {
  LiveIndex live;
  if (options.live != nullptr) {
    live = LiveIndex(options.live->Of(set.metadata.namespace_name, set.metadata.name));
  }
  if (live.set() == nullptr) return ExpandStored(set, document, options, std::move(live));
  const PodCliqueSet stored = StoredSet(set, *live.set(), options.set_replicas);
  if (stored.metadata.deletion_timestamp.has_value()) {
    // Its finalizer goes, and all that it owns after it (spec 04 §14.5).
    Expansion expansion;
    expansion.objects.pod_clique_set = stored;
    return expansion;
  }
  return ExpandStored(stored, document, options, std::move(live));
}

}  // namespace grove::planner
