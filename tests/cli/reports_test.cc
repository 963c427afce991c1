// Reports for programs: SARIF, JUnit XML, annotations of GitHub.
#include <set>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "grove/rules.hpp"
#include "grove/value.hpp"

#include "cli/files.h"
#include "cli/manifests.h"
#include "cli/report_text.h"
#include "cli/run_command.h"

namespace grove::cli {
namespace {

using std::string_view;

std::string Both() { return SetManifest("fine") + "---\n" + kDeniedSet; }

Value At(const Value& value, string_view key) { return value.Find(key).value_or(Value()); }

string_view Text(const Value& value, string_view key) {
  const Value member = At(value, key);
  return member.text();
}

std::size_t Number(const Value& value, string_view key) {
  return static_cast<std::size_t>(std::stoul("0" + std::string(Text(value, key))));
}

bool HasMessage(const Value& value, string_view key) { return !Text(At(value, key), "text").empty(); }

// ---- SARIF: what the standard's schema and text demand of the parts that are written ----

void CheckMembers(const Value& object, const std::set<string_view>& allowed, string_view what) {
  ASSERT_TRUE(object.is_object()) << what;
  for (std::size_t i = 0; i < object.size(); ++i) EXPECT_TRUE(allowed.contains(object.key(i))) << what << object.key(i);
}

void CheckUri(string_view uri) {
  constexpr string_view kAllowed =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~:/?#[]@!$&'()*+,;=%";
  EXPECT_FALSE(uri.empty());
  EXPECT_EQ(uri.find_first_not_of(kAllowed), string_view::npos) << uri;
}

void CheckLocation(const Value& location, const Value& artifacts) {
  CheckMembers(location, {"physicalLocation", "logicalLocations"}, "location");
  const Value physical = At(location, "physicalLocation");
  CheckMembers(physical, {"artifactLocation", "region"}, "physicalLocation");
  const Value artifact = At(physical, "artifactLocation");
  CheckMembers(artifact, {"uri", "uriBaseId", "index"}, "artifactLocation");
  CheckUri(Text(artifact, "uri"));
  const std::size_t index = Number(artifact, "index");
  ASSERT_LT(index, artifacts.size());
  EXPECT_EQ(Text(At(artifacts.at(index), "location"), "uri"), Text(artifact, "uri"));
  const Value region = At(physical, "region");
  if (region.is_null()) return;
  CheckMembers(region, {"startLine", "startColumn"}, "region");
  EXPECT_GE(Number(region, "startLine"), 1u);
  EXPECT_GE(Number(region, "startColumn"), 1u);
}

void CheckRules(const Value& rules) {
  std::set<std::string> ids;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    const Value rule = rules.at(i);
    CheckMembers(rule, {"id", "shortDescription", "fullDescription", "help", "defaultConfiguration", "properties"},
                 "rule");
    EXPECT_TRUE(ids.emplace(Text(rule, "id")).second) << Text(rule, "id");
    for (const string_view text : {"shortDescription", "fullDescription", "help"}) EXPECT_TRUE(HasMessage(rule, text));
    const string_view level = At(rule, "defaultConfiguration").Find("level")->text();
    EXPECT_TRUE(level == "error" || level == "warning" || level == "note") << level;
    std::set<std::string> tags;
    const Value list = At(At(rule, "properties"), "tags");
    EXPECT_GT(list.size(), 0u);
    for (std::size_t t = 0; t < list.size(); ++t) EXPECT_TRUE(tags.emplace(list.at(t).text()).second);
  }
}

void CheckResult(const Value& result, const Value& rules, const Value& artifacts) {
  CheckMembers(result, {"ruleId", "ruleIndex", "level", "message", "locations", "partialFingerprints"}, "result");
  ASSERT_LT(Number(result, "ruleIndex"), rules.size());
  EXPECT_EQ(Text(rules.at(Number(result, "ruleIndex")), "id"), Text(result, "ruleId"));
  EXPECT_TRUE(Text(result, "level") == "error" || Text(result, "level") == "warning");
  EXPECT_TRUE(HasMessage(result, "message"));
  ASSERT_EQ(At(result, "locations").size(), 1u);
  const Value location = At(result, "locations").at(0);
  CheckLocation(location, artifacts);
  const Value logical = At(location, "logicalLocations");
  ASSERT_EQ(logical.size(), 1u);
  EXPECT_FALSE(Text(logical.at(0), "fullyQualifiedName").empty());
  EXPECT_EQ(At(At(result, "partialFingerprints"), "groveFinding/v1").text().size(), 16u);
}

// The only run of a log that keeps the standard's rules.
Value CheckedRun(const std::string& text) {
  const Value log = Value::FromJson(text);
  CheckMembers(log, {"$schema", "version", "runs"}, "log");
  EXPECT_EQ(Text(log, "version"), "2.1.0");
  EXPECT_EQ(At(log, "runs").size(), 1u);
  if (At(log, "runs").size() != 1) return {};
  const Value run = At(log, "runs").at(0);
  CheckMembers(run, {"tool", "columnKind", "originalUriBaseIds", "artifacts", "results", "invocations"}, "run");
  EXPECT_EQ(Text(run, "columnKind"), "unicodeCodePoints");
  const Value driver = At(At(run, "tool"), "driver");
  CheckMembers(driver, {"name", "semanticVersion", "rules"}, "driver");
  EXPECT_EQ(Text(driver, "name"), "grove");
  const Value rules = At(driver, "rules");
  CheckRules(rules);
  const Value artifacts = At(run, "artifacts");
  const Value results = At(run, "results");
  EXPECT_TRUE(results.is_array());
  for (std::size_t i = 0; i < results.size(); ++i) CheckResult(results.at(i), rules, artifacts);
  EXPECT_EQ(At(run, "invocations").size(), 1u);
  return run;
}

TEST(ReportsTest, Sarif) {
  const RunResult result = RunGrove({"validate", "-o", "sarif", "-"}, Both());
  EXPECT_EQ(result.code, ExitCode::kFound);
  const Value run = CheckedRun(result.out);
  EXPECT_EQ(At(run, "results").size(), 7u);
  EXPECT_TRUE(At(At(run, "invocations").at(0), "executionSuccessful").boolean());
  std::size_t rules = 0;
  for (const RuleFamily& family : RuleFamilies()) rules += family.rules.size();
  EXPECT_EQ(At(At(At(run, "tool"), "driver"), "rules").size(), rules);
  // What depends on the input; the rules have a test of their own.
  ExpectGolden("validate.sarif", result.out.substr(result.out.find("\"columnKind\"")));
}

TEST(ReportsTest, SarifOfSeveralFiles) {
  const TempFolder folder;
  folder.Write("a b.yaml", kDeniedSet);
  folder.Write("bad.yaml", "a: [");
  folder.Write("größe.json", RunGrove({"default", "-o", "json", "-"}, SetManifest("fine")).out);
  const RunResult result = RunGrove({"validate", "-q", "-o", "sarif", folder.path(), folder.path() + "/./a b.yaml"});
  EXPECT_EQ(result.code, ExitCode::kUsage);
  const Value run = CheckedRun(result.out);
  ASSERT_EQ(At(run, "artifacts").size(), 3u) << "one is named twice, by two paths";
  EXPECT_TRUE(At(At(run, "artifacts").at(0), "location").Find("uri")->text().ends_with("/a%20b.yaml"));
  EXPECT_TRUE(At(At(run, "artifacts").at(2), "location").Find("uri")->text().ends_with("/gr%C3%B6%C3%9Fe.json"));
  const Value invocation = At(run, "invocations").at(0);
  EXPECT_FALSE(At(invocation, "executionSuccessful").boolean());
  const Value notifications = At(invocation, "toolExecutionNotifications");
  ASSERT_EQ(notifications.size(), 1u);
  EXPECT_TRUE(HasMessage(notifications.at(0), "message"));
  CheckLocation(At(notifications.at(0), "locations").at(0), At(run, "artifacts"));
}

TEST(ReportsTest, SarifCountsCharacters) {
  const std::string set =
      R"({"apiVersion":"grove.io/v1alpha1","kind":"PodCliqueSet","metadata":{"name":"größe"},"spec":{"x":1}})";
  const Value run = CheckedRun(RunGrove({"validate", "-o", "sarif", "-"}, set).out);
  for (std::size_t i = 0; i < At(run, "results").size(); ++i) {
    const Value result = At(run, "results").at(i);
    if (Text(result, "ruleId") != "unknown-field") continue;
    const Value region = At(At(At(result, "locations").at(0), "physicalLocation"), "region");
    EXPECT_EQ(Number(region, "startColumn"), set.find("\"x\"") + 1 - 2);  // two characters of two bytes before
  }
}

TEST(ReportsTest, SarifFingerprintsStayWhenLinesMove) {
  const auto fingerprint = [](const std::string& text) {
    const Value run = CheckedRun(RunGrove({"validate", "-o", "sarif", "-"}, text).out);
    return At(At(run, "results").at(0), "partialFingerprints").ToJson();
  };
  EXPECT_EQ(fingerprint(kDeniedSet), fingerprint(std::string("# a remark\n\n") + kDeniedSet));
}

TEST(ReportsTest, SarifWithoutObjectsIsALog) {
  const RunResult result = RunGrove({"validate", "-o", "sarif", "-"}, "kind: ConfigMap\n");
  EXPECT_EQ(result.code, ExitCode::kUsage);
  EXPECT_EQ(At(CheckedRun(result.out), "results").size(), 0u);
}

// ---- JUnit ----

TEST(ReportsTest, Junit) {
  const RunResult result = RunGrove({"validate", "-o", "junit", "-"}, Both());
  EXPECT_EQ(result.code, ExitCode::kFound);
  ExpectGolden("validate.junit.xml", result.out);
}

TEST(ReportsTest, JunitHasASuiteForEachFile) {
  const TempFolder folder;
  const std::string first = folder.Write("1.yaml", SetManifest("a") + "---\n" + SetManifest("b"));
  folder.Write("2.yaml", "a: [");
  folder.Write("3.yaml", kDeniedSet);
  const RunResult result = RunGrove({"validate", "-q", "-o", "junit", folder.path()});
  EXPECT_EQ(result.code, ExitCode::kUsage);
  const auto has = [&](string_view part) { return result.out.find(part) != std::string::npos; };
  EXPECT_TRUE(has("<testsuite name=\"" + first + "\" tests=\"2\" failures=\"0\" errors=\"0\" skipped=\"0\">"));
  EXPECT_TRUE(has("2.yaml\" tests=\"1\" failures=\"0\" errors=\"1\" skipped=\"0\">")) << result.out;
  EXPECT_TRUE(has("3.yaml\" tests=\"1\" failures=\"1\" errors=\"0\" skipped=\"0\">")) << result.out;
  EXPECT_TRUE(has("<error type=\"unusable input\"")) << result.out;
}

TEST(ReportsTest, JunitEscapes) {
  const TempFolder folder;
  const std::string name = R"("a<&>\"'\e\x01\uFFFE ]]>")";
  const std::string file = folder.Write("a&\"b\xFF.yaml", SetManifest(name));
  const RunResult result = RunGrove({"validate", "-q", "-o", "junit", file});
  EXPECT_EQ(result.code, ExitCode::kFound);
  EXPECT_EQ(result.out.find('\x1b'), std::string::npos);
  EXPECT_EQ(result.out.find('\x01'), std::string::npos);
  EXPECT_EQ(result.out.find("\xEF\xBF\xBE"), std::string::npos);
  EXPECT_EQ(result.out.find('\xFF'), std::string::npos);
  EXPECT_NE(result.out.find("a&amp;&quot;b\xEF\xBF\xBD.yaml\""), std::string::npos) << result.out;
  EXPECT_NE(
      result.out.find("name=\"PodCliqueSet default/a&lt;&amp;&gt;&quot;'\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD ]]&gt;\""),
      std::string::npos)
      << result.out;
}

