// The worked examples of spec 04 §15 and §16, from the manifest to every object.

#include <map>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "planner/expand_json.h"

namespace grove::planner {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::string_view kShop = R"({
  'apiVersion': 'grove.io/v1alpha1', 'kind': 'PodCliqueSet', 'metadata': {'name': 'shop', 'namespace': 'demo'},
  'spec': {'replicas': 1, 'template': {
    'cliqueStartupType': 'CliqueStartupTypeInOrder',
    'cliques': [
      {'name': 'cache', 'spec': {'roleName': 'cache', 'replicas': 1,
        'podSpec': {'containers': [{'name': 'redis', 'image': 'redis:7'}]}}},
      {'name': 'api', 'labels': {'team': 'payments'}, 'annotations': {'note': 'hello'}, 'spec': {
        'roleName': 'api', 'replicas': 2, 'minAvailable': 1,
        'podSpec': {'containers': [{'name': 'app', 'image': 'api:1', 'env': [
          {'name': 'GROVE_PCS_NAME', 'value': 'mine'}, {'name': 'SELF', 'value': '$(GROVE_PCLQ_NAME)'}]}]}}}]}}})";

ExpansionOptions ShopOptions() {
  ExpansionOptions options;
  options.init_container_image = "registry.example.com/grove-initc";
  options.init_container_version = "v0.1.0-dev";
  return options;
}

Expansion ExpandShop() { return AdmitAndExpand(Json(kShop), ShopOptions()); }

TEST(ExampleA, ObjectsOfTheSet) {
  const Expansion expansion = ExpandShop();
  const ObjectSet& objects = expansion.objects;
  EXPECT_THAT(expansion.errors, IsEmpty());
  EXPECT_EQ(objects.size(), 11u);
  EXPECT_THAT(Names(objects.service_accounts), ElementsAre("shop"));
  EXPECT_THAT(Names(objects.roles), ElementsAre("grove.io:pcs:shop"));
  EXPECT_THAT(Names(objects.role_bindings), ElementsAre("grove.io:pcs:shop"));
  EXPECT_THAT(Names(objects.secrets), ElementsAre("shop-ic-sat"));
  EXPECT_THAT(Names(objects.services), ElementsAre("shop-0"));
  EXPECT_THAT(Names(objects.pod_cliques), ElementsAre("shop-0-cache", "shop-0-api"));
  EXPECT_THAT(Names(objects.pod_gangs), ElementsAre("shop-0"));
}

TEST(ExampleA, AccountRoleAndSecret) {
  const ObjectSet objects = ExpandShop().objects;
  EXPECT_EQ(objects.service_accounts[0].automount_service_account_token, true);
  EXPECT_EQ(objects.service_accounts[0].metadata.labels,
            (StringMap{{"app.kubernetes.io/managed-by", "grove-operator"},
                       {"app.kubernetes.io/part-of", "shop"},
                       {"app.kubernetes.io/component", "pod-service-account"},
                       {"app.kubernetes.io/name", "shop"}}));
  const PolicyRule& rule = objects.roles[0].rules.at(0);
  EXPECT_THAT(rule.api_groups, ElementsAre(""));
  EXPECT_THAT(rule.resources, ElementsAre("pods", "pods/status"));
  EXPECT_THAT(rule.verbs, ElementsAre("get", "list", "watch"));
  EXPECT_EQ(objects.roles[0].metadata.labels.Get("app.kubernetes.io/name"), "grove.io-pcs-shop");
  const RoleBinding& binding = objects.role_bindings[0];
  EXPECT_EQ(binding.role_ref, (RoleReference{"rbac.authorization.k8s.io", "Role", "grove.io:pcs:shop"}));
  EXPECT_THAT(binding.subjects, ElementsAre(RoleSubject{"ServiceAccount", "", "shop", "demo"}));
  EXPECT_EQ(binding.metadata.labels.Get("app.kubernetes.io/component"), "pod-role-binding");
  EXPECT_EQ(objects.secrets[0].type, "kubernetes.io/service-account-token");
  EXPECT_EQ(objects.secrets[0].metadata.annotations, (StringMap{{"kubernetes.io/service-account.name", "shop"}}));
}

