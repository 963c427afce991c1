#include "model/open_api_schema.h"

#include <algorithm>
#include <limits>
#include <span>
#include <vector>

#include "model/admission/expression_rules.h"
#include "model/admission/structural_defaults.h"
#include "model/kubernetes/kubernetes_schema.h"

namespace grove::schema {

using admission::ExpressionRule;
using admission::ExpressionRules;
using grove::internal::NodeSink;

std::string_view PatternText(Pattern pattern) {
  switch (pattern) {
    case Pattern::kNone:
      return {};
    case Pattern::kTopologyDomain:
      return "^[a-z][a-z0-9-]*$";
    case Pattern::kTopologyLevelKey:
      return "^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]/)?([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$";
    case Pattern::kConditionType:
      return R"(^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?)"
             R"((([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])$)";
    case Pattern::kConditionReason:
      return "^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$";
    case Pattern::kQuantity:
      return R"(^(\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+)))"
             R"((([KMGTPE]i)|[numkMGTPE]|([eE](\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))))?$)";
  }
  return {};
}

namespace {

void Text(NodeSink& sink, std::string_view key, std::string_view text) {
  sink.Key(key);
  sink.String(text);
}

void Number(NodeSink& sink, std::string_view key, std::int64_t number) {
  sink.Key(key);
  sink.Integer(number);
}

void True(NodeSink& sink, std::string_view key) {
  sink.Key(key);
  sink.Boolean(true);
}

void Texts(NodeSink& sink, std::string_view key, std::span<const std::string_view> texts) {
  sink.Key(key);
  sink.StartArray();
  for (const std::string_view text : texts) sink.String(text);
  sink.EndArray();
}

// What OpenAPI calls a shape.
struct ShapeText {
  std::string_view type;
  std::string_view format = {};
};

ShapeText TextOf(Shape shape) {
  switch (shape) {
    case Shape::kString:
    case Shape::kDuration:
      return {"string"};
    case Shape::kTime:
      return {"string", "date-time"};
    case Shape::kBoolean:
      return {"boolean"};
    case Shape::kInt32:
      return {"integer", "int32"};
    case Shape::kInt64:
      return {"integer", "int64"};
    case Shape::kDouble:
      return {"number"};
    case Shape::kList:
      return {"array"};
    case Shape::kObject:
    case Shape::kMap:
    case Shape::kAny:
      return {"object"};
    case Shape::kQuantity:
    case Shape::kIntOrString:
      return {};  // two types: `anyOf`
  }
  return {};
}

bool IsIntOrString(const Type& type) { return type.shape == Shape::kQuantity || type.shape == Shape::kIntOrString; }

class Writer {
 public:
  explicit Writer(NodeSink& sink) : sink_(sink) {}

  void WriteRoot(const Type& type) {
    sink_.StartObject();
    WriteProperties(type, /*is_root=*/true);
    WriteRequired(type);
    Text(sink_, "type", "object");
    WriteExpressionRules(type);
    sink_.EndObject();
  }

 private:
  // The schema of a value of `type` that `field` holds; members in alphabetical order.
  void WriteField(const Field& field) {
    const Type& type = *field.type;
    sink_.StartObject();
    if (type.shape == Shape::kMap) WriteElement("additionalProperties", *type.element);
    if (IsIntOrString(type)) WriteAnyOf();
    if (!field.constraints->default_json.empty()) WriteDefault(field.constraints->default_json);
    if (!field.constraints->enum_values.empty()) Texts(sink_, "enum", field.constraints->enum_values);
    const ShapeText text = TextOf(type.shape);
    if (!text.format.empty()) Text(sink_, "format", text.format);
    if (type.shape == Shape::kList) WriteElement("items", *type.element);
    WriteBounds(field);
    if (type.shape == Shape::kObject) {
      WriteProperties(type, /*is_root=*/false);
      WriteRequired(type);
    }
    if (!text.type.empty()) Text(sink_, "type", text.type);
    WriteExtensions(field);
    sink_.EndObject();
  }

  void WriteElement(std::string_view key, const Type& element) {
    sink_.Key(key);
    WriteField({.name = {}, .type = &element});
  }

