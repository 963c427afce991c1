// Paths of fields as Kubernetes writes them: names joined by dots, list indices in brackets.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace grove {

// A path as a chain of steps on the stack: building one costs nothing until an error has to name it.
// Each step borrows its parent and its name; keep them alive as long as the path.
class FieldPath {
 public:
  // The root: an empty path.
  FieldPath() = default;

  [[nodiscard]] FieldPath Child(std::string_view name) const { return {this, name, kNoIndex}; }
  [[nodiscard]] FieldPath Index(std::size_t index) const { return {this, {}, index}; }

  [[nodiscard]] std::string ToString() const;

 private:
  static constexpr std::size_t kNoIndex = static_cast<std::size_t>(-1);

  FieldPath(const FieldPath* parent, std::string_view name, std::size_t index)
      : parent_(parent), name_(name), index_(index) {}

  void AppendTo(std::string& out) const;

  const FieldPath* parent_ = nullptr;
  std::string_view name_;
  std::size_t index_ = kNoIndex;
};

}  // namespace grove