TEST(ExampleA, Service) {
  const ObjectSet objects = ExpandShop().objects;
  const Service& service = objects.services[0];
  EXPECT_EQ(service.spec.cluster_ip, "None");
  EXPECT_TRUE(service.spec.publish_not_ready_addresses);
  EXPECT_EQ(service.spec.selector, (StringMap{{"app.kubernetes.io/managed-by", "grove-operator"},
                                              {"app.kubernetes.io/part-of", "shop"},
                                              {"grove.io/podcliqueset-replica-index", "0"}}));
  EXPECT_EQ(service.metadata.labels.Get("grove.io/podcliqueset-replica-index"), "0");
}

TEST(ExampleA, PodCliques) {
  const ObjectSet objects = ExpandShop().objects;
  const PodClique& api = Named(objects.pod_cliques, "shop-0-api");
  EXPECT_EQ(api.metadata.labels, (StringMap{{"app.kubernetes.io/managed-by", "grove-operator"},
                                            {"app.kubernetes.io/part-of", "shop"},
                                            {"app.kubernetes.io/component", "pcs-podclique"},
                                            {"app.kubernetes.io/name", "shop-0-api"},
                                            {"grove.io/podcliqueset-replica-index", "0"},
                                            {"grove.io/podgang", "shop-0"},
                                            {"grove.io/pod-template-hash", "557487b5bf77d86d7dc"},
                                            {"team", "payments"}}));
  EXPECT_EQ(api.metadata.annotations, (StringMap{{"note", "hello"}}));
  EXPECT_THAT(api.metadata.finalizers, ElementsAre("grove.io/podclique.grove.io"));
  EXPECT_EQ(api.spec.replicas, 2);
  EXPECT_EQ(api.spec.min_available, 1);
  EXPECT_THAT(api.spec.starts_after, ElementsAre("shop-0-cache"));
  EXPECT_EQ(At(api.spec.pod_spec, {"containers", "0", "env"}),
            Json("[{'name': 'GROVE_PCS_NAME', 'value': 'mine'}, {'name': 'SELF', 'value': '$(GROVE_PCLQ_NAME)'}]"));
  const PodClique& cache = Named(objects.pod_cliques, "shop-0-cache");
  EXPECT_EQ(cache.metadata.labels.Get("grove.io/pod-template-hash"), "b5f8dbb54b777584ffc");
  EXPECT_THAT(cache.spec.starts_after, IsEmpty());
}

TEST(ExampleA, Pod) {
  const ObjectSet objects = ExpandShop().objects;
  ASSERT_EQ(PodsOf(objects, "shop-0-api").size(), 2u);
  const Pod& pod = *PodsOf(objects, "shop-0-api")[0];
  EXPECT_EQ(pod.metadata.generate_name, "shop-0-api-");
  EXPECT_EQ(pod.metadata.labels.Get("grove.io/podclique"), "shop-0-api");
  EXPECT_EQ(pod.metadata.labels.Get("grove.io/podclique-pod-index"), "0");
  EXPECT_EQ(pod.metadata.labels.Get("app.kubernetes.io/name"), "shop-0-api");
  EXPECT_EQ(pod.metadata.labels.Get("team"), "payments");
  EXPECT_EQ(pod.metadata.annotations, (StringMap{{"note", "hello"}}));
  EXPECT_EQ(pod.spec, Json(R"({
    'hostname': 'shop-0-api-0', 'subdomain': 'shop-0', 'schedulerName': 'default-scheduler',
    'schedulingGates': [{'name': 'grove.io/podgang-pending-creation'}],
    'restartPolicy': 'Always', 'terminationGracePeriodSeconds': 30,
    'containers': [{'name': 'app', 'image': 'api:1', 'resources': {}, 'env': [
      {'name': 'GROVE_PCS_NAME', 'value': 'shop'},
      {'name': 'GROVE_PCS_INDEX', 'value': '0'},
      {'name': 'GROVE_PCLQ_NAME', 'value': 'shop-0-api'},
      {'name': 'GROVE_HEADLESS_SERVICE', 'value': 'shop-0.demo.svc.cluster.local'},
      {'name': 'GROVE_PCLQ_POD_INDEX', 'valueFrom': {'fieldRef': {
        'fieldPath': 'metadata.labels[~grove.io/podclique-pod-index~]'}}},
      {'name': 'SELF', 'value': '$(GROVE_PCLQ_NAME)'}]}],
    'initContainers': [{'name': 'grove-initc', 'image': 'registry.example.com/grove-initc:v0.1.0-dev', 'resources': {},
      'args': ['--podcliques=shop-0-cache:1'],
      'volumeMounts': [
        {'name': 'pod-info-vol', 'readOnly': true, 'mountPath': '/var/grove/pod-info'},
        {'name': 'sa-token-secret-vol', 'readOnly': true,
         'mountPath': '/var/run/secrets/kubernetes.io/serviceaccount'}]}],
    'volumes': [
      {'name': 'sa-token-secret-vol', 'secret': {'secretName': 'shop-ic-sat', 'defaultMode': 420}},
      {'name': 'pod-info-vol', 'downwardAPI': {'items': [
        {'path': 'namespace', 'fieldRef': {'fieldPath': 'metadata.namespace'}},
        {'path': 'podgangname', 'fieldRef': {'fieldPath': 'metadata.labels[~grove.io/podgang~]'}}]}}]
  })"));
  const Pod& second = *PodsOf(objects, "shop-0-api")[1];
  EXPECT_EQ(At(second.spec, {"hostname"}).text(), "shop-0-api-1");
  EXPECT_EQ(second.metadata.labels.Get("grove.io/podclique-pod-index"), "1");
  const Pod& cache = *PodsOf(objects, "shop-0-cache").at(0);
  EXPECT_TRUE(At(cache.spec, {"initContainers"}).is_null());
  EXPECT_TRUE(At(cache.spec, {"volumes"}).is_null());
}

