// A difference as a document.
#include <array>

#include "grove/diff.hpp"

#include "model/node_sink.h"

namespace grove {
namespace {

void WriteText(internal::NodeSink& sink, std::string_view key, std::string_view text) {
  if (text.empty()) return;
  sink.Key(key);
  sink.String(text);
}

void WriteReference(internal::NodeSink& sink, const ObjectReference& object) {
  WriteText(sink, "apiVersion", object.api_version);
  WriteText(sink, "kind", object.kind);
  WriteText(sink, "namespace", object.namespace_name);
  WriteText(sink, "name", object.name);
}

void WriteList(internal::NodeSink& sink, std::string_view key, const std::vector<ObjectReference>& objects) {
  if (objects.empty()) return;
  sink.Key(key);
  sink.StartArray();
  for (const ObjectReference& object : objects) {
    sink.StartObject();
    WriteReference(sink, object);
    sink.EndObject();
  }
  sink.EndArray();
}

void WriteFields(internal::NodeSink& sink, const std::vector<FieldChange>& fields) {
  if (fields.empty()) return;
  sink.Key("fields");
  sink.StartArray();
  for (const FieldChange& field : fields) {
    sink.StartObject();
    WriteText(sink, "path", field.path);
    if (field.before.has_value()) {
      sink.Key("before");
      sink.Raw(*field.before);
    }
    if (field.after.has_value()) {
      sink.Key("after");
      sink.Raw(*field.after);
    }
    sink.EndObject();
  }
  sink.EndArray();
}

void WriteChange(internal::NodeSink& sink, const ObjectChange& change) {
  sink.StartObject();
  WriteText(sink, "action", NameOf(change.action));
  WriteText(sink, "cause", NameOf(change.cause));
  WriteReference(sink, change.object);
  if (change.action != ObjectAction::kDelete) {
    sink.Key(change.action == ObjectAction::kCreate ? "object" : "patch");
    sink.Raw(change.document);
  }
  WriteFields(sink, change.fields);
  sink.EndObject();
}

}  // namespace

std::string_view NameOf(ObjectAction action) {
  constexpr std::array kNames = {std::string_view("create"), std::string_view("patch"), std::string_view("delete")};
  return kNames[static_cast<std::size_t>(action)];
}

std::string_view NameOf(DeletionCause cause) {
  constexpr std::array kNames = {std::string_view(), std::string_view("excess"), std::string_view("ownerGone"),
                                 std::string_view("leaked")};
  return kNames[static_cast<std::size_t>(cause)];
}

Value DescribeDiff(const ObjectDiff& diff) {
  internal::NodeSink sink;
  sink.StartObject();
  sink.Key("changes");
  sink.StartArray();
  for (const ObjectChange& change : diff.changes) WriteChange(sink, change);
  sink.EndArray();
  WriteList(sink, "leaked", diff.leaked);
  WriteList(sink, "waiting", diff.waiting);
  WriteList(sink, "conflicts", diff.conflicts);
  sink.EndObject();
  return sink.Finish();
}

}  // namespace grove
