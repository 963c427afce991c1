// Conditions of a status: finding, writing, removing one (spec 09 §0.4).
#pragma once

#include <string_view>
#include <vector>

#include "grove/object_meta.hpp"

namespace grove::planner {

namespace condition_types {

inline constexpr std::string_view kPodScheduled = "PodScheduled";
inline constexpr std::string_view kReady = "Ready";
inline constexpr std::string_view kPodCliqueScheduled = "PodCliqueScheduled";
inline constexpr std::string_view kMinAvailableBreached = "MinAvailableBreached";
inline constexpr std::string_view kGangTerminationInProgress = "GangTerminationInProgress";
inline constexpr std::string_view kTopologyLevelsUnavailable = "TopologyLevelsUnavailable";
inline constexpr std::string_view kSchedulerTopologyDrift = "SchedulerTopologyDrift";
inline constexpr std::string_view kInitialized = "Initialized";

}  // namespace condition_types

inline constexpr std::string_view kTrue = "True";
inline constexpr std::string_view kFalse = "False";
inline constexpr std::string_view kUnknown = "Unknown";

// The condition of that type, or null.
[[nodiscard]] const Condition* FindCondition(const std::vector<Condition>& conditions, std::string_view type);

// A condition of that type exists and has that status. An absent one has no status.
[[nodiscard]] bool HasStatus(const std::vector<Condition>& conditions, std::string_view type, std::string_view status);

// What a rule says about one condition; text is borrowed.
struct Verdict {
  std::string_view status;
  std::string_view reason;
  std::string_view message;
};

// Writes a condition. Nothing changes if status, reason and message are what they were; the time of transition becomes
// `now` only if the status changes or the condition is new.
void SetCondition(std::vector<Condition>& conditions, std::string_view type, const Verdict& verdict,
                  std::int64_t observed_generation, Time now);

void RemoveCondition(std::vector<Condition>& conditions, std::string_view type);

}  // namespace grove::planner
