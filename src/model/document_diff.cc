#include "model/document_diff.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "grove/diff.hpp"

namespace grove {
namespace internal {
namespace {

// Below it an empty object says something: `emptyDir: {}`.
constexpr std::string_view kVolumes = "volumes";

bool SameMembers(const Node& before, const Node& after, bool strict) {
  const auto same = [&](const Node& one, const Node& other) {
    return std::ranges::all_of(Members(one), [&](const Member& member) {
      const std::string_view key = Text(member.key);
      return SameContent(&member.value, Find(other, key), strict || key == kVolumes);
    });
  };
  return same(before, after) && same(after, before);
}

}  // namespace

bool SaysNothing(const Node* node) {
  return node == nullptr || IsNull(*node) || ((IsObject(*node) || IsArray(*node)) && node->size == 0);
}

bool SameContent(const Node* before, const Node* after, bool strict) {
  if (before == nullptr || after == nullptr)
    return strict ? before == after : SaysNothing(before) && SaysNothing(after);
  if (!strict && SaysNothing(before) && SaysNothing(after)) return true;
  if (KindOf(*before) != KindOf(*after)) return false;
  if (IsObject(*before)) return SameMembers(*before, *after, strict);
  if (!IsArray(*before)) return NodesEqual(*before, *after);
  return std::ranges::equal(Elements(*before), Elements(*after),
                            [&](const Node& a, const Node& b) { return SameContent(&a, &b, strict); });
}

std::optional<Node> MergePatchNode(const Node* before, const Node* after, Storage& storage, bool strict) {
  if (SameContent(before, after, strict)) return std::nullopt;
  if (after == nullptr) return Node{};
  if (before == nullptr || !IsObject(*before) || !IsObject(*after)) return *after;
  std::vector<Member> members;
  const auto add = [&](const Member& member, const Node* old_value, const Node* new_value) {
    const bool below_volumes = strict || Text(member.key) == kVolumes;
    const std::optional<Node> patch = MergePatchNode(old_value, new_value, storage, below_volumes);
    if (patch.has_value()) members.push_back({member.key, *patch});
  };
  for (const Member& member : Members(*before)) add(member, &member.value, Find(*after, Text(member.key)));
  for (const Member& member : Members(*after)) {
    if (Find(*before, Text(member.key)) == nullptr) add(member, nullptr, &member.value);
  }
  return storage.MakeObject(members);
}

}  // namespace internal

namespace {

using internal::Elements;
using internal::Find;
using internal::Member;
using internal::Members;
using internal::Node;
using internal::Text;

// The names of the elements if every one has its own; else empty.
std::vector<std::string_view> NamesOf(const Node& list) {
  std::vector<std::string_view> names;
  std::set<std::string_view> seen;
  for (const Node& element : Elements(list)) {
    const Node* name = Find(element, "name");
    if (name == nullptr || !internal::IsString(*name) || !seen.insert(Text(*name)).second) return {};
    names.push_back(Text(*name));
  }
  return names;
}

bool IsPlainKey(std::string_view key) {
  return !key.empty() && std::ranges::all_of(key, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
}

class Comparison {
 public:
  Comparison(const Value& before, const Value& after) : before_(before), after_(after) {}

  std::vector<FieldChange> Run() {
    Compare("", &before_.node(), &after_.node(), false);
    return std::move(changes_);
  }

 private:
  void Compare(const std::string& path, const Node* before, const Node* after, bool strict) {
    if (internal::SameContent(before, after, strict)) return;
    if (before != nullptr && after != nullptr && before->kind == after->kind) {
      if (internal::IsObject(*before)) return CompareMembers(path, *before, *after, strict);
      if (internal::IsArray(*before)) return CompareElements(path, *before, *after, strict);
    }
    FieldChange& change = changes_.emplace_back();
    change.path = path;
    if (before != nullptr) change.before = Value(*before, before_.storage());
    if (after != nullptr) change.after = Value(*after, after_.storage());
  }

  void CompareMembers(const std::string& path, const Node& before, const Node& after, bool strict) {
    const auto below = [&](std::string_view key) {
      if (!IsPlainKey(key)) return path + "[" + std::string(key) + "]";
      return path.empty() ? std::string(key) : path + "." + std::string(key);
    };
    for (const Member& member : Members(before)) {
      const std::string_view key = Text(member.key);
      Compare(below(key), &member.value, Find(after, key), strict || key == "volumes");
    }
    for (const Member& member : Members(after)) {
      const std::string_view key = Text(member.key);
      if (Find(before, key) == nullptr) Compare(below(key), nullptr, &member.value, strict || key == "volumes");
    }
  }

  void CompareElements(const std::string& path, const Node& before, const Node& after, bool strict) {
    const std::vector<std::string_view> old_names = NamesOf(before);
    const std::vector<std::string_view> new_names = NamesOf(after);
    const bool named = old_names.size() == before.size && new_names.size() == after.size;
    const std::size_t reported = changes_.size();
    if (named) {
      CompareNamed(path, before, after, old_names, new_names, strict);
    } else {
      for (std::size_t i = 0; i < std::max(before.size, after.size); ++i) {
        Compare(path + "[" + std::to_string(i) + "]", i < before.size ? &Elements(before)[i] : nullptr,
                i < after.size ? &Elements(after)[i] : nullptr, strict);
      }
    }
    if (changes_.size() > reported) return;
    // The same elements in another order.
    changes_.push_back({path, Value(before, before_.storage()), Value(after, after_.storage())});
  }

  void CompareNamed(const std::string& path, const Node& before, const Node& after,
                    const std::vector<std::string_view>& old_names, const std::vector<std::string_view>& new_names,
                    bool strict) {
    const auto below = [&](std::string_view name) { return path + "[name=" + std::string(name) + "]"; };
    for (std::size_t i = 0; i < old_names.size(); ++i) {
      const auto found = std::ranges::find(new_names, old_names[i]);
      const Node* other = found == new_names.end() ? nullptr : &Elements(after)[found - new_names.begin()];
      Compare(below(old_names[i]), &Elements(before)[i], other, strict);
    }
    for (std::size_t i = 0; i < new_names.size(); ++i) {
      if (std::ranges::find(old_names, new_names[i]) == old_names.end()) {
        Compare(below(new_names[i]), nullptr, &Elements(after)[i], strict);
      }
    }
  }

  const Value& before_;
  const Value& after_;
  std::vector<FieldChange> changes_;
};

Node Apply(const Node* target, const Node& patch, internal::Storage& storage) {
  if (!internal::IsObject(patch)) return patch;
  std::vector<Member> members;
  if (target != nullptr) {
    for (const Member& member : Members(*target)) {
      const Node* change = Find(patch, Text(member.key));
      if (change == nullptr) {
        members.push_back(member);
      } else if (!internal::IsNull(*change)) {
        members.push_back({member.key, Apply(&member.value, *change, storage)});
      }
    }
  }
  for (const Member& member : Members(patch)) {
    const bool exists = target != nullptr && Find(*target, Text(member.key)) != nullptr;
    if (!exists && !internal::IsNull(member.value)) {
      members.push_back({member.key, Apply(nullptr, member.value, storage)});
    }
  }
  return storage.MakeObject(members);
}

std::shared_ptr<internal::Storage> StorageKeeping(const Value& one, const Value& other) {
  auto storage = std::make_shared<internal::Storage>();
  storage->Keep(one.storage());
  storage->Keep(other.storage());
  return storage;
}

}  // namespace

std::vector<FieldChange> CompareDocuments(const Value& before, const Value& after) {
  return Comparison(before, after).Run();
}

std::optional<Value> MergePatchOf(const Value& before, const Value& after) {
  const std::shared_ptr<internal::Storage> storage = StorageKeeping(before, after);
  const std::optional<Node> patch = internal::MergePatchNode(&before.node(), &after.node(), *storage);
  if (!patch.has_value()) return std::nullopt;
  return Value(*patch, storage);
}

Value ApplyMergePatch(const Value& target, const Value& patch) {
  const std::shared_ptr<internal::Storage> storage = StorageKeeping(target, patch);
  return Value(Apply(&target.node(), patch.node(), *storage), storage);
}

}  // namespace grove
