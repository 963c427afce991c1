#include "model/naming.h"

#include "absl/strings/str_cat.h"

namespace grove::naming {
namespace {

// The two string_view types differ where Abseil was built for C++14.
absl::string_view View(std::string_view text) { return {text.data(), text.size()}; }

}  // namespace

std::string ReplicaName(std::string_view set, std::int64_t replica) { return absl::StrCat(View(set), "-", replica); }

std::string ServiceAddress(std::string_view replica_name, std::string_view namespace_name) {
  return absl::StrCat(View(replica_name), ".", View(namespace_name), ".svc.cluster.local");
}

std::string ChildName(std::string_view set, std::int64_t replica, std::string_view child) {
  return absl::StrCat(View(set), "-", replica, "-", View(child));
}

std::string MemberName(std::string_view group_object, std::int64_t group_replica, std::string_view clique) {
  return absl::StrCat(View(group_object), "-", group_replica, "-", View(clique));
}

std::string ScaledGangName(std::string_view group_object, std::int64_t k) {
  return absl::StrCat(View(group_object), "-", k);
}

std::string RoleName(std::string_view set) { return absl::StrCat("grove.io:pcs:", View(set)); }

std::string TokenSecretName(std::string_view set) { return absl::StrCat(View(set), "-ic-sat"); }

}  // namespace grove::naming
