// An object of any kind, as comparisons see it: kind, metadata and document. What works on views is compiled once and
// not for each of the fifteen kinds.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "grove/diff.hpp"
#include "grove/expansion.hpp"

namespace grove::planner {

struct ObjectView {
  std::string_view api_version;
  std::string_view kind;
  const ObjectMeta* metadata = nullptr;
  const void* object = nullptr;
  Value (*document_of)(const void* object) = nullptr;

  [[nodiscard]] Value document() const { return document_of(object); }
  [[nodiscard]] std::string_view name() const { return metadata->name; }
  [[nodiscard]] ObjectReference reference() const {
    return {std::string(api_version), std::string(kind), metadata->namespace_name, metadata->name};
  }
};

// Borrows the object.
template <class T>
[[nodiscard]] ObjectView ViewOf(const T& object) {
  return {ApiVersionOf(object), KindOf(object), &object.metadata, &object,
          [](const void* of) { return ToValue(*static_cast<const T*>(of)); }};
}

template <class T>
[[nodiscard]] bool IsA(const ObjectView& view) {
  return view.kind == T::kKind && view.api_version == T::kApiVersion;
}

template <class T>
[[nodiscard]] std::vector<ObjectView> ViewsOf(const std::vector<T>& objects) {
  std::vector<ObjectView> views;
  views.reserve(objects.size());
  for (const T& object : objects) views.push_back(ViewOf(object));
  return views;
}

}  // namespace grove::planner
