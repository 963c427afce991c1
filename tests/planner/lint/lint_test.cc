#include "grove/lint.hpp"

#include <algorithm>
#include <set>

#include <gtest/gtest.h>

#include "grove/manifest.hpp"

#include "planner/lint/lint_case.h"

namespace grove::planner::lint {
namespace {

std::vector<Case> AllCases() {
  std::vector<Case> all;
  for (const auto family : {NameCases, GangCases, TopologyCases, ScalingCases, StartupCases, WaitingCases, PodCases}) {
    for (Case& test : family()) all.push_back(std::move(test));
  }
  return all;
}

std::string Json(std::string text) {
  std::ranges::replace(text, '\'', '"');
  return text;
}

// Parsed from text, so that places are known.
Value DocumentOf(const std::string& text) {
  const ParseResult parsed = ParseManifest(Json(text));
  EXPECT_FALSE(parsed.error.has_value()) << text;
  return parsed.objects.empty() ? Value() : parsed.objects.front().document;
}

std::vector<Finding> LintAll(const Case& test, const std::vector<std::string>& disabled = {}) {
  const AdmissionContext context = ContextOf(test.world);
  const Admission admission = Admit(DocumentOf(test.set), context);
  for (const FieldError& error : admission.errors) {
    ADD_FAILURE() << test.rule << " " << test.name << ": " << FormatFieldError(error);
  }
  if (!admission.admitted.has_value()) return {};
  return Lint(*admission.admitted, context, {.least = Severity::kNote, .disabled = disabled});
}

TEST(Lint, FindsWhatEachCaseSays) {
  for (const Case& test : AllCases()) {
    std::vector<std::string> fields;
    for (const Finding& finding : LintAll(test)) {
      if (finding.rule == test.rule) fields.push_back(finding.field);
    }
    EXPECT_EQ(fields, test.fields) << test.rule << ": " << test.name;
  }
}

TEST(Lint, EveryFindingIsWholeAndHasAPlace) {
  for (const Case& test : AllCases()) {
    for (const Finding& finding : LintAll(test)) {
      const std::string what = std::string(finding.rule) + " of " + test.name;
      EXPECT_FALSE(finding.detail.empty()) << what;
      EXPECT_FALSE(finding.help.empty()) << what;
      EXPECT_EQ(finding.detail.find('\n'), std::string::npos) << what;
      EXPECT_EQ(finding.help.find('\n'), std::string::npos) << what;
      EXPECT_EQ(finding.location.line, 1u) << what;
      EXPECT_GT(finding.location.column, 0u) << what;
    }
  }
}

// Rules about topology bindings have their own test.
bool IsAboutSets(const LintRule& rule) { return rule.id != "L-034" && rule.id != "L-035"; }

TEST(Lint, EveryRuleHasACaseAndANearMiss) {
  std::set<std::string_view> found;
  std::set<std::string_view> missed;
  for (const Case& test : AllCases()) {
    EXPECT_NE(FindLintRule(test.rule), nullptr) << test.rule;
    (test.fields.empty() ? missed : found).insert(test.rule);
  }
  for (const LintRule& rule : LintRules()) {
    if (!IsAboutSets(rule)) continue;
    EXPECT_TRUE(found.contains(rule.id)) << rule.id;
    EXPECT_TRUE(missed.contains(rule.id)) << rule.id;
  }
}

TEST(Lint, ADisabledRuleFindsNothingAndOthersTheSame) {
  for (const Case& test : AllCases()) {
    if (test.fields.empty()) continue;
    std::vector<std::string> with;
    std::vector<std::string> without;
    for (const Finding& finding : LintAll(test)) {
      if (finding.rule != test.rule) with.push_back(finding.field + finding.detail);
    }
    for (const Finding& finding : LintAll(test, {std::string(test.rule), "L-999"})) {
      EXPECT_NE(finding.rule, test.rule) << test.name;
      without.push_back(finding.field + finding.detail);
    }
    EXPECT_EQ(with, without) << test.rule << ": " << test.name;
  }
}

TEST(Lint, NotesAreLeftOutUnlessAskedFor) {
  const AdmissionContext context = ContextOf(World::kKai);
  const Admission admission = Admit(DocumentOf(Set(Clique("a"), "", "", "'replicas':2,")), context);
  ASSERT_TRUE(admission.admitted.has_value());
  EXPECT_TRUE(Lint(*admission.admitted, context).empty());
  std::vector<std::string_view> notes;
  for (const Finding& finding : Lint(*admission.admitted, context, {.least = Severity::kNote, .disabled = {}})) {
    notes.push_back(finding.rule);
  }
  EXPECT_EQ(notes, (std::vector<std::string_view>{"L-044", "L-046"}));
}

TEST(Lint, FindingsComeByIdAndField) {
  for (const Case& test : AllCases()) {
    const std::vector<Finding> findings = LintAll(test);
    EXPECT_TRUE(std::ranges::is_sorted(findings, {}, [](const Finding& finding) { return finding.rule; })) << test.name;
  }
}

// A set that no text holds: nothing is known of what its author wrote, and nothing has a place.
TEST(Lint, TakesSetsThatProgramsMake) {
  PodCliqueSet set;
  set.metadata.name = "x";
  set.metadata.namespace_name = "n";
  PodCliqueTemplateSpec& clique = set.spec.template_spec.cliques.emplace_back();
  clique.name = "a";
  clique.spec.replicas = 1;
  clique.spec.pod_spec = Value::FromJson(R"({"containers":[{"name":"c"}],"hostname":"h"})");
  const Admission admission = Admit(set);
  ASSERT_TRUE(admission.admitted.has_value());
  const std::vector<Finding> findings = Lint(*admission.admitted, {}, {.least = Severity::kNote, .disabled = {}});
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].rule, "L-080");
  EXPECT_EQ(findings[0].location, SourceLocation{});
}

