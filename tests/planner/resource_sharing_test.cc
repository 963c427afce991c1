// Spec 04 §9.

#include "planner/resource_sharing.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "planner/expand_json.h"

namespace grove::planner {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

ResourceSharing Filtered(std::vector<std::string> cliques, std::vector<std::string> groups) {
  ResourceSharing sharing;
  sharing.filter = ResourceSharingFilter{std::move(cliques), std::move(groups)};
  return sharing;
}

TEST(Filters, OfTheSetSearchBothListsForBothNames) {
  EXPECT_TRUE(SetFilterMatches(ResourceSharing{}, "a", ""));
  EXPECT_TRUE(SetFilterMatches(Filtered({"a"}, {}), "a", "g"));
  EXPECT_TRUE(SetFilterMatches(Filtered({}, {"g"}), "a", "g"));
  EXPECT_TRUE(SetFilterMatches(Filtered({}, {"a"}), "a", "")) << "O-28";
  EXPECT_TRUE(SetFilterMatches(Filtered({"g"}, {}), "a", "g")) << "O-28";
  EXPECT_FALSE(SetFilterMatches(Filtered({"b"}, {"h"}), "a", "g"));
  EXPECT_FALSE(SetFilterMatches(Filtered({""}, {}), "a", ""));
}

TEST(Filters, OfAGroupSearchCliques) {
  EXPECT_TRUE(GroupFilterMatches(ResourceSharing{}, "a"));
  EXPECT_TRUE(GroupFilterMatches(Filtered({"a"}, {}), "a"));
  EXPECT_FALSE(GroupFilterMatches(Filtered({"b"}, {"a"}), "a"));
}

const std::string kStart = "'cliqueStartupType': 'CliqueStartupTypeAnyOrder', ";
const std::string kTemplates =
    "'resourceClaimTemplates': [{'name': 't', 'templateSpec': {'metadata': {'labels': {'x': 'y'}}, "
    "'spec': {'devices': {'requests': [{'name': 'own'}]}}}}], ";
const std::string kBoth = "[{'name': 't', 'scope': 'PerReplica'}, {'name': 't', 'scope': 'AllReplicas'}]";

// Claims on all levels, of a clique with two pods in a group with two replicas.
Value AllLevels() {
  const std::string clique = CliqueWithPod(
      "a",
      "{'resourceClaims': [{'name': 'mine', 'resourceClaimName': 'x'}], 'initContainers': [{'name': 'i'}], "
      "'containers': [{'name': 'c', 'resources': {'claims': [{'name': 'mine'}]}}]}",
      2, "'resourceSharing': " + kBoth + ", ");
  return SetOf(clique, kStart + kTemplates + "'resourceSharing': " + kBoth +
                           ", 'podCliqueScalingGroups': [{'name': 'g', 'cliqueNames': ['a'], 'replicas': 2, "
                           "'resourceSharing': " +
                           kBoth + "}]");
}

TEST(Claims, OfAllLevels) {
  const Expansion expansion = ExpandDocument(AllLevels());
  EXPECT_THAT(expansion.errors, IsEmpty());
  EXPECT_THAT(Names(expansion.objects.resource_claims),
              ElementsAre("p-all-t", "p-0-t", "p-0-g-all-t", "p-0-g-0-t", "p-0-g-1-t", "p-0-g-0-a-all-t",
                          "p-0-g-0-a-0-t", "p-0-g-0-a-1-t", "p-0-g-1-a-all-t", "p-0-g-1-a-0-t", "p-0-g-1-a-1-t"));
  const ResourceClaim& of_pod = Named(expansion.objects.resource_claims, "p-0-g-1-a-1-t");
  EXPECT_EQ(of_pod.metadata.labels, (StringMap{{"app.kubernetes.io/managed-by", "grove-operator"},
                                               {"app.kubernetes.io/part-of", "p"},
                                               {"app.kubernetes.io/component", "resource-claim"},
                                               {"grove.io/podclique", "p-0-g-1-a"},
                                               {"grove.io/podclique-pod-index", "1"}}));
  EXPECT_EQ(of_pod.metadata.owner_references.at(0).name, "p-0-g-1-a");
  const ResourceClaim& of_set = Named(expansion.objects.resource_claims, "p-all-t");
  EXPECT_EQ(of_set.metadata.labels.size(), 3u);
  const ResourceClaim& of_group = Named(expansion.objects.resource_claims, "p-0-g-all-t");
  EXPECT_EQ(of_group.metadata.labels.Get("grove.io/podcliquescalinggroup"), "p-0-g");
  EXPECT_FALSE(of_group.metadata.labels.Contains("grove.io/podcliquescalinggroup-replica-index"));
  EXPECT_EQ(of_group.spec, Json("{'devices': {'requests': [{'name': 'own'}]}}"));
}

TEST(Claims, ReferencesInPods) {
  const Expansion expansion = ExpandDocument(AllLevels());
  const std::vector<const Pod*> pods = PodsOf(expansion.objects, "p-0-g-1-a");
  ASSERT_EQ(pods.size(), 2u);
  const auto names = [](const Value& list) {
    std::vector<std::string> result;
    for (std::size_t i = 0; i < list.size(); ++i) result.emplace_back(At(list.at(i), {"name"}).text());
    return result;
  };
  const auto order =
      ElementsAre("mine", "p-all-t", "p-0-t", "p-0-g-all-t", "p-0-g-1-t", "p-0-g-1-a-all-t", "p-0-g-1-a-1-t");
  const Value& spec = pods[1]->spec;
  EXPECT_THAT(names(At(spec, {"resourceClaims"})), order);
  EXPECT_EQ(At(spec, {"resourceClaims", "1"}), Json("{'name': 'p-all-t', 'resourceClaimName': 'p-all-t'}"));
  EXPECT_THAT(names(At(spec, {"containers", "0", "resources", "claims"})), order);
  EXPECT_EQ(At(spec, {"initContainers", "0", "resources", "claims"}).size(), 6u);
  EXPECT_EQ(At(pods[0]->spec, {"resourceClaims", "6", "name"}).text(), "p-0-g-1-a-0-t");
  // The PodClique itself refers to none of them.
  const PodClique& clique = Named(expansion.objects.pod_cliques, "p-0-g-1-a");
  EXPECT_THAT(names(At(clique.spec.pod_spec, {"resourceClaims"})), ElementsAre("mine"));
}

struct PairRow {
  const char* level;
  const char* scope;
  std::vector<std::string> claims;
  const char* owner_kind;
  std::string claim_of_last_pod;  // of the second pod of the member, in the second replica of its group
};

class SharingPairs : public testing::TestWithParam<PairRow> {};

// Spec 04 §9.2, one level and scope at a time: a set of two replicas, a group of two, a clique of two pods.
TEST_P(SharingPairs, MakeTheirClaims) {
  const PairRow& row = GetParam();
  const auto sharing = [&](std::string_view level) {
    return row.level == level ? "'resourceSharing': [{'name': 't', 'scope': '" + std::string(row.scope) + "'}]"
                              : std::string("'resourceSharing': []");
  };
  const std::string clique = CliqueWithPod("a", "{'containers': [{'name': 'c'}]}", 2, sharing("clique") + ", ");
  const Value document =
      SetOf(clique, kStart + kTemplates + sharing("set") +
                        ", 'podCliqueScalingGroups': [{'name': 'g', 'cliqueNames': ['a'], 'replicas': 2, " +
                        sharing("group") + "}]");
  PodCliqueSet set = codec::FromValue<PodCliqueSet>(document);
  set.spec.replicas = 2;
  const Expansion expansion = ExpandSet(set, document, {});
  EXPECT_THAT(expansion.errors, IsEmpty());
  EXPECT_EQ(Names(expansion.objects.resource_claims), row.claims);
  for (const ResourceClaim& claim : expansion.objects.resource_claims) {
    EXPECT_EQ(claim.metadata.owner_references.at(0).kind, row.owner_kind) << claim.metadata.name;
  }
  const std::vector<const Pod*> pods = PodsOf(expansion.objects, "p-1-g-1-a");
  ASSERT_EQ(pods.size(), 2u);
  EXPECT_EQ(At(pods[1]->spec, {"resourceClaims"}),
            Json("[{'name': '" + row.claim_of_last_pod + "', 'resourceClaimName': '" + row.claim_of_last_pod + "'}]"));
}

INSTANTIATE_TEST_SUITE_P(
    All, SharingPairs,
    testing::Values(PairRow{"set", "AllReplicas", {"p-all-t"}, "PodCliqueSet", "p-all-t"},
                    PairRow{"set", "PerReplica", {"p-0-t", "p-1-t"}, "PodCliqueSet", "p-1-t"},
                    PairRow{
                        "group", "AllReplicas", {"p-0-g-all-t", "p-1-g-all-t"}, "PodCliqueScalingGroup", "p-1-g-all-t"},
                    PairRow{"group",
                            "PerReplica",
                            {"p-0-g-0-t", "p-0-g-1-t", "p-1-g-0-t", "p-1-g-1-t"},
                            "PodCliqueScalingGroup",
                            "p-1-g-1-t"},
                    PairRow{"clique",
                            "AllReplicas",
                            {"p-0-g-0-a-all-t", "p-0-g-1-a-all-t", "p-1-g-0-a-all-t", "p-1-g-1-a-all-t"},
                            "PodClique",
                            "p-1-g-1-a-all-t"},
                    PairRow{"clique",
                            "PerReplica",
                            {"p-0-g-0-a-0-t", "p-0-g-0-a-1-t", "p-0-g-1-a-0-t", "p-0-g-1-a-1-t", "p-1-g-0-a-0-t",
                             "p-1-g-0-a-1-t", "p-1-g-1-a-0-t", "p-1-g-1-a-1-t"},
                            "PodClique",
                            "p-1-g-1-a-1-t"}),
    [](const auto& row) { return std::string(row.param.level) + row.param.scope; });

TEST(ClaimTemplates, OwnOneShadowsOneOfTheClusterUnlessANamespaceIsNamed) {
  ExpansionOptions options;
  for (const char* name_space : {"n", "other"}) {
    options.resource_claim_templates.push_back(
        {name_space, "t", Json("{'spec': {'devices': {'requests': [{'name': '" + std::string(name_space) + "'}]}}}")});
  }
  const auto request = [&](const std::string& templates, const std::string& entry) {
    const Expansion expansion = ExpandDocument(
        SetOf(CliqueOf("a"), kStart + templates + "'resourceSharing': [{" + entry + "'scope': 'AllReplicas'}]"),
        options);
    return std::string(
        At(Named(expansion.objects.resource_claims, "p-all-t").spec, {"devices", "requests", "0", "name"}).text());
  };
  EXPECT_EQ(request(kTemplates, "'name': 't', "), "own");
  EXPECT_EQ(request(kTemplates, "'name': 't', 'namespace': 'n', "), "n");
  EXPECT_EQ(request("", "'name': 't', "), "n");
  EXPECT_EQ(request("", "'name': 't', 'namespace': 'other', "), "other");
}

struct MissingRow {
  const char* level;
  std::string clique;
  std::string group;
  std::string rest;
  const char* object;
  const char* code;
  std::vector<std::string> claims;
  std::size_t groups, pod_cliques, pods;
};

class MissingTemplates : public testing::TestWithParam<MissingRow> {};

// The other entries of the level are made, and nothing that comes after it (spec 04 §4.2, §9.1).
TEST_P(MissingTemplates, StopTheirLevel) {
  const MissingRow& row = GetParam();
  const Value document = SetOf(CliqueOf("a") + ", " + CliqueOf("b", "", row.clique),
                               kStart + kTemplates + row.rest + "'podCliqueScalingGroups': [{" + row.group +
                                   "'name': 'g', 'cliqueNames': ['b'], 'replicas': 1, 'minAvailable': 1}]");
  const Expansion expansion = ExpandDocument(document);
  ASSERT_EQ(expansion.errors.size(), 1u);
  EXPECT_EQ(expansion.errors[0].object, row.object);
  EXPECT_EQ(expansion.errors[0].code, row.code);
  EXPECT_EQ(Names(expansion.objects.resource_claims), row.claims);
  EXPECT_EQ(expansion.objects.services.size(), 1u);
  EXPECT_EQ(expansion.objects.pod_clique_scaling_groups.size(), row.groups);
  EXPECT_EQ(expansion.objects.pod_cliques.size(), row.pod_cliques);
  EXPECT_EQ(expansion.objects.pods.size(), row.pods);
}

const std::string kMissing =
    "'resourceSharing': [{'name': 'gone', 'scope': 'AllReplicas'}, {'name': 't', 'scope': 'AllReplicas'}], ";

INSTANTIATE_TEST_SUITE_P(
    Spec, MissingTemplates,
    testing::Values(
        MissingRow{"set", "", "", kMissing, "PodCliqueSet/p", "ERR_SYNC_PCS_RESOURCE_CLAIM", {"p-all-t"}, 0, 0, 0},
        MissingRow{"group",
                   "",
                   kMissing,
                   "",
                   "PodCliqueScalingGroup/p-0-g",
                   "ERR_SYNC_PCSG_RESOURCE_CLAIM",
                   {"p-0-g-all-t"},
                   1,
                   1,
                   1},
        MissingRow{"clique",
                   kMissing,
                   "",
                   "",
                   "PodClique/p-0-g-0-b",
                   "ERR_SYNC_PCLQ_RESOURCE_CLAIM",
                   {"p-0-g-0-b-all-t"},
                   1,
                   2,
                   1}),
    [](const auto& info) { return info.param.level; });

struct CallRow {
  const char* name;
  const char* level;
  std::string sharing;
  std::vector<std::string> claims;
};

class CallsThatFail : public testing::TestWithParam<CallRow> {};

// A set makes the claims of all replicas and those of each replica side by side; a group and a clique stop at the first
// call that fails, of which the other entries are made.
TEST_P(CallsThatFail, EndTheCallsOfGroupsAndCliques) {
  const CallRow& row = GetParam();
  const auto sharing = [&](std::string_view level) {
    return row.level == level ? "'resourceSharing': [" + row.sharing + "], " : std::string();
  };
  const std::string clique = CliqueWithPod("a", "{'containers': [{'name': 'c'}]}", 2, sharing("clique"));
  const Value document = SetOf(clique, kStart + kTemplates + sharing("set") + "'podCliqueScalingGroups': [{" +
                                           sharing("group") + "'name': 'g', 'cliqueNames': ['a'], 'replicas': 2}]");
  PodCliqueSet set = codec::FromValue<PodCliqueSet>(document);
  set.spec.replicas = 2;
  const Expansion expansion = ExpandSet(set, document, {});
  EXPECT_FALSE(expansion.errors.empty());
  EXPECT_EQ(Names(expansion.objects.resource_claims), row.claims);
}

constexpr const char* kGoneForAll =
    "{'name': 'gone', 'scope': 'AllReplicas'}, {'name': 't', 'scope': 'PerReplica'}, {'name': 't', 'scope': "
    "'AllReplicas'}";
constexpr const char* kGoneForEach =
    "{'name': 't', 'scope': 'PerReplica'}, {'name': 'gone', 'scope': 'PerReplica'}, {'name': 't', 'scope': "
    "'AllReplicas'}";

INSTANTIATE_TEST_SUITE_P(
    Levels, CallsThatFail,
    testing::Values(CallRow{"set_all", "set", kGoneForAll, {"p-all-t", "p-0-t", "p-1-t"}},
                    CallRow{"set_each", "set", kGoneForEach, {"p-all-t", "p-0-t", "p-1-t"}},
                    CallRow{"group_all", "group", kGoneForAll, {"p-0-g-all-t", "p-1-g-all-t"}},
                    CallRow{
                        "group_each", "group", kGoneForEach, {"p-0-g-all-t", "p-0-g-0-t", "p-1-g-all-t", "p-1-g-0-t"}},
                    CallRow{"clique_all",
                            "clique",
                            kGoneForAll,
                            {"p-0-g-0-a-all-t", "p-0-g-1-a-all-t", "p-1-g-0-a-all-t", "p-1-g-1-a-all-t"}},
                    CallRow{"clique_each",
                            "clique",
                            kGoneForEach,
                            {"p-0-g-0-a-all-t", "p-0-g-0-a-0-t", "p-0-g-1-a-all-t", "p-0-g-1-a-0-t", "p-1-g-0-a-all-t",
                             "p-1-g-0-a-0-t", "p-1-g-1-a-all-t", "p-1-g-1-a-0-t"}}),
    [](const auto& row) { return row.param.name; });

// O-2: a claim that another object controls is not taken over.
TEST(Claims, OfOneNameBelongToWhoComesFirst) {
  const std::string sharing = "'resourceSharing': [{'name': 't', 'scope': 'AllReplicas'}], ";
  const Expansion expansion = ExpandDocument(SetOf(CliqueOf("a", "", sharing) + ", " + CliqueOf("b"),
                                                   kStart + kTemplates + "'podCliqueScalingGroups': [{" + sharing +
                                                       "'name': 'a', 'cliqueNames': ['b'], 'replicas': 1}]"));
  EXPECT_THAT(Names(expansion.objects.resource_claims), ElementsAre("p-0-a-all-t"));
  ASSERT_EQ(expansion.errors.size(), 1u);
  EXPECT_EQ(expansion.errors[0].code, "ERR_SYNC_PCLQ_RESOURCE_CLAIM");
}

}  // namespace
}  // namespace grove::planner