TEST(ExampleA, WithKaiScheduler) {
  ExpansionOptions options = ShopOptions();
  options.configuration.scheduler.profiles = {{"default-scheduler", {}}, {"kai-scheduler", {}}};
  options.configuration.scheduler.default_profile_name = "kai-scheduler";
  Value document = Json(kShop);
  const Expansion expansion = ExpandDocument(document, options);
  const Pod& pod = *PodsOf(expansion.objects, "shop-0-api").at(0);
  EXPECT_EQ(At(pod.spec, {"schedulerName"}).text(), "kai-scheduler");
  EXPECT_EQ(pod.metadata.annotations,
            (StringMap{{"note", "hello"}, {"kai.scheduler/skip-podgrouper", "true"}, {"pod-group-name", "shop-0"}}));
  EXPECT_EQ(pod.metadata.labels.Get("kai.scheduler/subgroup-name"), "shop-0-api");
}

constexpr std::string_view kLlm = R"({
  'apiVersion': 'grove.io/v1alpha1', 'kind': 'PodCliqueSet',
  'metadata': {'name': 'llm', 'namespace': 'prod', 'annotations': {'grove.io/mnnvl-group': 'fab'}},
  'spec': {'replicas': 2, 'template': {
    'cliqueStartupType': 'CliqueStartupTypeExplicit', 'priorityClassName': 'gold',
    'resourceClaimTemplates': [
      {'name': 'cachevol', 'templateSpec': {'metadata': {'labels': {'tmpl': 'yes'}}, 'spec': {'devices': {'requests': [
        {'name': 'c', 'exactly': {'deviceClassName': 'cache.example.com'}}]}}}},
      {'name': 'pool', 'templateSpec': {'spec': {'devices': {'requests': [
        {'name': 'g', 'exactly': {'deviceClassName': 'gpu.example.com'}}]}}}}],
    'resourceSharing': [{'name': 'cachevol', 'scope': 'PerReplica', 'filter': {'childCliqueNames': ['router']}}],
    'cliques': [
      {'name': 'router', 'spec': {'roleName': 'router', 'replicas': 1,
        'podSpec': {'containers': [{'name': 'r', 'image': 'router:1'}]}}},
      {'name': 'pleader', 'spec': {'roleName': 'pleader', 'replicas': 1, 'startsAfter': ['router'],
        'podSpec': {'containers': [{'name': 'l', 'image': 'vllm:1'}]}}},
      {'name': 'pworker', 'spec': {'roleName': 'pworker', 'replicas': 2, 'minAvailable': 1,
        'startsAfter': ['pleader', 'router'], 'podSpec': {'containers': [
          {'name': 'w', 'image': 'vllm:1', 'resources': {'limits': {'nvidia.com/gpu': '8'}}},
          {'name': 'side', 'image': 'side:1'}]}}},
      {'name': 'metrics', 'spec': {'roleName': 'metrics', 'replicas': 1, 'startsAfter': ['pworker'],
        'podSpec': {'containers': [{'name': 'm', 'image': 'prom:2'}]}}}],
    'podCliqueScalingGroups': [{'name': 'prefill', 'cliqueNames': ['pleader', 'pworker'], 'replicas': 3,
      'minAvailable': 1, 'scaleConfig': {'maxReplicas': 6},
      'resourceSharing': [{'name': 'pool', 'scope': 'PerReplica', 'filter': {'childCliqueNames': ['pworker']}}]}]}}})";

