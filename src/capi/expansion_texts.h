// From the texts of a call to expanded sets.
#pragma once

#include "grove/workload.hpp"

#include "capi/failure.h"
#include "capi/options.h"
#include "capi/workload_texts.h"

namespace grove::capi {

struct ExpandedTexts {
  JudgedTexts judged;
  WorkloadExpansion expansion;
};

// The options of a call that expands, and the live objects in them.
[[nodiscard]] Outcome ReadExpandSettings(const grove_expand_options* options, grove_format format, ExpandSettings& out);

// The texts of the call with the stored sets that its settings name.
[[nodiscard]] Texts WithStored(const Texts& texts, const ExpandSettings& settings);

// Judges and expands. Fails if anything is denied, exceeds a limit, or cannot be expanded to its end unless the
// settings allow that.
[[nodiscard]] Outcome ExpandTexts(const Texts& texts, const ExpandSettings& settings, ExpandedTexts& out);

// What the settings ask for beside the objects of the sets: topology bindings, the sets themselves.
[[nodiscard]] std::vector<Value> WithParents(const ExpandedTexts& expanded, const ExpandSettings& settings);

// The objects of all sets, kind by kind.
[[nodiscard]] ObjectSet TakeObjects(WorkloadExpansion expansion);

}  // namespace grove::capi
