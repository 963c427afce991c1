#include "grove/name_budget.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "planner/lint/lint_case.h"

namespace grove {
namespace {

using planner::lint::Clique;
using planner::lint::ContextOf;
using planner::lint::Group;
using planner::lint::Groups;
using planner::lint::Set;
using planner::lint::World;
using Strings = std::vector<std::string>;

Value Document(std::string text) {
  std::ranges::replace(text, '\'', '"');
  const Value document = Value::FromJson(text);
  EXPECT_TRUE(document.is_object()) << text;
  return document;
}

// "Kind name xCOUNT limit used/left".
Strings Rendered(const NameBudget& budget) {
  Strings lines;
  for (const ChildNames& child : budget.children) {
    lines.push_back(std::string(child.depth, ' ') + child.kind + " " + child.name + " x" + std::to_string(child.count) +
                    " " + std::string(NameLimitId(child.limit)) + " " + std::to_string(child.used) + "/" +
                    std::to_string(child.left));
  }
  return lines;
}

// The children of the kinds that tests are about.
Strings OfKind(const NameBudget& budget, std::string_view kind, std::string ChildNames::*text) {
  Strings texts;
  for (const ChildNames& child : budget.children) {
    if (child.kind == kind) texts.push_back(child.*text);
  }
  return texts;
}

constexpr std::string_view kScaled = ",'scaleConfig':{'maxReplicas':12}";

TEST(NameBudget, EveryChildOfASet) {
  const NameBudget budget = BudgetNames(Document(Set(
      Clique("api", ",'replicas':2,'autoScalingConfig':{'maxReplicas':101}") + "," + Clique("worker", ",'replicas':3"),
      Groups(Group("pool", "'worker'", std::string(",'replicas':3,'minAvailable':1") + std::string(kScaled))), "",
      "'replicas':2,", "shop")));
  EXPECT_TRUE(budget.fits());
  EXPECT_EQ(Rendered(budget), (Strings{
                                  "PodCliqueSet shop x1 combined-names 14/31",
                                  " ServiceAccount shop x1 label-value 4/59",
                                  " Role grove.io:pcs:shop x1 label-value 17/46",
                                  " RoleBinding grove.io:pcs:shop x1 label-value 17/46",
                                  " Secret shop-ic-sat x1 label-value 11/52",
                                  " Service shop-{0..1} x2 service-name 6/57",
                                  " PodGang shop-{0..1} x2 label-value 6/57",
                                  " PodClique shop-{0..1}-api x2 combined-names 7/38",
                                  "  HorizontalPodAutoscaler shop-{0..1}-api x2 label-value 10/53",
                                  "  Pod shop-{0..1}-api-????? x4 combined-names 7/38",
                                  " PodCliqueScalingGroup shop-{0..1}-pool x2 combined-names 14/31",
                                  "  HorizontalPodAutoscaler shop-{0..1}-pool x2 label-value 11/52",
                                  "  PodGang shop-{0..1}-pool-{0..1} x4 label-value 14/49",
                                  "  PodClique shop-{0..1}-pool-{0..2}-worker x6 combined-names 14/31",
                                  "   Pod shop-{0..1}-pool-{0..2}-worker-????? x18 combined-names 14/31",
                              }));
  EXPECT_EQ(OfKind(budget, "Service", &ChildNames::dns_name), (Strings{"shop-{0..1}.n.svc.cluster.local"}));
  EXPECT_EQ(OfKind(budget, "Pod", &ChildNames::hostname),
            (Strings{"shop-{0..1}-api-{0..1}", "shop-{0..1}-pool-{0..2}-worker-{0..2}"}));
  EXPECT_EQ(OfKind(budget, "Pod", &ChildNames::dns_name),
            (Strings{"shop-{0..1}-api-{0..1}.shop-{0..1}.n.svc.cluster.local",
                     "shop-{0..1}-pool-{0..2}-worker-{0..2}.shop-{0..1}.n.svc.cluster.local"}));
  EXPECT_EQ(OfKind(budget, "HorizontalPodAutoscaler", &ChildNames::scale_target),
            (Strings{"PodClique/shop-{0..1}-api", "PodCliqueScalingGroup/shop-{0..1}-pool"}));
  EXPECT_EQ(OfKind(budget, "PodClique", &ChildNames::scale_target), (Strings{"PodClique/shop-{0..1}-api", ""}));
}

TEST(NameBudget, ClaimsAndComputeDomains) {
  const std::string both = ",'resourceSharing':[{'name':'t','scope':'AllReplicas'},{'name':'u','scope':'PerReplica'}]";
  const std::string gpu = ",'containers':[{'name':'c','image':'i','resources':{'limits':{'nvidia.com/gpu':'1'}}}]";
  const std::string set =
      Set(Clique("a", ",'replicas':2", gpu, both + ",'annotations':{'grove.io/mnnvl-group':'nv'}") + "," + Clique("m"),
          both + Groups(Group("g", "'m'", ",'replicas':3,'minAvailable':3" + both)), "", "'replicas':2,");
  const NameBudget budget = BudgetNames(Document(set), ContextOf(World::kMnnvl).configuration);
  EXPECT_EQ(OfKind(budget, "ResourceClaim", &ChildNames::name),
            (Strings{"x-all-t", "x-{0..1}-u", "x-{0..1}-a-all-t", "x-{0..1}-a-{0..1}-u", "x-{0..1}-g-all-t",
                     "x-{0..1}-g-{0..2}-u"}));
  EXPECT_EQ(OfKind(budget, "ComputeDomain", &ChildNames::name), (Strings{"x-{0..1}-nv"}));
  EXPECT_TRUE(OfKind(BudgetNames(Document(set)), "ComputeDomain", &ChildNames::name).empty());
  std::vector<std::int64_t> counts;
  for (const ChildNames& child : budget.children) {
    if (child.kind == "ResourceClaim") counts.push_back(child.count);
  }
  EXPECT_EQ(counts, (std::vector<std::int64_t>{1, 2, 2, 4, 2, 6}));
}

struct LongCase {
  const char* name;
  std::string set;
  Strings expected;  // "Kind limit excess: part field -> longest proposal"
};

Strings Rendered(const std::vector<LongName>& names) {
  Strings lines;
  for (const LongName& name : names) {
    std::string line = name.kind + " " + std::string(NameLimitId(name.limit)) + " " + std::to_string(name.excess) + ":";
    for (const NameChange& change : name.changes) {
      line += " " + change.part + " " + change.field + " " + std::to_string(change.longest) + " " + change.proposal;
    }
    if (!name.together.empty()) line += " together";
    for (const NameChange& change : name.together) line += " " + std::to_string(change.longest) + " " + change.proposal;
    lines.push_back(std::move(line));
  }
  return lines;
}

TEST(NameBudget, WhatIsTooLongAndWhatWouldFit) {
  const std::string clique = "spec.template.cliques[0].name";
  const std::string group = "spec.template.podCliqueScalingGroups[0].name";
  const std::vector<LongCase> cases = {
      {"forty-five bytes", Set(Clique(std::string(25, 'c')), "", "", "'replicas':1,", std::string(20, 's')), {}},
      {"forty-six bytes",
       Set(Clique(std::string(26, 'c')), "", "", "'replicas':1,", std::string(20, 's')),
       {"PodClique combined-names 1: clique " + clique + " 25 " + std::string(25, 'c') + " set metadata.name 19 " +
        std::string(19, 's')}},
      {"no part is long enough",
       Set(Clique(std::string(60, 'c')), "", "", "'replicas':1,", std::string(5, 's')),
       {"PodClique combined-names 20: clique " + clique + " 40 " + std::string(40, 'c')}},
      {"three parts",
       Set(Clique("prefill-worker-of-the-model"), Groups(Group("prefill", "'prefill-worker-of-the-model'")), "",
           "'replicas':1,", "deepseek-r1-fp8"),
       {"PodClique combined-names 4: clique " + clique +
        " 23 prefi-worke-of-the-mode set metadata.name 11 deep-r1-fp8 "
        "scaling group " +
        group + " 3 pre"}},
      {"the shorter name is taken",
       Set(Clique("abcdefghij") + "," + Clique("abcdefghi"), "", "", "'replicas':1,", std::string(36, 's')),
       {"PodClique combined-names 1: set metadata.name 35 " + std::string(35, 's') + " clique " + clique +
        " 9 abcdefgh"}},
      {"claim",
       Set(Clique("a"), ",'resourceSharing':[{'name':'" + std::string(58, 't') + "','scope':'AllReplicas'}]"),
       {"ResourceClaim claim-name 1: claim template spec.template.resourceSharing[0].name 57 " + std::string(57, 't')}},
      {"either part",
       Set(Clique("ccccc"), ",'resourceSharing':[{'name':'" + std::string(30, 't') + "','scope':'AllReplicas'}]", "",
           "'replicas':1,", std::string(39, 's')),
       {"ResourceClaim claim-name 11: set metadata.name 28 " + std::string(28, 's') +
        " claim template spec.template.resourceSharing[0].name 19 " + std::string(19, 't')}},
      {"a change of all parts",
       Set(Clique("c", "", "", ",'resourceSharing':[{'name':'" + std::string(80, 't') + "','scope':'AllReplicas'}]"),
           "", "", "'replicas':1,", std::string(44, 's')),
       {"ResourceClaim claim-name 70: claim template spec.template.cliques[0].resourceSharing[0].name 10 " +
        std::string(10, 't') + " together 27 " + std::string(27, 's') + " 27 " + std::string(27, 't')}},
      {"set alone",
       Set(Clique("a", "", "", ""), "", "", "'replicas':1,", std::string(51, 's')),
       {"Role label-value 1: set metadata.name 50 " + std::string(50, 's'),
        "PodClique combined-names 7: set metadata.name 44 " + std::string(44, 's')}},
      {"DNS name as hostname holds the set twice",
       Set(Clique("a", "", ",'setHostnameAsFQDN':true"), "", "", "'replicas':1,", std::string(20, 's')),
       {"Pod full-hostname 5: set metadata.name 17 " + std::string(17, 's')}},
  };
  for (const LongCase& test : cases) {
    EXPECT_EQ(Rendered(BudgetNames(Document(test.set)).too_long), test.expected) << test.name;
  }
}

TEST(NameBudget, IsTotal) {
  for (const char* text :
       {"null", "{}", "[]", "{'spec':3}", "{'spec':{'replicas':-5,'template':{'cliques':[null,{}]}}}",
        "{'metadata':{'name':''},'spec':{'replicas':2147483647,'template':{'cliques':[{'name':'a','spec':{'replicas':"
        "2147483647}}],'podCliqueScalingGroups':[{'cliqueNames':['a','b'],'replicas':2147483647}]}}}"}) {
    std::string json = text;
    std::ranges::replace(json, '\'', '"');
    const NameBudget budget = BudgetNames(Value::FromJson(json));
    EXPECT_FALSE(budget.children.empty()) << text;
    for (const ChildNames& child : budget.children) EXPECT_GE(child.count, 0) << text;
  }
}

TEST(NameBudget, LimitsAreDescribed) {
  for (const NameLimit limit :
       {NameLimit::kCombinedNames, NameLimit::kServiceName, NameLimit::kHostname, NameLimit::kGeneratedName,
        NameLimit::kClaimName, NameLimit::kLabelValue, NameLimit::kFullHostname}) {
    EXPECT_FALSE(NameLimitId(limit).empty());
    EXPECT_FALSE(NameLimitText(limit).empty());
    EXPECT_GE(NameLimitBytes(limit), 45u);
  }
  EXPECT_EQ(NameLimitId(NameLimit::kFullHostname), "full-hostname");
}

TEST(NameBudget, AsAValue) {
  const NameBudget budget =
      BudgetNames(Document(Set(Clique(std::string(26, 'c')), "", "", "'replicas':1,", std::string(20, 's'))));
  const Value value = DescribeNameBudget(ManifestObject(), budget, {.file = "a.yaml", .namespace_name = "n"});
  EXPECT_EQ(value.Find("file")->text(), "a.yaml");
  EXPECT_EQ(value.Find("namespace")->text(), "n");
  EXPECT_FALSE(value.Find("fits")->boolean());
  EXPECT_EQ(value.Find("children")->at(0).ToJson(),
            R"({"kind":"PodCliqueSet","name":"ssssssssssssssssssss","count":1,)"
            R"("scaleTarget":"PodCliqueSet/ssssssssssssssssssss",)"
            R"("longest":"ssssssssssssssssssss+cccccccccccccccccccccccccc","limit":"combined-names","bytes":45,)"
            R"("used":46,"left":-1})");
  EXPECT_EQ(value.Find("tooLong")->ToJson(),
            R"([{"kind":"PodClique","name":"ssssssssssssssssssss+cccccccccccccccccccccccccc","limit":"combined-names",)"
            R"("bytes":45,"used":46,"excess":1,"changes":[{"part":"clique","field":"spec.template.cliques[0].name",)"
            R"("name":"cccccccccccccccccccccccccc","longest":25,"proposal":"ccccccccccccccccccccccccc"},)"
            R"({"part":"set","field":"metadata.name","name":"ssssssssssssssssssss","longest":19,)"
            R"("proposal":"sssssssssssssssssss"}]}])");
}

}  // namespace
}  // namespace grove
