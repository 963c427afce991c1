#include "cli/options.h"

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace grove::cli {
namespace {

ParsedOptions Parse(std::string_view verb, const std::vector<std::string_view>& arguments) {
  return ParseOptions(*FindVerb(verb), arguments);
}

TEST(OptionsTest, Defaults) {
  const ParsedOptions parsed = Parse("expand", {});
  EXPECT_EQ(parsed.problem, "");
  EXPECT_EQ(parsed.options.output, "yaml");
  EXPECT_EQ(parsed.options.seed, 0u);
  EXPECT_EQ(parsed.options.state, ObjectState::kCreated);
  EXPECT_EQ(parsed.options.limits.max_objects, Limits().max_objects);
  EXPECT_FALSE(parsed.options.strict);
}

TEST(OptionsTest, SpellingsOfAFlag) {
  const std::vector<std::vector<std::string_view>> spellings = {
      {"-f", "a.yaml"},      {"-fa.yaml"}, {"-f=a.yaml"},   {"--filename", "a.yaml"},
      {"--filename=a.yaml"}, {"a.yaml"},   {"--", "a.yaml"}};
  for (const auto& spelling : spellings) {
    const ParsedOptions parsed = Parse("validate", spelling);
    EXPECT_EQ(parsed.problem, "");
    EXPECT_EQ(parsed.options.inputs, std::vector<std::string>{"a.yaml"}) << spelling.front();
  }
}

TEST(OptionsTest, InputsKeepTheirOrder) {
  const ParsedOptions parsed = Parse("validate", {"-f", "b", "c", "-fa", "-", "--", "--strict", "-"});
  EXPECT_EQ(parsed.options.inputs, (std::vector<std::string>{"b", "c", "a", "-", "--strict", "-"}));
  EXPECT_FALSE(parsed.options.strict);
}

TEST(OptionsTest, ShortSwitchesCluster) {
  const ParsedOptions parsed = Parse("default", {"-qRojson"});
  EXPECT_EQ(parsed.problem, "");
  EXPECT_TRUE(parsed.options.quiet);
  EXPECT_TRUE(parsed.options.recursive);
  EXPECT_EQ(parsed.options.output, "json");
}

TEST(OptionsTest, EveryLimitHasAFlag) {
  const ParsedOptions parsed =
      Parse("expand", {"--max-bytes=1", "--max-depth=2", "--max-documents=3", "--max-aliases=4",
                       "--max-expanded-values=5", "--max-objects=6", "--max-startup-references=7"});
  EXPECT_EQ(parsed.problem, "");
  const Limits& limits = parsed.options.limits;
  EXPECT_EQ(limits.max_input_bytes, 1u);
  EXPECT_EQ(limits.max_depth, 2u);
  EXPECT_EQ(limits.max_documents, 3u);
  EXPECT_EQ(limits.max_yaml_aliases, 4u);
  EXPECT_EQ(limits.max_yaml_expanded_values, 5u);
  EXPECT_EQ(limits.max_objects, 6u);
  EXPECT_EQ(limits.max_startup_references, 7u);
}

struct ImageCase {
  std::string_view image;
  std::string repository;
  std::string tag;
};

TEST(OptionsTest, InitContainerImage) {
  const std::vector<ImageCase> cases = {
      {"initc", "initc", ""},
      {"initc:v1", "initc", "v1"},
      {"registry.example.com:5000/initc", "registry.example.com:5000/initc", ""},
      {"registry.example.com:5000/a/initc:v2", "registry.example.com:5000/a/initc", "v2"},
  };
  for (const ImageCase& image : cases) {
    const ParsedOptions parsed = Parse("expand", {"--init-container-image", image.image});
    EXPECT_EQ(parsed.problem, "");
    EXPECT_EQ(parsed.options.init_container_image, image.repository);
    EXPECT_EQ(parsed.options.init_container_version, image.tag);
  }
}

struct ProblemCase {
  std::vector<std::string_view> arguments;
  std::string problem;
};

TEST(OptionsTest, Problems) {
  const std::vector<ProblemCase> cases = {
      {{"--seed", "-1"}, "--seed -1: must be a whole number from 0 to 18446744073709551615"},
      {{"--seed=1x"}, "--seed 1x: must be a whole number from 0 to 18446744073709551615"},
      {{"--max-depth", "0"}, "--max-depth 0: must be a whole number from 1 to 1000"},
      {{"--max-bytes", "536870913"}, "--max-bytes 536870913: must be a whole number from 1 to 536870912"},
      {{"--state", "running"}, "--state running: must be one of created, at-rest"},
      {{"--now", "noon"}, "--now noon: must be a time as in 2026-08-01T12:00:00Z"},
      {{"--backend", "slurm"}, "--backend slurm: must be one of default, kai, lpx, volcano, kube"},
      {{"--compat", "2025-01"}, "--compat 2025-01: must be 2026-08, the only level that this version knows"},
      {{"-o", "svg"}, "--output svg: must be one of yaml, json, name, tree, dot, mermaid"},
      {{"--kube-pod-groups", "pod"}, "--kube-pod-groups pod: must be one of gang, clique"},
      {{"--strict=yes"}, "--strict takes no value"},
      {{"--output"}, "--output needs a value: FORMAT"},
      {{"-x"}, "unknown option: -x"},
      {{"--init-container-image", "a@sha256:0"},
       "--init-container-image a@sha256:0: must be REPOSITORY or REPOSITORY:TAG, not a digest"},
      {{"--init-container-image", "a:"}, "--init-container-image a:: must be REPOSITORY or REPOSITORY:TAG"},
      {{"-n", ""}, "--namespace : must not be empty"},
      {{""}, "a file name is empty"},
  };
  for (const ProblemCase& c : cases) EXPECT_EQ(Parse("expand", c.arguments).problem, c.problem);
}

TEST(OptionsTest, FlagsAreDistinctAndComplete) {
  std::set<std::string_view> names;
  std::set<char> short_names;
  for (const Flag& flag : Flags()) {
    EXPECT_TRUE(names.insert(flag.name).second) << flag.name;
    EXPECT_TRUE(flag.short_name == 0 || short_names.insert(flag.short_name).second) << flag.short_name;
    EXPECT_NE(flag.set, nullptr);
    EXPECT_NE(flag.verbs, 0u);
    EXPECT_FALSE(flag.help.empty());
  }
}

}  // namespace
}  // namespace grove::cli
