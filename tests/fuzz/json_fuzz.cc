// What was read as JSON is written as JSON that reads as the same.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "grove/value.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const grove::Value value = grove::Value::FromJson({reinterpret_cast<const char*>(data), size});
  const std::string text = value.ToJson();
  const grove::Value again = grove::Value::FromJson(text);
  if (!(again == value) || again.ToJson() != text) std::abort();
  return 0;
}
