#include "grove/live_objects.hpp"

#include <functional>

#include "grove/expansion.hpp"

#include "model/codec.h"
#include "model/fields/kubernetes.h"
#include "model/fields/pod_clique.h"
#include "model/fields/pod_clique_scaling_group.h"
#include "model/fields/pod_clique_set.h"
#include "model/fields/pod_gang.h"
#include "model/fields/scheduler_objects.h"
#include "model/naming.h"
#include "model/node.h"

namespace grove {
namespace {

using internal::Find;

std::string_view TextAt(const internal::Node& object, std::string_view key) {
  const internal::Node* found = Find(object, key);
  return found == nullptr ? std::string_view{} : internal::Text(*found);
}

// Versions of a kind that Grove reads alike: served versions of built-in kinds differ in what Grove leaves alone.
std::string_view GroupOf(std::string_view api_version) {
  const std::size_t slash = api_version.find('/');
  return slash == std::string_view::npos ? std::string_view{} : api_version.substr(0, slash);
}

template <class T>
bool Is(const ManifestObject& object) {
  return object.kind == T::kKind && GroupOf(object.api_version) == GroupOf(T::kApiVersion);
}

// Kinds of the backends whose objects have no type of their own: those of the Kubernetes Workload API.
template <>
bool Is<SchedulerObject>(const ManifestObject& object) {
  return GroupOf(object.api_version) == "scheduling.k8s.io" && (object.kind == "Workload" || object.kind == "PodGroup");
}

template <class T>
T Typed(const ManifestObject& object) {
  return codec::FromValue<T>(object.document);
}
template <>
SchedulerObject Typed(const ManifestObject& object) {
  const std::optional<Value> metadata = object.document.Find("metadata");
  return {object.api_version, object.kind, codec::FromValue<ObjectMeta>(metadata.value_or(Value())), object.document};
}

// Adds the object to the list of its kind; false if it is of another one.
template <class T>
bool ReadInto(const ManifestObject& object, std::vector<T>& list) {
  if (!Is<T>(object)) return false;
  T& typed = list.emplace_back(Typed<T>(object));
  typed.metadata.namespace_name = object.namespace_name;
  return true;
}

// Calls `visit` with each list of `objects` until it returns true.
template <class Visitor>
bool AnyList(ObjectSet& objects, Visitor&& visit) {
  return visit(objects.service_accounts) || visit(objects.roles) || visit(objects.role_bindings) ||
         visit(objects.secrets) || visit(objects.services) || visit(objects.horizontal_pod_autoscalers) ||
         visit(objects.compute_domains) || visit(objects.resource_claims) || visit(objects.pod_cliques) ||
         visit(objects.pod_clique_scaling_groups) || visit(objects.pod_gangs) || visit(objects.pods) ||
         visit(objects.kai_pod_groups) || visit(objects.volcano_pod_groups) || visit(objects.scheduler_objects);
}

bool IsChildKind(const ManifestObject& object) {
  ObjectSet lists;
  return AnyList(
      lists, [&](const auto& list) { return Is<typename std::remove_cvref_t<decltype(list)>::value_type>(object); });
}

std::string_view SetOf(const ManifestObject& object) {
  if (Is<PodCliqueSet>(object)) return object.name;
  if (!IsChildKind(object)) return {};
  const internal::Node* metadata = Find(object.document.node(), "metadata");
  const internal::Node* labels = metadata == nullptr ? nullptr : Find(*metadata, "labels");
  return labels == nullptr ? std::string_view{} : TextAt(*labels, keys::kPartOf);
}

}  // namespace

ManifestObject ToManifestObject(Value document) {
  ManifestObject object;
  object.api_version = TextAt(document.node(), "apiVersion");
  object.kind = TextAt(document.node(), "kind");
  if (const internal::Node* metadata = Find(document.node(), "metadata")) {
    object.namespace_name = TextAt(*metadata, "namespace");
    object.name = TextAt(*metadata, "name");
  }
  object.document = std::move(document);
  return object;
}

LiveObjects::LiveObjects(std::span<const ManifestObject> objects) {
  for (const ManifestObject& object : objects) Add(object);
}

LiveObjects::LiveObjects(const ObjectSet& objects) {
  if (!objects.pod_clique_set.metadata.name.empty()) Add(ToManifestObject(ToValue(objects.pod_clique_set)));
  ForEachObject(objects, [&](const auto& object) { Add(ToManifestObject(ToValue(object))); });
}

void LiveObjects::Add(ManifestObject object) {
  const std::string set(SetOf(object));
  if (set.empty()) return;
  if (object.namespace_name.empty()) object.namespace_name = "default";
  std::pair key{object.namespace_name, set};
  by_set_[std::move(key)].push_back(std::move(object));
}

std::span<const ManifestObject> LiveObjects::DocumentsOf(std::string_view namespace_name,
                                                         std::string_view set_name) const {
  const auto found = by_set_.find(std::pair{std::string(namespace_name), std::string(set_name)});
  if (found == by_set_.end()) return {};
  return found->second;
}

ObjectSet LiveObjects::Of(std::string_view namespace_name, std::string_view set_name) const {
  ObjectSet objects;
  for (const ManifestObject& object : DocumentsOf(namespace_name, set_name)) {
    if (Is<PodCliqueSet>(object)) {
      objects.pod_clique_set = codec::FromValue<PodCliqueSet>(object.document);
      objects.pod_clique_set.metadata.namespace_name = object.namespace_name;
    } else {
      AnyList(objects, [&](auto& list) { return ReadInto(object, list); });
    }
  }
  return objects;
}

}  // namespace grove
