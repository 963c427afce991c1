// Random sequences of calls of the C interface, with texts and options out of the input. Whatever is called with
// whatever: a call ends in a status, zeroes its outputs on failure, gives an error exactly then, and handles live as
// long as they are said to.
//
// The input is a list of steps: one byte chooses the function, the next ones its options; texts are pieces of the rest.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "grove.h"

namespace {

void Require(bool promise) {
  if (!promise) std::abort();
}

// Takes the input from its front; zeros once it is used up.
class Source {
 public:
  Source(const std::uint8_t* data, std::size_t size) : data_(data), size_(size) {}

  [[nodiscard]] bool empty() const { return size_ == 0; }
  std::uint8_t Byte() {
    if (size_ == 0) return 0;
    --size_;
    return *data_++;
  }
  // Up to the next 0xFF. A copy, so that reading beyond its end is found.
  std::string Text() {
    const auto* end = size_ == 0 ? nullptr : static_cast<const std::uint8_t*>(std::memchr(data_, 0xFF, size_));
    const std::size_t length = end == nullptr ? size_ : static_cast<std::size_t>(end - data_);
    std::string out(reinterpret_cast<const char*>(data_), length);
    data_ += length;
    size_ -= length;
    Byte();
    return out;
  }

 private:
  const std::uint8_t* data_;
  std::size_t size_;
};

class Session {
 public:
  explicit Session(Source source) : source_(source) {
    limits_.max_documents = 50;
    limits_.max_yaml_expanded_values = 20'000;
    limits_.max_objects = 500;
    limits_.max_startup_references = 10'000;
  }
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  ~Session() {
    for (grove_workload* each : workloads_) grove_workload_free(each);
    for (grove_snapshot* each : snapshots_) grove_snapshot_free(each);
    for (grove_placement* each : placements_) grove_placement_free(each);
    for (grove_index* each : indexes_) grove_index_free(each);
  }

  void Run() {
    for (int step = 0; step < 16 && !source_.empty(); ++step) Step(source_.Byte());
  }

 private:
  static constexpr std::uint8_t kFunctions = 29;

  void Step(std::uint8_t choice) {
    choice %= kFunctions;
    if (choice < 10) {
      Document(choice);
    } else if (choice < 14) {
      MakeHandle(choice);
    } else if (choice < 20) {
      UseHandles(choice);
    } else if (choice < 23) {
      OtherDocument(choice);
    } else {
      UseIndexes(choice);
    }
  }

  void ReadOptions() {
    admit_ = GROVE_ADMIT_OPTIONS_INIT;
    expand_ = GROVE_EXPAND_OPTIONS_INIT;
    const std::uint8_t bits = source_.Byte();
    format_ = static_cast<grove_format>(bits & 3);
    admit_.strict = (bits >> 2) & 1;
    admit_.all_stages = (bits >> 3) & 1;
    admit_.lint = static_cast<grove_lint>((bits >> 4) & 3);
    expand_.allow_incomplete = (bits >> 6) & 1;
    expand_.scheduler_objects = (bits >> 7) & 1;
    const std::uint8_t more = source_.Byte();
    expand_.state = static_cast<grove_object_state>(more & 1);
    expand_.pod_groups = static_cast<grove_pod_groups>((more >> 1) & 3);
    expand_.output = static_cast<grove_format>((more >> 3) & 3);
    admit_.output = static_cast<grove_format>((more >> 5) & 3);
    admit_.limits = &limits_;
    expand_.admit = &admit_;
  }

  // Every output of a call: zeroed on failure, and an error then and only then. Outputs by reference: the call that
  // sets them is another argument.
  void Finish(grove_status status, std::initializer_list<grove_buffer*> buffers, grove_error* const& error) {
    Require((status == GROVE_OK) == (error == nullptr));
    Require(status != GROVE_INTERNAL);
    for (grove_buffer* buffer : buffers) {
      if (status != GROVE_OK) {
        Require(buffer->data == nullptr && buffer->size == 0 && buffer->owner == nullptr);
      } else if (buffer->data != nullptr) {
        Require(buffer->data[buffer->size] == '\0');
      }
      grove_buffer_dispose(buffer);
      Require(buffer->data == nullptr);
    }
    if (error != nullptr) {
      Require(error->status == status);
      Require(std::strlen(error->message) > 0 && std::strlen(error->report) == error->report_size);
      Require(std::strlen(error->argument) <= 64 && error->path[std::strlen(error->path)] == '\0');
    }
    grove_error_free(error);
  }

