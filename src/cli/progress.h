// A line on a terminal that tells that work goes on, once it has taken a second.
#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

#include "cli/streams.h"

namespace grove::cli {

// Shows "WHAT ... 3 s" on standard error until it ends, then wipes it. Nothing where that is no terminal. While it
// lives, nothing else may be written there.
class Progress {
 public:
  Progress(Streams& streams, std::string what);
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  ~Progress();

 private:
  void Run();

  Streams& streams_;
  std::string what_;
  std::mutex mutex_;
  std::condition_variable ended_;
  bool end_ = false;
  std::thread thread_;
};

}  // namespace grove::cli
