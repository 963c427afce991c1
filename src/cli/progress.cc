#include "cli/progress.h"

#include <chrono>
#include <utility>

#include <fmt/format.h>
#include <fmt/ostream.h>

namespace grove::cli {

namespace {

constexpr char kWipe[] = "\r\x1b[2K";

}  // namespace

Progress::Progress(Streams& streams, std::string what) : streams_(streams), what_(std::move(what)) {
  if (streams_.progress) thread_ = std::thread([this] { Run(); });
}

Progress::~Progress() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    end_ = true;
  }
  ended_.notify_one();
  thread_.join();
}

void Progress::Run() {
  std::unique_lock lock(mutex_);
  int seconds = 1;
  for (; !ended_.wait_for(lock, std::chrono::seconds(1), [this] { return end_; }); ++seconds) {
    fmt::print(streams_.err, "{}{} ... {} s", kWipe, what_, seconds);
    streams_.err.flush();
  }
  if (seconds == 1) return;
  streams_.err << kWipe;
  streams_.err.flush();
}

}  // namespace grove::cli