Expansion ExpandLlm() {
  ExpansionOptions options;
  options.configuration.network.auto_mnnvl_enabled = true;
  return AdmitAndExpand(Json(kLlm), options);
}

TEST(ExampleB, Inventory) {
  const Expansion expansion = ExpandLlm();
  const ObjectSet& objects = expansion.objects;
  EXPECT_THAT(expansion.errors, IsEmpty());
  EXPECT_EQ(objects.pod_cliques.size(), 16u);
  EXPECT_EQ(objects.pods.size(), 22u);
  EXPECT_EQ(objects.resource_claims.size(), 8u);
  EXPECT_THAT(Names(objects.services), ElementsAre("llm-0", "llm-1"));
  EXPECT_THAT(Names(objects.compute_domains), ElementsAre("llm-0-fab", "llm-1-fab"));
  EXPECT_THAT(Names(objects.pod_clique_scaling_groups), ElementsAre("llm-0-prefill", "llm-1-prefill"));
  EXPECT_THAT(
      Names(objects.resource_claims),
      ElementsAre("llm-0-cachevol", "llm-1-cachevol", "llm-0-prefill-0-pool", "llm-0-prefill-1-pool",
                  "llm-0-prefill-2-pool", "llm-1-prefill-0-pool", "llm-1-prefill-1-pool", "llm-1-prefill-2-pool"));
  EXPECT_THAT(Names(objects.pod_gangs), ElementsAre("llm-0", "llm-1", "llm-0-prefill-0", "llm-0-prefill-1",
                                                    "llm-1-prefill-0", "llm-1-prefill-1"));
}

TEST(ExampleB, AutoscalerDomainAndGroup) {
  const ObjectSet objects = ExpandLlm().objects;
  ASSERT_THAT(Names(objects.horizontal_pod_autoscalers), ElementsAre("llm-0-prefill", "llm-1-prefill"));
  const HorizontalPodAutoscaler& autoscaler = objects.horizontal_pod_autoscalers[1];
  EXPECT_EQ(autoscaler.spec.scale_target_ref,
            (CrossVersionObjectReference{"PodCliqueScalingGroup", "llm-1-prefill", "grove.io/v1alpha1"}));
  EXPECT_EQ(autoscaler.spec.min_replicas, 3);
  EXPECT_EQ(autoscaler.spec.max_replicas, 6);
  EXPECT_THAT(autoscaler.spec.metrics, IsEmpty());
  EXPECT_FALSE(autoscaler.metadata.labels.Contains("grove.io/podcliqueset-replica-index"));

  const ComputeDomain& domain = objects.compute_domains[0];
  EXPECT_EQ(domain.spec.num_nodes, 0);
  EXPECT_EQ(domain.spec.channel.resource_claim_template.name, "llm-0-fab");
  EXPECT_EQ(domain.metadata.labels.Get("grove.io/mnnvl-group"), "fab");
  EXPECT_THAT(domain.metadata.finalizers, ElementsAre("grove.io/computedomain-finalizer"));

  const PodCliqueScalingGroup& group = objects.pod_clique_scaling_groups[0];
  EXPECT_EQ(group.metadata.annotations, (StringMap{{"grove.io/mnnvl-group", "fab"}}));
  EXPECT_THAT(group.metadata.finalizers, ElementsAre("grove.io/podcliquescalinggroup.grove.io"));
  EXPECT_EQ(group.spec.replicas, 3);
  EXPECT_EQ(group.spec.min_available, 1);
  EXPECT_THAT(group.spec.clique_names, ElementsAre("pleader", "pworker"));
}

