#include "topology/wire/messages.h"

#include <algorithm>
#include <limits>

#include "absl/strings/str_cat.h"
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/stubs/logging.h>

#include "topology/wire/json_mapping.h"

namespace grove::topology {
namespace {

namespace protobuf = google::protobuf;

bool ParseBinary(std::string_view bytes, protobuf::MessageLite& message) {
  // What is wrong with an input is an answer, nothing to be written to standard error.
  const protobuf::LogSilencer silence;
  return message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
}

// Maps in the order of their keys: protobuf would have them in any order otherwise.
std::string WriteBinary(const protobuf::MessageLite& message) {
  std::string bytes;
  {
    protobuf::io::StringOutputStream stream(&bytes);
    protobuf::io::CodedOutputStream coded(&stream);
    coded.SetSerializationDeterministic(true);
    message.SerializeWithCachedSizes(&coded);
  }
  return bytes;
}

WireError TooLarge(std::size_t most) { return {"", absl::StrCat("is larger than ", most, " bytes (max_bytes)"), true}; }

}  // namespace

std::optional<WireError> ParseMessage(std::string_view bytes, WireFormat format, const WireLimits& limits,
                                      protobuf::MessageLite& message) {
  const std::size_t most = std::min<std::size_t>(limits.max_bytes, std::numeric_limits<std::int32_t>::max());
  if (bytes.size() > most) return TooLarge(most);
  if (format == WireFormat::kBinary) {
    if (ParseBinary(bytes, message)) return std::nullopt;
    return WireError{"", absl::StrCat("is no binary ", message.GetTypeName()), false};
  }
  std::string binary;
  if (auto error = JsonToBinary(bytes, message.GetTypeName(), binary)) return error;
  if (binary.size() > most) return TooLarge(most);
  if (ParseBinary(binary, message)) return std::nullopt;
  return WireError{"", absl::StrCat("makes no ", message.GetTypeName()), false};
}

std::string WriteMessage(const protobuf::MessageLite& message, WireFormat format) {
  static_cast<void>(message.ByteSizeLong());  // caches the sizes that writing relies on
  const std::string binary = WriteBinary(message);
  return format == WireFormat::kBinary ? binary : BinaryToJson(binary, message.GetTypeName());
}

}  // namespace grove::topology
