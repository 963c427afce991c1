#include "planner/pod_spec.h"

#include <string>

#include "planner/node_builder.h"

namespace grove::planner {

using internal::Node;
using internal::StringNode;

PodSpecMaker::PodSpecMaker(const PodSpecInputs& inputs, internal::Storage& storage)
    : inputs_(inputs), storage_(storage) {
  const PodCliqueTemplate& parts = *inputs.parts;
  members_.reserve(parts.pod_members.size() + 8);
  members_.push_back(MakeMember("hostname", Node{}));  // filled in per pod: keep it first
  members_.push_back(MakeMember("subdomain", inputs.subdomain));
  members_.push_back(MakeMember("schedulerName", StringNode(inputs.scheduler_name)));
  members_.push_back(MakeMember("schedulingGates", inputs.scheduling_gates));
  if (!inputs.scheduling_group.empty()) {
    const Node name = storage_.CopyString(inputs.scheduling_group);
    members_.push_back(MakeMember("schedulingGroup", MakeObject(storage_, {MakeMember("podGroupName", name)})));
  }
  members_.insert(members_.end(), parts.pod_members.begin(), parts.pod_members.end());
  std::vector<Node> volumes = parts.volumes;
  if (inputs.startup_container != nullptr) {
    volumes.insert(volumes.end(), inputs.startup_volumes.begin(), inputs.startup_volumes.end());
  }
  AddList("volumes", storage_.MakeArray(volumes));
  fixed_ = members_.size();

  pod_claims_ = parts.claims;
  if (inputs.domain_claim != nullptr) pod_claims_.push_back(*inputs.domain_claim);
  for (const std::string& name : inputs.claims->shared) AddClaim(storage_.Copy(name));
  BuildLists();
}

Node PodSpecMaker::Make(std::int64_t index) {
  std::string hostname(inputs_.pod_clique_name);
  hostname.append("-").append(std::to_string(index));
  if (!inputs_.claims->per_pod.empty()) {
    const std::size_t pod_claims = pod_claims_.size();
    const std::size_t container_claims = container_claims_.size();
    for (const SharingEntry* entry : inputs_.claims->per_pod) {
      AddClaim(storage_.Copy(ReplicaClaimName(inputs_.pod_clique_name, index, entry->sharing->name)));
    }
    BuildLists();
    pod_claims_.resize(pod_claims);
    container_claims_.resize(container_claims);
  }
  members_.front().value = storage_.CopyString(hostname);
  return storage_.MakeObject(members_);
}

void PodSpecMaker::AddClaim(std::string_view name) {
  const internal::Member name_member = MakeMember("name", StringNode(name));
  pod_claims_.push_back(MakeObject(storage_, {name_member, MakeMember("resourceClaimName", StringNode(name))}));
  container_claims_.push_back(MakeObject(storage_, {name_member}));
}

void PodSpecMaker::BuildLists() {
  members_.resize(fixed_);
  AddList("resourceClaims", storage_.MakeArray(pod_claims_));
  AddList("initContainers", BuildContainers(inputs_.parts->init_containers, inputs_.startup_container));
  AddList("containers", BuildContainers(inputs_.parts->containers, nullptr));
}

Node PodSpecMaker::BuildContainers(const std::vector<ContainerTemplate>& containers, const Node* last) const {
  const std::size_t size = containers.size() + (last == nullptr ? 0 : 1);
  Node* elements = storage_.Allocate<Node>(size);
  Node* end = elements;
  for (const ContainerTemplate& container : containers) {
    *end++ = container.Make(inputs_.variables, container_claims_, storage_);
  }
  if (last != nullptr) *end++ = *last;
  return internal::MakeNode(internal::Kind::kArray, elements, size);
}

void PodSpecMaker::AddList(std::string_view key, const Node& list) {
  if (list.size > 0) members_.push_back(MakeMember(key, list));
}

}  // namespace grove::planner
