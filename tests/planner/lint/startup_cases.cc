#include "planner/lint/lint_case.h"

namespace grove::planner::lint {

namespace {

std::string After(std::string_view clique) { return ",'startsAfter':['" + std::string(clique) + "']"; }

}  // namespace

std::vector<Case> StartupCases() {
  const std::string three = Clique("l") + "," + Clique("router") + "," + Clique("w");
  const std::string scaled = std::string(kInOrder) + Groups(Group("g", "'l','w'", ",'replicas':2"));
  const std::string unscaled = std::string(kInOrder) + Groups(Group("g", "'l','w'", ",'replicas':2,'minAvailable':2"));
  const std::string never = ",'restartPolicy':'Never'";
  const std::string gates = ",'readinessGates':[{'conditionType':'lb/ready'}]";
  const std::string probe = ",'containers':[{'name':'c','image':'i','readinessProbe':{'tcpSocket':{'port':80}}}]";
  const std::string hidden = ",'headlessServiceConfig':{'publishNotReadyAddresses':false}";
  const std::string shown = ",'headlessServiceConfig':{'publishNotReadyAddresses':true}";
  return {
      {"L-060",
       "any order",
       Set(Clique("a") + "," + Clique("b", After("a"))),
       {"spec.template.cliques[1].spec.startsAfter"}},
      {"L-060",
       "in order",
       Set(Clique("a") + "," + Clique("b", After("a")), kInOrder),
       {"spec.template.cliques[1].spec.startsAfter"}},
      {"L-060", "explicit", Set(Clique("a") + "," + Clique("b", After("a")), kExplicit), {}},

      {"L-061", "foreign clique between", Set(three, scaled), {"spec.template.cliques[2].name"}},
      {"L-061", "no scaled replicas", Set(three, unscaled), {}},
      {"L-061", "side by side", Set(Clique("router") + "," + Clique("l") + "," + Clique("w"), scaled), {}},
      {"L-061",
       "explicit keeps the edge",
       Set(Clique("l") + "," + Clique("router") + "," + Clique("w", After("l")),
           std::string(kExplicit) + Groups(Group("g", "'l','w'", ",'replicas':2"))),
       {}},

      {"L-062",
       "in order",
       Set(Clique("router") + "," + Clique("l") + "," + Clique("w"), scaled),
       {"spec.template.cliques[1].name"}},
      {"L-062",
       "explicit",
       Set(Clique("router") + "," + Clique("l", After("router")),
           std::string(kExplicit) + Groups(Group("g", "'l'", ",'replicas':2"))),
       {"spec.template.cliques[1].spec.startsAfter"}},
      {"L-062",
       "autoscaler adds replicas",
       Set(Clique("router") + "," + Clique("l"),
           std::string(kInOrder) + Groups(Group("g", "'l'", ",'scaleConfig':{'maxReplicas':2}"))),
       {"spec.template.cliques[1].name"}},
      {"L-062",
       "no scaled replicas",
       Set(Clique("router") + "," + Clique("l"), std::string(kInOrder) + Groups(Group("g", "'l'"))),
       {}},
      {"L-062", "group comes first", Set(Clique("l") + "," + Clique("w") + "," + Clique("router"), scaled), {}},

      {"L-063",
       "parent that ends",
       Set(Clique("load", "", never) + "," + Clique("serve"), kInOrder),
       {"spec.template.cliques[0].spec.podSpec.restartPolicy"}},
      {"L-063", "child that ends", Set(Clique("serve") + "," + Clique("load", "", never), kInOrder), {}},
      {"L-063", "any order", Set(Clique("load", "", never) + "," + Clique("serve")), {}},

      {"L-064",
       "parent with a gate",
       Set(Clique("a", "", gates) + "," + Clique("b"), kInOrder),
       {"spec.template.cliques[0].spec.podSpec.readinessGates"}},
      {"L-064", "child with a gate", Set(Clique("a") + "," + Clique("b", "", gates), kInOrder), {}},

      {"L-065",
       "parent without probe",
       Set(Clique("a") + "," + Clique("b"), kInOrder),
       {"spec.template.cliques[0].spec.podSpec.containers"}},
      {"L-065", "parent with probe", Set(Clique("a", "", probe) + "," + Clique("b"), kInOrder), {}},

      {"L-066",
       "group of two",
       Set(Clique("l") + "," + Clique("w"), hidden + Groups(Group("g", "'l','w'"))),
       {"spec.template.headlessServiceConfig.publishNotReadyAddresses"}},
      {"L-066", "published", Set(Clique("l") + "," + Clique("w"), shown + Groups(Group("g", "'l','w'"))), {}},
      {"L-066", "no group", Set(Clique("l") + "," + Clique("w"), hidden), {}},
  };
}

std::vector<Case> WaitingCases() {
  const std::string shared = ",'resourceSharing':[{'name':'t','scope':'AllReplicas'}]";
  const std::string apart = ",'resourceSharing':[{'name':'t','scope':'PerReplica'}]";
  const std::string filtered =
      ",'resourceSharing':[{'name':'t','scope':'AllReplicas','filter':{'childCliqueNames':['b']}}]";
  const std::string many = ",'replicas':257,'minAvailable':1";
  const std::string init = ",'initContainers':[{'name':'grove-initc','image':'i'}]";
  const std::string volume = ",'volumes':[{'name':'v','emptyDir':{}},{'name':'pod-info-vol','emptyDir':{}}]";
  const std::string guaranteed =
      ",'containers':[{'name':'c','image':'i','resources':{'limits':{'cpu':'1','memory':'1Gi'},'requests':{'cpu':'"
      "1000m'}}}]";
  const std::string burstable =
      ",'containers':[{'name':'c','image':'i','resources':{'limits':{'cpu':'1','memory':'1Gi'},'requests':{'cpu':'500m'"
      "}}}]";
  return {
      {"L-070",
       "257 pods of a clique",
       Set(Clique("a", many, "", shared)),
       {"spec.template.cliques[0].resourceSharing[0]"}},
      {"L-070", "256 pods", Set(Clique("a", ",'replicas':256,'minAvailable':1", "", shared)), {}},
      {"L-070", "one claim each", Set(Clique("a", many, "", apart)), {}},
      {"L-070",
       "replicas of the set",
       Set(Clique("a", ",'replicas':100"), shared, "", "'replicas':3,"),
       {"spec.template.resourceSharing[0]"}},
      {"L-070", "per replica of the set", Set(Clique("a", ",'replicas':100"), apart, "", "'replicas':3,"), {}},
      {"L-070",
       "replicas of a group",
       Set(Clique("a", ",'replicas':100"), Groups(Group("g", "'a'", ",'replicas':3" + shared))),
       {"spec.template.podCliqueScalingGroups[0].resourceSharing[0]"}},
      {"L-070", "filter leaves few", Set(Clique("a", many) + "," + Clique("b"), filtered), {}},

      {"L-071",
       "child and parent",
       Set(Clique("a") + "," + Clique("b"), std::string(kInOrder) + shared),
       {"spec.template.resourceSharing[0]"}},
      {"L-071", "any order", Set(Clique("a") + "," + Clique("b"), shared), {}},
      {"L-071", "gangs", Set(Clique("a") + "," + Clique("b"), std::string(kInOrder) + shared), {}, World::kKai},
      {"L-071", "child alone", Set(Clique("a") + "," + Clique("b"), std::string(kInOrder) + filtered), {}},

      {"L-072",
       "container of a clique that waits",
       Set(Clique("a") + "," + Clique("b", "", init), kInOrder),
       {"spec.template.cliques[1].spec.podSpec.initContainers[0].name"}},
      {"L-072",
       "volume of a clique that waits",
       Set(Clique("a") + "," + Clique("b", "", volume), kInOrder),
       {"spec.template.cliques[1].spec.podSpec.volumes[1].name"}},
      {"L-072", "clique that does not wait", Set(Clique("a", "", init) + "," + Clique("b"), kInOrder), {}},

      {"L-073",
       "guaranteed",
       Set(Clique("a") + "," + Clique("b", "", guaranteed), kInOrder),
       {"spec.template.cliques[1].spec.podSpec.containers"}},
      {"L-073", "burstable anyway", Set(Clique("a") + "," + Clique("b", "", burstable), kInOrder), {}},
      {"L-073", "does not wait", Set(Clique("a", "", guaranteed) + "," + Clique("b"), kInOrder), {}},
  };
}

std::vector<Case> PodCases() {
  const std::string variables =
      ",'containers':[{'name':'c','image':'i','env':[{'name':'A','value':'1'},{'name':'GROVE_PCS_NAME','value':'2'},{'"
      "name':'GROVE_PCSG_NAME','value':'3'}]}]";
  const std::string env = "spec.template.cliques[0].spec.podSpec.containers[0].env";
  const std::string gpu = ",'containers':[{'name':'c','image':'i','resources':{'limits':{'nvidia.com/gpu':'1'}}}]";
  const std::string claim = ",'resourceClaims':[{'name':'mnnvl-claim','resourceClaimTemplateName':'t'}]";
  const std::string enrolled = ",'annotations':{'grove.io/mnnvl-group':'nv'}";
  return {
      {"L-080",
       "three members",
       Set(Clique("a", "", ",'hostname':'h','subdomain':'s','schedulingGates':[{'name':'x.y/z'}]")),
       {"spec.template.cliques[0].spec.podSpec.hostname", "spec.template.cliques[0].spec.podSpec.subdomain",
        "spec.template.cliques[0].spec.podSpec.schedulingGates"}},
      {"L-080", "empty members", Set(Clique("a", "", ",'hostname':'','schedulingGates':[]")), {}},

      {"L-081", "standalone clique", Set(Clique("a", "", variables)), {env + "[1].name"}},
      {"L-081",
       "member of a group",
       Set(Clique("a", "", variables), Groups(Group("g", "'a'"))),
       {env + "[1].name", env + "[2].name"}},
      {"L-081",
       "other name",
       Set(Clique("a", "", ",'containers':[{'name':'c','image':'i','env':[{'name':'GROVE_X','value':'2'}]}]")),
       {}},

      {"L-082",
       "never",
       Set(Clique("a", "", ",'restartPolicy':'Never'")),
       {"spec.template.cliques[0].spec.podSpec.restartPolicy"}},
      {"L-082",
       "on failure",
       Set(Clique("a", "", ",'restartPolicy':'OnFailure'")),
       {"spec.template.cliques[0].spec.podSpec.restartPolicy"}},
      {"L-082", "always", Set(Clique("a", "", ",'restartPolicy':'Always'")), {}},

      {"L-083",
       "own claim",
       Set(Clique("a", "", gpu + claim), "", enrolled),
       {"spec.template.cliques[0].spec.podSpec.resourceClaims[0].name"},
       World::kMnnvl},
      {"L-083", "not enrolled", Set(Clique("a", "", gpu + claim)), {}, World::kMnnvl},
      {"L-083", "no GPUs", Set(Clique("a", "", claim), "", enrolled), {}, World::kMnnvl},

      {"L-084",
       "no GPUs",
       Set(Clique("a", "", "", enrolled)),
       {"spec.template.cliques[0].annotations.grove.io/mnnvl-group"},
       World::kMnnvl},
      {"L-084", "GPUs", Set(Clique("a", "", gpu, enrolled)), {}, World::kMnnvl},
      {"L-084", "inherited from the set", Set(Clique("a"), "", enrolled), {}, World::kMnnvl},
  };
}

}  // namespace grove::planner::lint