// ---- GitHub ----

TEST(ReportsTest, Github) {
  const RunResult result = RunGrove({"validate", "-o", "github", "-"}, Both());
  EXPECT_EQ(result.code, ExitCode::kFound);
  ExpectGolden("validate.github.txt", result.out);
}

TEST(ReportsTest, GithubEscapes) {
  const TempFolder folder;
  const std::string file = folder.Write("50%,a:b.yaml", SetManifest("\"a%\\r\\n::error::b\""));
  const RunResult result = RunGrove({"validate", "-q", "-o", "github", file});
  EXPECT_EQ(result.code, ExitCode::kFound);
  EXPECT_NE(result.out.find("/50%25%2Ca%3Ab.yaml,line=4,col="), std::string::npos) << result.out;
  EXPECT_NE(result.out.find("default/a%25%0D%0A::error::b: "), std::string::npos) << result.out;
  for (std::size_t at = 0; at < result.out.size(); at = result.out.find('\n', at) + 1) {
    EXPECT_TRUE(result.out.compare(at, 7, "::error") == 0 || result.out.compare(at, 9, "::warning") == 0);
  }
}

TEST(ReportsTest, GithubTellsOfUnusableInput) {
  const TempFolder folder;
  const std::string file = folder.Write("a.yaml", "x: [");
  const RunResult result = RunGrove({"validate", "-o", "github", file});
  EXPECT_EQ(result.code, ExitCode::kUsage);
  EXPECT_TRUE(result.out.starts_with("::error file=" + file + ",line=")) << result.out;
  EXPECT_NE(result.out.find(",title=unusable input::"), std::string::npos) << result.out;
}

// ---- Texts ----

TEST(ReportsTest, RelativePath) {
  EXPECT_EQ(RelativePath("a.yaml"), "a.yaml");
  EXPECT_EQ(RelativePath("./a//b/../c.yaml"), "a/c.yaml");
  EXPECT_EQ(RelativePath("../a.yaml"), "../a.yaml");
  EXPECT_EQ(RelativePath((std::filesystem::current_path() / "x" / "a.yaml").string()), "x/a.yaml");
  EXPECT_EQ(RelativePath("/nowhere/a.yaml"), "/nowhere/a.yaml");
}

TEST(ReportsTest, UriOf) {
  EXPECT_EQ(UriOf("a/b.yaml"), "a/b.yaml");
  EXPECT_EQ(UriOf("a b:c%\xFF"), "a%20b%3Ac%25%FF");
  EXPECT_EQ(UriOf("/nowhere/a.yaml"), "file:///nowhere/a.yaml");
}

TEST(ReportsTest, JsonString) {
  EXPECT_EQ(JsonString("a\"\\\n"), R"("a\"\\\n")");
  EXPECT_EQ(JsonString("a\xFF"), "\"a\xEF\xBF\xBD\"");
}

}  // namespace
}  // namespace grove::cli
