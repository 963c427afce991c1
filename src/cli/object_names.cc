#include "cli/object_names.h"

#include <algorithm>

namespace grove::cli {

std::string ObjectNames(const ObjectSet& objects) {
  std::string out;
  ForEachObject(objects, [&](const auto& object) {
    const std::string_view api_version = ApiVersionOf(object);
    const std::size_t slash = api_version.find('/');
    for (const char c : KindOf(object)) out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    if (slash != std::string_view::npos) out.append(".").append(api_version.substr(0, slash));
    const ObjectMeta& metadata = object.metadata;
    out.append("/").append(metadata.name.empty() ? metadata.generate_name : metadata.name).append("\n");
  });
  return out;
}

}  // namespace grove::cli