TEST(ExampleB, Claims) {
  const ObjectSet objects = ExpandLlm().objects;
  const ResourceClaim& of_set = Named(objects.resource_claims, "llm-1-cachevol");
  EXPECT_EQ(of_set.metadata.labels, (StringMap{{"app.kubernetes.io/managed-by", "grove-operator"},
                                               {"app.kubernetes.io/part-of", "llm"},
                                               {"app.kubernetes.io/component", "resource-claim"},
                                               {"grove.io/podcliqueset-replica-index", "1"}}));
  EXPECT_EQ(of_set.metadata.owner_references.at(0).kind, "PodCliqueSet");
  EXPECT_EQ(of_set.spec,
            Json("{'devices': {'requests': [{'name': 'c', 'exactly': {'deviceClassName': 'cache.example.com'}}]}}"));
  const ResourceClaim& of_group = Named(objects.resource_claims, "llm-0-prefill-2-pool");
  EXPECT_EQ(of_group.metadata.labels.Get("grove.io/podcliquescalinggroup"), "llm-0-prefill");
  EXPECT_EQ(of_group.metadata.labels.Get("grove.io/podcliquescalinggroup-replica-index"), "2");
  EXPECT_EQ(of_group.metadata.owner_references.at(0).kind, "PodCliqueScalingGroup");
}

TEST(ExampleB, PodCliques) {
  struct Row {
    const char* name;
    const char* component;
    const char* j;
    const char* gang;
    const char* base_gang;
    const char* hash;
    int replicas;
    std::vector<std::string> starts_after;
  };
  const Row rows[] = {
      {"llm-0-router", "pcs-podclique", "", "llm-0", "", "7cf8f47f7db5cd97d76", 1, {}},
      {"llm-0-metrics", "pcs-podclique", "", "llm-0", "", "cf56fc7c4c879b55c55", 1, {"llm-0-prefill-0-pworker"}},
      {"llm-0-prefill-0-pleader", "pcsg-podclique", "0", "llm-0", "", "cc476d4b65b4fb55cc4", 1, {"llm-0-router"}},
      {"llm-0-prefill-0-pworker",
       "pcsg-podclique",
       "0",
       "llm-0",
       "",
       "6cb57869cc48b964f8b",
       2,
       {"llm-0-prefill-0-pleader", "llm-0-router"}},
      {"llm-0-prefill-1-pleader", "pcsg-podclique", "1", "llm-0-prefill-0", "llm-0", "cc476d4b65b4fb55cc4", 1, {}},
      {"llm-0-prefill-1-pworker",
       "pcsg-podclique",
       "1",
       "llm-0-prefill-0",
       "llm-0",
       "6cb57869cc48b964f8b",
       2,
       {"llm-0-prefill-1-pleader"}},
      {"llm-1-prefill-2-pworker",
       "pcsg-podclique",
       "2",
       "llm-1-prefill-1",
       "llm-1",
       "6cb57869cc48b964f8b",
       2,
       {"llm-1-prefill-2-pleader"}},
  };
  const ObjectSet objects = ExpandLlm().objects;
  for (const Row& row : rows) {
    SCOPED_TRACE(row.name);
    const PodClique& clique = Named(objects.pod_cliques, row.name);
    const StringMap& labels = clique.metadata.labels;
    EXPECT_EQ(labels.Get("app.kubernetes.io/component"), row.component);
    EXPECT_EQ(labels.Get("grove.io/podcliquescalinggroup-replica-index"), row.j);
    EXPECT_EQ(labels.Get("grove.io/podgang"), row.gang);
    EXPECT_EQ(labels.Get("grove.io/base-podgang"), row.base_gang);
    EXPECT_EQ(labels.Get("grove.io/pod-template-hash"), row.hash);
    EXPECT_EQ(clique.spec.replicas, row.replicas);
    EXPECT_EQ(clique.spec.min_available, 1);
    EXPECT_EQ(clique.spec.starts_after, row.starts_after);
    EXPECT_TRUE(clique.metadata.annotations.empty());
    EXPECT_EQ(clique.metadata.owner_references.at(0).kind, *row.j == '\0' ? "PodCliqueSet" : "PodCliqueScalingGroup");
  }
}

