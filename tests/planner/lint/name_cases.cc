#include "planner/lint/lint_case.h"

namespace grove::planner::lint {

std::vector<Case> NameCases() {
  const std::string hpa = ",'autoScalingConfig':{'maxReplicas':3}";
  const std::string scaled = ",'scaleConfig':{'maxReplicas':3}";
  const std::string long_claim(60, 'c');
  const std::string claim = ",'resourceClaimTemplates':[{'name':'" + long_claim +
                            "','templateSpec':{'spec':{'devices':{'requests':[{'name':'r'}]}}}}]"
                            ",'resourceSharing':[{'name':'" +
                            long_claim + "','scope':'AllReplicas'}]";
  return {
      {"L-001",
       "suffix listed first",
       Set(Clique("worker") + "," + Clique("big-worker")),
       {"spec.template.cliques[1].name"}},
      {"L-001",
       "suffix without a separator",
       Set(Clique("r") + "," + Clique("worker")),
       {"spec.template.cliques[1].name"}},
      {"L-001", "suffix listed last", Set(Clique("big-worker") + "," + Clique("worker")), {}},
      {"L-001",
       "longer name that looks like an index",
       Set(Clique("x-0-b") + "," + Clique("b")),
       {"spec.template.cliques[1].name"}},
      {"L-001", "index that does not exist", Set(Clique("x-1-b") + "," + Clique("b")), {}},
      {"L-001",
       "index of a group",
       Set(Clique("g-1-b") + "," + Clique("b"), Groups(Group("g", "'b'", ",'replicas':2"))),
       {"spec.template.cliques[1].name"}},
      {"L-001",
       "index beyond the group",
       Set(Clique("g-2-b") + "," + Clique("b"), Groups(Group("g", "'b'", ",'replicas':2"))),
       {}},

      {"L-002",
       "name that begins another one",
       Set(Clique("db") + "," + Clique("db-proxy") + "," + Clique("api", ",'startsAfter':['db']"), kExplicit),
       {"spec.template.cliques[0].name"}},
      {"L-002",
       "nobody waits for it",
       Set(Clique("db") + "," + Clique("db-proxy") + "," + Clique("api", ",'startsAfter':['db-proxy']"), kExplicit),
       {}},
      {"L-002",
       "other beginning",
       Set(Clique("db") + "," + Clique("d-proxy") + "," + Clique("api", ",'startsAfter':['db']"), kExplicit),
       {}},
      {"L-002",
       "group of that beginning",
       Set(Clique("db") + "," + Clique("m", ",'startsAfter':['db']"),
           std::string(kExplicit) + Groups(Group("dbs", "'m'"))),
       {"spec.template.cliques[0].name"}},
      {"L-002",
       "members of one group",
       Set(Clique("m") + "," + Clique("m2"), std::string(kInOrder) + Groups(Group("g", "'m','m2'"))),
       {"spec.template.cliques[0].name"}},
      {"L-002", "any order", Set(Clique("db") + "," + Clique("db-proxy")), {}},

      {"L-003",
       "standalone and member",
       Set(Clique("g-0-b") + "," + Clique("b"), Groups(Group("g", "'b'"))),
       {"spec.template.cliques[1].name"}},
      {"L-003", "index that does not exist", Set(Clique("g-1-b") + "," + Clique("b"), Groups(Group("g", "'b'"))), {}},
      {"L-003",
       "two groups",
       Set(Clique("1-b") + "," + Clique("b"), Groups(Group("g", "'1-b'") + "," + Group("g-0", "'b'", ",'replicas':2"))),
       {"spec.template.cliques[1].name"}},

      {"L-004",
       "clique and group autoscaled",
       Set(Clique("a", hpa) + "," + Clique("b"), Groups(Group("a", "'b'", scaled))),
       {"spec.template.podCliqueScalingGroups[0].name"}},
      {"L-004",
       "only the group is autoscaled",
       Set(Clique("a") + "," + Clique("b"), Groups(Group("a", "'b'", scaled))),
       {}},

      {"L-005",
       "dots everywhere",
       Set(Clique("a.b") + "," + Clique("m"), Groups(Group("g.h", "'m'")), "", "'replicas':1,", "x.y"),
       {"metadata.name", "spec.template.cliques[0].name", "spec.template.podCliqueScalingGroups[0].name"}},
      {"L-005",
       "dashes",
       Set(Clique("a-b") + "," + Clique("m"), Groups(Group("g-h", "'m'")), "", "'replicas':1,", "x-y"),
       {}},

      {"L-006", "set", Set(Clique("a"), "", "", "'replicas':1,", "7b"), {"metadata.name"}},
      {"L-006", "clique", Set(Clique("7b")), {}},

      {"L-007", "claim", Set(Clique("a"), claim), {"spec.template.resourceSharing[0].name"}},
      {"L-007", "short claim", Set(Clique("a"), ",'resourceSharing':[{'name':'t','scope':'AllReplicas'}]"), {}},
      {"L-007",
       "group without members",
       Set(Clique("a"), Groups(Group(std::string(61, 'g'), ""))),
       {"spec.template.podCliqueScalingGroups[0].name"}},
      {"L-007", "group without members that fits", Set(Clique("a"), Groups(Group(std::string(59, 'g'), ""))), {}},

      {"L-008", "default", Set(Clique("a"), "", "", "'replicas':1,", "default"), {"metadata.name"}},
      {"L-008", "default-model", Set(Clique("a"), "", "", "'replicas':1,", "default-model"), {}},

      {"L-009",
       "base gang",
       Set(Clique("a", "", "", ",'labels':{'grove.io/base-podgang':'x'}")),
       {"spec.template.cliques[0].labels.grove.io/base-podgang"}},
      {"L-009",
       "group of a standalone clique",
       Set(Clique("a", "", "", ",'labels':{'grove.io/podcliquescalinggroup':'x'}")),
       {"spec.template.cliques[0].labels.grove.io/podcliquescalinggroup"}},
      {"L-009",
       "group of a member, which Grove overwrites",
       Set(Clique("a", "", "", ",'labels':{'grove.io/podcliquescalinggroup':'x'}"), Groups(Group("g", "'a'"))),
       {}},
      {"L-009", "label of the user", Set(Clique("a", "", "", ",'labels':{'team':'x'}")), {}},
  };
}

}  // namespace grove::planner::lint