  void WriteAnyOf() {
    sink_.Key("anyOf");
    sink_.StartArray();
    for (const std::string_view type : {"integer", "string"}) {
      sink_.StartObject();
      Text(sink_, "type", type);
      sink_.EndObject();
    }
    sink_.EndArray();
  }

  void WriteDefault(std::string_view json) {
    sink_.Key("default");
    sink_.Raw(Value(admission::DefaultNode(json), nullptr));
  }

  void WriteBounds(const Field& field) {
    if (field.constraints->max_length > 0) Number(sink_, "maxLength", field.constraints->max_length);
    if (field.constraints->min_items > 0) Number(sink_, "minItems", field.constraints->min_items);
    if (field.constraints->min_length > 0) Number(sink_, "minLength", field.constraints->min_length);
    if (field.constraints->minimum != std::numeric_limits<std::int64_t>::min())
      Number(sink_, "minimum", field.constraints->minimum);
    const Pattern pattern = field.type->shape == Shape::kQuantity ? Pattern::kQuantity : field.constraints->pattern;
    if (pattern != Pattern::kNone) Text(sink_, "pattern", PatternText(pattern));
  }

  static std::vector<const Field*> ByName(const Type& type) {
    std::vector<const Field*> fields;
    for (const Field& field : type.fields) fields.push_back(&field);
    std::ranges::sort(fields, {}, &Field::name);
    return fields;
  }

  void WriteProperties(const Type& type, bool is_root) {
    if (type.fields.empty()) return;
    sink_.Key("properties");
    sink_.StartObject();
    if (is_root) {
      for (const std::string_view name : {"apiVersion", "kind"}) {
        sink_.Key(name);
        WriteField({.name = name, .type = &kString});
      }
    }
    for (const Field* field : ByName(type)) {
      sink_.Key(field->name);
      // Read by its own rules, and not by a schema (spec 02 §2.4).
      WriteField(field->type == &kubernetes::kObjectMeta
                     ? Field{.name = field->name, .type = &kubernetes::kEmbeddedObjectMeta}
                     : *field);
    }
    sink_.EndObject();
  }

  void WriteRequired(const Type& type) {
    if (type.masks.required == 0) return;
    std::vector<std::string_view> names;
    for (const Field* field : ByName(type)) {
      if (field->required) names.push_back(field->name);
    }
    Texts(sink_, "required", names);
  }

  void WriteExtensions(const Field& field) {
    const Type& type = *field.type;
    if (IsIntOrString(type)) True(sink_, "x-kubernetes-int-or-string");
    if (field.constraints->list_kind == ListKind::kMap) {
      Texts(sink_, "x-kubernetes-list-map-keys", field.constraints->list_keys);
      Text(sink_, "x-kubernetes-list-type", "map");
    } else if (field.constraints->list_kind == ListKind::kSet) {
      Text(sink_, "x-kubernetes-list-type", "set");
    }
    if (type.is_atomic || field.is_atomic) Text(sink_, "x-kubernetes-map-type", "atomic");
    if (type.shape == Shape::kAny) True(sink_, "x-kubernetes-preserve-unknown-fields");
    WriteExpressionRules(type);
  }

  void WriteExpressionRules(const Type& type) {
    const auto rules = ExpressionRules();
    if (std::ranges::find(rules, &type, &ExpressionRule::type) == rules.end()) return;
    sink_.Key("x-kubernetes-validations");
    sink_.StartArray();
    for (const ExpressionRule& rule : rules) {
      if (rule.type == &type) WriteExpressionRule(rule);
    }
    sink_.EndArray();
  }

  void WriteExpressionRule(const ExpressionRule& rule) {
    sink_.StartObject();
    if (!rule.field.empty()) Text(sink_, "fieldPath", "." + std::string(rule.field));
    Text(sink_, "message", rule.message);
    if (rule.create_only) True(sink_, "optionalOldSelf");
    Text(sink_, "reason", ErrorTypeReason(rule.error));
    Text(sink_, "rule", rule.expression);
    sink_.EndObject();
  }

  NodeSink& sink_;
};

}  // namespace

void WriteObjectSchema(NodeSink& sink, const Type& type) { Writer(sink).WriteRoot(type); }

}  // namespace grove::schema
