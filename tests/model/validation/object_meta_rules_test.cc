#include <gtest/gtest.h>

#include "model/validation/printable.h"
#include "model/validation/rule_case.h"
#include "model/validation/rules.h"

namespace grove::validation {
namespace {

std::vector<std::string> FindingsOfMetadata(const std::string& json, bool namespaced = true) {
  const Value metadata = Value::FromJson(json);
  Findings findings(Stage::kWebhook);
  ValidateObjectMeta(metadata.node(), metadata.storage(), namespaced, findings);
  for (const FieldError& error : findings.errors()) EXPECT_EQ(error.rule, "V-100");
  std::vector<std::string> rendered = Rendered(findings.errors());
  for (std::string& text : rendered) text.erase(0, std::string_view("V-100 ").size());
  return rendered;
}

struct Case {
  std::string members;  // besides name and namespace
  std::vector<std::string> expected;
};

void ExpectAll(const std::vector<Case>& cases) {
  for (const Case& test : cases) {
    EXPECT_EQ(FindingsOfMetadata(R"({"name":"demo","namespace":"default",)" + test.members + "}"), test.expected)
        << test.members;
  }
}

using Strings = std::vector<std::string>;

TEST(ObjectMetaRules, NamesOfNamespacedObjects) {
  EXPECT_EQ(FindingsOfMetadata(R"({"name":"demo.0","namespace":"default"})"), Strings());
  EXPECT_EQ(FindingsOfMetadata("null"), Strings({"Required metadata.name", "Required metadata.namespace"}));
  EXPECT_EQ(FindingsOfMetadata(R"({"name":"","namespace":""})"),
            Strings({"Required metadata.name", "Required metadata.namespace"}));
  EXPECT_EQ(FindingsOfMetadata(R"({"name":"Base-","namespace":"a.b"})"),
            Strings({R"(Invalid metadata.name "Base-")", R"(Invalid metadata.namespace "a.b")"}));
  const std::string long_name(254, 'X');
  EXPECT_EQ(FindingsOfMetadata(R"({"name":")" + long_name + R"(","namespace":"a"})"),
            Strings(2, "Invalid metadata.name \"" + long_name + "\""));
  EXPECT_EQ(FindingsOfMetadata(R"({"generateName":"a-","name":"n","namespace":"d"})"), Strings());
  EXPECT_EQ(FindingsOfMetadata(R"({"generateName":"A","name":"n","namespace":"d"})"),
            Strings({R"(Invalid metadata.generateName "A")"}));
}

TEST(ObjectMetaRules, NamesOfClusterObjects) {
  EXPECT_EQ(FindingsOfMetadata(R"({"name":"demo"})", false), Strings());
  EXPECT_EQ(FindingsOfMetadata(R"({"name":"demo","namespace":"d"})", false), Strings({"Forbidden metadata.namespace"}));
}

TEST(ObjectMetaRules, Maps) {
  ExpectAll({
      {R"("labels":{"app":"x","a.b/c":""})", {}},
      // In the order of the keys, not of the document.
      {R"("labels":{"z":"-","a":"not valid!","a/b/c":"ok"})",
       {R"(Invalid metadata.labels "not valid!")", R"(Invalid metadata.labels "a/b/c")",
        R"(Invalid metadata.labels "-")"}},
      {R"("annotations":{"Example.COM/Key":"anything"})", {}},
      {R"("annotations":{"b ad":"","a ad":""})",
       {R"(Invalid metadata.annotations "a ad")", R"(Invalid metadata.annotations "b ad")"}},
      {R"("annotations":{"k":")" + std::string(262143, 'v') + "\"}", {}},
      {R"("annotations":{"k":")" + std::string(262144, 'v') + "\"}", {"TooLong metadata.annotations"}},
      {R"("generation":0)", {}},
      {R"("generation":-1)", {}},  // the API server sets its own
  });
}

