// The JSON mapping against that of protobuf itself, which the library does without: random messages of every type, and
// values of every kind for every field.
#include "topology/wire/json_mapping.h"

#include <cstdint>
#include <fstream>
#include <functional>
#include <iterator>
#include <limits>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "gtest/gtest.h"
#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/dynamic_message.h>
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/stubs/logging.h>
#include <google/protobuf/util/json_util.h>
#include <google/protobuf/util/message_differencer.h>

#include "grove/manifest.hpp"

namespace grove::topology {
namespace {

namespace protobuf = google::protobuf;
namespace util = google::protobuf::util;

using protobuf::Descriptor;
using protobuf::FieldDescriptor;
using protobuf::Message;

// Values at which encodings change their length or their sign.
template <class Integer>
Integer RandomNumber(std::mt19937& random) {
  using Limits = std::numeric_limits<Integer>;
  constexpr Integer kValues[] = {0, 1, 127, 128, 300, static_cast<Integer>(-1), Limits::min(), Limits::max()};
  return kValues[random() % std::size(kValues)];
}

std::string RandomText(std::mt19937& random) {
  constexpr std::string_view kTexts[] = {"",
                                         "a",
                                         "topology.kubernetes.io/zone",
                                         "\"\\/\b\f\n\r\t\x01\x7f",
                                         "<&>'",
                                         "\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80",
                                         "\xe2\x80\xa8",
                                         "null",
                                         "12"};
  return std::string(kTexts[random() % std::size(kTexts)]);
}

class Schema {
 public:
  Schema() {
    std::ifstream stream(GROVE_DESCRIPTORS, std::ios::binary);
    protobuf::FileDescriptorSet files;
    if (files.ParseFromIstream(&stream) && files.file_size() == 1) file_ = pool_.BuildFile(files.file(0));
  }

  [[nodiscard]] std::vector<const Descriptor*> Types() const {
    std::vector<const Descriptor*> types;
    const std::function<void(const Descriptor*)> add = [&](const Descriptor* type) {
      if (!type->options().map_entry()) types.push_back(type);
      for (int i = 0; i < type->nested_type_count(); ++i) add(type->nested_type(i));
    };
    for (int i = 0; file_ != nullptr && i < file_->message_type_count(); ++i) add(file_->message_type(i));
    return types;
  }

  std::unique_ptr<Message> New(const Descriptor* type) {
    return std::unique_ptr<Message>(messages_.GetPrototype(type)->New());
  }

 private:
  protobuf::DescriptorPool pool_;
  const protobuf::FileDescriptor* file_ = nullptr;
  protobuf::DynamicMessageFactory messages_;
};

// Sets or adds a random value.
void Fill(Message& message, std::mt19937& random, int depth);

void FillField(Message& message, const FieldDescriptor* field, std::mt19937& random, int depth) {
  const protobuf::Reflection& write = *message.GetReflection();
  const bool add = field->is_repeated();
#define GROVE_FILL(Kind, value) \
  return add ? write.Add##Kind(&message, field, value) : write.Set##Kind(&message, field, value)
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      GROVE_FILL(Int32, RandomNumber<std::int32_t>(random));
    case FieldDescriptor::CPPTYPE_INT64:
      GROVE_FILL(Int64, RandomNumber<std::int64_t>(random));
    case FieldDescriptor::CPPTYPE_UINT32:
      GROVE_FILL(UInt32, RandomNumber<std::uint32_t>(random));
    case FieldDescriptor::CPPTYPE_UINT64:
      GROVE_FILL(UInt64, RandomNumber<std::uint64_t>(random));
    case FieldDescriptor::CPPTYPE_BOOL:
      GROVE_FILL(Bool, random() % 2 == 0);
    case FieldDescriptor::CPPTYPE_ENUM:  // also numbers that the schema does not know
      GROVE_FILL(EnumValue, static_cast<int>(random() % 20) - 1);
    case FieldDescriptor::CPPTYPE_STRING:
      GROVE_FILL(String, RandomText(random));
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return Fill(add ? *write.AddMessage(&message, field) : *write.MutableMessage(&message, field), random, depth + 1);
    default:
      FAIL() << field->full_name() << " has a type that this test does not fill";
  }
#undef GROVE_FILL
}

void Fill(Message& message, std::mt19937& random, int depth) {
  for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor* field = message.GetDescriptor()->field(i);
    const bool deep = field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE && !field->is_map() && depth > 3;
    // Texts and maps have few keys to choose from, and a map each once.
    const std::uint32_t count = deep ? 0 : random() % (field->is_map() ? 2 : field->is_repeated() ? 4 : 2);
    for (std::uint32_t n = 0; n < count; ++n) FillField(message, field, random, depth);
  }
}

