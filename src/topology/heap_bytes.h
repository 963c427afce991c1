// What lists take from the heap, allocators' own overhead excepted.
#pragma once

#include <cstddef>
#include <list>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/inlined_vector.h"

#include "grove/pod_class.hpp"

namespace grove::topology {

template <typename T>
requires std::is_trivially_copyable_v<T> std::size_t HeapBytes(const T& /*value*/) { return 0; }
template <typename T>
requires requires(const T& value) { value.bytes(); }
std::size_t HeapBytes(const T& value) { return value.bytes(); }
inline std::size_t HeapBytes(const std::string& text) {
  return text.capacity() > std::string().capacity() ? text.capacity() + 1 : 0;
}
template <typename T>
std::size_t HeapBytes(const std::vector<T>& list);
template <typename T>
std::size_t HeapBytes(const std::list<T>& list);
template <typename T, std::size_t N>
std::size_t HeapBytes(const absl::InlinedVector<T, N>& list);
template <typename K, typename V>
std::size_t HeapBytes(const absl::flat_hash_map<K, V>& map);
template <typename A, typename B>
std::size_t HeapBytes(const std::pair<A, B>& pair) {
  return HeapBytes(pair.first) + HeapBytes(pair.second);
}
inline std::size_t HeapBytes(const LabelRequirement& requirement) {
  return HeapBytes(requirement.key) + HeapBytes(requirement.values);
}
inline std::size_t HeapBytes(const NodeSelectorTerm& term) {
  return HeapBytes(term.match_labels) + HeapBytes(term.match_fields);
}
inline std::size_t HeapBytes(const Toleration& toleration) {
  return HeapBytes(toleration.key) + HeapBytes(toleration.value);
}
inline std::size_t HeapBytes(const HostPort& port) { return HeapBytes(port.protocol) + HeapBytes(port.address); }
inline std::size_t HeapBytes(const PodAffinityTerm& term) {
  return HeapBytes(term.topology_key) + HeapBytes(term.selector) + HeapBytes(term.namespaces);
}
inline std::size_t HeapBytes(const PodClass& pods) {
  return HeapBytes(pods.requests) + HeapBytes(pods.node_selector) + HeapBytes(pods.node_affinity) +
         HeapBytes(pods.tolerations) + HeapBytes(pods.host_ports) + HeapBytes(pods.pod_namespace) +
         HeapBytes(pods.labels) + HeapBytes(pods.affinity) + HeapBytes(pods.anti_affinity);
}
template <typename T, std::size_t N>
std::size_t HeapBytes(const absl::InlinedVector<T, N>& list) {
  return list.capacity() > N ? list.capacity() * sizeof(T) : 0;
}
template <typename T>
std::size_t HeapBytes(const std::vector<T>& list) {
  std::size_t total = list.capacity() * sizeof(T);  // NOLINT: lists of pointers are meant too
  if constexpr (!std::is_trivially_copyable_v<T>) {
    for (const T& value : list) total += HeapBytes(value);
  }
  return total;
}
template <typename T>
std::size_t HeapBytes(const std::list<T>& list) {
  std::size_t total = list.size() * (sizeof(T) + 2 * sizeof(void*));
  for (const T& value : list) total += HeapBytes(value);
  return total;
}
template <typename K, typename V>
std::size_t HeapBytes(const absl::flat_hash_map<K, V>& map) {
  constexpr std::size_t kControl = 16;
  if (map.capacity() == 0) return 0;
  std::size_t total = map.capacity() * (sizeof(std::pair<const K, V>) + 1) + kControl;
  if constexpr (!std::is_trivially_copyable_v<K> || !std::is_trivially_copyable_v<V>) {
    for (const auto& [key, value] : map) total += HeapBytes(key) + HeapBytes(value);
  }
  return total;
}

// Of several lists.
template <typename... Lists>
std::size_t HeapBytesOf(const Lists&... lists) {
  return (std::size_t{0} + ... + HeapBytes(lists));
}

}  // namespace grove::topology