TEST(ObjectMetaRules, Lists) {
  ExpectAll({
      {R"("ownerReferences":[{"apiVersion":"apps/v1","kind":"Deployment","name":"d","uid":"u","controller":true},)"
       R"({"apiVersion":"v1","kind":"Pod","name":"p","uid":"u","controller":false}])",
       {}},
      {R"("ownerReferences":[{"apiVersion":"apps/"}])",
       {R"(Invalid metadata.ownerReferences.apiVersion "apps/")", R"(Invalid metadata.ownerReferences.kind "")",
        R"(Invalid metadata.ownerReferences.name "")", R"(Invalid metadata.ownerReferences.uid "")"}},
      {R"("ownerReferences":[{"apiVersion":"v1","kind":"Event","name":"e","uid":"u"}])",
       {"Invalid metadata.ownerReferences {...}"}},
      {R"("ownerReferences":[{"apiVersion":"v1","kind":"Pod","name":"p","uid":"u","controller":true},)"
       R"({"apiVersion":"v1","kind":"Pod","name":"q","uid":"v","controller":true}])",
       {R"(Invalid metadata.ownerReferences [{"apiVersion":"v1","kind":"Pod","name":"p","uid":"u","controller":true},)"
        R"({"apiVersion":"v1","kind":"Pod","name":"q","uid":"v","controller":true}])"}},
      {R"("finalizers":["example.com/a","orphan"])", {}},
      {R"("finalizers":["not a finalizer",""])",
       {R"(Invalid metadata.finalizers "not a finalizer")", R"(Invalid metadata.finalizers "")",
        R"(Invalid metadata.finalizers "")"}},
      {R"("finalizers":["foregroundDeletion","orphan"])",
       {R"(Invalid metadata.finalizers ["foregroundDeletion","orphan"])"}},
      {R"("managedFields":[{"operation":"Apply","fieldsType":"FieldsV1","manager":"kubectl é","subresource":"scale"}])",
       {}},
      {R"("managedFields":[{"operation":"Update"},{"operation":"","fieldsType":"V1","manager":"a\u0007"}])",
       {R"(Invalid metadata.managedFields[1].operation "")", R"(Invalid metadata.managedFields[1].fieldsType "V1")",
        R"(Invalid metadata.managedFields[1].manager "a\u0007")"}},
      {R"("managedFields":[{"operation":"Update","manager":")" + std::string(129, 'm') + R"(","subresource":")" +
           std::string(257, 's') + "\"}]",
       {"TooLong metadata.managedFields[0].manager", "TooLong metadata.managedFields[0].subresource"}},
  });
}

TEST(ObjectMetaRules, SurviveAnyShape) {
  ExpectAll({
      {R"("labels":[],"annotations":1,"ownerReferences":{},"finalizers":"x","managedFields":null,"generation":"1")",
       {}},
      {R"("generateName":7,"labels":{"a":1,"b":null},"annotations":{"a":[]},"finalizers":[],"managedFields":[])", {}},
      {R"("ownerReferences":[null],"finalizers":[null],"managedFields":[null])",
       {R"(Invalid metadata.ownerReferences.apiVersion "")", R"(Invalid metadata.ownerReferences.kind "")",
        R"(Invalid metadata.ownerReferences.name "")", R"(Invalid metadata.ownerReferences.uid "")",
        R"(Invalid metadata.finalizers "")", R"(Invalid metadata.finalizers "")",
        R"(Invalid metadata.managedFields[0].operation "")"}},
  });
  EXPECT_EQ(FindingsOfMetadata(R"({"name":3,"namespace":["d"]})"),
            Strings({"Required metadata.name", "Required metadata.namespace"}));
}

TEST(Printable, CodePoints) {
  for (const std::string_view text : {"", "a b~", "\u00e9\u4e2d", "\U0001F600", "\ufffd", "\xff\xc3", "\xed\xa0"}) {
    EXPECT_TRUE(IsPrintable(text)) << text;
  }
  for (const std::string_view text : {"a\tb", "\n", "\x7f", "\u00a0", "\u00ad", "\u2028", "\u3000", "\ue000", "\ufeff",
                                      "x\U000E0001", "\U0010FFFD"}) {
    EXPECT_FALSE(IsPrintable(text)) << text;
  }
  EXPECT_FALSE(IsPrintable(std::string_view("\0", 1)));
}

}  // namespace
}  // namespace grove::validation
