// Rules of resource sharing at the set, its cliques and its scaling groups (spec 03 §5.7).
#include "model/validation/set_context.h"

namespace grove::validation {
namespace {

constexpr std::string_view kScopes[] = {"AllReplicas", "PerReplica"};

struct Entry {
  const ResourceSharing& sharing;
  bool repeated;  // the name stands in the list before
  const NameIndex& claim_template_names;
};

constexpr Rule<Entry> kEntryRules[] = {
    {"V-170", On::kCreateAndUpdate, [](const Entry& entry) { return entry.sharing.name.empty(); }, ErrorType::kRequired,
     "name", nullptr, [](const Entry&) { return std::string("must not be empty"); }},
    {"V-171", On::kCreateAndUpdate, [](const Entry& entry) { return entry.repeated && !entry.sharing.name.empty(); },
     ErrorType::kDuplicate, "name", [](const Entry& entry) { return StringValue(entry.sharing.name); },
     [](const Entry& entry) {
       return Concat({Quoted(entry.sharing.name), " stands in this list before"});
     }},
    {"V-172", On::kCreateAndUpdate,
     [](const Entry& entry) {
       return !entry.sharing.namespace_name.empty() && entry.claim_template_names.Contains(entry.sharing.name);
     },
     ErrorType::kInvalid, "namespace", [](const Entry& entry) { return StringValue(entry.sharing.namespace_name); },
     [](const Entry& entry) {
       return Concat({"must be empty: ", Quoted(entry.sharing.name), " is a claim template of this set, not of ",
                      Quoted(entry.sharing.namespace_name)});
     }},
    {"V-173", On::kCreateAndUpdate,
     [](const Entry& entry) { return entry.sharing.scope != "AllReplicas" && entry.sharing.scope != "PerReplica"; },
     ErrorType::kNotSupported, "scope", [](const Entry& entry) { return StringValue(entry.sharing.scope); },
     [](const Entry& entry) {
       return Concat({Quoted(entry.sharing.scope), " is neither AllReplicas nor PerReplica"});
     },
     kScopes},
};

// Names that a filter may hold in one of its lists, and the rule that says so.
struct FilterList {
  const std::vector<std::string>& entries;
  std::string_view member;
  const NameIndex& known;
  std::string_view rule;
  std::string_view what;  // for the detail
};

void ValidateEntries(const SetContext& context, const std::vector<ResourceSharing>& list, const FieldPath& path) {
  const NameIndex names(
      CollectNames(
          list, [](const ResourceSharing& sharing) { return std::string_view(sharing.name); }, context.scratch),
      context.scratch);
  for (std::size_t n = 0; n < list.size(); ++n) {
    const Entry entry{list[n], names.IsRepetition(n), context.claim_template_names};
    Apply<Entry>(kEntryRules, context.operation, entry, path.Index(n), context.findings);
  }
}

// V-175, V-176, V-178.
void ValidateFilterList(const SetContext& context, const FilterList& list, const FieldPath& filter) {
  const FieldPath path = filter.Child(list.member);
  for (std::size_t m = 0; m < list.entries.size(); ++m) {
    if (list.known.Contains(list.entries[m])) continue;
    context.findings.Add(ErrorType::kNotFound, path.Index(m), list.entries[m], list.rule,
                         Concat({Quoted(list.entries[m]), " is no ", list.what}));
    context.findings.SuggestFrom(list.known.names(), list.entries[m]);
  }
}

// V-174 and V-177 share their text: which lists count differs.
void ReportEmptyFilter(const SetContext& context, const FieldPath& filter, std::string_view rule) {
  context.findings.Add(ErrorType::kRequired, filter, rule, "must name something where it is present");
}

}  // namespace

void ValidateSetSharing(const SetContext& context) {
  const std::vector<ResourceSharing>& list = context.template_spec.resource_sharing;
  if (list.empty()) return;
  const FieldPath root;
  const FieldPath path = root.Child("spec.template.resourceSharing");
  ValidateEntries(context, list, path);
  for (std::size_t n = 0; n < list.size(); ++n) {
    if (!list[n].filter.has_value()) continue;
    const ResourceSharingFilter& filter = *list[n].filter;
    const FieldPath element = path.Index(n);
    const FieldPath filter_path = element.Child("filter");
    if (filter.child_clique_names.empty() && filter.child_scaling_group_names.empty()) {
      ReportEmptyFilter(context, filter_path, "V-174");
    }
    const FilterList lists[] = {
        {filter.child_clique_names, "childCliqueNames", context.clique_names, "V-175", "clique of the set"},
        {filter.child_scaling_group_names, "childScalingGroupNames", context.group_names, "V-176",
         "scaling group of the set"},
    };
    for (const FilterList& names : lists) ValidateFilterList(context, names, filter_path);
  }
}

void ValidateCliqueSharing(const SetContext& context, const PodCliqueTemplateSpec& clique, const FieldPath& path) {
  if (!clique.resource_sharing.empty()) {
    ValidateEntries(context, clique.resource_sharing, path.Child("resourceSharing"));
  }
}

void ValidateGroupSharing(const SetContext& context, const PodCliqueScalingGroupConfig& group, const FieldPath& path) {
  const std::vector<ResourceSharing>& list = group.resource_sharing;
  if (list.empty()) return;
  const FieldPath list_path = path.Child("resourceSharing");
  ValidateEntries(context, list, list_path);
  const NameIndex members(group.clique_names, context.scratch);
  for (std::size_t n = 0; n < list.size(); ++n) {
    if (!list[n].filter.has_value()) continue;
    const std::vector<std::string>& names = list[n].filter->child_clique_names;
    const FieldPath element = list_path.Index(n);
    const FieldPath filter_path = element.Child("filter");
    if (names.empty()) ReportEmptyFilter(context, filter_path, "V-177");
    ValidateFilterList(context, {names, "childCliqueNames", members, "V-178", "clique of this scaling group"},
                       filter_path);
  }
}

}  // namespace grove::validation
