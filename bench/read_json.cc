// What the command's throughput is measured against: reads every file of a folder, and parses it with RapidJSON if the
// first argument is `parse`. Prints the sum of the bytes.

#include <cstddef>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "rapidjson/document.h"

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  const bool parses = std::string_view(argv[1]) == "parse";
  std::size_t bytes = 0;
  std::string text;
  for (const auto& entry : std::filesystem::directory_iterator(argv[2])) {
    text.resize(entry.file_size());
    std::ifstream file(entry.path(), std::ios::binary);
    if (!file.read(text.data(), static_cast<std::streamsize>(text.size()))) return 1;
    bytes += text.size();
    if (!parses) continue;
    rapidjson::Document document;
    document.Parse(text.data(), text.size());
    if (!document.IsObject()) return 1;
  }
  std::printf("%zu\n", bytes);
  return 0;
}
