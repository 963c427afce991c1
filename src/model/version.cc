#include "grove/version.hpp"

#include "model/version_config.h"

namespace grove {

std::string_view VersionString() { return GROVE_CONFIG_VERSION; }

std::uint32_t VersionNumber() {
  return GROVE_CONFIG_VERSION_MAJOR * 1'000'000u + GROVE_CONFIG_VERSION_MINOR * 1'000u + GROVE_CONFIG_VERSION_PATCH;
}

std::string_view CompatibilityLevel() { return GROVE_CONFIG_COMPATIBILITY_LEVEL; }

}  // namespace grove
