#include "grove/version.hpp"

#include <cstdint>
#include <sstream>
#include <string>

#include <gtest/gtest.h>

namespace grove {
namespace {

TEST(Version, NumberAgreesWithString) {
  std::istringstream text{std::string(VersionString())};
  std::uint32_t major = 0;
  std::uint32_t minor = 0;
  std::uint32_t patch = 0;
  char first_dot = 0;
  char second_dot = 0;
  text >> major >> first_dot >> minor >> second_dot >> patch;
  ASSERT_FALSE(text.fail()) << VersionString();
  EXPECT_EQ(text.peek(), std::istringstream::traits_type::eof()) << VersionString();
  EXPECT_EQ(first_dot, '.');
  EXPECT_EQ(second_dot, '.');
  EXPECT_EQ(VersionNumber(), major * 1'000'000 + minor * 1'000 + patch);
}

TEST(Version, CompatibilityLevelIsTheReferenceSnapshot) { EXPECT_EQ(CompatibilityLevel(), "2026-08"); }

}  // namespace
}  // namespace grove
