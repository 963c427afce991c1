// Rules of Kubernetes for names, labels and other short texts (spec 03 §12), as pure functions.
//
// Lengths are bytes. A check returns its errors in the order of the reference, none for a valid text; the messages
// are constants, so that nothing is allocated.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace grove {

// What is wrong with a text: at most four messages, each valid for ever.
class NameErrors {
 public:
  [[nodiscard]] bool empty() const { return size_ == 0; }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] std::string_view operator[](std::size_t index) const { return messages_[index]; }
  [[nodiscard]] const std::string_view* begin() const { return messages_.data(); }
  [[nodiscard]] const std::string_view* end() const { return messages_.data() + size_; }

  void Add(std::string_view message) { messages_[size_++] = message; }

 private:
  std::array<std::string_view, 4> messages_;
  std::size_t size_ = 0;
};

inline constexpr std::size_t kMaxDnsLabel = 63;
inline constexpr std::size_t kMaxDnsSubdomain = 253;
inline constexpr std::size_t kMaxQualifiedName = 63;  // without the prefix
inline constexpr std::size_t kMaxLabelValue = 63;
// Sum of the bytes of all keys and values of `metadata.annotations` (§12.4).
inline constexpr std::size_t kMaxAnnotationBytes = 262144;

// §12.1: `a-z`, `0-9` and inner `-`, 63 bytes.
[[nodiscard]] NameErrors CheckDnsLabel(std::string_view text);
// §12.1a: labels of any length joined by `.`, 253 bytes.
[[nodiscard]] NameErrors CheckDnsSubdomain(std::string_view text);
// §12.2: `[prefix/]name`. The rule of label keys and finalizers.
[[nodiscard]] NameErrors CheckQualifiedName(std::string_view text);
// §12.3: the value of a label; may be empty.
[[nodiscard]] NameErrors CheckLabelValue(std::string_view text);
// §12.4: CheckQualifiedName of the key in lower case.
[[nodiscard]] NameErrors CheckAnnotationKey(std::string_view text);
// §12.7.
[[nodiscard]] NameErrors CheckEnvironmentName(std::string_view text);

// §12.5: what the name rule sees of a `generateName`: a trailing `-` and the byte before it become `a`.
[[nodiscard]] std::string MaskTrailingDash(std::string_view generate_name);
// §12.5: whether an `apiVersion` names a version: `v1` and `apps/v1` do, ``, `apps/` and `a/b/c` do not.
[[nodiscard]] bool HasVersion(std::string_view api_version);

// §12.10: without leading and trailing Unicode white space.
[[nodiscard]] std::string_view TrimSpace(std::string_view text);
[[nodiscard]] inline bool IsBlank(std::string_view text) { return TrimSpace(text).empty(); }

// `^[a-z][a-z0-9-]*$`, spec 01 §1.4. The length is a matter of the schema.
[[nodiscard]] bool IsTopologyDomain(std::string_view text);
// Key of a topology level, spec 01 §5: like a label key, but without the rules of DNS for the prefix.
[[nodiscard]] bool IsTopologyLevelKey(std::string_view text);
// Type of a condition, spec 01 §7.1: a label name, with a DNS subdomain and `/` before it or without.
[[nodiscard]] bool IsConditionType(std::string_view text);
// Reason of a condition: `^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$`.
[[nodiscard]] bool IsConditionReason(std::string_view text);
// A quantity as the schema sees it, with `[0-9]+` and the like: a sign, digits with a fraction, then a suffix or an
// exponent, which may have a fraction. No white space.
[[nodiscard]] bool IsQuantityText(std::string_view text);

// §12.9: every text that occurs more than once, once each, in order of first occurrence. Allocates nothing for at
// most 16 different texts. O(n log n).
[[nodiscard]] std::vector<std::string_view> FindDuplicates(std::span<const std::string_view> texts);

}  // namespace grove
