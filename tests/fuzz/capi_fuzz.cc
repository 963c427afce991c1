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
  }

  void Run() {
    for (int step = 0; step < 16 && !source_.empty(); ++step) Step(source_.Byte());
  }

 private:
  static constexpr std::uint8_t kFunctions = 20;

  void Step(std::uint8_t choice) {
    choice %= kFunctions;
    if (choice < 10) {
      Document(choice);
    } else if (choice < 14) {
      MakeHandle(choice);
    } else {
      UseHandles(choice);
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
    Require(grove_error_status(error) == status);
    for (grove_buffer* buffer : buffers) {
      if (status != GROVE_OK) {
        Require(buffer->data == nullptr && buffer->size == 0 && buffer->owner == nullptr);
      } else if (buffer->data != nullptr) {
        Require(buffer->data[buffer->size] == '\0');
      }
      grove_buffer_dispose(buffer);
      Require(buffer->data == nullptr);
    }
    std::size_t size = 0;
    const char* report = grove_error_report(error, &size);
    Require(std::strlen(grove_error_message(error)) + std::strlen(grove_error_argument(error)) +
                std::strlen(grove_error_path(error)) + std::strlen(report) >=
            size);
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
    grove_place_options options = GROVE_PLACE_OPTIONS_INIT;
    options.steps_per_gang = 200;
    switch (choice) {
      case 14: {
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

  void ReadPlacement(const grove_placement* placement) {
    const std::size_t pods = grove_placement_pod_count(placement);
    std::size_t seen = 0;
    grove_gang_row gang;
    for (std::size_t i = 0; i < grove_placement_gang_count(placement); ++i) {
      Require(grove_placement_gang(placement, i, &gang) == GROVE_OK && gang.first_pod == seen);
      seen += gang.pod_count;
    }
    Require(seen == pods);
    grove_pod_row pod;
    for (std::size_t i = 0; i < pods; ++i) Require(grove_placement_pod(placement, i, &pod) == GROVE_OK);
    Require(grove_placement_pod(placement, pods, &pod) != GROVE_OK && pod.name == nullptr);
    grove_buffer result = {"x", 1, nullptr};
    auto* error = reinterpret_cast<grove_error*>(1);
    const grove_status status = grove_placement_check(placement, GROVE_FORMAT_JSON, &result, &error);
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
  std::vector<grove_workload*> workloads_;
  std::vector<grove_snapshot*> snapshots_;
  std::vector<grove_placement*> placements_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Session(Source(data, size)).Run();
  return 0;
}
