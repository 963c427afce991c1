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

}  // namespace
