#include "grove/value.hpp"

#include "model/json_reader.h"
#include "model/json_sink.h"
#include "model/node.h"

namespace grove {

bool Value::boolean() const { return kind() == Kind::kBoolean && node_.size != 0; }

std::string_view Value::text() const { return internal::Text(node_); }

std::size_t Value::size() const { return is_array() || is_object() ? node_.size : 0; }

Value Value::at(std::size_t index) const {
  if (is_array()) return {internal::Elements(node_)[index], storage_};
  return {internal::Members(node_)[index].value, storage_};
}

std::string_view Value::key(std::size_t index) const { return internal::Text(internal::Members(node_)[index].key); }

std::optional<Value> Value::Find(std::string_view key) const {
  const internal::Node* found = internal::Find(node_, key);
  if (found == nullptr) return std::nullopt;
  return Value(*found, storage_);
}

std::string Value::ToJson() const {
  std::string out;
  internal::CompactJsonSink sink(out);
  sink.Write(node_);
  sink.Finish();
  return out;
}

Value Value::FromJson(std::string_view json) {
  auto storage = std::make_shared<internal::Storage>();
  const internal::ReadResult read = internal::ReadJson(json, Limits{}, *storage);
  if (read.error != nullptr) return {};
  return {read.root, std::move(storage)};
}

bool operator==(const Value& a, const Value& b) { return internal::NodesEqual(a.node_, b.node_); }

}  // namespace grove
