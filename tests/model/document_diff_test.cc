// Differences of documents, and merge patches.
#include <string>
#include <vector>

#include "gtest/gtest.h"

#include "grove/diff.hpp"

namespace grove {
namespace {

struct Case {
  std::string before;
  std::string after;
  std::vector<std::string> changes;  // "path: before -> after"
};

std::vector<std::string> Lines(const std::vector<FieldChange>& changes) {
  std::vector<std::string> lines;
  for (const FieldChange& change : changes) {
    const auto text = [](const std::optional<Value>& value) { return value.has_value() ? value->ToJson() : "-"; };
    lines.push_back(change.path + ": " + text(change.before) + " -> " + text(change.after));
  }
  return lines;
}

const std::vector<Case>& Cases() {
  static const std::vector<Case> kCases = {
      {R"({"a":1})", R"({"a":1})", {}},
      {R"({"a":1,"b":2})", R"({"b":2,"a":1})", {}},
      {R"({"a":1})", R"({"a":2})", {"a: 1 -> 2"}},
      {R"({"a":1})", R"({"a":"1"})", {R"(a: 1 -> "1")"}},
      {R"({"a":{"b":1}})", R"({"a":{"c":2}})", {"a.b: 1 -> -", "a.c: - -> 2"}},
      // Nothing is said by these.
      {R"({"a":{},"b":[],"c":null})", R"({})", {}},
      {R"({"a":{}})", R"({"a":[]})", {}},
      // Below volumes an empty object says something.
      {R"({"volumes":[{"name":"x","emptyDir":{}}]})",
       R"({"volumes":[{"name":"x"}]})",
       {"volumes[name=x].emptyDir: {} -> -"}},
      {R"({"l":[1,2]})", R"({"l":[1,3,4]})", {"l[1]: 2 -> 3", "l[2]: - -> 4"}},
      {R"({"l":[{"name":"a","v":1},{"name":"b","v":1}]})",
       R"({"l":[{"name":"b","v":2},{"name":"c"}]})",
       {R"(l[name=a]: {"name":"a","v":1} -> -)", "l[name=b].v: 1 -> 2", R"(l[name=c]: - -> {"name":"c"})"}},
      // Elements of one name are told apart by place.
      {R"({"l":[{"name":"a"},{"name":"a","v":1}]})", R"({"l":[{"name":"a"},{"name":"a","v":2}]})", {"l[1].v: 1 -> 2"}},
      {R"({"l":[{"name":"a"},{"name":"b"}]})",
       R"({"l":[{"name":"b"},{"name":"a"}]})",
       {R"(l: [{"name":"a"},{"name":"b"}] -> [{"name":"b"},{"name":"a"}])"}},
      {R"({"labels":{"app.example.com/x":"1"}})",
       R"({"labels":{"app.example.com/x":"2"}})",
       {R"(labels[app.example.com/x]: "1" -> "2")"}},
      {R"({"a":[1]})", R"({"a":{"b":1}})", {R"(a: [1] -> {"b":1})"}},
  };
  return kCases;
}

TEST(CompareDocuments, Table) {
  for (const Case& test : Cases()) {
    EXPECT_EQ(Lines(CompareDocuments(Value::FromJson(test.before), Value::FromJson(test.after))), test.changes)
        << test.before << " " << test.after;
  }
}

TEST(MergePatch, LeadsFromOneToTheOther) {
  for (const Case& test : Cases()) {
    const Value before = Value::FromJson(test.before);
    const Value after = Value::FromJson(test.after);
    const std::optional<Value> patch = MergePatchOf(before, after);
    EXPECT_EQ(patch.has_value(), !test.changes.empty()) << test.before;
    if (!patch.has_value()) continue;
    EXPECT_TRUE(CompareDocuments(ApplyMergePatch(before, *patch), after).empty()) << patch->ToJson();
  }
}

struct PatchCase {
  std::string target;
  std::string patch;
  std::string result;
};

// The examples of RFC 7386, appendix A.
TEST(ApplyMergePatch, ExamplesOfTheRfc) {
  const std::vector<PatchCase> cases = {
      {R"({"a":"b"})", R"({"a":"c"})", R"({"a":"c"})"},
      {R"({"a":"b"})", R"({"b":"c"})", R"({"a":"b","b":"c"})"},
      {R"({"a":"b"})", R"({"a":null})", R"({})"},
      {R"({"a":"b","b":"c"})", R"({"a":null})", R"({"b":"c"})"},
      {R"({"a":["b"]})", R"({"a":"c"})", R"({"a":"c"})"},
      {R"({"a":"c"})", R"({"a":["b"]})", R"({"a":["b"]})"},
      {R"({"a":{"b":"c"}})", R"({"a":{"b":"d","c":null}})", R"({"a":{"b":"d"}})"},
      {R"({"a":[{"b":"c"}]})", R"({"a":[1]})", R"({"a":[1]})"},
      {R"(["a","b"])", R"(["c","d"])", R"(["c","d"])"},
      {R"({"a":"b"})", R"(["c"])", R"(["c"])"},
      {R"({"a":"foo"})", R"(null)", R"(null)"},
      {R"({"a":"foo"})", R"("bar")", R"("bar")"},
      {R"({"e":null})", R"({"a":1})", R"({"e":null,"a":1})"},
      {R"([1,2])", R"({"a":"b","c":null})", R"({"a":"b"})"},
      {R"({})", R"({"a":{"bb":{"ccc":null}}})", R"({"a":{"bb":{}}})"},
  };
  for (const PatchCase& test : cases) {
    EXPECT_EQ(ApplyMergePatch(Value::FromJson(test.target), Value::FromJson(test.patch)).ToJson(), test.result)
        << test.patch;
  }
}

}  // namespace
}  // namespace grove
