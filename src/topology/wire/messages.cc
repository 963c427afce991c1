#include "topology/wire/messages.h"

#include <algorithm>
#include <limits>
#include <memory>

#include "absl/strings/str_cat.h"
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/stubs/logging.h>
#include <google/protobuf/util/json_util.h>
#include <google/protobuf/util/type_resolver.h>
#include <google/protobuf/util/type_resolver_util.h>

namespace grove::topology {
namespace {

namespace protobuf = google::protobuf;

constexpr char kTypeUrlPrefix[] = "type.googleapis.com";

// One line of what protobuf says.
std::string FirstLine(protobuf::StringPiece message) {
  std::string line(message.data(), message.size());
  line.erase(std::find(line.begin(), line.end(), '\n'), line.end());
  std::replace_if(
      line.begin(), line.end(), [](unsigned char c) { return c < 0x20 || c == 0x7F; }, '?');
  return line;
}

// Maps in the order of their keys: protobuf would have them in any order otherwise.
std::string WriteBinary(const protobuf::Message& message) {
  std::string bytes;
  {
    protobuf::io::StringOutputStream stream(&bytes);
    protobuf::io::CodedOutputStream coded(&stream);
    coded.SetSerializationDeterministic(true);
    message.SerializeWithCachedSizes(&coded);
  }
  return bytes;
}

std::string WriteJson(const protobuf::Message& message) {
  const std::unique_ptr<protobuf::util::TypeResolver> types(
      protobuf::util::NewTypeResolverForDescriptorPool(kTypeUrlPrefix, message.GetDescriptor()->file()->pool()));
  protobuf::util::JsonPrintOptions options;
  options.add_whitespace = true;
  std::string json;
  const auto status = protobuf::util::BinaryToJsonString(
      types.get(), absl::StrCat(kTypeUrlPrefix, "/", message.GetDescriptor()->full_name()), WriteBinary(message), &json,
      options);
  if (!status.ok()) return {};  // only messages that hold invalid UTF-8, which no reader lets pass
  return json;
}

}  // namespace

std::optional<WireError> ParseMessage(std::string_view bytes, WireFormat format, const WireLimits& limits,
                                      protobuf::Message& message) {
  const std::size_t most = std::min<std::size_t>(limits.max_bytes, std::numeric_limits<std::int32_t>::max());
  if (bytes.size() > most) return WireError{"", absl::StrCat("is larger than ", most, " bytes (max_bytes)"), true};
  // What is wrong with an input is an answer, nothing to be written to standard error.
  const protobuf::LogSilencer silence;
  if (format == WireFormat::kBinary) {
    if (message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) return std::nullopt;
    return WireError{"", absl::StrCat("is no binary ", message.GetDescriptor()->full_name()), false};
  }
  const auto status = protobuf::util::JsonStringToMessage({bytes.data(), bytes.size()}, &message);
  if (status.ok()) return std::nullopt;
  return WireError{"", FirstLine(status.message()), false};
}

std::string WriteMessage(const protobuf::Message& message, WireFormat format) {
  static_cast<void>(message.ByteSizeLong());  // caches the sizes that writing relies on
  return format == WireFormat::kBinary ? WriteBinary(message) : WriteJson(message);
}

}  // namespace grove::topology
