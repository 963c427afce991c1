#include "planner/translate/default_scheduler.h"

#include "model/naming.h"

namespace grove::planner {
namespace {

constexpr LossRule kLosses[] = {
    {LossEffect::kDropped, "spec 07 §2", "that these pods start together",
     "pods are scheduled one by one: part of the gang may hold nodes while the rest finds no room", FindMinima},
    {LossEffect::kDropped, "spec 07 §2", "topology packing", "pods land on any node that fits, without a warning",
     FindConstraints},
    {LossEffect::kDropped, "spec 07 §2", "the gang's priority",
     "pods do not get it either: they have the cluster's default priority", FindPriority},
};

}  // namespace

constexpr Backend kDefaultBackend{
    {"default", schedulers::kDefault, "no objects: pods are scheduled one by one", false, false, true},
    nullptr,
    nullptr,
    nullptr,
    {},
    kLosses};

}  // namespace grove::planner
