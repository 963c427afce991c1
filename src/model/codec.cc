#include "model/codec.h"

#include <charconv>
#include <cmath>
#include <system_error>

#include "model/duration.h"
#include "model/timestamp.h"

namespace grove::codec {

std::optional<std::int64_t> ParseInteger(std::string_view text) {
  const char* end = text.data() + text.size();
  std::int64_t value = 0;
  const auto [rest, error] = std::from_chars(text.data(), end, value);
  if (error == std::errc() && rest == end) return value;
  // A float whose value is integral, such as `1.0` or `1e3`, is an integer to the decoder (spec 02 §2.3).
  double real = 0;
  const auto [real_rest, real_error] = std::from_chars(text.data(), end, real);
  constexpr double kBound = 9223372036854775808.0;  // 2^63
  if (real_error != std::errc() || real_rest != end || real != std::floor(real)) return std::nullopt;
  if (real < -kBound || real >= kBound) return std::nullopt;
  return static_cast<std::int64_t>(real);
}

std::optional<Time> ParseTime(std::string_view text) {
  const std::optional<std::int64_t> seconds = ParseTimestamp(text);
  if (!seconds.has_value()) return std::nullopt;
  return Time{*seconds};
}

std::string FormatTime(Time time) { return FormatTimestamp(time.unix_seconds); }

std::optional<Duration> ParseDurationText(std::string_view text) {
  const std::optional<std::int64_t> nanoseconds = ParseDuration(text);
  if (!nanoseconds.has_value()) return std::nullopt;
  return Duration{*nanoseconds};
}

std::string FormatDurationText(Duration duration) { return FormatDuration(duration.nanoseconds); }

namespace {

using fields::Layout;

template <class T>
void ReadParsed(const std::optional<T>& parsed, void* out) {
  if (parsed.has_value()) *static_cast<T*>(out) = *parsed;
}

void ReadDouble(const Node& node, double& out) {
  const std::string_view text = internal::IsNumber(node) ? internal::Text(node) : std::string_view{};
  std::from_chars(text.data(), text.data() + text.size(), out);
}

void ReadStringMap(const Node& node, StringMap& out) {
  for (const Member& member : internal::Members(node)) {
    out.Set(internal::Text(member.key), internal::IsString(member.value) ? internal::Text(member.value) : "");
  }
}

void ReadObject(const Node& node, const StoragePointer& storage, const Layout& layout, void* object) {
  for (const Member& member : internal::Members(node)) {
    const schema::Field* field = schema::FindField(*layout.type, internal::Text(member.key));
    if (field == nullptr) continue;
    const fields::MemberLayout& at = layout.members[field - layout.type->fields.data()];
    Read(member.value, storage, *at.layout, const_cast<void*>(at.address(object)));
  }
}

void ReadList(const Node& node, const StoragePointer& storage, const fields::ElementLayout& element, void* list) {
  const std::span<const Node> elements = internal::Elements(node);
  auto* out = static_cast<std::byte*>(element.resize(list, elements.size()));
  for (const Node& each : elements) {
    Read(each, storage, *element.layout, out);
    out += element.size;
  }
}

}  // namespace

void Read(const Node& node, const StoragePointer& storage, const Layout& layout, void* out) {
  switch (layout.storage) {
    case fields::Storage::kString:
      if (internal::IsString(node)) *static_cast<std::string*>(out) = internal::Text(node);
      return;
    case fields::Storage::kBoolean:
      *static_cast<bool*>(out) = internal::KindOf(node) == internal::Kind::kBoolean && node.size != 0;
      return;
    case fields::Storage::kInt32:
      return ReadInteger(node, *static_cast<std::int32_t*>(out));
    case fields::Storage::kInt64:
      return ReadInteger(node, *static_cast<std::int64_t*>(out));
    case fields::Storage::kDouble:
      return ReadDouble(node, *static_cast<double*>(out));
    case fields::Storage::kDuration:
      return ReadParsed(ParseDurationText(internal::Text(node)), out);
    case fields::Storage::kTime:
      return ReadParsed(ParseTime(internal::Text(node)), out);
    case fields::Storage::kStringMap:
      return ReadStringMap(node, *static_cast<StringMap*>(out));
    case fields::Storage::kValue:
      *static_cast<Value*>(out) = Value(node, storage);
      return;
    case fields::Storage::kObject:
      return ReadObject(node, storage, layout, out);
    case fields::Storage::kVector:
      return ReadList(node, storage, layout.element, out);
    case fields::Storage::kOptional:
      if (!internal::IsNull(node)) Read(node, storage, *layout.element.layout, layout.element.resize(out, 1));
      return;
  }
}

bool IsZero(const Layout& layout, const void* value) {
  switch (layout.storage) {
    case fields::Storage::kString:
      return static_cast<const std::string*>(value)->empty();
    case fields::Storage::kBoolean:
      return !*static_cast<const bool*>(value);
    case fields::Storage::kInt32:
      return *static_cast<const std::int32_t*>(value) == 0;
    case fields::Storage::kInt64:
      return *static_cast<const std::int64_t*>(value) == 0;
    case fields::Storage::kDouble:
      return *static_cast<const double*>(value) == 0;
    case fields::Storage::kDuration:
      return static_cast<const Duration*>(value)->nanoseconds == 0;
    case fields::Storage::kTime:
      return *static_cast<const Time*>(value) == Time{};
    case fields::Storage::kStringMap:
      return static_cast<const StringMap*>(value)->empty();
    case fields::Storage::kValue:
      return static_cast<const Value*>(value)->is_null();
    case fields::Storage::kObject:
      return false;
    case fields::Storage::kVector:
    case fields::Storage::kOptional:
      return layout.element.elements(value).count == 0;
  }
  return false;
}

}  // namespace grove::codec
