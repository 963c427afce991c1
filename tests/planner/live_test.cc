// Expansion of sets that exist: what wins, what stays (spec 04 §14, 09 §2).
#include <memory>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "grove/diff.hpp"
#include "grove/expansion.hpp"

#include "planner/expand_json.h"

namespace grove::planner {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

// The set of the worked example of spec 09 §2.8.
Value Example(const std::string& image = "x:1", int replicas = 2, const std::string& more = "") {
  const auto clique = [&](const std::string& name, int pods, int least) {
    return "{'name': '" + name + "', 'spec': {'roleName': '" + name + "', 'replicas': " + std::to_string(pods) +
           ", 'minAvailable': " + std::to_string(least) + ", 'podSpec': {'containers': [{'name': 'c', 'image': '" +
           image + "'}]}}}";
  };
  return Json(
      "{'apiVersion': 'grove.io/v1alpha1', 'kind': 'PodCliqueSet', 'metadata': {'name': 'm', 'namespace': 'n'}"
      ", 'spec': {'replicas': " +
      std::to_string(replicas) + more +
      ", 'template': {'cliqueStartupType': 'CliqueStartupTypeAnyOrder', "
      "'cliques': [" +
      clique("f", 3, 2) + ", " + clique("l", 1, 1) + ", " + clique("w", 4, 3) +
      "], 'podCliqueScalingGroups': [{'name': 'd', 'cliqueNames': ['l', 'w'], 'replicas': 3, "
      "'minAvailable': 2}]}}}");
}

class Cluster {
 public:
  explicit Cluster(const Value& document, ObjectState state = ObjectState::kAtRest) {
    options.state = state;
    options.now = Time{1000};
    Expansion expansion = AdmitAndExpand(document, options);
    EXPECT_THAT(expansion.errors, IsEmpty());
    objects = std::move(expansion.objects);
    Number();
  }

  // Lets the set become what `document` asks for, with what exists.
  Expansion Expand(const Value& document, SetReplicas replicas = SetReplicas::kLive) {
    options.live = std::make_shared<const LiveObjects>(objects);
    options.set_replicas = replicas;
    options.now = Time{options.now.unix_seconds + 60};
    return AdmitAndExpand(document, options);
  }

  template <class T>
  T& Find(std::vector<T>& list, std::string_view name) {
    for (T& object : list) {
      if (object.metadata.name == name) return object;
    }
    ADD_FAILURE() << "no " << name;
    return list.front();
  }
  PodClique& Clique(std::string_view name) { return Find(objects.pod_cliques, name); }
  PodCliqueScalingGroup& Group(std::string_view name) { return Find(objects.pod_clique_scaling_groups, name); }

  ExpansionOptions options;
  ObjectSet objects;

