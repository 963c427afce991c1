// Spec 04 §10.

#include "planner/mnnvl.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "planner/expand_json.h"

namespace grove::planner {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(EffectiveMnnvlGroup, FirstLayerWithTheKeyDecides) {
  const StringMap absent;
  const StringMap one{{"grove.io/mnnvl-group", "one"}};
  const StringMap two{{"grove.io/mnnvl-group", "two"}};
  const StringMap none{{"grove.io/mnnvl-group", "none"}};
  EXPECT_EQ(EffectiveMnnvlGroup({&one, &two, &two}), "one");
  EXPECT_EQ(EffectiveMnnvlGroup({&absent, &two, &one}), "two");
  EXPECT_EQ(EffectiveMnnvlGroup({&absent, nullptr, &one}), "one");
  EXPECT_EQ(EffectiveMnnvlGroup({&none, &two, &one}), "");
  EXPECT_EQ(EffectiveMnnvlGroup({&absent, &none, &one}), "");
  EXPECT_EQ(EffectiveMnnvlGroup({&absent, nullptr, &absent}), "");
}

struct GpuRow {
  const char* resources;
  bool gpu;
};

class Gpus : public testing::TestWithParam<GpuRow> {};

TEST_P(Gpus, OfAContainer) {
  const Value container = Json("{'name': 'c', 'resources': " + std::string(GetParam().resources) + "}");
  EXPECT_EQ(UsesGpu(container.node()), GetParam().gpu);
}

INSTANTIATE_TEST_SUITE_P(
    Spec, Gpus,
    testing::Values(GpuRow{"{'limits': {'nvidia.com/gpu': '8'}}", true},
                    GpuRow{"{'limits': {'nvidia.com/gpu': 1}}", true},
                    GpuRow{"{'requests': {'nvidia.com/gpu': '1'}}", true},
                    GpuRow{"{'limits': {'nvidia.com/gpu': '0'}, 'requests': {'nvidia.com/gpu': '1'}}", true},
                    GpuRow{"{'limits': {'nvidia.com/gpu': '0'}}", false},
                    GpuRow{"{'limits': {'nvidia.com/gpu': 0}}", false},
                    GpuRow{"{'limits': {'amd.com/gpu': '8'}}", false}, GpuRow{"{'claims': [{'name': 'gpu'}]}", false},
                    GpuRow{"{}", false}));

TEST(PodUsesGpu, LooksAtInitContainersToo) {
  EXPECT_TRUE(PodUsesGpu(
      Json("{'containers': [{}], 'initContainers': [{'resources': {'limits': {'nvidia.com/gpu': '1'}}}]}").node()));
  EXPECT_FALSE(PodUsesGpu(Json("{'containers': [{}], 'resources': {'limits': {'nvidia.com/gpu': '1'}}}").node()));
}

const std::string kGpuPod = "{'containers': [{'name': 'c', 'resources': {'limits': {'nvidia.com/gpu': '1'}}}]}";
const std::string kAnyOrder = "'cliqueStartupType': 'CliqueStartupTypeAnyOrder'";

std::string Annotated(const std::string& group) { return "'annotations': {'grove.io/mnnvl-group': '" + group + "'}, "; }
std::string OfSet(const std::string& group) { return ", 'annotations': {'grove.io/mnnvl-group': '" + group + "'}"; }

ExpansionOptions Enabled() {
  ExpansionOptions options;
  options.configuration.network.auto_mnnvl_enabled = true;
  return options;
}

TEST(ComputeDomains, OnePerGroupOfGpuCliques) {
  const std::string cliques = CliqueWithPod("a", kGpuPod) + ", " + CliqueWithPod("b", kGpuPod, 1, Annotated("own")) +
                              ", " + CliqueWithPod("c", kGpuPod, 1, Annotated("none")) + ", " +
                              CliqueOf("cpu", "", Annotated("cpu")) + ", " + CliqueWithPod("d", kGpuPod);
  const Expansion expansion = ExpandDocument(SetOf(cliques, kAnyOrder, OfSet("all")), Enabled());
  EXPECT_THAT(Names(expansion.objects.compute_domains), ElementsAre("p-0-all", "p-0-own"));
  EXPECT_THAT(ExpandDocument(SetOf(CliqueOf("a"), kAnyOrder, OfSet("all")), Enabled()).objects.compute_domains,
              IsEmpty());
}

// O-27: the switch decides about domains, not about claims.
TEST(ComputeDomains, AreManagedOnlyWhenEnabled) {
  const Expansion expansion = ExpandDocument(SetOf(CliqueWithPod("a", kGpuPod), kAnyOrder, OfSet("all")));
  EXPECT_THAT(expansion.objects.compute_domains, IsEmpty());
  EXPECT_EQ(At(expansion.objects.pods.at(0).spec, {"resourceClaims", "0"}),
            Json("{'name': 'mnnvl-claim', 'resourceClaimTemplateName': 'p-0-all'}"));
}

TEST(MnnvlClaims, OfMembersFollowTheirGroup) {
  const std::string group =
      ", 'podCliqueScalingGroups': [{'name': 'g', 'cliqueNames': ['a'], 'replicas': 1, 'annotations': "
      "{'grove.io/mnnvl-group': 'ours', 'keep': 'me'}}]";
  const Expansion expansion =
      ExpandDocument(SetOf(CliqueWithPod("a", kGpuPod), kAnyOrder + group, OfSet("all")), Enabled());
  EXPECT_THAT(Names(expansion.objects.compute_domains), ElementsAre("p-0-ours"));
  EXPECT_EQ(expansion.objects.pod_clique_scaling_groups.at(0).metadata.annotations,
            (StringMap{{"grove.io/mnnvl-group", "ours"}, {"keep", "me"}}));
  EXPECT_EQ(At(expansion.objects.pods.at(0).spec, {"resourceClaims", "0", "resourceClaimTemplateName"}).text(),
            "p-0-ours");
}

TEST(MnnvlClaims, GroupTakesOverOnlyTheAnnotationOfTheSetThatNamesAGroup) {
  const std::string group = ", 'podCliqueScalingGroups': [{'name': 'g', 'cliqueNames': ['a'], 'replicas': 1}]";
  const Expansion expansion = ExpandDocument(
      SetOf(CliqueOf("a"), kAnyOrder + group, ", 'annotations': {'grove.io/mnnvl-group': 'none', 'other': 'x'}"));
  EXPECT_EQ(expansion.objects.pod_clique_scaling_groups.at(0).metadata.annotations,
            (StringMap{{"grove.io/mnnvl-group", "none"}}));
}

TEST(MnnvlClaims, AreNotAddedTwiceNorBesideAUsersClaim) {
  const std::string claimed =
      "{'containers': [{'name': 'c', 'resources': {'limits': {'nvidia.com/gpu': '1'}, 'claims': [{'name': "
      "'mnnvl-claim'}]}}]}";
  const Expansion once = ExpandDocument(SetOf(CliqueWithPod("a", claimed), kAnyOrder, OfSet("all")));
  EXPECT_EQ(At(once.objects.pods.at(0).spec, {"containers", "0", "resources", "claims"}).size(), 1u);
  EXPECT_EQ(At(once.objects.pods.at(0).spec, {"resourceClaims"}).size(), 1u);
  const std::string own =
      "{'resourceClaims': [{'name': 'mnnvl-claim', 'resourceClaimName': 'x'}], "
      "'containers': [{'name': 'c', 'resources': {'limits': {'nvidia.com/gpu': '1'}}}]}";
  const Expansion switched_off = ExpandDocument(SetOf(CliqueWithPod("a", own), kAnyOrder, OfSet("all")));
  EXPECT_EQ(At(switched_off.objects.pods.at(0).spec, {"resourceClaims"}).size(), 1u);
  EXPECT_TRUE(At(switched_off.objects.pods.at(0).spec, {"containers", "0", "resources", "claims"}).is_null());
}

}  // namespace
}  // namespace grove::planner
