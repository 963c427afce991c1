// PodGangs for the default scheduler as the reference serves it (spec 07 §2).
#pragma once

#include "planner/translate/backend.h"

namespace grove::planner {

extern const Backend kDefaultBackend;

}  // namespace grove::planner
