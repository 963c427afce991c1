#include "planner/translate/lpx.h"

#include "model/naming.h"

namespace grove::planner {
namespace {

constexpr LossRule kLosses[] = {
    {LossEffect::kDropped, "spec 07 §3", "that these pods start together",
     "the LPX workload contract alone decides what starts together", FindMinima},
    {LossEffect::kDropped, "spec 07 §3", "topology packing",
     "admission refuses such sets; placement is expressed through the LPX workload contract", FindConstraints},
    {LossEffect::kDropped, "spec 07 §1.1", "the gang's priority",
     "pods do not get it either: they have the cluster's default priority", FindPriority},
};

}  // namespace

constexpr Backend kLpxBackend{
    {"lpx", schedulers::kLpx, "no objects: LPX has a workload contract of its own", false, false, true},
    nullptr,
    nullptr,
    nullptr,
    {},
    kLosses};

}  // namespace grove::planner
