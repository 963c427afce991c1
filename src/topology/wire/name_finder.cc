#include "topology/wire/name_finder.h"

#include "absl/strings/str_cat.h"

#include "topology/text.h"
#include "topology/wire/tables.h"

namespace grove::topology {

bool NameFinder::FindLevel(const std::string& key, const FieldPath& path, std::int32_t& to) {
  to = -1;
  if (key.empty()) return true;
  const std::optional<std::size_t> level = cluster_.FindLevel(key);
  if (!level.has_value()) return reader_.Fail(path, absl::StrCat("no level has the key ", Quoted(key)));
  to = static_cast<std::int32_t>(*level);
  return true;
}

bool NameFinder::FindScope(const Gang& gang, pb::ScopeKind kind, const std::string& name, const FieldPath& path,
                           ScopeKind& to, std::uint32_t& index) {
  const auto found = kScopeKinds.FromMessage(kind);
  if (!found.has_value()) return reader_.Fail(path.Child("kind"), "unknown kind");
  to = *found;
  index = 0;
  if (to == ScopeKind::kGang) return true;
  const std::size_t count = to == ScopeKind::kScope ? gang.scopes.size() : gang.groups.size();
  for (std::size_t i = 0; i < count; ++i, ++index) {
    if ((to == ScopeKind::kScope ? gang.scopes[i].name : gang.groups[i].name) == name) return true;
  }
  return reader_.Fail(path.Child("name"), absl::StrCat("no scope or group has the name ", Quoted(name)));
}

bool NameFinder::FindGroup(const Gang& gang, const std::string& name, const FieldPath& path, std::uint32_t& to) {
  for (to = 0; to < gang.groups.size(); ++to) {
    if (gang.groups[to].name == name) return true;
  }
  return reader_.Fail(path, absl::StrCat("no group has the name ", Quoted(name)));
}

bool NameFinder::FindDomain(const std::string& name, const FieldPath& path, DomainIndex& to) {
  if (domains_.empty()) {
    for (std::size_t i = 0; i < cluster_.domains().size(); ++i) {
      domains_.try_emplace(cluster_.domain_name(static_cast<DomainIndex>(i)), static_cast<DomainIndex>(i));
    }
  }
  const auto found = domains_.find(name);
  if (found == domains_.end()) return reader_.Fail(path, absl::StrCat("no domain has the name ", Quoted(name)));
  to = found->second;
  return true;
}

bool NameFinder::FindNode(const std::string& name, const FieldPath& path, NodeIndex& to) {
  const std::optional<NodeIndex> node = cluster_.FindNode(name);
  if (!node.has_value()) return reader_.Fail(path, absl::StrCat("no node has the name ", Quoted(name)));
  to = *node;
  return true;
}

bool NameFinder::FindGang(std::uint32_t index, const FieldPath& path, std::uint32_t& to) {
  to = index;
  if (index < request_.gangs.size()) return true;
  return reader_.Fail(path, absl::StrCat("is ", index, ", but there are ", request_.gangs.size(), " gangs"));
}

}  // namespace grove::topology
