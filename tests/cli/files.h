// Files of tests: folders that vanish, and golden outputs.
#pragma once

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include <gtest/gtest.h>
#include <unistd.h>

namespace grove::cli {

inline std::string ReadWhole(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// A folder of its own for a test, removed at its end.
class TempFolder {
 public:
  TempFolder() {
    static std::atomic<int> count = 0;
    path_ = std::filesystem::temp_directory_path() /
            ("grove-cli-" + std::to_string(getpid()) + "-" + std::to_string(count++));
    std::filesystem::create_directories(path_);
  }
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;
  ~TempFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }

  // Writes `text`, and gives the path of the file.
  std::string Write(const std::string& name, const std::string& text) const {
    const std::filesystem::path path = path_ / name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
    return path.string();
  }
  [[nodiscard]] std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

inline std::string Golden(const std::string& name) { return std::string(GROVE_TESTS_DIR) + "/cli/golden/" + name; }

// Compares with the golden file. With GROVE_UPDATE_GOLDEN set a file that differs is rewritten, and the test fails all
// the same, so that nothing is updated unseen.
inline void ExpectGolden(const std::string& name, const std::string& text) {
  const std::string expected = ReadWhole(Golden(name));
  if (expected != text && std::getenv("GROVE_UPDATE_GOLDEN") != nullptr) {
    std::ofstream(Golden(name), std::ios::binary) << text;
  }
  EXPECT_EQ(text, expected) << "golden file " << name;
}

inline std::string Example(const std::string& name) {
  return std::string(GROVE_TESTS_DIR) + "/../examples/manifests/" + name;
}

}  // namespace grove::cli