std::string Binary(const Message& message) {
  std::string bytes;
  {
    protobuf::io::StringOutputStream stream(&bytes);
    protobuf::io::CodedOutputStream coded(&stream);
    coded.SetSerializationDeterministic(true);
    EXPECT_TRUE(message.SerializeToCodedStream(&coded));
  }
  return bytes;
}

// The document without what formatting and escapes make of it.
std::string Plain(const std::string& json) {
  const ParseResult read = ParseManifest(json);
  EXPECT_FALSE(read.error.has_value()) << json;
  return read.objects.empty() ? "" : WriteManifest(read.objects.front().document, OutputFormat::kCompactJson);
}

std::string Printed(const Message& message, const util::JsonPrintOptions& options) {
  std::string json;
  EXPECT_TRUE(util::MessageToJsonString(message, &json, options).ok());
  return json;
}

std::vector<util::JsonPrintOptions> PrintOptions() {
  std::vector<util::JsonPrintOptions> all(5);
  all[1].add_whitespace = true;
  all[2].always_print_primitive_fields = true;
  all[3].always_print_enums_as_ints = true;
  all[4].preserve_proto_field_names = true;
  return all;
}

TEST(JsonMappingTest, RandomMessagesOfEveryTypeGoBothWays) {
  Schema schema;
  ASSERT_GE(schema.Types().size(), 30u);
  std::mt19937 random(1);
  for (const Descriptor* type : schema.Types()) {
    for (int trial = 0; trial < 40; ++trial) {
      const auto message = schema.New(type);
      Fill(*message, random, 0);
      const std::string ours = BinaryToJson(Binary(*message), type->full_name());
      const auto read = schema.New(type);
      const auto status = util::JsonStringToMessage(ours, read.get());
      ASSERT_TRUE(status.ok()) << status.ToString() << ours;
      ASSERT_TRUE(util::MessageDifferencer::Equals(*message, *read)) << ours << message->DebugString();
      ASSERT_EQ(Plain(ours), Plain(Printed(*message, {})));
      for (const util::JsonPrintOptions& options : PrintOptions()) {
        const std::string theirs = Printed(*message, options);
        std::string binary;
        const auto error = JsonToBinary(theirs, type->full_name(), binary);
        ASSERT_FALSE(error.has_value()) << error->field << ": " << error->message << theirs;
        ASSERT_TRUE(read->ParseFromString(binary));
        ASSERT_TRUE(util::MessageDifferencer::Equals(*message, *read)) << theirs;
      }
    }
  }
}

