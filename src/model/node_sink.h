// Sink of codec::Write that makes nodes: the document of a typed object.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "grove/value.hpp"

#include "model/node.h"

namespace grove::internal {

class NodeSink {
 public:
  NodeSink() : storage_(std::make_shared<Storage>()) {}

  void StartObject() { starts_.push_back(stack_.size()); }
  void StartArray() { starts_.push_back(stack_.size()); }
  void EndObject();
  void EndArray();
  void Key(std::string_view key) { stack_.push_back(storage_->CopyString(key)); }
  void String(std::string_view text) { stack_.push_back(storage_->CopyString(text)); }
  void Integer(std::int64_t value) { stack_.push_back(storage_->MakeInteger(value)); }
  // Null for what is not finite.
  void Double(double value);
  void Boolean(bool value) { stack_.push_back(BooleanNode(value)); }
  void Null() { stack_.emplace_back(); }
  // Shares the content of `value`.
  void Raw(const Value& value);

  // The value that was written. Call once, when it is complete.
  [[nodiscard]] Value Finish();

 private:
  std::size_t PopStart();

  std::shared_ptr<Storage> storage_;
  std::vector<Node> stack_;          // finished values; of open objects keys and values in turn
  std::vector<std::size_t> starts_;  // where those of the open arrays and objects begin
};

}  // namespace grove::internal
