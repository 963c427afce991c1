#include "planner/lint/lint_case.h"

namespace grove::planner::lint {

namespace {

std::string Packed(std::string_view pack) {
  return ",'topologyConstraint':{'topologyName':'topo','pack':{" + std::string(pack) + "}}";
}

}  // namespace

std::vector<Case> GangCases() {
  const std::string two = ",'replicas':2";
  const std::string one_of_two = ",'replicas':2,'minAvailable':1";
  const std::string queue = ",'annotations':{'scheduling.grove.io/volcano-queue':'fast'}";
  const std::string pair = Clique("leader") + "," + Clique("worker", ",'replicas':4,'minAvailable':1");
  return {
      {"L-020",
       "worker of a group",
       Set(pair, Groups(Group("g", "'leader','worker'"))),
       {"spec.template.cliques[1].spec.minAvailable"}},
      {"L-020", "standalone clique", Set(pair), {}},
      {"L-020", "all of them", Set(Clique("a", two), Groups(Group("g", "'a'"))), {}},
      {"L-020", "one of one", Set(Clique("a", ",'minAvailable':1"), Groups(Group("g", "'a'"))), {}},

      {"L-021", "two pods", Set(Clique("a", two)), {"spec.template.cliques[0].spec.podSpec.schedulerName"}},
      {"L-021", "one pod", Set(Clique("a", one_of_two)), {}},
      {"L-021",
       "two replicas of a group",
       Set(Clique("a"), Groups(Group("g", "'a'", ",'replicas':2,'minAvailable':2"))),
       {"spec.template.cliques[0].spec.podSpec.schedulerName"}},
      {"L-021", "scheduler with gangs", Set(Clique("a", two)), {}, World::kKai},

      {"L-022",
       "default-scheduler",
       Set(Clique("a", "", "", Packed("'required':'host'")), Packed("'required':'rack'")),
       {"spec.template.topologyConstraint", "spec.template.cliques[0].topologyConstraint"},
       World::kDefaultTopology},
      {"L-022",
       "group",
       Set(Clique("a"), Groups(Group("g", "'a'", Packed("'required':'rack'")))),
       {"spec.template.podCliqueScalingGroups[0].topologyConstraint"},
       World::kDefaultTopology},
      {"L-022", "KAI", Set(Clique("a"), Packed("'required':'rack'")), {}, World::kKaiTopology},
      {"L-022", "no constraint", Set(Clique("a")), {}, World::kDefaultTopology},

      {"L-023",
       "default-scheduler",
       Set(Clique("a"), ",'priorityClassName':'gold'"),
       {"spec.template.priorityClassName"}},
      {"L-023", "KAI", Set(Clique("a"), ",'priorityClassName':'gold'"), {}, World::kKai},

      {"L-024",
       "an hour",
       Set(Clique("a"), ",'terminationDelay':'1h'"),
       {"spec.template.terminationDelay"},
       World::kKai},
      {"L-024",
       "the default, written",
       Set(Clique("a"), ",'terminationDelay':'4h'"),
       {"spec.template.terminationDelay"},
       World::kKai},
      {"L-024", "the default, left out", Set(Clique("a")), {}, World::kKai},
      {"L-024", "a minute", Set(Clique("a"), ",'terminationDelay':'60s'"), {}, World::kKai},
      {"L-024", "another scheduler", Set(Clique("a"), ",'terminationDelay':'1h'"), {}},

      {"L-025",
       "clique alone",
       Set(Clique("a", "", "", queue)),
       {"spec.template.cliques[0].annotations.scheduling.grove.io/volcano-queue"},
       World::kVolcano},
      {"L-025", "set too", Set(Clique("a", "", "", queue), "", queue), {}, World::kVolcano},
      {"L-025", "another scheduler", Set(Clique("a", "", "", queue)), {}},
  };
}

std::vector<Case> TopologyCases() {
  const std::string groups_prefer =
      Groups(Group("g", "'a'", ",'replicas':2,'topologyConstraint':{'pack':{'preferred':'host'}}"));
  const std::string prefer_two_of_two =
      Groups(Group("g", "'a'", ",'replicas':2,'minAvailable':2,'topologyConstraint':{'pack':{'preferred':'host'}}"));
  const World world = World::kKaiTopology;
  return {
      {"L-030",
       "set",
       Set(Clique("a"), Packed("'required':'rack','preferred':'zone'")),
       {"spec.template.topologyConstraint.pack.preferred"},
       world},
      {"L-030",
       "clique and group",
       Set(Clique("a", "", "", Packed("'required':'host','preferred':'rack'")),
           Groups(Group("g", "'a'", Packed("'required':'rack','preferred':'zone'")))),
       {"spec.template.cliques[0].topologyConstraint.pack.preferred",
        "spec.template.podCliqueScalingGroups[0].topologyConstraint.pack.preferred"},
       world},
      {"L-030", "narrower", Set(Clique("a"), Packed("'required':'zone','preferred':'rack'")), {}, world},
      {"L-030", "equal", Set(Clique("a"), Packed("'required':'rack','preferred':'rack'")), {}, world},
      {"L-030", "preferred alone", Set(Clique("a"), Packed("'preferred':'zone'")), {}, world},

      {"L-031",
       "group prefers",
       Set(Clique("a"), Packed("'required':'zone'") + groups_prefer),
       {"spec.template.podCliqueScalingGroups[0].topologyConstraint"},
       world},
      {"L-031", "no scaled replicas", Set(Clique("a"), Packed("'required':'zone'") + prefer_two_of_two), {}, world},
      {"L-031",
       "group requires",
       Set(Clique("a"),
           Packed("'required':'zone'") + Groups(Group("g", "'a'", ",'replicas':2" + Packed("'required':'rack'")))),
       {},
       world},
      {"L-031", "set prefers", Set(Clique("a"), Packed("'preferred':'zone'") + groups_prefer), {}, world},

      {"L-032",
       "scaled replicas",
       Set(Clique("a"), Packed("'required':'zone'") + Groups(Group("g", "'a'", ",'replicas':2"))),
       {"spec.template.topologyConstraint.pack.required"},
       world},
      {"L-032",
       "replicas that an autoscaler may add",
       Set(Clique("a"), Packed("'required':'zone'") + Groups(Group("g", "'a'", ",'scaleConfig':{'maxReplicas':2}"))),
       {"spec.template.topologyConstraint.pack.required"},
       world},
      {"L-032",
       "no scaled replicas",
       Set(Clique("a"), Packed("'required':'zone'") + Groups(Group("g", "'a'"))),
       {},
       world},

      {"L-033",
       "clique prefers broader",
       Set(Clique("a", "", "", ",'topologyConstraint':{'pack':{'preferred':'zone'}}"), Packed("'required':'host'")),
       {"spec.template.cliques[0].topologyConstraint.pack.preferred"},
       world},
      {"L-033",
       "clique prefers narrower",
       Set(Clique("a", "", "", ",'topologyConstraint':{'pack':{'preferred':'host'}}"), Packed("'required':'zone'")),
       {},
       world},
      {"L-033",
       "the set itself is L-030's",
       Set(Clique("a"), Packed("'required':'rack','preferred':'zone'")),
       {},
       world},
  };
}

}  // namespace grove::planner::lint
