// What holds for every function of the C interface that can fail: NULL, zeroed outputs, equal bytes. One row each.
#include <cstdint>
#include <string>
#include <string_view>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "capi/support.h"

namespace grove_test {
namespace {

using std::string_view;

// A call with one text, which may be malformed, into one buffer.
struct TextCall {
  const char* name;
  const char* argument;  // parameter that the text is
  grove_status (*call)(string_view text, grove_format format, grove_buffer* result, grove_error** error);
};

const TextCall kTextCalls[] = {
    {"admit", "manifest",
     [](string_view text, grove_format format, grove_buffer* result, grove_error** error) {
       return grove_admit(text.data(), text.size(), nullptr, 0, format, nullptr, result, error);
     }},
    {"admit_update", "manifest",
     [](string_view text, grove_format format, grove_buffer* result, grove_error** error) {
       return grove_admit_update(text.data(), text.size(), nullptr, 0, nullptr, 0, format, nullptr, result, error);
     }},
    {"admit_update, stored", "stored",
     [](string_view text, grove_format format, grove_buffer* result, grove_error** error) {
       return grove_admit_update(nullptr, 0, text.data(), text.size(), nullptr, 0, format, nullptr, result, error);
     }},
    {"expand", "manifest",
     [](string_view text, grove_format format, grove_buffer* result, grove_error** error) {
       return grove_expand(text.data(), text.size(), nullptr, 0, format, nullptr, result, nullptr, error);
     }},
    {"expand, context", "context",
     [](string_view text, grove_format format, grove_buffer* result, grove_error** error) {
       return grove_expand(nullptr, 0, text.data(), text.size(), format, nullptr, result, nullptr, error);
     }},
    {"expand, live", "options->live",
     [](string_view text, grove_format format, grove_buffer* result, grove_error** error) {
       grove_expand_options options = GROVE_EXPAND_OPTIONS_INIT;
       options.live = text.data();
       options.live_size = text.size();
       return grove_expand(nullptr, 0, nullptr, 0, format, &options, result, nullptr, error);
     }},
    {"names", "manifest",
     [](string_view text, grove_format format, grove_buffer* result, grove_error** error) {
       return grove_names(text.data(), text.size(), nullptr, 0, format, nullptr, result, error);
     }},
    {"startup", "manifest",
     [](string_view text, grove_format format, grove_buffer* result, grove_error** error) {
       return grove_startup(text.data(), text.size(), nullptr, 0, format, nullptr, result, error);
     }},
    {"scaling", "manifest",
     [](string_view text, grove_format format, grove_buffer* result, grove_error** error) {
       return grove_scaling(text.data(), text.size(), nullptr, 0, format, nullptr, result, error);
     }},
    {"translate", "manifest",
     [](string_view text, grove_format format, grove_buffer* result, grove_error** error) {
       return grove_translate(text.data(), text.size(), nullptr, 0, format, nullptr, result, error);
     }},
    {"diff, before", "before",
     [](string_view text, grove_format format, grove_buffer* result, grove_error** error) {
       return grove_diff(text.data(), text.size(), nullptr, 0, nullptr, 0, format, nullptr, result, error);
     }},
    {"diff, after", "after",
     [](string_view text, grove_format format, grove_buffer* result, grove_error** error) {
       return grove_diff(nullptr, 0, text.data(), text.size(), nullptr, 0, format, nullptr, result, error);
     }},
    {"diff_live", "manifest",
     [](string_view text, grove_format format, grove_buffer* result, grove_error** error) {
       grove_expand_options options = GROVE_EXPAND_OPTIONS_INIT;
       options.live = "{}";
       options.live_size = 2;
       return grove_diff_live(text.data(), text.size(), nullptr, 0, format, 0, &options, result, error);
     }},
    {"compare", "before",
     [](string_view text, grove_format format, grove_buffer* result, grove_error** error) {
       return grove_compare(text.data(), text.size(), "{}", 2, format, nullptr, result, error);
     }},
};

// A call with one text of a kind of its own, in JSON.
struct OtherTextCall {
  const char* name;
  const char* argument;
  const char* text;  // that it takes
  grove_status (*call)(string_view text, grove_buffer* result, grove_error** error);
};

const OtherTextCall kOtherTextCalls[] = {
    {"autoscale", "state", R"({"current":1,"maxReplicas":2})",
     [](string_view text, grove_buffer* result, grove_error** error) {
       return grove_autoscale(text.data(), text.size(), GROVE_FORMAT_JSON, nullptr, result, error);
     }},
    {"place_message", "message", R"({"cluster":{"nodes":[{"name":"a"}]}})",
     [](string_view text, grove_buffer* result, grove_error** error) {
       return grove_place_message(text.data(), text.size(), GROVE_ENCODING_JSON, result, error);
     }},
    {"check_message, request", "request", R"({"cluster":{"nodes":[{"name":"a"}]}})",
     [](string_view text, grove_buffer* result, grove_error** error) {
       return grove_check_message(text.data(), text.size(), "{}", 2, GROVE_ENCODING_JSON, result, error);
     }},
    {"check_message, answer", "answer", "{}",
     [](string_view text, grove_buffer* result, grove_error** error) {
       return grove_check_message("{}", 2, text.data(), text.size(), GROVE_ENCODING_JSON, result, error);
     }},
};

// Calls of handles: a text into a handle, which is released at once.
struct HandleCall {
  const char* name;
  const char* argument;
  grove_status (*call)(string_view text, grove_format format, bool* made, grove_error** error);
};

const HandleCall kHandleCalls[] = {
    {"workload_parse", "manifest",
     [](string_view text, grove_format format, bool* made, grove_error** error) {
       auto* workload = reinterpret_cast<grove_workload*>(1);
       const grove_status status =
           grove_workload_parse(text.data(), text.size(), nullptr, 0, format, nullptr, &workload, error);
       *made = workload != nullptr;
       grove_workload_free(workload);
       return status;
     }},
    {"snapshot_parse", "cluster",
     [](string_view text, grove_format format, bool* made, grove_error** error) {
       auto* snapshot = reinterpret_cast<grove_snapshot*>(1);
       const grove_status status = grove_snapshot_parse(text.data(), text.size(), format, nullptr, &snapshot, error);
       *made = snapshot != nullptr;
       grove_snapshot_free(snapshot);
       return status;
     }},
    {"snapshot_decode", "message",
     [](string_view text, grove_format format, bool* made, grove_error** error) {
       auto* snapshot = reinterpret_cast<grove_snapshot*>(1);
       // The same numbers mean formats and encodings here, so that unknown ones are unknown encodings.
       const auto encoding =
           format == GROVE_FORMAT_JSON ? GROVE_ENCODING_JSON : static_cast<grove_encoding>(format + 1);
       const grove_status status = grove_snapshot_decode(text.data(), text.size(), encoding, &snapshot, error);
       *made = snapshot != nullptr;
       grove_snapshot_free(snapshot);
       return status;
     }},
};

void ExpectZeroed(const grove_buffer& buffer, const char* name) {
  EXPECT_TRUE(buffer.data == nullptr && buffer.size == 0 && buffer.owner == nullptr) << name;
}

grove_buffer Garbage() { return {reinterpret_cast<const char*>(1), 2, reinterpret_cast<void*>(3)}; }

TEST(CEveryFunction, MalformedTextNamesItsParameterAndZeroesTheResult) {
  for (const TextCall& c : kTextCalls) {
    grove_buffer result = Garbage();
    auto* error = reinterpret_cast<grove_error*>(4);
    EXPECT_EQ(c.call("{", GROVE_FORMAT_JSON, &result, &error), GROVE_INVALID_ARGUMENT) << c.name;
    ExpectZeroed(result, c.name);
    EXPECT_STREQ(error->argument, c.argument) << c.name;
    EXPECT_EQ(error->line, 1u) << c.name;
    EXPECT_STRNE(error->message, "") << c.name;
    grove_error_free(error);
  }
  for (const HandleCall& c : kHandleCalls) {
    bool made = true;
    grove_error* error = nullptr;
    EXPECT_EQ(c.call("{", GROVE_FORMAT_JSON, &made, &error), GROVE_INVALID_ARGUMENT) << c.name;
    EXPECT_FALSE(made) << c.name;
    EXPECT_STREQ(error->argument, c.argument) << c.name;
    grove_error_free(error);
  }
}

TEST(CEveryFunction, NullTextWithALengthIsRefused) {
  for (const TextCall& c : kTextCalls) {
    grove_buffer result = Garbage();
    EXPECT_EQ(c.call(string_view(nullptr, 1), GROVE_FORMAT_JSON, &result, nullptr), GROVE_INVALID_ARGUMENT) << c.name;
    ExpectZeroed(result, c.name);
  }
  for (const HandleCall& c : kHandleCalls) {
    bool made = true;
    EXPECT_EQ(c.call(string_view(nullptr, 1), GROVE_FORMAT_JSON, &made, nullptr), GROVE_INVALID_ARGUMENT) << c.name;
    EXPECT_FALSE(made) << c.name;
  }
}

TEST(CEveryFunction, UnknownFormatIsRefused) {
  for (const TextCall& c : kTextCalls) {
    grove_buffer result = Garbage();
    grove_error* error = nullptr;
    EXPECT_EQ(c.call("{}", static_cast<grove_format>(77), &result, &error), GROVE_INVALID_ARGUMENT) << c.name;
    EXPECT_STREQ(error->argument, "format") << c.name;
    ExpectZeroed(result, c.name);
    grove_error_free(error);
  }
  for (const HandleCall& c : kHandleCalls) {
    bool made = true;
    EXPECT_EQ(c.call("{}", static_cast<grove_format>(77), &made, nullptr), GROVE_INVALID_ARGUMENT) << c.name;
    EXPECT_FALSE(made) << c.name;
  }
}

TEST(CEveryFunction, NullResultIsRefused) {
  for (const TextCall& c : kTextCalls) {
    grove_error* error = nullptr;
    EXPECT_EQ(c.call("{}", GROVE_FORMAT_JSON, nullptr, &error), GROVE_INVALID_ARGUMENT) << c.name;
    EXPECT_STREQ(error->argument, "result") << c.name;
    grove_error_free(error);
  }
}

TEST(CEveryFunction, EqualInputsGiveEqualBytesAndNoError) {
  for (const TextCall& c : kTextCalls) {
    std::string texts[2];
    for (std::string& text : texts) {
      grove_buffer result = Garbage();
      auto* error = reinterpret_cast<grove_error*>(4);
      EXPECT_EQ(c.call(kSet, GROVE_FORMAT_YAML, &result, &error), GROVE_OK) << c.name << ' ' << error->message;
      EXPECT_EQ(error, nullptr) << c.name;
      ASSERT_NE(result.data, nullptr) << c.name;
      EXPECT_EQ(result.data[result.size], '\0') << c.name;
      text.assign(result.data, result.size);
      grove_buffer_dispose(&result);
      ExpectZeroed(result, c.name);
    }
    EXPECT_EQ(texts[0], texts[1]) << c.name;
  }
}

TEST(CEveryFunction, ResultsAreJsonThatTheLibraryReads) {
  for (const TextCall& c : kTextCalls) {
    grove_buffer result = GROVE_BUFFER_INIT;
    ASSERT_EQ(c.call(kSet, GROVE_FORMAT_YAML, &result, nullptr), GROVE_OK) << c.name;
    const Result again = Admit({result.data, result.size}, nullptr, {}, GROVE_FORMAT_JSON);
    EXPECT_EQ(again.status, GROVE_OK) << c.name << ' ' << again.message();
    grove_buffer_dispose(&result);
  }
}

TEST(CEveryFunction, OtherTexts) {
  for (const OtherTextCall& c : kOtherTextCalls) {
    for (const string_view bad : {string_view("{"), string_view(nullptr, 1), string_view("{\"none\":1}")}) {
      grove_buffer result = Garbage();
      grove_error* error = nullptr;
      EXPECT_EQ(c.call(bad, &result, &error), GROVE_INVALID_ARGUMENT) << c.name;
      EXPECT_STREQ(error->argument, c.argument) << c.name;
      ExpectZeroed(result, c.name);
      grove_error_free(error);
    }
    grove_error* error = nullptr;
    EXPECT_EQ(c.call(c.text, nullptr, &error), GROVE_INVALID_ARGUMENT) << c.name;
    EXPECT_STREQ(error->argument, "result") << c.name;
    grove_error_free(error);
    std::string texts[2];
    for (std::string& text : texts) {
      grove_buffer result = Garbage();
      error = reinterpret_cast<grove_error*>(4);
      EXPECT_EQ(c.call(c.text, &result, &error), GROVE_OK) << c.name << ' ' << error->message;
      EXPECT_EQ(error, nullptr) << c.name;
      text.assign(result.data, result.size);
      grove_buffer_dispose(&result);
    }
    EXPECT_EQ(texts[0], texts[1]) << c.name;
  }
}

TEST(CEveryFunction, TopicsOfReference) {
  for (const grove_topic topic : {GROVE_TOPIC_DEFINITIONS, GROVE_TOPIC_RULES, GROVE_TOPIC_BACKENDS}) {
    grove_buffer json = Garbage();
    ASSERT_EQ(grove_reference(topic, GROVE_FORMAT_JSON, &json, nullptr), GROVE_OK);
    EXPECT_EQ(Admit({json.data, json.size}, nullptr, {}, GROVE_FORMAT_JSON).status, GROVE_OK);
    grove_buffer_dispose(&json);
    grove_error* error = nullptr;
    EXPECT_EQ(grove_reference(topic, GROVE_FORMAT_MAX_ENUM_, &json, &error), GROVE_INVALID_ARGUMENT);
    EXPECT_STREQ(error->argument, "output");
    ExpectZeroed(json, "reference");
    grove_error_free(error);
    EXPECT_EQ(grove_reference(topic, GROVE_FORMAT_JSON, nullptr, nullptr), GROVE_INVALID_ARGUMENT);
  }
  grove_buffer json = Garbage();
  grove_error* error = nullptr;
  EXPECT_EQ(grove_reference(GROVE_TOPIC_MAX_ENUM_, GROVE_FORMAT_JSON, &json, &error), GROVE_INVALID_ARGUMENT);
  EXPECT_STREQ(error->argument, "topic");
  grove_error_free(error);
  EXPECT_THAT(grove_compatibility_level(), testing::MatchesRegex("20[0-9][0-9]-[01][0-9]"));
}

}  // namespace
}  // namespace grove_test
