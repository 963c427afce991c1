// PodGangs for the LPX scheduler (spec 07 §3).
#pragma once

#include "planner/translate/backend.h"

namespace grove::planner {

extern const Backend kLpxBackend;

}  // namespace grove::planner
