#include <string>

#include <gtest/gtest.h>

#include "grove.h"

namespace {

TEST(CVersion, NumberAgreesWithString) {
  const std::uint32_t number = grove_version_number();
  EXPECT_EQ(std::to_string(number / 1'000'000) + "." + std::to_string(number / 1'000 % 1'000) + "." +
                std::to_string(number % 1'000),
            grove_version_string());
}

TEST(CVersion, HeaderAgreesWithLibrary) {
  EXPECT_EQ(GROVE_VERSION_NUMBER, grove_version_number());
  EXPECT_STREQ(GROVE_VERSION_STRING, grove_version_string());
}

TEST(CVersion, AtLeast) {
  EXPECT_TRUE(GROVE_VERSION_ATLEAST(GROVE_VERSION_MAJOR, GROVE_VERSION_MINOR, GROVE_VERSION_PATCH));
  EXPECT_TRUE(GROVE_VERSION_ATLEAST(0, 0, 999));
  EXPECT_FALSE(GROVE_VERSION_ATLEAST(GROVE_VERSION_MAJOR, GROVE_VERSION_MINOR, GROVE_VERSION_PATCH + 1));
  EXPECT_FALSE(GROVE_VERSION_ATLEAST(GROVE_VERSION_MAJOR + 1, 0, 0));
}

}  // namespace
