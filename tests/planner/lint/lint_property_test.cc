// The rules about names and startup order against the expansion itself, on sets whose names are made to clash.
#include <algorithm>
#include <cstdint>
#include <map>
#include <set>

#include <gtest/gtest.h>

#include "grove/expansion.hpp"
#include "grove/lint.hpp"

#include "planner/expansion_context.h"
#include "planner/lint/lint_case.h"
#include "planner/startup_order.h"

namespace grove::planner::lint {
namespace {

using Fields = std::set<std::string>;

// Numbers that look random and are the same every time.
class Numbers {
 public:
  explicit Numbers(std::uint64_t seed) : state_(seed * 2 + 1) {}
  std::uint32_t Below(std::uint32_t bound) {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return static_cast<std::uint32_t>(state_ >> 33) % bound;
  }

 private:
  std::uint64_t state_;
};

std::string ClashingName(Numbers& numbers) {
  static constexpr std::string_view kPieces[] = {"a", "b", "g", "x", "0", "1", "0-a", "g-0"};
  std::string name(kPieces[numbers.Below(8)]);
  for (std::uint32_t more = numbers.Below(3); more > 0; --more) {
    if (numbers.Below(2) == 0) name += '-';
    name += kPieces[numbers.Below(8)];
  }
  return name;
}

std::string Number(std::string_view key, std::uint32_t value) {
  return ",'" + std::string(key) + "':" + std::to_string(value);
}

// A set of up to five cliques, the first of them in up to two groups.
std::string ClashingSet(Numbers& numbers) {
  std::vector<std::string> names;
  while (names.size() < 2 + numbers.Below(4)) {
    std::string name = ClashingName(numbers);
    if (std::ranges::find(names, name) == names.end()) names.push_back(std::move(name));
  }
  std::string cliques;
  for (const std::string& name : names) cliques += (cliques.empty() ? "" : ",") + Clique(name);
  std::string groups;
  for (std::size_t taken = 0; groups.size() < 200 && taken + 1 < names.size() && numbers.Below(3) > 0;) {
    std::string members = "'" + names[taken++] + "'";
    if (taken + 1 < names.size() && numbers.Below(2) == 0) members += ",'" + names[taken++] + "'";
    const std::uint32_t replicas = 1 + numbers.Below(3);
    groups += (groups.empty() ? "" : ",") +
              Group(ClashingName(numbers) + std::to_string(taken), members,
                    Number("replicas", replicas) + Number("minAvailable", 1 + numbers.Below(replicas)));
  }
  return Set(cliques, std::string(kInOrder) + Groups(groups), "",
             "'replicas':" + std::to_string(1 + numbers.Below(3)) + ",");
}

template <class Visit>
void ForEachKey(const Context& context, const Visit& visit) {
  for (std::int32_t r = 0; r < context.set.spec.replicas; ++r) {
    ForEachStandalone(context, r, visit);
    for (std::uint32_t g = 0; g < context.groups.size(); ++g) ForEachMember(context, r, g, visit);
  }
}

std::string NameField(std::uint32_t clique) { return "spec.template.cliques[" + std::to_string(clique) + "].name"; }

// Cliques with a PodClique that is built from another template.
Fields Captured(const Context& context) {
  Fields fields;
  ForEachKey(context, [&](const PodCliqueKey& key) {
    if (SourceTemplate(context, PodCliqueName(context, key)) != key.clique) fields.insert(NameField(key.clique));
  });
  return fields;
}

// Cliques with a PodClique whose name another one has already.
Fields Shadowed(const Context& context) {
  Fields fields;
  for (const ScalingGroup& group : context.groups) {
    for (const auto& [replica, clique] : group.shadowed) fields.insert(NameField(clique));
  }
  return fields;
}

// Cliques that others wait for and whose names pods of others in the gang begin with.
Fields Miscounted(const Context& context) {
  Fields fields;
  const StartupOrder order(context);
  Fields parents;
  ForEachKey(context, [&](const PodCliqueKey& key) {
    if (key.replica == 0 && context.IsBase(key)) {
      for (const std::string& parent : order.StartsAfter(key, key.clique)) parents.insert(parent);
    }
  });
  ForEachKey(context, [&](const PodCliqueKey& parent) {
    const std::string name = PodCliqueName(context, parent);
    if (parent.replica != 0 || !parents.contains(name)) return;
    ForEachKey(context, [&](const PodCliqueKey& other) {
      if (other.replica == 0 && context.IsBase(other) && other.clique != parent.clique &&
          PodCliqueName(context, other).starts_with(name)) {
        fields.insert(NameField(parent.clique));
      }
    });
  });
  return fields;
}

// Cliques of scaled replicas that wait for fewer others than in base replicas.
Fields LosingEdges(const Context& context) {
  Fields fields;
  const StartupOrder order(context);
  ForEachKey(context, [&](const PodCliqueKey& key) {
    if (context.IsBase(key) || key.clique == 0) return;
    if (order.StartsAfter(key, key.clique).empty()) fields.insert(NameField(key.clique));
  });
  return fields;
}

TEST(LintProperties, AgreeWithTheExpansion) {
  constexpr std::uint64_t kSets = 3000;
  std::size_t findings = 0;
  for (std::uint64_t seed = 0; seed < kSets; ++seed) {
    Numbers numbers(seed);
    std::string text = ClashingSet(numbers);
    std::ranges::replace(text, '\'', '"');
    const Admission admission = Admit(Value::FromJson(text));
    ASSERT_TRUE(admission.admitted.has_value()) << text;
    const ExpansionOptions options;
    const Context context(admission.admitted->set(), admission.admitted->document(), options);
    std::map<std::string_view, Fields> found;
    for (const Finding& finding : Lint(*admission.admitted)) found[finding.rule].insert(finding.field);
    EXPECT_EQ(found["L-001"], Captured(context)) << text;
    EXPECT_EQ(found["L-062"], LosingEdges(context)) << text;
    const Fields shadowed = Shadowed(context);
    EXPECT_EQ(found["L-003"].empty(), shadowed.empty()) << text;
    // What a shadow would be called exists once.
    if (shadowed.empty()) {
      EXPECT_EQ(found["L-002"], Miscounted(context)) << text;
    }
    findings += found["L-001"].size() + found["L-002"].size() + found["L-003"].size() + found["L-062"].size();
  }
  EXPECT_GT(findings, 1000u);
}

}  // namespace
}  // namespace grove::planner::lint
