// A program with an Abseil and a protobuf of its own, that loads libgrove.so beside them: neither meets the other's.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include <dlfcn.h>
#include <google/protobuf/timestamp.pb.h>

#include "grove.h"

namespace {

constexpr char kManifest[] =
    R"({"apiVersion": "grove.io/v1alpha1", "kind": "PodCliqueSet", "metadata": {"name": "demo"}, "spec": {"replicas": 1,
    "template": {"cliques": [{"name": "worker", "spec": {"roleName": "worker", "replicas": 2, "podSpec": {"containers":
    [{"name": "main", "image": "registry.example.com/worker:1"}]}}}]}}})";

void Require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "failed: %s\n", what);
  std::exit(1);
}

// What the host does with its own copies.
std::string HostWork() {
  absl::flat_hash_map<std::string, absl::Cord> map;
  for (int i = 0; i < 1000; ++i) map[absl::StrCat("key", i)] = absl::Cord(absl::StrCat("value", i));
  absl::Status status = absl::InvalidArgumentError("host");
  status.SetPayload("type", map["key7"]);
  google::protobuf::Timestamp time;
  time.set_seconds(static_cast<std::int64_t>(map.size()));
  google::protobuf::Timestamp again;
  Require(again.ParseFromString(time.SerializeAsString()), "protobuf reads what it wrote");
  return absl::StrCat(status.ToString(), again.ShortDebugString());
}

template <class Function>
Function Find(void* library, const char* name) {
  void* symbol = dlsym(library, name);
  Require(symbol != nullptr, name);
  return reinterpret_cast<Function>(symbol);
}

std::string Expand(void* library) {
  const auto expand = Find<decltype(&grove_expand)>(library, "grove_expand");
  grove_buffer result = GROVE_BUFFER_INIT;
  Require(expand(kManifest, sizeof kManifest - 1, nullptr, 0, GROVE_FORMAT_JSON, nullptr, &result, nullptr, nullptr) ==
              GROVE_OK,
          "grove_expand");
  std::string text(result.data, result.size);
  Find<decltype(&grove_buffer_dispose)>(library, "grove_buffer_dispose")(&result);
  return text;
}

std::string Deny(void* library) {
  grove_buffer result = GROVE_BUFFER_INIT;
  grove_error* error = nullptr;
  const auto expand = Find<decltype(&grove_expand)>(library, "grove_expand");
  Require(expand("{", 1, nullptr, 0, GROVE_FORMAT_JSON, nullptr, &result, nullptr, &error) == GROVE_INVALID_ARGUMENT,
          "a malformed text is refused");
  std::string message = error->message;
  Find<decltype(&grove_error_free)>(library, "grove_error_free")(error);
  return message;
}

}  // namespace

// Prints how long loading took, in microseconds.
int main(int argc, char** argv) {
  Require(argc == 2, "usage: host LIBRARY");
  const std::string before = HostWork();
  const auto start = std::chrono::steady_clock::now();
  // Global: whatever it exported could be taken for the host's.
  void* library = dlopen(argv[1], RTLD_NOW | RTLD_GLOBAL);
  const auto end = std::chrono::steady_clock::now();
  Require(library != nullptr, "dlopen");
  const std::string objects = Expand(library);
  Require(objects.find("PodGang") != std::string::npos, "a PodGang is made");
  const std::string message = Deny(library);
  Require(HostWork() == before, "the host's own copies are untouched");
  Require(Expand(library) == objects, "equal inputs give equal bytes");
  Require(Deny(library) == message, "equal inputs give equal messages");
  std::printf("%lld\n",
              static_cast<long long>(std::chrono::duration_cast<std::chrono::microseconds>(end - start).count()));
  return 0;
}