 private:
  // The API server's part.
  void Number() {
    const auto number = [&](auto& object) {
      object.metadata.uid = std::string(KindOf(object)) + "/" + object.metadata.name;
      object.metadata.creation_timestamp = options.now;
      object.metadata.generation = 1;
    };
    number(objects.pod_clique_set);
    for (auto& object : objects.pod_cliques) number(object);
    for (auto& object : objects.pod_clique_scaling_groups) number(object);
    for (auto& object : objects.pod_gangs) number(object);
    for (auto& object : objects.pods) number(object);
    const auto own = [](auto& object) {
      for (OwnerReference& owner : object.metadata.owner_references) owner.uid = owner.kind + "/" + owner.name;
    };
    ForEachObject(objects,
                  [&](const auto& object) { own(const_cast<std::remove_cvref_t<decltype(object)>&>(object)); });
  }
};

std::vector<std::string> PodNames(const ObjectSet& objects, std::string_view clique) {
  std::vector<std::string> names;
  for (const Pod* pod : PodsOf(objects, clique)) names.push_back(pod->metadata.name);
  return names;
}

std::vector<std::string> Hostnames(const ObjectSet& objects, std::string_view clique) {
  std::vector<std::string> names;
  for (const Pod* pod : PodsOf(objects, clique)) names.emplace_back(At(pod->spec, {"hostname"}).text());
  return names;
}

TEST(Live, NothingChangesWhatIsAtRest) {
  Cluster cluster(Example());
  const ObjectSet before = cluster.objects;
  const Expansion after = cluster.Expand(Example());
  EXPECT_THAT(after.errors, IsEmpty());
  EXPECT_THAT(after.pending, IsEmpty());
  EXPECT_EQ(after.objects.pods, before.pods);
  EXPECT_EQ(after.objects.pod_cliques, before.pod_cliques);
  EXPECT_EQ(after.objects.pod_clique_scaling_groups, before.pod_clique_scaling_groups);
  EXPECT_EQ(after.objects.pod_gangs, before.pod_gangs);
  EXPECT_EQ(after.objects.services, before.services);
}

TEST(Live, GroupsScaleOutAsInTheWorkedExample) {
  Cluster cluster(Example());
  cluster.Group("m-0-d").spec.replicas = 5;
  const ObjectSet after = cluster.Expand(Example()).objects;
  EXPECT_EQ(after.pods.size(), 36u + 10u);
  EXPECT_THAT(Names(after.pod_gangs), ElementsAre("m-0", "m-1", "m-0-d-0", "m-0-d-1", "m-0-d-2", "m-1-d-0"));
  EXPECT_EQ(Named(after.pod_cliques, "m-0-d-4-w").metadata.labels.Get("grove.io/podgang"), "m-0-d-2");
  EXPECT_EQ(Named(after.pod_cliques, "m-0-d-4-w").metadata.owner_references.front().uid, "PodCliqueScalingGroup/m-0-d");

  // And in again, below the minimum.
  cluster.objects = after;
  cluster.Group("m-0-d").spec.replicas = 1;
  const ObjectSet less = cluster.Expand(Example()).objects;
  EXPECT_THAT(Names(less.pod_gangs), ElementsAre("m-0", "m-1", "m-1-d-0"));
  EXPECT_EQ(less.pods.size(), 3u + 5u + 18u);
  EXPECT_EQ(Named(less.pod_gangs, "m-0").spec.pod_groups.size(), 5u);
  EXPECT_THAT(Named(less.pod_gangs, "m-0").spec.pod_groups[4].pod_references, IsEmpty());
}

TEST(Live, PodCliquesScaleOutIntoHolesAndInByTheOrderOfRemoval) {
  Cluster cluster(Example());
  const std::vector<std::string> names = PodNames(cluster.objects, "m-0-f");
  cluster.Clique("m-0-f").spec.replicas = 4;
  std::erase_if(cluster.objects.pods, [&](const Pod& pod) { return pod.metadata.name == names[1]; });
  const ObjectSet more = cluster.Expand(Example()).objects;
  EXPECT_THAT(Hostnames(more, "m-0-f"), ElementsAre("m-0-f-0", "m-0-f-2", "m-0-f-1", "m-0-f-3"));
  const std::vector<std::string> after = PodNames(more, "m-0-f");
  EXPECT_EQ(after[0], names[0]);
  EXPECT_EQ(after[1], names[2]);

  cluster.objects = more;
  cluster.Clique("m-0-f").spec.replicas = 1;
  // The only one with a node stays.
  Pod& bound = cluster.Find(cluster.objects.pods, after[2]);
  bound.spec = ApplyMergePatch(bound.spec, Json("{'nodeName': 'n1'}"));
  EXPECT_THAT(PodNames(cluster.Expand(Example()).objects, "m-0-f"), ElementsAre(after[2]));
}

TEST(Live, SetsScaleByTheirLiveCountUnlessTheManifestIsWritten) {
  Cluster cluster(Example());
  cluster.objects.pod_clique_set.spec.replicas = 3;
  EXPECT_EQ(cluster.Expand(Example()).objects.services.size(), 3u);
  EXPECT_EQ(cluster.Expand(Example(), SetReplicas::kManifest).objects.services.size(), 2u);
  cluster.objects.pod_clique_set.spec.replicas = 0;
  const ObjectSet none = cluster.Expand(Example()).objects;
  EXPECT_EQ(none.size(), 4u);
  EXPECT_EQ(none.pod_clique_set.status.replicas, 0);
}

TEST(Live, TemplateReplicasDoNotReachWhatExists) {
  Cluster cluster(Example());
  Value changed = ApplyMergePatch(Example(), Json("{'spec': {'replicas': 3}}"));
  std::string text = changed.ToJson();
  text.replace(text.find("\"replicas\":3,\"minAvailable\":2,\"podSpec\""), 12, "\"replicas\":6");
  changed = Value::FromJson(text);
  const ObjectSet after = cluster.Expand(changed, SetReplicas::kManifest).objects;
  EXPECT_EQ(PodsOf(after, "m-0-f").size(), 3u);
  EXPECT_EQ(PodsOf(after, "m-2-f").size(), 6u);
}

TEST(Live, MembersAreNotPatchedUnderRollingRecreate) {
  Cluster cluster(Example());
  cluster.Group("m-0-d").spec.replicas = 4;
  const Expansion after = cluster.Expand(Example("x:2"));
  EXPECT_THAT(after.pending, ElementsAre(PendingWork::kRollingUpdate));
  const auto image = [&](std::string_view clique) {
    return At(Named(after.objects.pod_cliques, clique).spec.pod_spec, {"containers", "0", "image"}).text();
  };
  EXPECT_EQ(image("m-0-f"), "x:2");
  EXPECT_EQ(image("m-0-d-0-w"), "x:1");
  EXPECT_EQ(image("m-0-d-3-w"), "x:2");
  // Pods stay as they were made.
  EXPECT_EQ(At(PodsOf(after.objects, "m-0-f")[0]->spec, {"containers", "0", "image"}).text(), "x:1");
}

TEST(Live, OnDeletePatchesAllAndReplacesNothing) {
  const std::string strategy = ", 'updateStrategy': {'type': 'OnDelete'}";
  Cluster cluster(Example("x:1", 1, strategy));
  const std::vector<std::string> names = PodNames(cluster.objects, "m-0-d-0-w");
  std::erase_if(cluster.objects.pods, [&](const Pod& pod) { return pod.metadata.name == names[0]; });
  const Expansion after = cluster.Expand(Example("x:2", 1, strategy));
  EXPECT_THAT(after.pending, IsEmpty());
  const PodClique& member = Named(after.objects.pod_cliques, "m-0-d-0-w");
  EXPECT_EQ(At(member.spec.pod_spec, {"containers", "0", "image"}).text(), "x:2");
  EXPECT_EQ(member.metadata.generation, 2);
  EXPECT_EQ(member.status.updated_replicas, 1);
  ASSERT_TRUE(member.status.update_progress.has_value());
  EXPECT_TRUE(member.status.update_progress->update_ended_at.has_value());
  std::vector<std::string> images;
  for (const Pod* pod : PodsOf(after.objects, "m-0-d-0-w")) {
    images.emplace_back(At(pod->spec, {"containers", "0", "image"}).text());
  }
  EXPECT_THAT(images, UnorderedElementsAre("x:1", "x:1", "x:1", "x:2"));
}

TEST(Live, AnOldMemberGetsPodsOfItsOwnSpec) {
  Cluster cluster(Example());
  cluster.Clique("m-0-d-0-w").spec.replicas = 5;
  const ObjectSet after = cluster.Expand(Example("x:2")).objects;
  const auto pods = PodsOf(after, "m-0-d-0-w");
  ASSERT_EQ(pods.size(), 5u);
  EXPECT_EQ(At(pods[4]->spec, {"containers", "0", "image"}).text(), "x:1");
  EXPECT_EQ(
      pods[4]->metadata.labels,
      pods[3]->metadata.labels.Get("grove.io/podclique-pod-index") == "4" ? pods[3]->metadata.labels : [&] {
        StringMap labels = pods[3]->metadata.labels;
        labels.Set("grove.io/podclique-pod-index", "4");
        return labels;
      }());
  EXPECT_EQ(At(pods[4]->spec, {"containers", "0", "env"}), At(pods[3]->spec, {"containers", "0", "env"}));
}

TEST(Live, FailedPodsAreNotReplacedAndFreeTheirIndex) {
  Cluster cluster(Example());
  Pod& failed = cluster.Find(cluster.objects.pods, PodNames(cluster.objects, "m-0-f")[0]);
  failed.status.phase = "Failed";
  EXPECT_EQ(PodsOf(cluster.Expand(Example()).objects, "m-0-f").size(), 3u);
  cluster.Clique("m-0-f").spec.replicas = 4;
  EXPECT_THAT(Hostnames(cluster.Expand(Example()).objects, "m-0-f"),
              ElementsAre("m-0-f-0", "m-0-f-1", "m-0-f-2", "m-0-f-0"));
}

TEST(Live, AnIndexThatIsTakenTwiceKeepsPodsFromBeingMade) {
  Cluster cluster(Example());
  Pod twin = *PodsOf(cluster.objects, "m-0-f")[0];
  twin.metadata.name = "m-0-f-twin0";
  twin.metadata.uid = "twin";
  cluster.objects.pods.push_back(twin);
  cluster.Clique("m-0-f").spec.replicas = 5;
  const Expansion after = cluster.Expand(Example());
  ASSERT_EQ(after.errors.size(), 1u);
  EXPECT_EQ(after.errors[0].object, "PodClique/m-0-f");
  EXPECT_EQ(after.errors[0].code, "ERR_GET_AVAILABLE_POD_HOSTNAME_INDICES");
  EXPECT_EQ(PodsOf(after.objects, "m-0-f").size(), 4u);
}

TEST(Live, WhatIsBeingDeletedIsMadeAnew) {
  Cluster cluster(Example());
  cluster.Clique("m-0-f").spec.replicas = 9;
  cluster.Clique("m-0-f").metadata.deletion_timestamp = Time{1};
  const ObjectSet after = cluster.Expand(Example()).objects;
  EXPECT_EQ(Named(after.pod_cliques, "m-0-f").metadata.uid, "");
  EXPECT_EQ(PodsOf(after, "m-0-f").size(), 3u);
  cluster.objects.pod_clique_set.metadata.deletion_timestamp = Time{1};
  EXPECT_EQ(cluster.Expand(Example()).objects.size(), 0u);
}

TEST(Live, ObjectsOfAnotherControllerAreNotTaken) {
  Cluster cluster(Example());
  cluster.Group("m-0-d").spec.replicas = 7;
  cluster.Group("m-0-d").metadata.owner_references.front().uid = "somebody";
  EXPECT_EQ(Named(cluster.Expand(Example()).objects.pod_clique_scaling_groups, "m-0-d").spec.replicas, 3);
  cluster.Group("m-0-d").metadata.owner_references.clear();
  EXPECT_EQ(Named(cluster.Expand(Example()).objects.pod_clique_scaling_groups, "m-0-d").spec.replicas, 7);
}

TEST(Live, GangsKeepGrovesKeysAndTheReservation) {
  Cluster cluster(Example());
  PodGang& gang = cluster.Find(cluster.objects.pod_gangs, "m-0");
  gang.metadata.annotations.Set("grove.io/mine", "1");
  gang.metadata.annotations.Set("kai.scheduler/skip-podgrouper", "true");
  gang.metadata.annotations.Set("grove.io/topology-name", "old");
  gang.spec.reuse_reservation_ref = NamespacedName{"n", "other"};
  gang.status.phase = "Running";
  const PodGang after = Named(cluster.Expand(Example()).objects.pod_gangs, "m-0");
  EXPECT_EQ(after.metadata.annotations.Get("grove.io/mine"), "1");
  EXPECT_FALSE(after.metadata.annotations.Contains("kai.scheduler/skip-podgrouper"));
  EXPECT_FALSE(after.metadata.annotations.Contains("grove.io/topology-name"));
  EXPECT_EQ(after.spec.reuse_reservation_ref, gang.spec.reuse_reservation_ref);
  EXPECT_EQ(after.status.phase, "Running");  // initialized once, stays so
}

TEST(Live, LimitsCountWhatExists) {
  Cluster cluster(Example());
  cluster.Group("m-0-d").spec.replicas = 2'000'000'000;
  EXPECT_EQ(cluster.Expand(Example()).limit_exceeded, "max_objects");
  cluster.Group("m-0-d").spec.replicas = 3;
  cluster.Clique("m-0-f").spec.replicas = 2'000'000'000;
  EXPECT_EQ(cluster.Expand(Example()).limit_exceeded, "max_objects");
}

TEST(Live, AScaledGangWaitsAndObservesNothing) {
  Cluster cluster(Example());
  PodClique& scaled = cluster.Clique("m-0-d-2-w");
  scaled.spec.replicas = 5;
  scaled.metadata.generation = 2;
  const ObjectSet after = cluster.Expand(Example()).objects;
  const PodCliqueStatus& status = Named(after.pod_cliques, "m-0-d-2-w").status;
  EXPECT_EQ(status.observed_generation, 1);
  EXPECT_EQ(status.schedule_gated_replicas, 5);
  EXPECT_EQ(Named(after.pod_cliques, "m-0-f").status.observed_generation, 1);
}

TEST(Live, ManySetsAreToldApart) {
  Cluster cluster(Example());
  ObjectSet other = cluster.objects;
  std::vector<ManifestObject> documents;
  const LiveObjects live(other);
  EXPECT_FALSE(live.empty());
  EXPECT_EQ(live.Of("n", "m").pods.size(), 36u);
  EXPECT_EQ(live.Of("n", "x").size(), 0u);
  EXPECT_EQ(live.Of("other", "m").size(), 0u);
  EXPECT_TRUE(LiveObjects(std::vector<ManifestObject>{ToManifestObject(Json("{'kind': 'Node'}"))}).empty());
}

// Spec 04 §16, last paragraph.
TEST(ExampleB, AutoscalerRaisesOneGroup) {
  const Value set = Json(
      "{'apiVersion': 'grove.io/v1alpha1', 'kind': 'PodCliqueSet', 'metadata': {'name': 'llm', 'namespace': 'prod'}, "
      "'spec': {'replicas': 2, 'template': {'cliqueStartupType': 'CliqueStartupTypeAnyOrder', "
      "'resourceClaimTemplates': [{'name': 'pool', 'templateSpec': {'spec': {'devices': {'requests': [{'name': 'g', "
      "'exactly': {'deviceClassName': 'gpu.example.com'}}]}}}}], 'cliques': [" +
      CliqueOf("pleader") + ", " + CliqueWithPod("pworker", "{'containers': [{'name': 'w', 'image': 'i'}]}", 2) +
      "], 'podCliqueScalingGroups': [{'name': 'prefill', 'cliqueNames': ['pleader', 'pworker'], 'replicas': 3, "
      "'minAvailable': 1, 'scaleConfig': {'maxReplicas': 6}, 'resourceSharing': [{'name': 'pool', 'scope': "
      "'PerReplica', 'filter': {'childCliqueNames': ['pworker']}}]}]}}}");
  Cluster cluster(set);
  const ObjectSet before = cluster.objects;
  cluster.Group("llm-0-prefill").spec.replicas = 4;
  const ObjectSet after = cluster.Expand(set).objects;
  EXPECT_EQ(after.pods.size(), before.pods.size() + 3);
  EXPECT_EQ(after.resource_claims.size(), before.resource_claims.size() + 1);
  EXPECT_EQ(Named(after.resource_claims, "llm-0-prefill-3-pool").metadata.owner_references.front().name,
            "llm-0-prefill");
  EXPECT_EQ(Named(after.pod_cliques, "llm-0-prefill-3-pworker").metadata.labels.Get("grove.io/podgang"),
            "llm-0-prefill-2");
  EXPECT_EQ(Named(after.pod_clique_scaling_groups, "llm-1-prefill").spec.replicas, 3);
}

}  // namespace
}  // namespace grove::planner