  void Document(std::uint8_t choice) {
    ReadOptions();
    const std::string manifest = source_.Text();
    const std::string context = source_.Text();
    const std::string other = choice == 1 || choice >= 7 ? source_.Text() : std::string();
    if (choice == 2 || choice == 8) {
      live_ = source_.Text();
      expand_.live = live_.data();
      expand_.live_size = live_.size();
    }
    grove_buffer result = {"x", 1, nullptr};
    grove_buffer report = {"x", 1, nullptr};
    auto* error = reinterpret_cast<grove_error*>(1);
    const char* m = manifest.data();
    const char* c = context.data();
    const char* o = other.data();
    const std::size_t ms = manifest.size();
    const std::size_t cs = context.size();
    const std::size_t os = other.size();
    switch (choice) {
      case 0:
        return Finish(grove_admit(m, ms, c, cs, format_, &admit_, &result, &error), {&result}, error);
      case 1:
        return Finish(grove_admit_update(m, ms, o, os, c, cs, format_, &admit_, &result, &error), {&result}, error);
      case 2:
        return Finish(grove_expand(m, ms, c, cs, format_, &expand_, &result, &report, &error), {&result, &report},
                      error);
      case 3:
        return Finish(grove_names(m, ms, c, cs, format_, &admit_, &result, &error), {&result}, error);
      case 4:
        return Finish(grove_startup(m, ms, c, cs, format_, &admit_, &result, &error), {&result}, error);
      case 5:
        return Finish(grove_scaling(m, ms, c, cs, format_, &expand_, &result, &error), {&result}, error);
      case 6:
        return Finish(grove_translate(m, ms, c, cs, format_, &expand_, &result, &error), {&result}, error);
      case 7:
        return Finish(grove_diff(m, ms, o, os, c, cs, format_, &expand_, &result, &error), {&result}, error);
      case 8:
        return Finish(grove_diff_live(m, ms, c, cs, format_, 1, &expand_, &result, &error), {&result}, error);
      default:
        return Finish(grove_compare(m, ms, o, os, format_, &limits_, &result, &error), {&result}, error);
    }
  }

  template <class Handle>
  void Keep(grove_status status, Handle* const& handle, grove_error* const& error, std::vector<Handle*>& kept) {
    Require((status == GROVE_OK) == (handle != nullptr));
    Finish(status, {}, error);
    if (handle != nullptr) kept.push_back(handle);
  }

  void MakeHandle(std::uint8_t choice) {
    ReadOptions();
    const std::string text = source_.Text();
    auto* error = reinterpret_cast<grove_error*>(1);
    auto* workload = reinterpret_cast<grove_workload*>(1);
    auto* snapshot = reinterpret_cast<grove_snapshot*>(1);
    if (choice == 10) {
      const grove_status status =
          grove_workload_parse(text.data(), text.size(), nullptr, 0, format_, &expand_, &workload, &error);
      return Keep(status, workload, error, workloads_);
    }
    if (choice == 11) {
      grove_snapshot_options options = GROVE_SNAPSHOT_OPTIONS_INIT;
      options.limits = &limits_;
      options.lift_gates = admit_.strict;
      options.keep_labels = admit_.strict;
      const grove_status status = grove_snapshot_parse(text.data(), text.size(), format_, &options, &snapshot, &error);
      return Keep(status, snapshot, error, snapshots_);
    }
    const auto encoding = static_cast<grove_encoding>(admit_.strict);
    if (choice == 12) {
      const grove_status status = grove_snapshot_decode(text.data(), text.size(), encoding, &snapshot, &error);
      return Keep(status, snapshot, error, snapshots_);
    }
    grove_buffer result = {"x", 1, nullptr};
    Finish(grove_place_message(text.data(), text.size(), encoding, &result, &error), {&result}, error);
  }