// What a field may be given.
constexpr std::string_view kValues[] = {
    "null",
    "true",
    "false",
    "\"true\"",
    "0",
    "-0",
    "1",
    "-1",
    "1.0",
    "1e2",
    "1.5",
    "1e-1",
    "2147483647",
    "2147483648",
    "-2147483648",
    "-2147483649",
    "4294967295",
    "4294967296",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775808",
    "18446744073709551615",
    "18446744073709551616",
    "\"1\"",
    "\"-1\"",
    "\"1.0\"",
    "\"1e2\"",
    "\"1.5\"",
    "\" 1\"",
    "\"1 \"",
    "\"+1\"",
    "\"0x1\"",
    "\"9223372036854775807\"",
    "\"18446744073709551615\"",
    "\"\"",
    "\"x\"",
    "\"GT\"",
    "\"gt\"",
    "\"PLACED\"",
    "\"GROUP\"",
    "[]",
    "[null]",
    "[1]",
    "[\"1\"]",
    "[\"x\"]",
    "[true]",
    "[[]]",
    "[{}]",
    "[{},{}]",
    "{}",
    "{\"a\":1}",
    "{\"a\":\"1\"}",
    "{\"a\":null}",
    "{\"a\":true}",
    "{\"a\":{}}",
    "{\"unknown\":1}",
};

// What protobuf made of it: the message, or nothing if it refused.
std::optional<std::string> Theirs(const std::string& json, Message& message) {
  const protobuf::LogSilencer silence;
  if (!util::JsonStringToMessage(json, &message).ok()) return std::nullopt;
  return Binary(message);
}

std::optional<std::string> Ours(const std::string& json, Message& message) {
  std::string binary;
  if (JsonToBinary(json, message.GetDescriptor()->full_name(), binary).has_value()) return std::nullopt;
  if (!message.ParseFromString(binary)) return std::nullopt;
  return Binary(message);
}

// Where protobuf departs from its own definition of the mapping, and the library does not.
struct Departure {
  bool ours_takes;
  std::string_view what;
};

std::optional<Departure> DepartureOf(const FieldDescriptor* field, std::string_view value) {
  const bool quoted = value.front() == '"';
  const auto type = field->cpp_type();
  if (field->is_map()) {
    if (value == "{\"a\":null}") return Departure{false, "null for a value of a map"};
    return std::nullopt;
  }
  if (field->is_repeated()) {
    if (value == "[null]") return Departure{false, "null for an element of a list"};
    if (value == "[[]]") return Departure{false, "a list in a list"};
    if (value.front() != '[') return Departure{false, "one value for a list"};
    return std::nullopt;
  }
  if (quoted && type == FieldDescriptor::CPPTYPE_BOOL) return Departure{false, "a boolean in quotes"};
  if (quoted && type == FieldDescriptor::CPPTYPE_ENUM) return Departure{false, "the number of an enum in quotes"};
  if (value == "\"+1\"") return Departure{false, "a plus sign"};
  if (value == "\"1.0\"" || value == "\"1e2\"")
    return Departure{true, "a whole number in quotes that is not its digits"};
  return std::nullopt;
}

TEST(JsonMappingTest, EveryValueOfEveryFieldIsReadOrRefusedAlike) {
  Schema schema;
  std::set<std::string_view> departures;
  int compared = 0;
  for (const Descriptor* type : schema.Types()) {
    const auto ours = schema.New(type);
    const auto theirs = schema.New(type);
    for (int i = 0; i < 2 * type->field_count(); ++i) {
      const FieldDescriptor* field = type->field(i / 2);
      const std::string& name = i % 2 == 0 ? field->json_name() : field->name();
      for (const std::string_view value : kValues) {
        const std::string json = "{\"" + name + "\": " + std::string(value) + "}";
        ours->Clear();
        theirs->Clear();
        ++compared;
        const auto our_answer = Ours(json, *ours);
        const auto their_answer = Theirs(json, *theirs);
        if (our_answer == their_answer) continue;
        const auto departure = DepartureOf(field, value);
        ASSERT_TRUE(departure.has_value()) << type->full_name() << " " << json;
        EXPECT_EQ(our_answer.has_value(), departure->ours_takes) << type->full_name() << " " << json;
        EXPECT_EQ(their_answer.has_value(), !departure->ours_takes) << type->full_name() << " " << json;
        departures.insert(departure->what);
      }
    }
  }
  EXPECT_GT(compared, 10'000);
  EXPECT_EQ(departures.size(), 8u);  // each is one
}

}  // namespace
}  // namespace grove::topology
