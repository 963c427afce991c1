#include "pod_spec.h"

#include <array>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "json.h"

namespace deployer {
namespace {

using grove::Value;

constexpr std::string_view kRayPort = "6379";
constexpr std::string_view kRendezvousPort = "29500";
constexpr std::string_view kSshPort = "2222";

std::string Probe(std::string_view port) {
  return Object({{"httpGet", Object({{"path", Quote("/health")}, {"port", Quote(port)}})},
                 {"periodSeconds", "10"},
                 {"failureThreshold", "60"}});
}

// What a container of the component type has if the user does not say otherwise.
Value BaseContainer(const Service& service) {
  const bool frontend = service.component_type == "frontend";
  const std::string port = frontend ? "http" : "system";
  Members members = {{"name", Quote("main")}};
  if (frontend) members.emplace_back("command", R"(["python3","-m","dynamo.frontend"])");
  members.emplace_back("ports",
                       Array({Object({{"name", Quote(port)}, {"containerPort", frontend ? "8000" : "9090"}})}));
  members.emplace_back("readinessProbe", Probe(port));
  return Value::FromJson(Object(members));
}

Value Child(const Value& object, std::string_view key) { return object.Find(key).value_or(Value()); }

// Environments, the later ones stronger; by name, so that the order in the manifest decides nothing.
std::string MergeEnvironments(const std::vector<Value>& lists) {
  std::map<std::string, std::string> merged;
  for (const Value& list : lists) {
    for (std::size_t i = 0; i < list.size(); ++i) {
      merged[std::string(Child(list.at(i), "name").text())] = list.at(i).ToJson();
    }
  }
  std::vector<std::string> out;
  for (const auto& [name, json] : merged) out.push_back(json);
  return Array(out);
}

// {cpu, memory, gpu, gpuType, custom: {...}} as Kubernetes writes resources.
std::string Amounts(const Value& stated) {
  Members members;
  const std::string gpu(Child(stated, "gpuType").text());
  for (std::size_t i = 0; i < stated.size(); ++i) {
    const std::string_view key = stated.key(i);
    const Value amount = stated.at(i);
    if (key == "gpuType") continue;
    if (key == "custom") {
      for (std::size_t c = 0; c < amount.size(); ++c) members.emplace_back(amount.key(c), amount.at(c).ToJson());
    } else {
      members.emplace_back(key == "gpu" ? (gpu.empty() ? "nvidia.com/gpu" : gpu) : key, amount.ToJson());
    }
  }
  return Object(members);
}

std::string Resources(const Value& stated) {
  Members members;
  for (const std::string_view kind : {"requests", "limits"}) {
    if (const auto amounts = stated.Find(kind)) members.emplace_back(kind, Amounts(*amounts));
  }
  return Object(members);
}

// One word of a shell's command line. What the kubelet is to replace, $(NAME), is left to it.
std::string ShellWord(std::string_view word) {
  constexpr std::string_view kPlain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:=,+@%$()";
  if (!word.empty() && word.find_first_not_of(kPlain) == std::string_view::npos) return std::string(word);
  std::string out = "'";
  for (const char c : word) {
    if (c == '\'') {
      out += "'\\''";
    } else {
      out += c;
    }
  }
  return out += '\'';
}

std::string CommandLine(const Value& container) {
  std::string out;
  for (const std::string_view key : {"command", "args"}) {
    const Value words = Child(container, key);
    for (std::size_t i = 0; i < words.size(); ++i) {
      (out += out.empty() ? "" : " ") += ShellWord(words.at(i).text());
    }
  }
  return out;
}

// The name that Grove gives a pod of this replica in DNS, as the pod itself can spell it.
std::string Address(const Service& service, PodRole role, std::int32_t index) {
  return "$(GROVE_PCSG_NAME)-$(GROVE_PCSG_INDEX)-" + CliqueName(service, role) + "-" + std::to_string(index) +
         ".$(GROVE_HEADLESS_SERVICE)";
}

std::string RayCommand(const Service& service, PodRole role, const std::string& engine) {
  if (role == PodRole::kLeader) return "ray start --head --port=" + std::string(kRayPort) + " && exec " + engine;
  return "exec ray start --block --address=" + Address(service, PodRole::kLeader, 0) + ":" + std::string(kRayPort);
}

std::string RankedCommand(const Service& service, PodRole role, const std::string& engine) {
  return "exec " + engine + " --dist-init-addr " + Address(service, PodRole::kLeader, 0) + ":" +
         std::string(kRendezvousPort) + " --nnodes " + std::to_string(service.node_count) + " --node-rank " +
         (role == PodRole::kLeader ? "0" : "$((GROVE_PCLQ_POD_INDEX + 1))");
}

std::string MpiCommand(const Service& service, PodRole role, const std::string& engine) {
  const std::string keys =
      "mkdir -p ~/.ssh && cp /ssh-pk/private.key ~/.ssh/id_rsa && cp /ssh-pk/private.key.pub ~/.ssh/authorized_keys && "
      "chmod 600 ~/.ssh/* && ";
  const std::string port(kSshPort);
  if (role == PodRole::kWorker) return keys + "ssh-keygen -A && exec /usr/sbin/sshd -D -p " + port;
  std::string hosts = Address(service, PodRole::kLeader, 0);
  for (std::int32_t i = 0; i + 1 < service.node_count; ++i) hosts += "," + Address(service, PodRole::kWorker, i);
  return keys + "exec mpirun --oversubscribe --host " + hosts + " --mca plm_rsh_args '-p " + port +
         " -o StrictHostKeyChecking=no' " + engine;
}

// How the pods of one replica become one engine.
struct MultinodeRule {
  Backend backend;
  std::string (*command)(const Service&, PodRole, const std::string& engine);
  std::string_view worker_port;  // that tells that a worker is ready; empty: it tells nothing
  bool needs_keys;
};
constexpr std::array kMultinodeRules = {
    MultinodeRule{Backend::kVllm, RayCommand, "", false},
    MultinodeRule{Backend::kSglang, RankedCommand, "", false},
    MultinodeRule{Backend::kTrtllm, MpiCommand, kSshPort, true},
};

Value SpanNodes(Value container, const Service& service, PodRole role, const MultinodeRule& rule) {
  container = With(container, {{"command", R"(["/bin/sh","-c"])"},
                               {"args", Array({Quote(rule.command(service, role, CommandLine(container)))})}});
  if (role == PodRole::kLeader) return container;
  // Only the leader serves; a merge patch removes what is null.
  const std::string ready =
      rule.worker_port.empty() ? "null" : Object({{"tcpSocket", Object({{"port", std::string(rule.worker_port)}})}});
  container = With(container, {{"livenessProbe", "null"}, {"readinessProbe", "null"}, {"startupProbe", "null"}});
  return With(container, {{"readinessProbe", ready}});
}

// The container, and with it the volumes that it mounts.
struct Volumes {
  std::vector<std::string> volumes;
  std::vector<std::string> mounts;

