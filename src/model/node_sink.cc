#include "model/node_sink.h"

#include <cmath>
#include <utility>

#include "model/float_text.h"

namespace grove::internal {

std::size_t NodeSink::PopStart() {
  const std::size_t start = starts_.back();
  starts_.pop_back();
  return start;
}

void NodeSink::EndObject() {
  const std::size_t start = PopStart();
  const auto* first = reinterpret_cast<const Member*>(stack_.data() + start);
  const Node object = storage_->MakeObject({first, (stack_.size() - start) / 2});
  stack_.resize(start);
  stack_.push_back(object);
}

void NodeSink::EndArray() {
  const std::size_t start = PopStart();
  const Node array = storage_->MakeArray({stack_.data() + start, stack_.size() - start});
  stack_.resize(start);
  stack_.push_back(array);
}

void NodeSink::Double(double value) {
  if (!std::isfinite(value)) return Null();
  stack_.push_back(NumberNode(storage_->Copy(FormatJsonFloat(value))));
}

void NodeSink::Raw(const Value& value) {
  storage_->Keep(value.storage());
  stack_.push_back(value.node());
}

Value NodeSink::Finish() { return {stack_.front(), std::move(storage_)}; }

}  // namespace grove::internal
