#include "model/quantity.h"

#include <compare>
#include <cstdint>
#include <limits>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace grove {
namespace {

using Format = Quantity::Format;

struct OutputCase {
  std::string_view text;
  std::string_view canonical;
};

void PrintTo(const OutputCase& test, std::ostream* out) { *out << '"' << test.text << '"'; }

class QuantityOutput : public testing::TestWithParam<OutputCase> {};

TEST_P(QuantityOutput, IsCanonical) {
  const std::optional<Quantity> quantity = Quantity::Parse(GetParam().text);
  ASSERT_TRUE(quantity.has_value());
  EXPECT_EQ(quantity->Canonical(), GetParam().canonical);
}

TEST_P(QuantityOutput, IsNotRewrittenAgain) {
  const std::optional<Quantity> again = Quantity::Parse(GetParam().canonical);
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(again->Canonical(), GetParam().canonical);
}

TEST_P(QuantityOutput, FastCheckAcceptsOnlyWhatOutputKeeps) {
  if (IsCanonicalQuantity(GetParam().text)) {
    EXPECT_EQ(GetParam().canonical, GetParam().text);
  }
}

// The examples of spec 03 §12.8b.
constexpr OutputCase kSpecExamples[] = {
    {"1024Mi", "1Gi"},     {"1026Mi", "1026Mi"}, {"0.5", "500m"}, {"1500", "1500"},    {"1.50", "1500m"},
    {"1000", "1k"},        {"100000", "100k"},   {"512", "512"},  {"1000m", "1"},      {".500", "500m"},
    {"1.1Ki", "1126400m"}, {"10e2", "1e3"},      {"1000E", "1"},  {"1.5Gi", "1536Mi"},
};
INSTANTIATE_TEST_SUITE_P(SpecExamples, QuantityOutput, testing::ValuesIn(kSpecExamples));

constexpr OutputCase kDecimal[] = {
    {"0.1", "100m"},
    {"1.2345", "1234500u"},
    {"2000k", "2M"},
    {"100E", "100E"},
    {"0.0000000001", "1n"},
    {"0.1n", "1n"},
    {"1.1n", "2n"},
    {"-1.1n", "-2n"},
    {"999999999.9999999999", "1G"},
    {"1000000000000000000000", "1"},
    {"1234567890123456789", "1234567890123456789"},
    {"12345678901234567890", "12345678901234567890"},
    {"1.0000000000000000000000000000000000000000", "1"},
    {"1.0000000000000000000000000000000000000001", "1000000001n"},
    {" 1500 ", "1500"},
    {"\t8Gi\n", "8Gi"},
};
INSTANTIATE_TEST_SUITE_P(Decimal, QuantityOutput, testing::ValuesIn(kDecimal));

constexpr OutputCase kZero[] = {
    {"0", "0"},   {"-0", "0"},  {"+0", "0"},    {"00", "0"}, {"0Ei", "0"}, {"0e-50", "0"}, {"0.00000000000", "0"},
    {".", "0"},   {"+", "0"},   {"-", "0"},     {"m", "0"},  {"Ti", "0"},  {"e3", "0"},    {"-0.00000000000", "0"},
    {"0.0", "0"}, {"0Ki", "0"}, {"-.0e7", "0"},
};
INSTANTIATE_TEST_SUITE_P(Zero, QuantityOutput, testing::ValuesIn(kZero));

constexpr OutputCase kBinary[] = {
    {"1024Ki", "1Mi"},
    {"1536Mi", "1536Mi"},
    {"0.5Ki", "512"},
    {"1000Ki", "1000Ki"},
    {"8Ki", "8Ki"},
    {"-8Ki", "-8Ki"},
    {"1Ei", "1Ei"},
    {"100Ti", "100Ti"},
    {"1024Ti", "1Pi"},
    {"0.1Ki", "102400m"},
    {"0.0001Ki", "102400u"},
    {"0.0009765625Ki", "1"},
    {"7.5Ei", "7680Pi"},
    {"-1.5Ki", "-1536"},
    {"0.00000000001Ki", "11n"},
    {"8Ei", "9223372036854775807"},
    {"-16Ei", "-9223372036854775807"},
    {"99999999999999999999999Ki", "9223372036854775807"},
};
INSTANTIATE_TEST_SUITE_P(Binary, QuantityOutput, testing::ValuesIn(kBinary));

constexpr OutputCase kExponent[] = {
    {"1000e-3", "1"},
    {"1000000000e0", "1e9"},
    {"0.5e0", "500e-3"},
    {"1E5", "100e3"},
    {"123456789012345678900e3", "123456789012345678900e3"},
    {"1000000000000000000000e0", "1e21"},
    {"1e-10", "1e-9"},
    {"1e-999999999", "1e-9"},
    {"1000e999999999", "1e1000000002"},
};
INSTANTIATE_TEST_SUITE_P(Exponent, QuantityOutput, testing::ValuesIn(kExponent));

class QuantityKept : public testing::TestWithParam<std::string_view> {};

TEST_P(QuantityKept, StaysAsWritten) {
  EXPECT_TRUE(IsCanonicalQuantity(GetParam()));
  const std::optional<Quantity> quantity = Quantity::Parse(GetParam());
  ASSERT_TRUE(quantity.has_value());
  EXPECT_EQ(quantity->Canonical(), GetParam());
  EXPECT_EQ(quantity->form().text, GetParam());
}

INSTANTIATE_TEST_SUITE_P(Texts, QuantityKept,
                         testing::Values("0", "+5", "-5", "005", "5.", "1E3", "1e0", "12345.678", "1.5e1", "1e+3",
                                         "500m", "1Gi", "8", "-100m", "1e30", "1500E", "99Ti", "1e999999999",
                                         "10e999999999", "999999999999999999"));

class QuantityRejected : public testing::TestWithParam<std::string_view> {};

TEST_P(QuantityRejected, IsNoQuantity) {
  EXPECT_FALSE(Quantity::Parse(GetParam()).has_value());
  EXPECT_FALSE(IsCanonicalQuantity(GetParam()));
}

INSTANTIATE_TEST_SUITE_P(Texts, QuantityRejected,
                         testing::Values("", " ", "5K", "5ki", "5KI", "5mi", "abc", "1 Gi", "1.2.3", "--1", "+-1", "1e",
                                         "1e+", "1e1.5", "1e 3", "1ee3", "1e+-3", "0x10", "1_000", "1,5", "Ei", "Pi",
                                         "e-20", "1e99999999999999999999", "1m3", "NaN", "1Gii", "1i",
                                         "123456789012345678901e999999999"));

TEST(Quantity, FastCheckRefusesWhatIsRewritten) {
  for (const std::string_view text : {"1000m", "8Gi", "0.5", " 1", "1Ei", "-", "00"}) {
    EXPECT_FALSE(IsCanonicalQuantity(text)) << text;
  }
}

TEST(Quantity, LongNumbersAreExact) {
  const std::string digits(5000, '7');
  const std::optional<Quantity> quantity = Quantity::Parse(digits + "." + std::string(3000, '0'));
  ASSERT_TRUE(quantity.has_value());
  EXPECT_EQ(quantity->Canonical(), digits);
}

TEST(Quantity, SizeIsBounded) {
  const std::string at_bound(Quantity::kMaxDigits - 9, '7');
  EXPECT_TRUE(Quantity::Parse(at_bound).has_value());
  EXPECT_FALSE(Quantity::Parse(at_bound + "7").has_value());
  EXPECT_TRUE(Quantity::Parse("." + at_bound + "7777777777").has_value());
  EXPECT_TRUE(Quantity::Parse(at_bound + "7Ki").has_value());
}

TEST(Quantity, DefaultIsZero) {
  EXPECT_TRUE(Quantity().IsZero());
  EXPECT_EQ(Quantity().Canonical(), "0");
}

struct OrderCase {
  std::string_view a;
  std::string_view b;
  std::strong_ordering order;
};

TEST(Quantity, ComparesByValue) {
  constexpr auto kLess = std::strong_ordering::less;
  constexpr auto kEqual = std::strong_ordering::equal;
  const OrderCase cases[] = {
      {"1", "1000m", kEqual},
      {"1", "1.0000000000000000000000", kEqual},
      {"1Gi", "1073741824", kEqual},
      {"1G", "1Gi", kLess},
      {"0", "-0.00000000000", kEqual},
      {"-1", "1n", kLess},
      {"-2", "-1", kLess},
      {"-1Ei", "-1", kLess},
      {"0", "1n", kLess},
      {"999999999999999999", "1E", kLess},
      {"1e30", "1000000000000000000000000000000", kEqual},
      {"1e30", "1000000000000000000000000000001", kLess},
      {"1e30", "2e999999999", kLess},
      {"123456789012345678.9", "123456789012345678901m", kLess},
      {"8Ei", "9223372036854775807", kEqual},
      {"0.1n", "1n", kEqual},
  };
  for (const OrderCase& test : cases) {
    const std::optional<Quantity> a = Quantity::Parse(test.a);
    const std::optional<Quantity> b = Quantity::Parse(test.b);
    ASSERT_TRUE(a.has_value() && b.has_value()) << test.a << " " << test.b;
    EXPECT_EQ(*a <=> *b, test.order) << test.a << " " << test.b;
    EXPECT_EQ(*b <=> *a, 0 <=> test.order) << test.b << " " << test.a;
    EXPECT_EQ(*a == *b, test.order == kEqual) << test.a << " " << test.b;
  }
}

struct ScaledCase {
  std::string_view text;
  int scale10;
  std::optional<std::int64_t> value;
};

TEST(Quantity, ScalesExactlyOrRoundsAwayFromZero) {
  constexpr std::int64_t kMax = std::numeric_limits<std::int64_t>::max();
  constexpr std::int64_t kMin = std::numeric_limits<std::int64_t>::min();
  const ScaledCase cases[] = {
      {"2100m", 0, 3},
      {"2100m", -3, 2100},
      {"-2100m", 0, -3},
      {"2", -3, 2000},
      {"1Gi", 0, 1073741824},
      {"1Gi", -3, 1073741824000},
      {"1n", 0, 1},
      {"-1n", 0, -1},
      {"1n", 30, 1},
      {"0", 30, 0},
      {"0Ei", -30, 0},
      {"1n", -9, 1},
      {"1Ei", 0, std::int64_t{1} << 60},
      {"1Ei", -3, std::nullopt},
      {"8Ei", 0, kMax},
      {"8Ei", -1, std::nullopt},
      {"9223372036854775807", 0, kMax},
      {"9223372036854775808", 0, std::nullopt},
      {"-9223372036854775808", 0, kMin},
      {"9223372036854775806.1", 0, kMax},
      {"9223372036854775807.1", 0, std::nullopt},
      {"1e30", 0, std::nullopt},
      {"1e30", 12, 1000000000000000000},
      {"100000000000000000000000000000000000", 30, 100000},
      {"100000000000000000000000000000000001", 30, 100001},
      {"12345678901234567890", 40, 1},
      {"12345678901234567890", -2'000'000'000, std::nullopt},
      {"5e999999999", 999999999, 5},
  };
  for (const ScaledCase& test : cases) {
    const std::optional<Quantity> quantity = Quantity::Parse(test.text);
    ASSERT_TRUE(quantity.has_value()) << test.text;
    EXPECT_EQ(quantity->ScaledValue(test.scale10), test.value) << test.text << " in 10^" << test.scale10;
  }
}

TEST(Quantity, FormOfSmallNumbers) {
  const Quantity gibi = *Quantity::Parse("8Gi");
  EXPECT_FALSE(gibi.form().big);
  EXPECT_EQ(gibi.form().value, std::int64_t{8} << 30);
  EXPECT_EQ(gibi.form().scale, 0);
  EXPECT_EQ(gibi.form().text, "");
  EXPECT_EQ(gibi.form().format, Format::kBinarySi);

  const Quantity milli = *Quantity::Parse("-1.5e-3");
  EXPECT_FALSE(milli.form().big);
  EXPECT_EQ(milli.form().value, -15);
  EXPECT_EQ(milli.form().scale, -4);
  EXPECT_EQ(milli.form().format, Format::kDecimalExponent);
}

TEST(Quantity, FormOfBigNumbers) {
  const Quantity fine = *Quantity::Parse("-1.1Ki");
  EXPECT_TRUE(fine.form().big);
  EXPECT_TRUE(fine.form().negative);
  EXPECT_EQ(fine.form().digits, "1126400000000");
  EXPECT_EQ(fine.form().big_scale, 9);
  EXPECT_EQ(fine.form().format, Format::kBinarySi);

  const Quantity capped = *Quantity::Parse("8Ei");
  EXPECT_EQ(capped.form().digits, "9223372036854775807");
  EXPECT_EQ(capped.form().big_scale, 0);

  const Quantity below_one = *Quantity::Parse("0.0001Ki");
  EXPECT_EQ(below_one.form().digits, "102400000");
  EXPECT_EQ(below_one.form().format, Format::kDecimalSi);

  const Quantity zero = *Quantity::Parse("-0.00000000000");
  EXPECT_TRUE(zero.form().big);
  EXPECT_FALSE(zero.form().negative);
  EXPECT_EQ(zero.form().digits, "");
  EXPECT_EQ(zero.form().big_scale, 11);
}

}  // namespace
}  // namespace grove