struct BindingCase {
  const char* name;
  std::string spec;
  std::vector<std::string> findings;  // "<id> <field>"
  World world = World::kKai;
};

TEST(Lint, TopologyBindings) {
  std::string levels;
  for (int i = 0; i < 17; ++i) {
    levels += (i > 0 ? "," : "") + ("{'domain':'d" + std::to_string(i)) + "','key':'t/k" + std::to_string(i) + "'}";
  }
  const std::string rack = "{'domain':'rack','key':'t/rack'}";
  const std::string host = "{'domain':'host','key':'kubernetes.io/hostname'}";
  const auto bound = [&](const std::string& reference) {
    return "'levels':[" + rack +
           "],'schedulerTopologyBindings':[{'schedulerName':'kai-scheduler','topologyReference':'" + reference + "'}]";
  };
  const std::vector<BindingCase> cases = {
      {"seventeen levels", "'levels':[" + levels + "]", {"L-034 spec.levels"}},
      {"two levels", "'levels':[" + rack + "," + host + "]", {}},
      {"hostname first", "'levels':[" + host + "," + rack + "]", {"L-034 spec.levels[0].key"}},
      {"hostname first, no KAI", "'levels':[" + host + "," + rack + "]", {}, World::kPlain},
      {"other topology", bound("other"), {"L-035 spec.schedulerTopologyBindings[0].topologyReference"}},
      {"topology of that name", bound("topo"), {}},
  };
  for (const BindingCase& test : cases) {
    const AdmissionContext context = ContextOf(test.world);
    const Value document = DocumentOf(
        "{'apiVersion':'grove.io/v1alpha1','kind':'ClusterTopologyBinding','metadata':{'name':'topo'},'spec':{" +
        test.spec + "}}");
    const TopologyAdmission admission = AdmitClusterTopologyBinding(document, context);
    ASSERT_TRUE(admission.admitted.has_value()) << test.name;
    std::vector<std::string> found;
    for (const Finding& finding : Lint(*admission.admitted, admission.defaulted, context)) {
      found.push_back(std::string(finding.rule) + " " + finding.field);
      EXPECT_EQ(finding.location.line, 1u) << test.name;
    }
    EXPECT_EQ(found, test.findings) << test.name;
  }
}

TEST(Lint, VerdictsOfAWorkload) {
  const ParseResult parsed =
      ParseManifest(Json("{'apiVersion':'v1','kind':'List','items':[" + Set(Clique("a", "", ",'hostname':'h'")) + "," +
                         Set(Clique("a", ",'replicas':-1", ",'hostname':'h'"), "", "", "'replicas':1,", "denied") +
                         ",{'apiVersion':'grove.io/v1alpha1','kind':'ClusterTopologyBinding','metadata':{'name':'t'},"
                         "'spec':{'levels':[{'domain':'rack','key':'t/rack'}]}}]}"));
  ASSERT_FALSE(parsed.error.has_value());
  const Workload workload = JudgeWorkload(parsed.objects);
  ASSERT_EQ(workload.verdicts.size(), 3u);
  EXPECT_EQ(Lint(workload.verdicts[0], workload.context).size(), 1u);
  EXPECT_TRUE(Lint(workload.verdicts[1], workload.context).empty());
  EXPECT_TRUE(Lint(workload.verdicts[2], workload.context).empty());
}

TEST(LintRules, AreSortedAndDescribed) {
  ASSERT_FALSE(LintRules().empty());
  for (const LintRule& rule : LintRules()) {
    EXPECT_EQ(FindLintRule(rule.id)->id, rule.id);
    EXPECT_TRUE(rule.id.size() == 5 && rule.id.starts_with("L-")) << rule.id;
    EXPECT_FALSE(rule.title.empty() || rule.title.ends_with('.')) << rule.id;
    for (const std::string_view text : {rule.effect, rule.reason, rule.fix}) {
      EXPECT_TRUE(text.ends_with('.')) << rule.id;
      EXPECT_EQ(text.find('\n'), std::string_view::npos) << rule.id;
    }
    EXPECT_FALSE(rule.source.empty()) << rule.id;
  }
  EXPECT_EQ(std::ranges::adjacent_find(LintRules(), std::ranges::greater_equal(), &LintRule::id), LintRules().end());
  EXPECT_EQ(FindLintRule("L-000"), nullptr);
  EXPECT_EQ(FindLintRule(""), nullptr);
}

}  // namespace
}  // namespace grove::planner::lint
