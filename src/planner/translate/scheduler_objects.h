// The scheduler objects of all PodGangs of a set.
#pragma once

#include "grove/expansion.hpp"

namespace grove::planner {

// Adds to `expansion.objects` what the backend of each PodGang makes of it, in the order of the gangs (spec 07).
//
// A gang that cannot be translated gets no object but an error that names it (SB-41). O(pod groups).
void AddSchedulerObjects(const PodCliqueSet& set, const ExpansionOptions& options, Expansion& expansion);

}  // namespace grove::planner