  void Add(std::string_view name, std::string source_kind, std::string source, std::string_view path) {
    volumes.push_back(Object({{"name", Quote(name)}, {std::move(source_kind), std::move(source)}}));
    mounts.push_back(Object({{"name", Quote(name)}, {"mountPath", Quote(path)}}));
  }
};

Volumes MakeVolumes(const Value& spec, bool keys) {
  Volumes made;
  const Value claims = Child(spec, "volumeMounts");
  for (std::size_t i = 0; i < claims.size(); ++i) {
    const std::string_view name = Child(claims.at(i), "name").text();
    made.Add(name, "persistentVolumeClaim", Object({{"claimName", Quote(name)}}),
             Child(claims.at(i), "mountPoint").text());
  }
  const Value shared = Child(spec, "sharedMemory");
  if (!Child(shared, "disabled").boolean()) {
    const Value size = Child(shared, "size");
    made.Add("shared-memory", "emptyDir",
             Object({{"medium", Quote("Memory")}, {"sizeLimit", size.is_null() ? Quote("8Gi") : size.ToJson()}}),
             "/dev/shm");
  }
  if (keys) made.Add("ssh-keys", "secret", Object({{"secretName", Quote("mpi-run-ssh-secret")}}), "/ssh-pk");
  return made;
}

Value MainContainer(const ServiceGraph& graph, const Service& service, const Value& stated) {
  const Value& spec = service.spec;
  Value container = grove::ApplyMergePatch(BaseContainer(service), stated.is_null() ? Value::FromJson("{}") : stated);
  const std::string env = MergeEnvironments({graph.envs, Child(stated, "env"), Child(spec, "envs")});
  if (env != "[]") container = With(container, {{"env", env}});
  container = With(container, {{"resources", Resources(Child(spec, "resources"))}});
  for (const std::string_view probe : {"livenessProbe", "readinessProbe"}) {
    // Whole, not merged: half of one probe and half of another is none.
    if (const auto own = spec.Find(probe)) {
      container = With(With(container, {{std::string(probe), "null"}}), {{std::string(probe), own->ToJson()}});
    }
  }
  if (const auto secret = spec.Find("envFromSecret")) {
    std::vector<std::string> sources = Elements(container.Find("envFrom"));
    sources.push_back(Object({{"secretRef", Object({{"name", secret->ToJson()}})}}));
    container = With(container, {{"envFrom", Array(sources)}});
  }
  return container;
}

}  // namespace

std::string CliqueName(const Service& service, PodRole role) {
  std::string name;
  for (const char c : service.name) name += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  if (role != PodRole::kAlone) name += role == PodRole::kLeader ? "-ldr" : "-wkr";
  return name;
}

Value MakePodSpec(const ServiceGraph& graph, const Service& service, PodRole role) {
  const Value extra = Child(service.spec, "extraPodSpec");
  Value container = MainContainer(graph, service, Child(extra, "mainContainer"));
  bool keys = false;
  for (const MultinodeRule& rule : kMultinodeRules) {
    if (role == PodRole::kAlone || rule.backend != graph.backend) continue;
    container = SpanNodes(std::move(container), service, role, rule);
    keys = rule.needs_keys;
  }
  const Volumes own = MakeVolumes(service.spec, keys);
  const auto all = [](const Value& object, std::string_view key, const std::vector<std::string>& more) {
    std::vector<std::string> list = Elements(object.Find(key));
    list.insert(list.end(), more.begin(), more.end());
    return Array(list);
  };
  if (!own.mounts.empty()) container = With(container, {{"volumeMounts", all(container, "volumeMounts", own.mounts)}});
  Members members = {{"mainContainer", "null"}, {"containers", all(extra, "containers", {container.ToJson()})}};
  if (!own.volumes.empty()) members.emplace_back("volumes", all(extra, "volumes", own.volumes));
  return With(extra.is_null() ? Value::FromJson("{}") : extra, members);
}

}  // namespace deployer
