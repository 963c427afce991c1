// Spec 04 §7.5.

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "planner/expand_json.h"

namespace grove::planner {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// The set of the measured matrix, but for its startup type (member of the template, with a comma behind).
Value MatrixSet(const std::string& startup_type) {
  const auto after = [](const std::string& names) { return "'startsAfter': [" + names + "], "; };
  const std::string cliques = CliqueOf("s1") + ", " + CliqueOf("xa", after("'s1'")) + ", " +
                              CliqueOf("xb", after("'xa', 's1'")) + ", " + CliqueOf("yc", after("'xb', 's1'")) + ", " +
                              CliqueOf("s2", after("'yc', 'xa', 's1'")) + ", " + CliqueOf("yd", after("'yc', 's2'"));
  return SetOf(cliques, startup_type + R"('podCliqueScalingGroups': [
      {'name': 'x', 'cliqueNames': ['xb', 'xa'], 'replicas': 3, 'minAvailable': 2},
      {'name': 'yg', 'cliqueNames': ['yc', 'yd'], 'replicas': 2, 'minAvailable': 1}])");
}

Value MatrixSetOf(const std::string& type) { return MatrixSet("'cliqueStartupType': '" + type + "', "); }

using Strings = std::vector<std::string>;

struct MatrixRow {
  const char* name;
  const char* gang;
  Strings in_order;
  Strings by_list;
};

const MatrixRow kMatrix[] = {
    {"p-0-s1", "p-0", {}, {}},
    {"p-0-x-0-xa", "p-0", {"p-0-s1"}, {"p-0-s1"}},
    {"p-0-x-1-xa", "p-0", {"p-0-s1"}, {"p-0-s1"}},
    {"p-0-x-0-xb", "p-0", {"p-0-x-0-xa", "p-0-x-1-xa"}, {"p-0-x-0-xa", "p-0-x-1-xa", "p-0-s1"}},
    {"p-0-x-1-xb", "p-0", {"p-0-x-0-xa", "p-0-x-1-xa"}, {"p-0-x-0-xa", "p-0-x-1-xa", "p-0-s1"}},
    {"p-0-x-2-xa", "p-0-x-0", {}, {}},
    {"p-0-x-2-xb", "p-0-x-0", {"p-0-x-2-xa"}, {"p-0-x-2-xa"}},
    {"p-0-yg-0-yc", "p-0", {"p-0-x-0-xb", "p-0-x-1-xb"}, {"p-0-x-0-xb", "p-0-x-1-xb", "p-0-s1"}},
    {"p-0-yg-1-yc", "p-0-yg-0", {}, {}},
    {"p-0-s2", "p-0", {"p-0-yg-0-yc"}, {"p-0-yg-0-yc", "p-0-x-0-xa", "p-0-x-1-xa", "p-0-s1"}},
    {"p-0-yg-0-yd", "p-0", {"p-0-s2"}, {"p-0-yg-0-yc", "p-0-s2"}},
    {"p-0-yg-1-yd", "p-0-yg-0", {}, {"p-0-yg-1-yc"}},
};

class StartupMatrix : public testing::TestWithParam<MatrixRow> {};

TEST_P(StartupMatrix, AsMeasured) {
  const MatrixRow& row = GetParam();
  const Expansion in_order = ExpandDocument(MatrixSetOf("CliqueStartupTypeInOrder"));
  const PodClique& ordered = Named(in_order.objects.pod_cliques, row.name);
  EXPECT_EQ(ordered.spec.starts_after, row.in_order);
  EXPECT_EQ(ordered.metadata.labels.Get("grove.io/podgang"), row.gang);
  EXPECT_EQ(ordered.metadata.labels.Get("grove.io/base-podgang"), std::string_view(row.gang) == "p-0" ? "" : "p-0");
  const Expansion by_list = ExpandDocument(MatrixSetOf("CliqueStartupTypeExplicit"));
  EXPECT_EQ(Named(by_list.objects.pod_cliques, row.name).spec.starts_after, row.by_list);
  for (const char* type : {"CliqueStartupTypeAnyOrder", "Unheard"}) {
    const Expansion any = ExpandDocument(MatrixSetOf(type));
    EXPECT_THAT(Named(any.objects.pod_cliques, row.name).spec.starts_after, IsEmpty()) << type;
  }
}

INSTANTIATE_TEST_SUITE_P(Spec, StartupMatrix, testing::ValuesIn(kMatrix));

TEST(StartupOrder, HasNoPodCliqueOutsideTheMatrix) {
  const Expansion expansion = ExpandDocument(MatrixSetOf("CliqueStartupTypeInOrder"));
  EXPECT_EQ(expansion.objects.pod_cliques.size(), std::size(kMatrix));
}

TEST(StartupOrder, WithoutTypeStopsTheSetBeforePodCliques) {
  const Expansion expansion = ExpandDocument(MatrixSet(""));
  ASSERT_EQ(expansion.errors.size(), 1u);
  EXPECT_EQ(expansion.errors[0].object, "PodCliqueSet/p");
  EXPECT_EQ(expansion.errors[0].code, "ERR_SYNC_PODCLIQUE");
  EXPECT_THAT(expansion.objects.pod_cliques, IsEmpty());
  EXPECT_THAT(expansion.objects.pod_clique_scaling_groups, IsEmpty());
  EXPECT_EQ(expansion.objects.services.size(), 1u);
}

TEST(StartupOrder, WithoutTypeStopsGroupsWhereNoCliqueStandsAlone) {
  const Expansion expansion = ExpandDocument(
      SetOf(CliqueOf("a"), "'podCliqueScalingGroups': [{'name': 'g', 'cliqueNames': ['a'], 'replicas': 2}]"));
  ASSERT_EQ(expansion.errors.size(), 1u);
  EXPECT_EQ(expansion.errors[0].object, "PodCliqueScalingGroup/p-0-g");
  EXPECT_EQ(expansion.errors[0].code, "ERR_UNDEFINED_STARTUP_TYPE");
  EXPECT_THAT(expansion.objects.pod_cliques, IsEmpty());
  EXPECT_THAT(Names(expansion.objects.pod_clique_scaling_groups), ElementsAre("p-0-g"));
}

// O-30: names of base replicas that do not exist are listed all the same.
TEST(StartupOrder, ListsAllBaseReplicasOfTheTemplate) {
  const Expansion expansion = ExpandDocument(
      SetOf(CliqueOf("a") + ", " + CliqueOf("b"),
            "'cliqueStartupType': 'CliqueStartupTypeInOrder', "
            "'podCliqueScalingGroups': [{'name': 'g', 'cliqueNames': ['a'], 'replicas': 1, 'minAvailable': 2}]"));
  EXPECT_THAT(Named(expansion.objects.pod_cliques, "p-0-b").spec.starts_after, ElementsAre("p-0-g-0-a", "p-0-g-1-a"));
}

}  // namespace
}  // namespace grove::planner
