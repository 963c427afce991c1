#include "topology/snapshot/pod_requests.h"

#include <algorithm>

#include "grove/placement_input.hpp"

namespace grove::topology {
namespace {

constexpr std::string_view kTooMuch = "the requests of the pod add up to too much";

// Requests of `resources`, and for what has none the limit, as the API server fills it in.
bool ReadRequests(const Node* resources, const FieldPath& path, Fault& fault, ResourceAmounts& out) {
  ResourceAmounts limits;
  if (!ReadResourceList(Member(resources, "requests"), path.Child("requests"), fault, out) ||
      !ReadResourceList(Member(resources, "limits"), path.Child("limits"), fault, limits)) {
    return false;
  }
  const std::size_t stated = out.size();
  for (auto& limit : limits) {
    const auto end = out.begin() + static_cast<std::ptrdiff_t>(stated);
    const auto request = std::lower_bound(
        out.begin(), end, limit.first, [](const auto& amount, const std::string& name) { return amount.first < name; });
    if (request == end || request->first != limit.first) out.push_back(std::move(limit));
  }
  std::sort(out.begin(), out.end());
  return true;
}

bool IsRestartable(const Node& init_container) { return MemberText(&init_container, "restartPolicy") == "Always"; }

// What pods as a whole may ask for instead of their containers.
bool IsPodLevel(std::string_view name) { return name == "cpu" || name == "memory" || name.starts_with("hugepages-"); }

class Adder {
 public:
  Adder(const Node& pod_spec, const FieldPath& path, Fault& fault) : spec_(pod_spec), path_(path), fault_(fault) {}

  bool Run(ResourceAmounts& out) {
    const bool added = AddContainers() && AddInitContainers() && ApplyPodLevel() && AddOverhead();
    if (!added) return false;
    std::erase_if(running_, [](const auto& amount) { return amount.second == 0 || amount.first == "pods"; });
    out = std::move(running_);
    return true;
  }

 private:
  bool AddContainers() {
    const FieldPath list = path_.Child("containers");
    std::size_t index = 0;
    for (const Node& container : MemberElements(&spec_, "containers")) {
      const FieldPath at = list.Index(index++);
      ResourceAmounts requests;
      if (!ReadRequests(Member(&container, "resources"), at.Child("resources"), fault_, requests)) return false;
      if (!AddResources(requests, running_)) return fault_.Set(at, kTooMuch);
    }
    return true;
  }

  // Init containers run one after the other, each beside the restartable ones that stand before it.
  bool AddInitContainers() {
    const FieldPath list = path_.Child("initContainers");
    ResourceAmounts restartable;
    ResourceAmounts peak;
    std::size_t index = 0;
    for (const Node& container : MemberElements(&spec_, "initContainers")) {
      const FieldPath at = list.Index(index++);
      ResourceAmounts requests;
      if (!ReadRequests(Member(&container, "resources"), at.Child("resources"), fault_, requests)) return false;
      bool fits = true;
      if (IsRestartable(container)) {
        fits = AddResources(requests, running_) && AddResources(requests, restartable);
        requests = restartable;
      } else {
        fits = AddResources(restartable, requests);
      }
      if (!fits) return fault_.Set(at, kTooMuch);
      MaxResources(requests, peak);
    }
    MaxResources(peak, running_);
    return true;
  }

  bool ApplyPodLevel() {
    const FieldPath path = path_.Child("resources");
    ResourceAmounts requests;
    ResourceAmounts limits;
    const Node* resources = Member(&spec_, "resources");
    if (!ReadResourceList(Member(resources, "requests"), path.Child("requests"), fault_, requests) ||
        !ReadResourceList(Member(resources, "limits"), path.Child("limits"), fault_, limits)) {
      return false;
    }
    for (auto& [name, amount] : limits) {
      const auto has_name = [&wanted = name](const auto& entry) { return entry.first == wanted; };
      if (std::ranges::none_of(requests, has_name) && std::ranges::none_of(running_, has_name)) {
        requests.emplace_back(name, amount);
      }
    }
    std::erase_if(requests, [](const auto& amount) { return !IsPodLevel(amount.first); });
    std::erase_if(running_, [&](const auto& amount) {
      return std::ranges::any_of(requests, [&](const auto& r) { return r.first == amount.first; });
    });
    std::sort(requests.begin(), requests.end());
    return AddResources(requests, running_);
  }

  bool AddOverhead() {
    const FieldPath path = path_.Child("overhead");
    ResourceAmounts overhead;
    if (!ReadResourceList(Member(&spec_, "overhead"), path, fault_, overhead)) return false;
    return AddResources(overhead, running_) || fault_.Set(path, kTooMuch);
  }

  const Node& spec_;
  const FieldPath& path_;
  Fault& fault_;
  ResourceAmounts running_;
};

}  // namespace

bool ReadPodRequests(const Node& pod_spec, const FieldPath& path, Fault& fault, ResourceAmounts& out) {
  return Adder(pod_spec, path, fault).Run(out);
}

}  // namespace grove::topology

namespace grove {

std::optional<ResourceAmounts> PodRequests(const Value& pod_spec, PlacementInputError& error) {
  topology::Fault fault;
  ResourceAmounts requests;
  if (topology::ReadPodRequests(pod_spec.node(), FieldPath(), fault, requests)) return requests;
  error = {std::nullopt, std::move(fault.field), std::move(fault.message)};
  return std::nullopt;
}

}  // namespace grove