TEST(ExampleB, PodCliqueOfGpuMembers) {
  const ObjectSet objects = ExpandLlm().objects;
  const Value& spec = Named(objects.pod_cliques, "llm-1-prefill-0-pworker").spec.pod_spec;
  EXPECT_EQ(At(spec, {"resourceClaims"}), Json("[{'name': 'mnnvl-claim', 'resourceClaimTemplateName': 'llm-1-fab'}]"));
  EXPECT_EQ(At(spec, {"containers", "0", "resources"}),
            Json("{'limits': {'nvidia.com/gpu': '8'}, 'claims': [{'name': 'mnnvl-claim'}]}"));
  EXPECT_EQ(At(spec, {"containers", "1", "resources"}), Json("{}"));
  EXPECT_EQ(At(spec, {"containers", "1", "env"}), Json(R"([
    {'name': 'GROVE_PCSG_NAME',
     'valueFrom': {'fieldRef': {'fieldPath': 'metadata.labels[~grove.io/podcliquescalinggroup~]'}}},
    {'name': 'GROVE_PCSG_TEMPLATE_NUM_PODS', 'value': '3'},
    {'name': 'GROVE_PCSG_INDEX',
     'valueFrom': {'fieldRef': {'fieldPath': 'metadata.labels[~grove.io/podcliquescalinggroup-replica-index~]'}}}])"));
}

TEST(ExampleB, Pods) {
  struct Row {
    const char* pod_clique;
    std::size_t pods;
    std::vector<std::string> arguments;
    std::vector<std::string> claims;
  };
  const Row rows[] = {
      {"llm-0-router", 1, {}, {"llm-0-cachevol"}},
      {"llm-0-prefill-0-pleader", 1, {"--podcliques=llm-0-router:1"}, {}},
      {"llm-0-prefill-0-pworker",
       2,
       {"--podcliques=llm-0-prefill-0-pleader:1", "--podcliques=llm-0-router:1"},
       {"mnnvl-claim", "llm-0-prefill-0-pool"}},
      {"llm-0-prefill-1-pleader", 1, {}, {}},
      {"llm-1-prefill-1-pworker",
       2,
       {"--podcliques=llm-1-prefill-1-pleader:1"},
       {"mnnvl-claim", "llm-1-prefill-1-pool"}},
      {"llm-0-metrics", 1, {"--podcliques=llm-0-prefill-0-pworker:1"}, {}},
  };
  const ObjectSet objects = ExpandLlm().objects;
  for (const Row& row : rows) {
    SCOPED_TRACE(row.pod_clique);
    const std::vector<const Pod*> pods = PodsOf(objects, row.pod_clique);
    ASSERT_EQ(pods.size(), row.pods);
    for (const Pod* pod : pods) {
      std::vector<std::string> claims;
      const Value listed = At(pod->spec, {"resourceClaims"});
      for (std::size_t i = 0; i < listed.size(); ++i) claims.emplace_back(At(listed.at(i), {"name"}).text());
      EXPECT_EQ(claims, row.claims);
      std::vector<std::string> arguments;
      const Value given = At(pod->spec, {"initContainers", "0", "args"});
      for (std::size_t i = 0; i < given.size(); ++i) arguments.emplace_back(given.at(i).text());
      EXPECT_EQ(arguments, row.arguments);
      EXPECT_TRUE(At(pod->spec, {"priorityClassName"}).is_null());
    }
  }
  const Pod& worker = *PodsOf(objects, "llm-0-prefill-2-pworker").at(1);
  EXPECT_EQ(At(worker.spec, {"hostname"}).text(), "llm-0-prefill-2-pworker-1");
  EXPECT_EQ(At(worker.spec, {"containers", "0", "resources", "claims"}),
            Json("[{'name': 'mnnvl-claim'}, {'name': 'llm-0-prefill-2-pool'}]"));
  EXPECT_EQ(At(worker.spec, {"containers", "1", "resources", "claims"}), Json("[{'name': 'llm-0-prefill-2-pool'}]"));
}

}  // namespace
}  // namespace grove::planner