  template <class Handle>
  Handle* Pick(const std::vector<Handle*>& handles) {
    const std::uint8_t index = source_.Byte();
    return index < handles.size() ? handles[index] : handles.empty() ? nullptr : handles.back();
  }

  void UseHandles(std::uint8_t choice) {
    auto* error = reinterpret_cast<grove_error*>(1);
    grove_buffer result = {"x", 1, nullptr};
    auto* next = reinterpret_cast<grove_snapshot*>(1);
    auto* placement = reinterpret_cast<grove_placement*>(1);
    switch (choice) {
      case 14: {
        const grove_place_options options = ReadPlaceOptions();
        const grove_snapshot* snapshot = Pick(snapshots_);
        const grove_status status = grove_place(snapshot, Pick(workloads_), &options, &placement, &error);
        return Keep(status, placement, error, placements_);
      }
      case 15: {
        const grove_snapshot* snapshot = Pick(snapshots_);
        return Keep(grove_snapshot_with(snapshot, Pick(placements_), &next, &error), next, error, snapshots_);
      }
      case 16: {
        const grove_snapshot* snapshot = Pick(snapshots_);
        return Keep(grove_snapshot_without(snapshot, Pick(placements_), &next, &error), next, error, snapshots_);
      }
      case 17:
        return ReadPlacement(Pick(placements_));
      case 18:
        return Finish(grove_snapshot_encode(Pick(snapshots_), GROVE_ENCODING_JSON, &result, &error), {&result}, error);
      default: {
        // A placement outlives what it was made from.
        if (snapshots_.empty()) return;
        grove_snapshot_free(snapshots_.back());
        snapshots_.pop_back();
      }
    }
  }

  // Texts live as long as the session.
  grove_place_options ReadPlaceOptions() {
    grove_place_options options = GROVE_PLACE_OPTIONS_INIT;
    const std::uint8_t bits = source_.Byte();
    options.steps_per_gang = 200;
    options.batch_rounds = 10;
    options.batch = bits & 1;
    options.without_causes = (bits >> 1) & 1;
    options.explain_changes = (bits >> 2) & 1;
    options.near_base = (bits >> 3) & 1;
    options.balance = (bits >> 4) & 1;
    options.reuse_nodes = (bits >> 5) & 1;
    options.preempt = (bits >> 6) & 1;
    if ((bits >> 7) == 0) return options;
    level_ = source_.Text();
    options.spread_level = level_.data();
    options.spread_level_size = level_.size();
    options.replica_level = level_.data();
    options.replica_level_size = (source_.Byte() & 1) == 0 ? 0 : level_.size();
    return options;
  }

  void OtherDocument(std::uint8_t choice) {
    grove_buffer result = {"x", 1, nullptr};
    auto* error = reinterpret_cast<grove_error*>(1);
    if (choice == 20) {
      const auto format = static_cast<grove_format>(source_.Byte() & 3);
      const std::string state = source_.Text();
      return Finish(grove_autoscale(state.data(), state.size(), format, &limits_, &result, &error), {&result}, error);
    }
    if (choice == 21) {
      const auto encoding = static_cast<grove_encoding>(source_.Byte() & 1);
      const std::string request = source_.Text();
      const std::string answer = source_.Text();
      return Finish(
          grove_check_message(request.data(), request.size(), answer.data(), answer.size(), encoding, &result, &error),
          {&result}, error);
    }
    const grove_place_options place = ReadPlaceOptions();
    const std::string gang = source_.Text();
    const std::string group = source_.Text();
    const std::string lost = source_.Text();
    grove_capacity_options options = GROVE_CAPACITY_OPTIONS_INIT;
    options.place = &place;
    options.most_copies = 20;
    options.most_pods = 500;
    options.worst_losses = 3;
    options.gang = gang.data();
    options.gang_size = gang.size();
    options.group = group.data();
    options.group_size = group.size();
    options.lost = lost.data();
    options.lost_size = lost.size();
    if (gang.empty()) options.gang = nullptr;
    if (group.empty()) options.group = nullptr;
    if (lost.empty()) options.lost = nullptr;
    const grove_snapshot* snapshot = Pick(snapshots_);
    const grove_workload* workload = Pick(workloads_);
    Finish(grove_capacity(snapshot, workload, GROVE_FORMAT_JSON, &options, &result, &error), {&result}, error);
  }

