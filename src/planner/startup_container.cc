#include "planner/startup_container.h"

#include <vector>

#include "model/naming.h"
#include "planner/environment.h"
#include "planner/node_builder.h"

namespace grove::planner {

using internal::Node;
using internal::Storage;
using internal::StringNode;

namespace {

constexpr std::string_view kContainerName = "grove-initc";
constexpr std::string_view kTokenVolume = "sa-token-secret-vol";
constexpr std::string_view kPodInfoVolume = "pod-info-vol";
constexpr std::string_view kTokenPath = "/var/run/secrets/kubernetes.io/serviceaccount";
constexpr std::string_view kPodInfoPath = "/var/grove/pod-info";

Node TokenVolume(const Context& context, Storage& storage) {
  const Node secret_name = storage.CopyString(naming::TokenSecretName(context.name()));
  const Node secret = MakeObject(
      storage, {MakeMember("secretName", secret_name), MakeMember("defaultMode", internal::NumberNode("420"))});
  return MakeObject(storage, {MakeMember("name", StringNode(kTokenVolume)), MakeMember("secret", secret)});
}

Node PodInfoVolume(Storage& storage) {
  const auto item = [&](std::string_view path, std::string_view field) {
    return MakeObject(storage,
                      {MakeMember("path", StringNode(path)), MakeMember("fieldRef", FieldReference(field, storage))});
  };
  const Node items = MakeArray(
      storage, {item("namespace", "metadata.namespace"), item("podgangname", LabelPath(keys::kPodGang, storage))});
  const Node downward = MakeObject(storage, {MakeMember("items", items)});
  return MakeObject(storage, {MakeMember("name", StringNode(kPodInfoVolume)), MakeMember("downwardAPI", downward)});
}

Node VolumeMount(std::string_view volume, std::string_view path, Storage& storage) {
  return MakeObject(storage,
                    {MakeMember("name", StringNode(volume)), MakeMember("readOnly", internal::BooleanNode(true)),
                     MakeMember("mountPath", StringNode(path))});
}

}  // namespace

StartupContainer::StartupContainer(const Context& context) : context_(context) {
  Storage& storage = *context.storage;
  volumes_ = {TokenVolume(context, storage), PodInfoVolume(storage)};
  image_ = storage.CopyString(context.options.init_container_image + ":" + context.options.init_container_version);
  volume_mounts_ = MakeArray(
      storage, {VolumeMount(kPodInfoVolume, kPodInfoPath, storage), VolumeMount(kTokenVolume, kTokenPath, storage)});
}

std::optional<Node> StartupContainer::Make(std::span<const std::string> starts_after) const {
  Storage& storage = *context_.storage;
  std::vector<Node> arguments;
  arguments.reserve(starts_after.size());
  for (const std::string& parent : starts_after) {
    const std::uint32_t source = SourceTemplate(context_, parent);
    if (source == kNone) return std::nullopt;
    const PodCliqueSpec& spec = context_.cliques[source].config->spec;
    const std::int32_t ready = spec.min_available.value_or(spec.replicas);
    arguments.push_back(storage.CopyString("--podcliques=" + parent + ":" + std::to_string(ready)));
  }
  return MakeObject(storage,
                    {MakeMember("name", StringNode(kContainerName)), MakeMember("image", image_),
                     MakeMember("args", storage.MakeArray(arguments)), MakeMember("resources", internal::EmptyObject()),
                     MakeMember("volumeMounts", volume_mounts_)});
}

}  // namespace grove::planner
