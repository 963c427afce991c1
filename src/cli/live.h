// Live objects on the command line: --live.
#pragma once

#include <memory>
#include <optional>
#include <span>

#include "grove/expansion.hpp"

#include "cli/input.h"
#include "cli/options.h"
#include "cli/streams.h"

namespace grove::cli {

// The objects of all --live files; null if there is none. On unusable input tells `streams.err` why and gives nullopt.
[[nodiscard]] std::optional<std::shared_ptr<const LiveObjects>> LoadLive(const Options& options, InputReader& reader,
                                                                         Streams& streams);

// Notes on what of the next state is not shown, since time decides it.
void TellPending(std::span<const PendingWork> pending, const Options& options, Streams& streams);

}  // namespace grove::cli
