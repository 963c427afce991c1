// The writes that lead from what exists to what there is to be (spec 04 §3.2, §4.2, §14).
#include "grove/diff.hpp"

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "planner/expand_json.h"

namespace grove::planner {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::string ClaimTemplate(const std::string& name) {
  return "{'name': '" + name +
         "', 'templateSpec': {'spec': {'devices': {'requests': [{'name': 'r', 'exactly': {'deviceClassName': "
         "'d'}}]}}}}";
}

// One standalone clique and a group of one, with claims at every level and an autoscaler.
Value Example(int replicas = 2) {
  return Json(
      "{'apiVersion': 'grove.io/v1alpha1', 'kind': 'PodCliqueSet', 'metadata': {'name': 's', 'namespace': 'n'}, "
      "'spec': {'replicas': " +
      std::to_string(replicas) +
      ", 'template': {'cliqueStartupType': 'CliqueStartupTypeAnyOrder', 'resourceClaimTemplates': [" +
      ClaimTemplate("t") + ", " + ClaimTemplate("u") +
      "], 'resourceSharing': [{'name': 't', 'scope': 'AllReplicas'}, {'name': 'u', 'scope': 'PerReplica'}], 'cliques': "
      "[" +
      CliqueOf("a", "'autoScalingConfig': {'maxReplicas': 4}, ") + ", " + CliqueOf("b") +
      "], 'podCliqueScalingGroups': [{'name': 'g', 'cliqueNames': ['b'], 'replicas': 2, 'minAvailable': 1, "
      "'resourceSharing': [{'name': 't', 'scope': 'PerReplica'}]}]}}}");
}

ExpansionOptions AtRest() {
  ExpansionOptions options;
  options.state = ObjectState::kAtRest;
  options.now = Time{1000};
  return options;
}

// Edits the documents of what exists.
using Edit = std::function<void(ObjectSet&)>;

struct Result {
  ObjectSet objects;
  ObjectDiff diff;
};

Result DiffAfter(const Edit& edit, const DiffOptions& options = {}, const Value& document = Example()) {
  ObjectSet live = AdmitAndExpand(Example(), AtRest()).objects;
  edit(live);
  ExpansionOptions expansion = AtRest();
  const auto objects = std::make_shared<const LiveObjects>(live);
  expansion.live = objects;
  Result result{AdmitAndExpand(document, expansion).objects, {}};
  result.diff = Diff(result.objects, *objects, options);
  return result;
}

std::vector<std::string> Lines(const ObjectDiff& diff) {
  std::vector<std::string> lines;
  for (const ObjectChange& change : diff.changes) {
    std::string line = std::string(NameOf(change.action)) + " " + change.object.kind + " ";
    line +=
        change.object.kind == "Pod" ? change.object.name.substr(0, change.object.name.rfind('-')) : change.object.name;
    if (change.cause != DeletionCause::kNone) line += " " + std::string(NameOf(change.cause));
    lines.push_back(std::move(line));
  }
  return lines;
}

std::vector<std::string> Names(const std::vector<ObjectReference>& objects) {
  std::vector<std::string> names;
  for (const ObjectReference& object : objects) names.push_back(object.kind + " " + object.name);
  return names;
}

TEST(Diff, NothingOfWhatIsAtRest) {
  const Result result = DiffAfter([](ObjectSet&) {});
  EXPECT_TRUE(result.diff.empty());
  EXPECT_THAT(result.diff.leaked, IsEmpty());
}

TEST(Diff, AFreshSetIsCreatedInTheOrderOfTheReference) {
  const ObjectSet objects = AdmitAndExpand(Example(1)).objects;
  EXPECT_THAT(
      Lines(Diff(objects, LiveObjects())),
      ElementsAre("create ServiceAccount s", "create Role grove.io:pcs:s", "create RoleBinding grove.io:pcs:s",
                  "create Secret s-ic-sat", "create Service s-0", "create HorizontalPodAutoscaler s-0-a",
                  "create ResourceClaim s-all-t", "create ResourceClaim s-0-u", "create PodClique s-0-a",
                  "create PodCliqueScalingGroup s-0-g", "create PodGang s-0", "create PodGang s-0-g-0",
                  "create ResourceClaim s-0-g-0-t", "create ResourceClaim s-0-g-1-t", "create PodClique s-0-g-0-b",
                  "create PodClique s-0-g-1-b", "create Pod s-0-a", "create Pod s-0-g-0-b", "create Pod s-0-g-1-b"));
}

TEST(Diff, ASetThatScalesInLeavesItsServices) {
  const Edit scale = [](ObjectSet& live) { live.pod_clique_set.spec.replicas = 1; };
  const Result result = DiffAfter(scale);
  EXPECT_THAT(
      Lines(result.diff),
      ElementsAre("delete HorizontalPodAutoscaler s-1-a excess", "delete ResourceClaim s-1-u excess",
                  "delete PodClique s-1-a excess", "delete PodCliqueScalingGroup s-1-g excess",
                  "delete PodGang s-1 excess", "delete PodGang s-1-g-0 excess", "delete PodClique s-1-g-0-b ownerGone",
                  "delete PodClique s-1-g-1-b ownerGone", "delete ResourceClaim s-1-g-0-t ownerGone",
                  "delete ResourceClaim s-1-g-1-t ownerGone", "delete Pod s-1-a ownerGone",
                  "delete Pod s-1-g-0-b ownerGone", "delete Pod s-1-g-1-b ownerGone"));
  EXPECT_THAT(Names(result.diff.leaked), ElementsAre("Service s-1"));
  const ObjectDiff clean = DiffAfter(scale, {LeakPolicy::kClean}).diff;
  EXPECT_EQ(Lines(clean).back(), "delete Service s-1 leaked");
  EXPECT_EQ(clean.changes.size(), result.diff.changes.size() + 1);
}

TEST(Diff, ASetWithoutReplicasKeepsWhatAllOfThemShare) {
  const Edit scale = [](ObjectSet& live) { live.pod_clique_set.spec.replicas = 0; };
  const ObjectDiff compatible = DiffAfter(scale).diff;
  EXPECT_THAT(Lines(compatible), testing::Not(testing::Contains("delete ResourceClaim s-all-t leaked")));
  const ObjectDiff clean = DiffAfter(scale, {LeakPolicy::kClean}).diff;
  EXPECT_THAT(Lines(clean), testing::IsSupersetOf({"delete ResourceClaim s-all-t leaked", "delete Service s-0 leaked",
                                                   "delete Service s-1 leaked"}));
}

TEST(Diff, GroupsAndPodCliquesScale) {
  const Result result = DiffAfter([](ObjectSet& live) {
    live.pod_clique_scaling_groups[0].spec.replicas = 1;
    live.pod_cliques[0].spec.replicas = 2;  // s-0-a
  });
  EXPECT_THAT(Lines(result.diff),
              ElementsAre("delete PodGang s-0-g-0 excess", "patch PodGang s-0", "delete ResourceClaim s-0-g-1-t excess",
                          "delete PodClique s-0-g-1-b excess", "create Pod s-0-a", "delete Pod s-0-g-1-b ownerGone"));
}

// Indices 0, 2 and 3 are there while 2 replicas are wanted: the reference deletes 2 and overlooks 3 (O-12).
TEST(Diff, AHoleHidesAnExcessReplica) {
  const Edit edit = [](ObjectSet& live) {
    const PodClique member = Named(live.pod_cliques, "s-0-g-1-b");
    for (const char* index : {"2", "3"}) {
      PodClique more = member;
      more.metadata.name = std::string("s-0-g-") + index + "-b";
      more.metadata.labels.Set("grove.io/podcliquescalinggroup-replica-index", index);
      live.pod_cliques.push_back(more);
    }
    std::erase_if(live.pod_cliques, [](const PodClique& clique) { return clique.metadata.name == "s-0-g-1-b"; });
    std::erase_if(live.pods,
                  [](const Pod& pod) { return pod.metadata.labels.Get("grove.io/podclique") == "s-0-g-1-b"; });
  };
  const Result result = DiffAfter(edit);
  EXPECT_THAT(Lines(result.diff),
              testing::IsSupersetOf({"delete PodClique s-0-g-2-b excess", "create PodClique s-0-g-1-b"}));
  EXPECT_THAT(Names(result.diff.leaked), ElementsAre("PodClique s-0-g-3-b"));
  EXPECT_THAT(Lines(DiffAfter(edit, {LeakPolicy::kClean}).diff),
              testing::Contains("delete PodClique s-0-g-3-b leaked"));
}

struct FieldCase {
  std::string what;
  Edit edit;
  std::vector<std::string> fields;  // "Kind/name path"
};

std::vector<std::string> Fields(const ObjectDiff& diff) {
  std::vector<std::string> fields;
  for (const ObjectChange& change : diff.changes) {
    for (const FieldChange& field : change.fields)
      fields.push_back(change.object.kind + "/" + change.object.name + " " + field.path);
  }
  return fields;
}

TEST(Diff, PatchesWhatGroveOwnsAndNothingElse) {
  const std::vector<FieldCase> cases = {
      {"labels are replaced",
       [](ObjectSet& live) { live.services[0].metadata.labels.Set("mine", "1"); },
       {"Service/s-0 metadata.labels.mine"}},
      {"annotations of a Service are not",
       [](ObjectSet& live) { live.services[0].metadata.annotations.Set("a", "1"); },
       {}},
      {"those of a PodClique are",
       [](ObjectSet& live) { live.pod_cliques[0].metadata.annotations.Set("a", "1"); },
       {"PodClique/s-0-a metadata.annotations"}},
      {"members of groups are left alone",
       [](ObjectSet& live) { live.pod_cliques[1].metadata.annotations.Set("a", "1"); },
       {}},
      {"the spec of a Service",
       [](ObjectSet& live) { live.services[0].spec.publish_not_ready_addresses = false; },
       {"Service/s-0 spec.publishNotReadyAddresses"}},
      {"bounds of an autoscaler",
       [](ObjectSet& live) { live.horizontal_pod_autoscalers[0].spec.max_replicas = 9; },
       {"HorizontalPodAutoscaler/s-0-a spec.maxReplicas"}},
      {"its default metrics are the API server's",
       [](ObjectSet& live) {
         live.horizontal_pod_autoscalers[0].spec.metrics.push_back(
             Json("{'type': 'Resource', 'resource': {'name': 'cpu', 'target': {'type': 'Utilization', "
                  "'averageUtilization': 80}}}"));
       },
       {}},
      {"other metrics go",
       [](ObjectSet& live) { live.horizontal_pod_autoscalers[0].spec.metrics.push_back(Json("{'type': 'Pods'}")); },
       {"HorizontalPodAutoscaler/s-0-a spec.metrics"}},
      {"roles are never repaired", [](ObjectSet& live) { live.roles[0].rules.clear(); }, {}},
      {"of claims only labels",
       [](ObjectSet& live) {
         live.resource_claims[0].spec = Json("{'devices': {}}");
         live.resource_claims[0].metadata.labels.Set("mine", "1");
         live.resource_claims[0].metadata.labels.Erase("app.kubernetes.io/component");
       },
       {"ResourceClaim/s-all-t metadata.labels[app.kubernetes.io/component]"}},
      {"clique names of a group",
       [](ObjectSet& live) { live.pod_clique_scaling_groups[0].spec.clique_names.push_back("x"); },
       {"PodCliqueScalingGroup/s-0-g spec.cliqueNames[1]"}},
      {"priority of a gang",
       [](ObjectSet& live) { live.pod_gangs[0].spec.priority_class_name = "gold"; },
       {"PodGang/s-0 spec.priorityClassName"}},
      {"foreign keys of a gang go, Grove's stay",
       [](ObjectSet& live) {
         live.pod_gangs[0].metadata.labels.Set("mine", "1");
         live.pod_gangs[0].metadata.labels.Set("grove.io/mine", "1");
       },
       {"PodGang/s-0 metadata.labels.mine"}},
      {"adoption",
       [](ObjectSet& live) { live.services[0].metadata.owner_references.clear(); },
       {"Service/s-0 metadata.ownerReferences"}},
      {"finalizers of others stay, Grove's come back",
       [](ObjectSet& live) { live.pod_cliques[0].metadata.finalizers = {"example.com/x"}; },
       {"PodClique/s-0-a metadata.finalizers[1]"}},
      {"status is nobody's business", [](ObjectSet& live) { live.pod_cliques[0].status.ready_replicas = 7; }, {}},
  };
  for (const FieldCase& test : cases) {
    EXPECT_EQ(Fields(DiffAfter(test.edit).diff), test.fields) << test.what;
  }
}

TEST(Diff, LiftsTheGateOfPods) {
  ObjectSet live = AdmitAndExpand(Example()).objects;
  ExpansionOptions options = AtRest();
  const auto objects = std::make_shared<const LiveObjects>(live);
  options.live = objects;
  const ObjectDiff diff = Diff(AdmitAndExpand(Example(), options).objects, *objects);
  int lifted = 0;
  for (const ObjectChange& change : diff.changes) {
    if (change.object.kind != "Pod") continue;
    EXPECT_EQ(change.document.ToJson(), R"({"spec":{"schedulingGates":null}})");
    ++lifted;
  }
  EXPECT_EQ(lifted, 4);  // two of each base gang
}

TEST(Diff, TellsConflictsAndWhatMustGoFirst) {
  const ObjectDiff diff = DiffAfter([](ObjectSet& live) {
                            live.services[0].metadata.owner_references[0].name = "other";
                            live.pod_cliques[0].metadata.deletion_timestamp = Time{1};
                          }).diff;
  EXPECT_THAT(Names(diff.conflicts), ElementsAre("Service s-0"));
  EXPECT_THAT(Names(diff.waiting), ElementsAre("PodClique s-0-a"));
}

TEST(Diff, ADeletedSetTakesEverythingWithIt) {
  const Result result = DiffAfter([](ObjectSet& live) { live.pod_clique_set.metadata.deletion_timestamp = Time{1}; });
  const ObjectSet live = AdmitAndExpand(Example(), AtRest()).objects;
  EXPECT_EQ(result.diff.changes.size(), live.size());
  for (const ObjectChange& change : result.diff.changes) EXPECT_EQ(change.cause, DeletionCause::kOwnerGone);
}

TEST(Diff, OfServerFilledFieldsThereIsNone) {
  const ObjectSet live = AdmitAndExpand(Example(), AtRest()).objects;
  std::vector<ManifestObject> documents;
  ForEachObject(live, [&](const auto& object) {
    Value document = ToValue(object);
    if (KindOf(object) == Service::kKind) {
      document = ApplyMergePatch(document, Json("{'spec': {'clusterIPs': ['None'], 'type': 'ClusterIP', "
                                                "'sessionAffinity': 'None', 'ipFamilies': ['IPv4']}}"));
    }
    documents.push_back(ToManifestObject(document));
  });
  ExpansionOptions options = AtRest();
  const auto objects = std::make_shared<const LiveObjects>(documents);
  options.live = objects;
  EXPECT_THAT(Lines(Diff(AdmitAndExpand(Example(), options).objects, *objects)), IsEmpty());
}

TEST(CompareObjects, TwoExpansions) {
  const ObjectSet one = AdmitAndExpand(Example(1)).objects;
  const ObjectSet two = AdmitAndExpand(Example(2)).objects;
  EXPECT_TRUE(CompareObjects(one, one).empty());
  const std::vector<std::string> more = Lines(CompareObjects(one, two));
  EXPECT_THAT(more, testing::IsSupersetOf({"patch PodCliqueSet s", "create Service s-1", "create Pod s-1-a"}));
  EXPECT_EQ(more.size(), Lines(CompareObjects(two, one)).size());
  EXPECT_THAT(Fields(CompareObjects(one, two)), ElementsAre("PodCliqueSet/s spec.replicas"));
}

TEST(DescribeDiff, IsADocument) {
  const Result result = DiffAfter([](ObjectSet& live) { live.services[0].metadata.labels.Set("mine", "1"); });
  EXPECT_EQ(DescribeDiff(result.diff).ToJson(),
            R"({"changes":[{"action":"patch","apiVersion":"v1","kind":"Service","namespace":"n","name":"s-0",)"
            R"("patch":{"metadata":{"labels":{"mine":null}}},)"
            R"("fields":[{"path":"metadata.labels.mine","before":"1"}]}]})");
  EXPECT_EQ(DescribeDiff({}).ToJson(), R"({"changes":[]})");
}

}  // namespace
}  // namespace grove::planner
