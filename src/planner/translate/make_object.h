// From an object of a type of its own to the form in which all scheduler objects are kept.
#pragma once

#include <string>

#include "grove/expansion.hpp"

namespace grove::planner {

template <class T>
[[nodiscard]] SchedulerObject MakeSchedulerObject(const T& object) {
  return {std::string(T::kApiVersion), std::string(T::kKind), object.metadata, ToValue(object)};
}

}  // namespace grove::planner
