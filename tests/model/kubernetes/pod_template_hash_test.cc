#include "model/kubernetes/pod_template_hash.h"

#include <cstdint>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "grove/value.hpp"

#include "model/kubernetes/fnv.h"
#include "model/kubernetes/kubernetes_schema.h"
#include "model/kubernetes/pod_template_types.h"

namespace grove::kubernetes {
namespace {

// A template that owns its content.
class Template {
 public:
  explicit Template(Value document) : document_(std::move(document)) {
    const Value metadata = document_.Find("metadata").value_or(Value());
    labels_ = metadata.Find("labels").value_or(Value());
    annotations_ = metadata.Find("annotations").value_or(Value());
    spec_ = document_.Find("spec").value_or(Value());
    if (const std::optional<Value> name = spec_.Find("priorityClassName")) priority_class_name_ = name->text();
  }
  explicit Template(std::string_view json) : Template(Value::FromJson(json)) {}

  [[nodiscard]] PodTemplate view() const {
    return {&labels_.node(), &annotations_.node(), &spec_.node(), priority_class_name_};
  }
  [[nodiscard]] std::string Text() const { return PodTemplateText(view()); }
  [[nodiscard]] std::string Hash() const { return PodTemplateHash(view()); }

 private:
  Value document_;
  Value labels_;
  Value annotations_;
  Value spec_;
  std::string priority_class_name_;
};

std::string HashOf(std::string_view json) { return Template(json).Hash(); }

// Whether the text of the template contains `part`.
testing::AssertionResult Prints(std::string_view json, std::string_view part) {
  const std::string text = Template(json).Text();
  if (text.find(part) != std::string::npos) return testing::AssertionSuccess();
  return testing::AssertionFailure() << "no " << part << " in " << text;
}

Value ReadVectors() {
  std::ifstream file(std::string(GROVE_TESTS_DIR) + "/model/kubernetes/pod_template_hash_vectors.json");
  std::stringstream text;
  text << file.rdbuf();
  return Value::FromJson(text.str()).Find("vectors").value_or(Value());
}

TEST(PodTemplateHash, AgreesWithTheReference) {
  const Value vectors = ReadVectors();
  ASSERT_EQ(vectors.size(), 39U);
  for (std::size_t i = 0; i < vectors.size(); ++i) {
    const Value vector = vectors.at(i);
    const Template pod_template(*vector.Find("template"));
    const std::string text = pod_template.Text();
    EXPECT_EQ(std::to_string(text.size()), vector.Find("textBytes")->text()) << text;
    EXPECT_EQ(pod_template.Hash(), vector.Find("hash")->text()) << text;
  }
}

TEST(PodTemplateHash, OfTheEmptyTemplate) {
  const std::string text = PodTemplateText({});
  EXPECT_EQ(text.size(), 1973U);
  EXPECT_TRUE(
      text.starts_with("(*v1.PodTemplateSpec){ObjectMeta:(v1.ObjectMeta){Name:(string) GenerateName:(string) "));
  EXPECT_TRUE(text.ends_with("HostnameOverride:(*string)<nil> WorkloadRef:(*v1.WorkloadReference)<nil>}}"));
  EXPECT_EQ(PodTemplateHash({}), "59d9d9d95c8d5676bbc9");
}

TEST(PodTemplateHash, PriorityClassNameOfTheSetReplacesThatOfThePod) {
  const Value with = Value::FromJson(R"({"priorityClassName":"own"})");
  const Value without = Value::FromJson("{}");
  const auto hash = [](const Value& spec, std::string_view name) {
    return PodTemplateHash({.pod_spec = &spec.node(), .priority_class_name = name});
  };
  EXPECT_EQ(hash(with, ""), hash(without, ""));
  EXPECT_EQ(hash(with, "gold"), hash(without, "gold"));
  EXPECT_NE(hash(with, "gold"), hash(with, "silver"));
}

TEST(PodTemplateHash, AbsentNullAndEmpty) {
  EXPECT_EQ(HashOf(R"({"metadata":{"labels":null},"spec":{"nodeSelector":null}})"), HashOf("{}"));
  EXPECT_NE(HashOf(R"({"metadata":{"labels":{}}})"), HashOf("{}"));
  EXPECT_NE(HashOf(R"({"spec":{"nodeSelector":{}}})"), HashOf("{}"));
  EXPECT_NE(HashOf(R"({"spec":{"containers":[]}})"), HashOf("{}"));
  EXPECT_EQ(HashOf(R"({"spec":{"nodeName":"","hostNetwork":false}})"), HashOf("{}"));
  EXPECT_NE(HashOf(R"({"spec":{"hostUsers":false}})"), HashOf("{}"));
}

TEST(PodTemplateHash, OrderOfMembersDoesNotMatter) {
  EXPECT_EQ(HashOf(R"({"metadata":{"labels":{"b":"2","a":"1"}},"spec":{"nodeName":"n","hostname":"h"}})"),
            HashOf(R"({"metadata":{"labels":{"a":"1","b":"2"}},"spec":{"hostname":"h","nodeName":"n"}})"));
}

TEST(PodTemplateHash, ListElementsAreNotDelimited) {
  EXPECT_EQ(HashOf(R"({"spec":{"containers":[{"name":"c","args":["a","b"]}]}})"),
            HashOf(R"({"spec":{"containers":[{"name":"c","args":["a b"]}]}})"));
}

TEST(PodTemplateHash, NullElementsAreZero) {
  EXPECT_TRUE(Prints(R"({"spec":{"containers":[{"args":["a",null,"b"]}]}})", "Args:([]string)[a  b]"));
  EXPECT_EQ(HashOf(R"({"spec":{"containers":[null]}})"), HashOf(R"({"spec":{"containers":[{}]}})"));
}

TEST(PodTemplateHash, Integers) {
  const auto spec = [](std::string_view number) {
    return R"({"spec":{"terminationGracePeriodSeconds":)" + std::string(number) + "}}";
  };
  EXPECT_TRUE(Prints(spec("30"), "TerminationGracePeriodSeconds:(*int64)30 "));
  EXPECT_TRUE(Prints(spec("-5"), "TerminationGracePeriodSeconds:(*int64)-5 "));
  for (const std::string_view same : {"30.0", "3e1", "300E-1"}) EXPECT_EQ(HashOf(spec(same)), HashOf(spec("30")));
  EXPECT_EQ(HashOf(spec("-0")), HashOf(spec("0")));
}

TEST(PodTemplateHash, IntOrString) {
  const auto probe = [](std::string_view port) {
    return R"({"spec":{"containers":[{"livenessProbe":{"tcpSocket":{"port":)" + std::string(port) + "}}}]}}";
  };
  EXPECT_TRUE(Prints(probe("80"), "Port:(intstr.IntOrString){Type:(intstr.Type)0 IntVal:(int32)80 StrVal:(string)}"));
  EXPECT_TRUE(
      Prints(probe("\"http\""), "Port:(intstr.IntOrString){Type:(intstr.Type)1 IntVal:(int32)0 StrVal:(string)http}"));
}

struct QuantityCase {
  std::string_view json;
  std::string_view text;
};

TEST(PodTemplateHash, Quantities) {
  const QuantityCase cases[] = {
      {R"("1Gi")",
       "{i:(resource.int64Amount){value:(int64)1073741824 scale:(resource.Scale)0} "
       "d:(resource.infDecAmount){Dec:(*inf.Dec)<nil>} s:(string)1Gi Format:(resource.Format)BinarySI}"},
      {R"(" 8Gi ")",
       "{i:(resource.int64Amount){value:(int64)8589934592 scale:(resource.Scale)0} "
       "d:(resource.infDecAmount){Dec:(*inf.Dec)<nil>} s:(string) Format:(resource.Format)BinarySI}"},
      {"0.5",
       "{i:(resource.int64Amount){value:(int64)5 scale:(resource.Scale)-1} "
       "d:(resource.infDecAmount){Dec:(*inf.Dec)<nil>} s:(string) Format:(resource.Format)DecimalSI}"},
      {R"("-1Ei")",
       "{i:(resource.int64Amount){value:(int64)0 scale:(resource.Scale)0} "
       "d:(resource.infDecAmount){Dec:(*inf.Dec){unscaled:(big.Int){neg:(bool)true abs:(big.nat)[0 62500000]} "
       "scale:(inf.Scale)9}} s:(string) Format:(resource.Format)BinarySI}"},
      {R"("8Ei")",
       "{i:(resource.int64Amount){value:(int64)0 scale:(resource.Scale)0} "
       "d:(resource.infDecAmount){Dec:(*inf.Dec){unscaled:(big.Int){neg:(bool)false "
       "abs:(big.nat)[9223372036854775807]} "
       "scale:(inf.Scale)0}} s:(string) Format:(resource.Format)BinarySI}"},
      {R"("0.00000000000")",
       "{i:(resource.int64Amount){value:(int64)0 scale:(resource.Scale)0} "
       "d:(resource.infDecAmount){Dec:(*inf.Dec){unscaled:(big.Int){neg:(bool)false abs:(big.nat)<nil>} "
       "scale:(inf.Scale)11}} s:(string) Format:(resource.Format)DecimalSI}"},
  };
  for (const QuantityCase& test : cases) {
    const std::string json = R"({"spec":{"overhead":{"cpu":)" + std::string(test.json) + "}}}";
    EXPECT_TRUE(Prints(json, "Overhead:(v1.ResourceList)map[cpu:" + std::string(test.text) + "] "));
  }
}

TEST(PodTemplateHash, WrongTypesCountAsZero) {
  EXPECT_EQ(
      HashOf(R"({"metadata":{"labels":[]},"spec":{"nodeName":7,"hostNetwork":"true","containers":{},"priority":"x"}})"),
      HashOf(R"({"spec":{"priority":0}})"));
  EXPECT_EQ(HashOf(R"({"spec":7})"), HashOf("{}"));
  EXPECT_TRUE(Prints(R"({"spec":{"overhead":{"cpu":"x"}}})", "s:(string) Format:(resource.Format)}]"));
}

TEST(GenerationHasher, HashesTheTextsOneAfterTheOther) {
  const Template first(R"({"metadata":{"labels":{"a":"b"}},"spec":{"containers":[{"name":"c"}]}})");
  const Template second(R"({"spec":{"containers":[{"name":"d","resources":{"limits":{"cpu":"1"}}}]}})");
  GenerationHasher hasher;
  EXPECT_EQ(hasher.Add(first.view()), first.Hash());
  EXPECT_EQ(hasher.Finish(), first.Hash());
  EXPECT_EQ(hasher.Add(second.view()), second.Hash());
  std::uint64_t state = kFnvOffset;
  for (const char byte : first.Text() + second.Text()) state = FnvStep(state, byte);
  std::string expected = std::to_string(state);
  for (char& digit : expected) digit = "456789bcdf"[digit - '0'];
  EXPECT_EQ(hasher.Finish(), expected);
}

TEST(GenerationHasher, OfNothing) { EXPECT_EQ(GenerationHasher().Finish(), "58bf9fd547f78bb9b47c"); }

TEST(FnvJump, IsTheSameAsItsSteps) {
  for (const TemplateStruct& type : kTemplateStructs) {
    for (std::size_t block = 0; block < type.jumps.size(); ++block) {
      std::uint64_t start = kFnvOffset;
      for (int repeat = 0; repeat < 1000; ++repeat) {
        std::uint64_t state = start;
        for (const char byte : type.zero.substr(block * kJumpBytes, kJumpBytes)) state = FnvStep(state, byte);
        ASSERT_EQ(type.jumps[block].After(start), state);
        start = start * 6364136223846793005U + 1442695040888963407U;
      }
    }
  }
}

TEST(TemplateStructs, AreConsistent) {
  ASSERT_GT(kTemplateStructs.size(), 100U);
  EXPECT_EQ(kTemplateTypesVersion, schema::kubernetes::kVersion);
  for (const TemplateStruct& type : kTemplateStructs) {
    EXPECT_LE(type.jumps.size(), type.zero.size() / kJumpBytes);
    std::size_t end = 0;
    for (std::size_t i = 0; i < type.members.size(); ++i) {
      const TemplateMember& member = type.members[i];
      EXPECT_LE(end, member.begin);
      EXPECT_LE(member.begin, member.end);
      end = member.end;
      EXPECT_LT(member.number, kTemplateStructs.size());
      EXPECT_EQ(FindTemplateMember(type, member.key), static_cast<int>(i)) << member.key;
    }
    EXPECT_LE(end, type.zero.size());
    EXPECT_EQ(FindTemplateMember(type, "unknown"), -1);
    EXPECT_EQ(FindTemplateMember(type, ""), -1);
  }
}

}  // namespace
}  // namespace grove::kubernetes
