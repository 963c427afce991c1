// What scalars of YAML 1.1 stand for, as `sigs.k8s.io/yaml` (the reader in kubectl) resolves them: `yes` is true, `012`
// is ten, `1_000` a thousand, while `1:30` and dates stay text.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace grove::internal {

struct YamlScalar {
  enum class Type : std::uint8_t {
    kNull,
    kBoolean,
    kInteger,
    kFloat,
    kString,  // the text as it stands
    kBinary,  // `text`: decoded from base64, bytes that are no UTF-8 replaced by U+FFFD
    kError,   // `text`: why the scalar does not fit its tag
  };
  Type type = Type::kString;
  bool boolean = false;
  double number = 0;  // of a float; may be infinite or not a number, which JSON has no text for
  std::string text;   // of a number its spelling in JSON, unless infinite
};

// Resolves a plain scalar without a tag. O(text).
[[nodiscard]] YamlScalar ResolveYamlScalar(std::string_view text);

// Resolves a scalar with a full tag ("tag:yaml.org,2002:int"), whatever its style. A tag that means nothing to the
// reference makes a string. O(text).
[[nodiscard]] YamlScalar ResolveTaggedYamlScalar(std::string_view tag, std::string_view text);

// Text of a number, boolean or string as the key of an object; empty text with type kError for what cannot be one.
[[nodiscard]] YamlScalar YamlKey(const YamlScalar& scalar, std::string_view text);

// Whether some reader of YAML 1.1 takes `text`, written plain, for anything but this string.
[[nodiscard]] bool IsAmbiguousInYaml(std::string_view text);

}  // namespace grove::internal