  void UseIndexes(std::uint8_t choice) {
    auto* error = reinterpret_cast<grove_error*>(1);
    if (choice == 23) {
      auto* made = reinterpret_cast<grove_index*>(1);
      return Keep(grove_index_new(Pick(snapshots_), &made, &error), made, error, indexes_);
    }
    grove_index* index = Pick(indexes_);
    switch (choice) {
      case 24: {
        auto* placement = reinterpret_cast<grove_placement*>(1);
        const grove_place_options options = ReadPlaceOptions();
        const grove_status status = grove_index_place(index, Pick(workloads_), &options, &placement, &error);
        if (status == GROVE_OK) RequireKept(placement, index);
        return Keep(status, placement, error, placements_);
      }
      case 25:
        return Finish(grove_index_apply(index, Pick(placements_), &error), {}, error);
      case 26:
        return Finish(grove_index_release(index, Pick(placements_), &error), {}, error);
      case 27: {
        const std::uint8_t bits = source_.Byte();
        const std::string pods = source_.Text();
        return Finish(grove_index_change_pods(index, pods.data(), pods.size(), static_cast<grove_format>(bits & 3),
                                              (bits >> 2) & 3, &error),
                      {}, error);
      }
      default: {
        const std::string node = source_.Text();
        return Finish(grove_index_set_usable(index, node.data(), node.size(), source_.Byte() & 3, &error), {}, error);
      }
    }
  }

  // A placement that its index has just made obeys the rules.
  static void RequireKept(const grove_placement* placement, const grove_index* index) {
    grove_buffer result = GROVE_BUFFER_INIT;
    Require(grove_placement_check(placement, index, GROVE_FORMAT_JSON, &result, nullptr) == GROVE_OK);
    Require(std::string_view(result.data, result.size) == R"({"breaches":[]})");
    grove_buffer_dispose(&result);
  }

  void ReadPlacement(const grove_placement* placement) {
    std::size_t pod_count = 0;
    std::size_t gang_count = 0;
    const grove_pod_row* pods = grove_placement_pods(placement, &pod_count);
    const grove_gang_row* gangs = grove_placement_gangs(placement, &gang_count);
    Require((pods == nullptr) == (pod_count == 0) && (gangs == nullptr) == (gang_count == 0));
    std::size_t seen = 0;
    for (std::size_t i = 0; i < gang_count; ++i) {
      Require(gangs[i].first_pod == seen);
      for (std::size_t k = 0; k < gangs[i].pod_count; ++k) Require(pods[seen++].gang == i);
    }
    Require(seen == pod_count);
    grove_buffer result = {"x", 1, nullptr};
    auto* error = reinterpret_cast<grove_error*>(1);
    const grove_status status = grove_placement_check(placement, nullptr, GROVE_FORMAT_JSON, &result, &error);
    Require(status != GROVE_OK || std::string_view(result.data, result.size) == R"({"breaches":[]})");
    Finish(status, {&result}, error);
    Finish(grove_placement_explain(placement, GROVE_FORMAT_JSON, &result, &error), {&result}, error);
    Finish(grove_placement_encode(placement, GROVE_ENCODING_BINARY, &result, &error), {&result}, error);
  }

  Source source_;
  grove_limits limits_ = GROVE_LIMITS_INIT;
  grove_admit_options admit_ = GROVE_ADMIT_OPTIONS_INIT;
  grove_expand_options expand_ = GROVE_EXPAND_OPTIONS_INIT;
  grove_format format_ = GROVE_FORMAT_JSON;
  std::string live_;
  std::string level_;
  std::vector<grove_workload*> workloads_;
  std::vector<grove_snapshot*> snapshots_;
  std::vector<grove_placement*> placements_;
  std::vector<grove_index*> indexes_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Session(Source(data, size)).Run();
  return 0;
}
