#include "cli/live.h"

#include <vector>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include "cli/text.h"

namespace grove::cli {

std::optional<std::shared_ptr<const LiveObjects>> LoadLive(const Options& options, InputReader& reader,
                                                           Streams& streams) {
  if (options.live_files.empty()) return std::shared_ptr<const LiveObjects>();
  std::vector<ManifestObject> objects;
  for (const std::string& file : options.live_files) {
    std::vector<InputObject> read;
    if (const auto error = reader.Read(file, read)) {
      const std::string place = error->source == nullptr ? fmt::format("grove {}: ", options.verb->name)
                                                         : Place(*error->source, error->location);
      fmt::print(streams.err, "{}{}\n", place, Printable(error->message));
      return std::nullopt;
    }
    for (InputObject& object : read) objects.push_back(std::move(object.object));
  }
  auto live = std::make_shared<const LiveObjects>(objects);
  if (live->empty() && !options.quiet) {
    fmt::print(streams.err, "note: --live holds no object of a PodCliqueSet\n");
  }
  return live;
}

void TellPending(std::span<const PendingWork> pending, const Options& options, Streams& streams) {
  if (options.quiet) return;
  for (const PendingWork work : pending) {
    fmt::print(streams.err, "note: {}\n",
               work == PendingWork::kRollingUpdate
                   ? "pods with an old template will be replaced one after the other, which is not shown"
                   : "a gang that lost its minimum will be torn down, which is not shown");
  }
}

}  // namespace grove::cli
