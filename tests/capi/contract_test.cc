// What holds for every function of the C interface: NULL, zeroed outputs, struct_size, limits.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "capi/support.h"

namespace grove_test {
namespace {

using std::string_view;
using testing::HasSubstr;

// Outputs that hold garbage before a call.
struct Outputs {
  grove_buffer result = {reinterpret_cast<const char*>(1), 2, reinterpret_cast<void*>(3)};
  grove_buffer report = {reinterpret_cast<const char*>(1), 2, reinterpret_cast<void*>(3)};
  grove_error* error = reinterpret_cast<grove_error*>(4);
};

void ExpectZeroed(const grove_buffer& buffer) {
  EXPECT_EQ(buffer.data, nullptr);
  EXPECT_EQ(buffer.size, 0u);
  EXPECT_EQ(buffer.owner, nullptr);
}

TEST(CContract, OutputsAreZeroedOnFailure) {
  Outputs out;
  ASSERT_EQ(grove_admit("{", 1, nullptr, 0, GROVE_FORMAT_JSON, nullptr, &out.result, &out.error),
            GROVE_INVALID_ARGUMENT);
  ExpectZeroed(out.result);
  ASSERT_NE(out.error, nullptr);
  EXPECT_EQ(out.error->status, GROVE_INVALID_ARGUMENT);
  grove_error_free(out.error);
  grove_buffer_dispose(&out.result);
  out = {};
  ASSERT_EQ(grove_expand("{", 1, nullptr, 0, GROVE_FORMAT_JSON, nullptr, &out.result, &out.report, &out.error),
            GROVE_INVALID_ARGUMENT);
  ExpectZeroed(out.result);
  ExpectZeroed(out.report);
  grove_error_free(out.error);
}

TEST(CContract, NoErrorOnSuccess) {
  Outputs out;
  ASSERT_EQ(grove_expand(nullptr, 0, nullptr, 0, GROVE_FORMAT_JSON, nullptr, &out.result, &out.report, &out.error),
            GROVE_OK);
  EXPECT_EQ(out.error, nullptr);
  EXPECT_EQ(out.result.size, std::strlen(out.result.data));
  EXPECT_EQ(out.report.size, std::strlen(out.report.data));
  grove_buffer_dispose(&out.result);
  grove_buffer_dispose(&out.report);
  ExpectZeroed(out.result);
  ExpectZeroed(out.report);
  grove_buffer_dispose(&out.result);
}

TEST(CContract, NothingIsReleased) {
  grove_error_free(nullptr);
  grove_buffer_dispose(nullptr);
}

// No text of an error is NULL.
TEST(CContract, ErrorsTellWhatThereIs) {
  grove_error* error = nullptr;
  ASSERT_EQ(grove_reference(GROVE_TOPIC_MAX_ENUM_, GROVE_FORMAT_JSON, nullptr, &error), GROVE_INVALID_ARGUMENT);
  EXPECT_EQ(error->struct_size, sizeof(grove_error));
  EXPECT_EQ(error->status, GROVE_INVALID_ARGUMENT);
  EXPECT_STRNE(error->message, "");
  EXPECT_STRNE(error->argument, "");
  EXPECT_STREQ(error->path, "");
  EXPECT_STREQ(error->report, "");
  EXPECT_EQ(error->report_size, 0u);
  EXPECT_EQ(error->line, 0u);
  EXPECT_EQ(error->column, 0u);
  grove_error_free(error);
}

TEST(CContract, NullOfInputs) {
  struct Case {
    const char* name;
    const char* manifest;
    std::size_t manifest_size;
    const char* context;
    std::size_t context_size;
    const char* want;  // the argument at fault; NULL: none
  };
  constexpr Case kCases[] = {
      {"none", nullptr, 0, nullptr, 0, nullptr},      {"empty texts", "", 0, "", 0, nullptr},
      {"length not read", "{", 0, "{", 0, nullptr},   {"manifest", nullptr, 1, nullptr, 0, "manifest"},
      {"context", nullptr, 0, nullptr, 1, "context"},
  };
  for (const Case& c : kCases) {
    Result got;
    got.status = grove_admit(c.manifest, c.manifest_size, c.context, c.context_size, GROVE_FORMAT_JSON, nullptr,
                             &got.result, &got.error);
    EXPECT_EQ(got.status, c.want == nullptr ? GROVE_OK : GROVE_INVALID_ARGUMENT) << c.name;
    EXPECT_EQ(got.argument(), c.want == nullptr ? "" : c.want) << c.name;
  }
}

TEST(CContract, ResultIsRequired) {
  grove_error* error = nullptr;
  EXPECT_EQ(grove_admit(nullptr, 0, nullptr, 0, GROVE_FORMAT_JSON, nullptr, nullptr, &error), GROVE_INVALID_ARGUMENT);
  EXPECT_STREQ(error->argument, "result");
  EXPECT_STREQ(error->message, "is NULL");
  grove_error_free(error);
  EXPECT_EQ(grove_expand(nullptr, 0, nullptr, 0, GROVE_FORMAT_JSON, nullptr, nullptr, nullptr, nullptr),
            GROVE_INVALID_ARGUMENT);
}

TEST(CContract, UnknownFormat) {
  for (const int number : {3, 99, 0x7fffffff}) {
    const Result got = Admit(kSet, nullptr, {}, static_cast<grove_format>(number));
    EXPECT_EQ(got.status, GROVE_INVALID_ARGUMENT);
    EXPECT_EQ(got.argument(), "format");
  }
}

TEST(CContract, StatusNames) {
  EXPECT_STREQ(grove_status_name(GROVE_OK), "OK");
  EXPECT_STREQ(grove_status_name(GROVE_INVALID_ARGUMENT), "INVALID_ARGUMENT");
  EXPECT_STREQ(grove_status_name(GROVE_UNAUTHENTICATED), "UNAUTHENTICATED");
  EXPECT_STREQ(grove_status_name(static_cast<grove_status>(17)), "UNKNOWN");
  EXPECT_STREQ(grove_status_name(GROVE_STATUS_MAX_ENUM_), "UNKNOWN");
}

// Wrong members of options, and the argument that the error names.
struct OptionsCase {
  const char* want;
  void (*spoil)(grove_expand_options&, grove_admit_options&, grove_limits&);
};
constexpr OptionsCase kOptionsCases[] = {
    {"options->struct_size", [](auto& expand, auto&, auto&) { expand.struct_size = 0; }},
    {"options->struct_size", [](auto& expand, auto&, auto&) { --expand.struct_size; }},
    {"options->struct_size", [](auto& expand, auto&, auto&) { expand.struct_size = UINT32_MAX; }},
    {"options->output", [](auto& expand, auto&, auto&) { expand.output = static_cast<grove_format>(3); }},
    {"options->state", [](auto& expand, auto&, auto&) { expand.state = GROVE_OBJECT_STATE_MAX_ENUM_; }},
    {"options->scheduler_objects", [](auto& expand, auto&, auto&) { expand.scheduler_objects = 2; }},
    {"options->allow_incomplete", [](auto& expand, auto&, auto&) { expand.allow_incomplete = 2; }},
    {"options->pod_groups", [](auto& expand, auto&, auto&) { expand.pod_groups = GROVE_POD_GROUPS_MAX_ENUM_; }},
    {"options->backend", [](auto& expand, auto&, auto&) { expand.backend_size = 1; }},
    {"options->live", [](auto& expand, auto&, auto&) { expand.live_size = 1; }},
    {"options->now", [](auto& expand, auto&, auto&) { expand.now = -1; }},
    {"options->now", [](auto& expand, auto&, auto&) { expand.now = INT64_MAX; }},
    {"options->init_container_image", [](auto& expand, auto&, auto&) { expand.init_container_image_size = 1; }},
    {"options->init_container_image", [](auto& expand, auto&, auto&) { expand.init_container_image = ""; }},
    {"options->init_container_version",
     [](auto& expand, auto&, auto&) {
       expand.init_container_version = "\xFF";
       expand.init_container_version_size = 1;
     }},
    {"options->admit->struct_size", [](auto&, auto& admit, auto&) { admit.struct_size = 4; }},
    {"options->admit->output", [](auto&, auto& admit, auto&) { admit.output = GROVE_FORMAT_MAX_ENUM_; }},
    {"options->admit->strict", [](auto&, auto& admit, auto&) { admit.strict = 2; }},
    {"options->admit->all_stages", [](auto&, auto& admit, auto&) { admit.all_stages = 2; }},
    {"options->admit->lint", [](auto&, auto& admit, auto&) { admit.lint = GROVE_LINT_MAX_ENUM_; }},
    {"options->admit->structurally_defaulted", [](auto&, auto& admit, auto&) { admit.structurally_defaulted = 2; }},
    {"options->admit->bindings_enable_topology", [](auto&, auto& admit, auto&) { admit.bindings_enable_topology = 2; }},
    {"options->admit->reserved", [](auto&, auto& admit, auto&) { admit.reserved = 1; }},
    {"options->sets", [](auto& expand, auto&, auto&) { expand.sets = 2; }},
    {"options->topologies", [](auto& expand, auto&, auto&) { expand.topologies = 7; }},
    {"options->stored", [](auto& expand, auto&, auto&) { expand.stored_size = 3; }},
    {"options->admit->default_namespace", [](auto&, auto& admit, auto&) { admit.default_namespace_size = 1; }},
    {"options->admit->default_scheduler", [](auto&, auto& admit, auto&) { admit.default_scheduler = ""; }},
    {"options->admit->limits->struct_size", [](auto&, auto&, auto& limits) { limits.struct_size = 8; }},
    {"options->admit->limits->max_depth", [](auto&, auto&, auto& limits) { limits.max_depth = 1001; }},
    {"options->admit->limits->max_input_bytes",
     [](auto&, auto&, auto& limits) { limits.max_input_bytes = (std::uint64_t{512} << 20) + 1; }},
};

TEST(CContract, OptionsAreChecked) {
  for (const OptionsCase& c : kOptionsCases) {
    grove_limits limits = GROVE_LIMITS_INIT;
    grove_admit_options admit = GROVE_ADMIT_OPTIONS_INIT;
    grove_expand_options expand = GROVE_EXPAND_OPTIONS_INIT;
    admit.limits = &limits;
    expand.admit = &admit;
    ASSERT_EQ(Expand(kSet, &expand).status, GROVE_OK);
    c.spoil(expand, admit, limits);
    const Result got = Expand(kSet, &expand);
    EXPECT_EQ(got.status, GROVE_INVALID_ARGUMENT) << c.want;
    EXPECT_EQ(got.argument(), c.want);
  }
}

// A caller of a later version: its struct is longer.
TEST(CContract, LongerOptionsMustBeZeroBeyondWhatIsKnown) {
  std::vector<std::uint64_t> storage(sizeof(grove_admit_options) / sizeof(std::uint64_t) + 2);
  grove_admit_options known = GROVE_ADMIT_OPTIONS_INIT;
  known.struct_size = static_cast<std::uint32_t>(storage.size() * sizeof(std::uint64_t));
  std::memcpy(storage.data(), &known, sizeof known);
  const auto* options = reinterpret_cast<const grove_admit_options*>(storage.data());
  EXPECT_EQ(Admit(kSet, options).status, GROVE_OK);
  storage.back() = std::uint64_t{1} << 63;
  const Result got = Admit(kSet, options);
  EXPECT_EQ(got.status, GROVE_INVALID_ARGUMENT);
  EXPECT_EQ(got.argument(), "options");
}

TEST(CContract, OptionsHaveNoPadding) {
  static_assert(sizeof(grove_limits) == 2 * 4 + 6 * 8);
  static_assert(sizeof(grove_admit_options) == 8 * 4 + 4 * sizeof(void*) + 3 * sizeof(std::size_t));
  static_assert(sizeof(grove_expand_options) == 8 * 4 + 2 * 8 + 6 * sizeof(void*) + 5 * sizeof(std::size_t));
  static_assert(sizeof(grove_snapshot_options) == 4 * 4 + 2 * sizeof(void*) + sizeof(std::size_t));
  static_assert(sizeof(grove_place_options) == 10 * 4 + 8 + 2 * sizeof(void*) + 2 * sizeof(std::size_t));
  static_assert(sizeof(grove_capacity_options) == 4 * 4 + 4 * sizeof(void*) + 3 * sizeof(std::size_t));
  static_assert(sizeof(grove_format) == 4 && sizeof(grove_status) == 4 && sizeof(grove_object_state) == 4);
  SUCCEED();
}

// Each limit of texts, exceeded by one.
struct LimitCase {
  const char* name;
  void (*set)(grove_limits&);
  string_view manifest;
  const char* want;  // part of the message
};
constexpr LimitCase kLimitCases[] = {
    {"bytes", [](auto& limits) { limits.max_input_bytes = kSet.size() - 1; }, kSet, "bytes"},
    {"depth", [](auto& limits) { limits.max_depth = 5; }, kSet, "5"},
    {"documents", [](auto& limits) { limits.max_documents = 1; }, "a: 1\n---\nb: 1\n", "1"},
    {"aliases", [](auto& limits) { limits.max_yaml_aliases = 1; }, "a: &x 1\nb: *x\nc: *x\n", "alias"},
    {"values", [](auto& limits) { limits.max_yaml_expanded_values = 3; }, "a: 1\nb: 2\nc: 3\n", "3"},
};

TEST(CContract, LimitsOfTexts) {
  for (const LimitCase& c : kLimitCases) {
    grove_limits limits = GROVE_LIMITS_INIT;
    grove_admit_options options = GROVE_ADMIT_OPTIONS_INIT;
    options.limits = &limits;
    ASSERT_EQ(Admit(c.manifest, &options).status, GROVE_OK) << c.name;
    c.set(limits);
    const Result got = Admit(c.manifest, &options);
    EXPECT_EQ(got.status, GROVE_RESOURCE_EXHAUSTED) << c.name;
    EXPECT_EQ(got.argument(), "manifest") << c.name;
    EXPECT_THAT(got.message(), HasSubstr(c.want)) << c.name;
    const Result context = Admit({}, &options, c.manifest);
    EXPECT_EQ(context.status, GROVE_RESOURCE_EXHAUSTED) << c.name;
    EXPECT_EQ(context.argument(), "context") << c.name;
  }
}

TEST(CContract, LimitOfObjectsBoundsAllSetsTogether) {
  grove_limits limits = GROVE_LIMITS_INIT;
  grove_admit_options admit = GROVE_ADMIT_OPTIONS_INIT;
  grove_expand_options options = GROVE_EXPAND_OPTIONS_INIT;
  admit.limits = &limits;
  options.admit = &admit;
  limits.max_objects = 15;
  ASSERT_EQ(Expand(kSet, &options).status, GROVE_OK);
  std::string two(kSet);
  two.append("---\n").append(kSet);
  two.replace(two.rfind("demo"), 4, "more");
  const Result got = Expand(two, &options);
  EXPECT_EQ(got.status, GROVE_RESOURCE_EXHAUSTED);
  EXPECT_EQ(got.argument(), "manifest");
  EXPECT_EQ(got.message(), "PodCliqueSet default/more exceeds the limit max_objects");
  EXPECT_EQ(got.place(), "18:1");
  limits.max_objects = 0;
  EXPECT_EQ(Expand(two, &options).status, GROVE_OK);
}

TEST(CContract, MalformedTexts) {
  struct Case {
    string_view text;
    grove_format format;
    const char* place;
  };
  constexpr Case kCases[] = {
      {"{\n  \"a\": tru\n}", GROVE_FORMAT_JSON, "2:11"},
      {"{\"a\": 1, \"a\": 2}", GROVE_FORMAT_JSON, "1:10"},
      {"a: [1\n", GROVE_FORMAT_YAML, "2:1"},
      {"a: 1\na: 2\n", GROVE_FORMAT_YAML, "2:1"},
      {"- 1\n", GROVE_FORMAT_YAML, "1:1"},
      {"a: *x\n", GROVE_FORMAT_YAML, "1:4"},
  };
  for (const Case& c : kCases) {
    const Result got = Admit(c.text, nullptr, {}, c.format);
    EXPECT_EQ(got.status, GROVE_INVALID_ARGUMENT) << c.text;
    EXPECT_EQ(got.place(), c.place) << c.text;
    EXPECT_NE(got.message(), "") << c.text;
    EXPECT_EQ(got.path(), "") << c.text;
  }
}

// Every prefix, and every text with one byte replaced, ends in a status and never in anything else.
TEST(CContract, HostileBytes) {
  constexpr std::array kBytes = {'\0', '\xFF', '\x80', '{', '*', '&', '\n', '"'};
  std::size_t allowed = 0;
  for (std::size_t i = 0; i < kSet.size(); ++i) {
    std::string text(kSet.substr(0, i));
    const Result prefix = Expand(text);
    EXPECT_EQ(prefix.status == GROVE_OK, prefix.error == nullptr);
    for (const char byte : kBytes) {
      text = kSet;
      text[i] = byte;
      const Result got = Expand(text);
      ASSERT_TRUE(got.status == GROVE_OK || got.status == GROVE_INVALID_ARGUMENT ||
                  got.status == GROVE_FAILED_PRECONDITION)
          << got.status << " at " << i << ": " << got.message();
      allowed += got.status == GROVE_OK ? 1 : 0;
    }
  }
  EXPECT_GT(allowed, 0u);
}

// Whatever the input, what comes out is a text that the library reads again: valid UTF-8, valid JSON.
TEST(CContract, ReportsAreWellFormed) {
  std::string wide;
  for (int i = 0; i < 100; ++i) wide += "\u00e9";
  for (const char* blank : {"", " ", "  "}) {
    const std::string text =
        std::string(R"({"apiVersion": "grove.io/v1alpha1", "kind": "PodCliqueSet", "spec": {"replicas": ")")
            .append(blank)
            .append(wide)
            .append("\"}}");
    const Result got = Admit(text, nullptr, {}, GROVE_FORMAT_JSON);
    ASSERT_EQ(got.status, GROVE_OK) << got.message();
    const Result again = Admit(got.text(), nullptr, {}, GROVE_FORMAT_JSON);
    EXPECT_EQ(again.status, GROVE_OK) << again.message();
    const Result denied = Expand(text, nullptr, {}, GROVE_FORMAT_JSON);
    EXPECT_EQ(denied.error_report(), got.text());
  }
}

// The message is one line whatever names are in it.
TEST(CContract, MessageIsOneLine) {
  const Result got =
      Expand(R"({"apiVersion": "grove.io/v1alpha1", "kind": "PodCliqueSet", "metadata": {"name": "a\nb"}})", nullptr,
             {}, GROVE_FORMAT_JSON);
  EXPECT_EQ(got.status, GROVE_FAILED_PRECONDITION);
  EXPECT_EQ(got.message().find('\n'), std::string::npos);
  EXPECT_THAT(got.message(), HasSubstr("a?b"));
}

}  // namespace
}  // namespace grove_test
