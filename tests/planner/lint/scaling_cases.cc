#include "planner/lint/lint_case.h"

namespace grove::planner::lint {

namespace {

constexpr std::string_view kPodsMetric =
    "{'type':'Pods','pods':{'metric':{'name':'q'},'target':{'type':'AverageValue','averageValue':'1'}}}";
constexpr std::string_view kExternalMetric =
    "{'type':'External','external':{'metric':{'name':'q'},'target':{'type':'AverageValue','averageValue':'1'}}}";

std::string Scaled(std::string_view config, std::string_view members = "") {
  return Groups(Group("g", "'a'", std::string(members) + ",'scaleConfig':{" + std::string(config) + "}"));
}

std::string WithMetric(std::string_view metric) { return "'maxReplicas':3,'metrics':[" + std::string(metric) + "]"; }

}  // namespace

std::vector<Case> ScalingCases() {
  const std::string most = "spec.template.podCliqueScalingGroups[0].scaleConfig.maxReplicas";
  const std::string two = ",'replicas':2";
  const std::string per_replica = ",'resourceSharing':[{'name':'t','scope':'PerReplica'}]";
  const std::string for_all = ",'resourceSharing':[{'name':'t','scope':'AllReplicas'}]";
  const std::string hpa = ",'autoScalingConfig':{'maxReplicas':3}";
  return {
      {"L-040", "below minReplicas", Set(Clique("a"), Scaled("'minReplicas':4,'maxReplicas':2")), {most}},
      {"L-040", "left out", Set(Clique("a"), Scaled("'minReplicas':1")), {most}},
      {"L-040",
       "below replicas, which minReplicas defaults to",
       Set(Clique("a"), Scaled("'maxReplicas':2", ",'replicas':3")),
       {most}},
      {"L-040", "equal", Set(Clique("a"), Scaled("'minReplicas':2,'maxReplicas':2")), {}},

      {"L-041", "between", Set(Clique("a"), Scaled("'minReplicas':1,'maxReplicas':2", ",'replicas':3")), {most}},
      {"L-041", "equal to replicas", Set(Clique("a"), Scaled("'minReplicas':1,'maxReplicas':3", ",'replicas':3")), {}},
      {"L-041", "refused altogether", Set(Clique("a"), Scaled("'maxReplicas':2", ",'replicas':3")), {}},

      {"L-042",
       "pods",
       Set(Clique("a", two), Scaled(WithMetric(kPodsMetric))),
       {"spec.template.podCliqueScalingGroups[0].scaleConfig.metrics[0]"}},
      {"L-042", "one pod per replica", Set(Clique("a"), Scaled(WithMetric(kPodsMetric))), {}},
      {"L-042", "external", Set(Clique("a", two), Scaled(WithMetric(kExternalMetric))), {}},
      {"L-042",
       "second metric",
       Set(Clique("a", two),
           Scaled("'maxReplicas':3,'metrics':[" + std::string(kExternalMetric) + "," + std::string(kPodsMetric) + "]")),
       {"spec.template.podCliqueScalingGroups[0].scaleConfig.metrics[1]"}},

      {"L-043",
       "group",
       Set(Clique("a"), Scaled("'maxReplicas':3")),
       {"spec.template.podCliqueScalingGroups[0].scaleConfig"}},
      {"L-043", "clique", Set(Clique("a", hpa)), {"spec.template.cliques[0].spec.autoScalingConfig"}},
      {"L-043", "metric", Set(Clique("a"), Scaled(WithMetric(kExternalMetric))), {}},

      {"L-044",
       "left out in the second clique",
       Set(Clique("a", ",'minAvailable':1") + "," + Clique("b")),
       {"spec.template.cliques[1].spec.replicas"}},
      {"L-044", "written", Set(Clique("a", ",'minAvailable':1")), {}},

      {"L-045", "left out", Set(Clique("a"), "", "", ""), {"spec.replicas"}},
      {"L-045", "written", Set(Clique("a"), "", "", "'replicas':0,"), {}},

      {"L-046", "two replicas", Set(Clique("a"), "", "", "'replicas':2,"), {"spec.replicas"}},
      {"L-046", "one replica", Set(Clique("a")), {}},

      {"L-047", "autoscaled", Set(Clique("a", hpa, "", per_replica)), {"spec.template.cliques[0].resourceSharing[0]"}},
      {"L-047", "one claim for all", Set(Clique("a", hpa, "", for_all)), {}},
      {"L-047", "not scaled", Set(Clique("a", "", "", per_replica)), {}},
  };
}

}  // namespace grove::planner::lint
