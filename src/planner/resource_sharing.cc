#include "planner/resource_sharing.h"

#include <algorithm>

#include "model/kubernetes/kubernetes_schema.h"
#include "model/naming.h"
#include "planner/written_form.h"

namespace grove::planner {

namespace {

const Value* FindTemplateSpec(const ResourceSharing& sharing, const PodCliqueSet& set,
                              std::span<const ResourceClaimTemplate> external) {
  if (sharing.namespace_name.empty()) {
    for (const ResourceClaimTemplateConfig& own : set.spec.template_spec.resource_claim_templates) {
      if (own.name == sharing.name) return &own.template_spec;
    }
  }
  const std::string& namespace_name =
      sharing.namespace_name.empty() ? set.metadata.namespace_name : sharing.namespace_name;
  const auto found = std::ranges::find_if(external, [&](const ResourceClaimTemplate& candidate) {
    return candidate.name == sharing.name && candidate.namespace_name == namespace_name;
  });
  return found == external.end() ? nullptr : &found->template_spec;
}

// Of the template only `spec` counts, not its metadata.
Value ClaimSpec(const Value& template_spec, const std::shared_ptr<internal::Storage>& storage) {
  storage->Keep(template_spec.storage());
  const internal::Node* spec = internal::Find(template_spec.node(), "spec");
  const internal::Node written =
      WrittenForm(schema::kubernetes::kResourceClaimSpec, spec == nullptr ? internal::EmptyObject() : *spec,
                  WrittenAs::kBuiltIn, *storage);
  return {written, storage};
}

bool Contains(const std::vector<std::string>& names, std::string_view name) {
  return !name.empty() && std::ranges::find(names, name) != names.end();
}

}  // namespace

std::string AllReplicasClaimName(std::string_view owner, std::string_view claim_template) {
  std::string name;
  name.reserve(owner.size() + claim_template.size() + 5);
  return name.append(owner).append("-all-").append(claim_template);
}

std::string ReplicaClaimName(std::string_view owner, std::int64_t index, std::string_view claim_template) {
  return naming::ChildName(owner, index, claim_template);
}

SharingList ResolveSharing(std::span<const ResourceSharing> list, const PodCliqueSet& set,
                           std::span<const ResourceClaimTemplate> external,
                           const std::shared_ptr<internal::Storage>& storage) {
  SharingList resolved;
  resolved.reserve(list.size());
  for (const ResourceSharing& sharing : list) {
    SharingEntry& entry = resolved.emplace_back();
    entry.sharing = &sharing;
    entry.per_replica = sharing.scope == "PerReplica";
    const Value* template_spec = FindTemplateSpec(sharing, set, external);
    if (template_spec != nullptr) entry.claim_spec = ClaimSpec(*template_spec, storage);
  }
  return resolved;
}

bool SetFilterMatches(const ResourceSharing& sharing, std::string_view clique, std::string_view group) {
  if (!sharing.filter.has_value()) return true;
  // Both names are looked for in both lists (O-28).
  const ResourceSharingFilter& filter = *sharing.filter;
  for (const std::vector<std::string>* names : {&filter.child_clique_names, &filter.child_scaling_group_names}) {
    if (Contains(*names, clique) || Contains(*names, group)) return true;
  }
  return false;
}

bool GroupFilterMatches(const ResourceSharing& sharing, std::string_view clique) {
  return !sharing.filter.has_value() || Contains(sharing.filter->child_clique_names, clique);
}

}  // namespace grove::planner
