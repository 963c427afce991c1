#include "planner/expand_set.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "model/naming.h"
#include "planner/at_rest.h"
#include "planner/child_metadata.h"
#include "planner/children.h"
#include "planner/object_count.h"
#include "planner/owner.h"
#include "planner/pod.h"
#include "planner/pod_clique.h"
#include "planner/pod_clique_template.h"
#include "planner/pod_gangs.h"
#include "planner/resource_claim.h"
#include "planner/startup_order.h"
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
    if (!MakeSetClaims() || !CheckStartupType()) return;
    for (std::int32_t i = 0; i < replicas(); ++i) MakeReplica(i);
    objects_.pod_gangs = MakePodGangs(context_.set, context_.options, objects_.pods);
    if (context_.options.scheduler_objects) AddSchedulerObjects(context_.set, context_.options, expansion_);
  }

 private:
  [[nodiscard]] std::int32_t replicas() const { return context_.set.spec.replicas; }

  void Fail(std::string_view kind, std::string_view name, std::string_view code, std::string message) {
    std::string object(kind);
    object.append("/").append(name);
    expansion_.errors.push_back({std::move(object), std::string(code), std::move(message)});
  }

  // All of it is made before an error counts: the components of a group run side by side.
  void MakeFirstGroup() {
    objects_.service_accounts.push_back(MakeServiceAccount(context_));
    objects_.roles.push_back(MakeRole(context_));
    objects_.role_bindings.push_back(MakeRoleBinding(context_));
    objects_.secrets.push_back(MakeTokenSecret(context_));
    const std::vector<std::string_view> domains = ComputeDomainGroups(context_);
    for (std::int32_t i = 0; i < replicas(); ++i) {
      objects_.services.push_back(MakeService(context_, i));
      AppendAutoscalers(context_, i, objects_.horizontal_pod_autoscalers);
      for (const std::string_view group : domains) {
        objects_.compute_domains.push_back(MakeComputeDomain(context_, i, group));
      }
    }
  }

  bool MakeSetClaims() {
    ClaimOwner owner;
    owner.reference = ControllerReference(context_.set);
    owner.index_label = keys::kReplicaIndex;
    owner.replicas = replicas();
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
    std::vector<std::uint32_t> ready;
    for (std::uint32_t group = 0; group < context_.groups.size(); ++group) {
      if (MakeGroup(replica, group)) ready.push_back(group);
    }
    const auto make = [this](const PodCliqueKey& key) { MakeClique(key); };
    ForEachStandalone(context_, replica, make);
    for (const std::uint32_t group : ready) ForEachMember(context_, replica, group, make);
  }

  // False if the group's reconciler cannot go on to its members.
  bool MakeGroup(std::int32_t replica, std::uint32_t group) {
    PodCliqueScalingGroup& object =
        objects_.pod_clique_scaling_groups.emplace_back(MakeScalingGroup(context_, replica, group));
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

  void MakeClique(const PodCliqueKey& key) {
    std::string name = PodCliqueName(context_, key);
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
    const std::uint32_t clique = NamedTemplate(pod_clique, key);
    if (clique == kNone) {
      Fail(PodClique::kKind, pod_clique.metadata.name, "ERR_GET_PODCLIQUE_TEMPLATE",
           "its labels and its name lead to no clique template");
      return;
    }
    if (!MakeCliqueClaims(pod_clique, context_.cliques[clique])) return;
    std::optional<ReconcileError> error = pods_.Make(pod_clique, key, clique, source, parts, claim);
    if (error.has_value()) expansion_.errors.push_back(std::move(*error));
  }

  // The template that hashes and claims go by. Only a label that its template should not have can hide it (O-6).
  [[nodiscard]] std::uint32_t NamedTemplate(const PodClique& pod_clique, const PodCliqueKey& key) const {
    const StringMap& labels = pod_clique.metadata.labels;
    if (key.group != kNone || labels.Find(keys::kScalingGroup) == nullptr) return key.clique;
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

}  // namespace

Expansion ExpandSet(const PodCliqueSet& set, const Value& document, const ExpansionOptions& options) {
  Expansion expansion;
  const Context context(set, document, options);
  const StartupOrder order(context);
  const ExpansionSize size = SizeOf(context, order);
  if (!size.exceeded_limit.empty()) {
    expansion.limit_exceeded = size.exceeded_limit;
    return expansion;
  }
  Expander(context, order, size, expansion).Run();
  if (options.state == ObjectState::kAtRest) BringToRest(set, context.hashes, options, expansion);
  return expansion;
}

}  // namespace grove::planner
