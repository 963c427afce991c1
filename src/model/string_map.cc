#include "grove/string_map.hpp"

#include <algorithm>
#include <functional>
#include <string>

namespace grove {

StringMap::Entry StringMap::entry(std::size_t position) const {
  const std::size_t key = begin_of(2 * position);
  const std::size_t value = ends_[2 * position];
  return {{text_.data() + key, value - key}, {text_.data() + value, ends_[2 * position + 1] - value}};
}

std::size_t StringMap::LowerBound(std::string_view key) const {
  std::size_t low = 0;
  std::size_t high = size();
  while (low < high) {
    const std::size_t middle = (low + high) / 2;
    if (entry(middle).first < key) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

std::optional<std::string_view> StringMap::Find(std::string_view key) const {
  const std::size_t position = LowerBound(key);
  if (position == size()) return std::nullopt;
  const auto [found, value] = entry(position);
  if (found != key) return std::nullopt;
  return value;
}

bool StringMap::Holds(std::string_view view) const {
  const std::less<> before;
  return !view.empty() && !before(view.data(), text_.data()) && before(view.data(), text_.data() + text_.size());
}

void StringMap::Resize(std::size_t part, std::size_t at, std::ptrdiff_t by) {
  const auto place = text_.begin() + static_cast<std::ptrdiff_t>(at);
  if (by > 0) {
    text_.insert(place, static_cast<std::size_t>(by), '\0');
  } else {
    text_.erase(place, place - by);
  }
  for (std::size_t i = part; i < ends_.size(); ++i) ends_[i] = static_cast<std::uint32_t>(ends_[i] + by);
}

void StringMap::Set(std::string_view key, std::string_view value) {
  if (Holds(key) || Holds(value)) return Set(std::string(key), std::string(value));
  const std::size_t position = LowerBound(key);
  const std::size_t part = 2 * position;
  const std::size_t at = begin_of(part);
  if (position == size() || entry(position).first != key) {
    const auto end = static_cast<std::uint32_t>(at);
    ends_.insert(ends_.begin() + static_cast<std::ptrdiff_t>(part), 2, end);
    Resize(part + 1, at, static_cast<std::ptrdiff_t>(key.size() + value.size()));
    ends_[part] += static_cast<std::uint32_t>(key.size());
    std::copy(key.begin(), key.end(), text_.begin() + static_cast<std::ptrdiff_t>(at));
  } else {
    const std::size_t held = ends_[part + 1] - ends_[part];
    Resize(part + 1, ends_[part], static_cast<std::ptrdiff_t>(value.size()) - static_cast<std::ptrdiff_t>(held));
  }
  std::copy(value.begin(), value.end(), text_.begin() + static_cast<std::ptrdiff_t>(ends_[part]));
}

void StringMap::SetAll(const StringMap& other) {
  if (this == &other) return;
  for (const auto& [key, value] : other) Set(key, value);
}

void StringMap::Erase(std::string_view key) {
  const std::size_t position = LowerBound(key);
  if (position == size() || entry(position).first != key) return;
  const std::size_t part = 2 * position;
  const std::size_t at = begin_of(part);
  Resize(part + 2, at, static_cast<std::ptrdiff_t>(at) - static_cast<std::ptrdiff_t>(ends_[part + 1]));
  const auto first = ends_.begin() + static_cast<std::ptrdiff_t>(part);
  ends_.erase(first, first + 2);
}

}  // namespace grove
