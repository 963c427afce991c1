/* Verdicts in the corpus' words, and the cluster around the set of a case. */
#include "surroundings.h"

#include <stdio.h>
#include <string.h>

#include "documents.h"

/* ---- Verdicts ----------------------------------------------------------------- */

int is_true(const json* value) { return value != NULL && value->kind == JSON_TRUE; }

/* The corpus' name of a type: "FieldValueInvalid". */
static json* error_type(arena* memory, const json* error) {
  const char* type = json_text(json_get(error, "type"));
  char name[64];
  sprintf(name, "%s%.40s%s", strcmp(type, "Internal") == 0 ? "" : "FieldValue", type,
          strcmp(type, "Internal") == 0 ? "Error" : "");
  return json_string(memory, name);
}

static json* errors_of(arena* memory, const json* verdict, const char* stage) {
  const json* errors = json_get(verdict, "errors");
  json* list = json_make(memory, JSON_ARRAY);
  size_t i;
  for (i = 0; i < json_count(errors); ++i) {
    const json* error = errors->items[i];
    const char* field = json_text(json_get(error, "field"));
    json* out;
    if (!json_is(json_get(error, "stage"), stage) || json_is(json_get(error, "type"), "BadRequest")) continue;
    out = json_make(memory, JSON_OBJECT);
    json_set(memory, out, "type", error_type(memory, error));
    /* The corpus leaves the path of "some validation rules were not checked" empty. */
    json_set(memory, out, "field", json_string(memory, strcmp(field, "<nil>") == 0 ? "" : field));
    json_push(memory, list, out);
  }
  return list;
}

static void add_errors(arena* memory, const json* verdict, json* out) {
  json_set(memory, out, "admitted", json_boolean(memory, is_true(json_get(verdict, "allowed"))));
  json_set(memory, out, "schema", errors_of(memory, verdict, "schema"));
  json_set(memory, out, "webhook", errors_of(memory, verdict, "webhook"));
}

json* admission_of(arena* memory, const json* verdict) {
  const json* errors = json_get(verdict, "errors");
  json* out = json_make(memory, JSON_OBJECT);
  size_t i;
  add_errors(memory, verdict, out);
  for (i = 0; i < json_count(errors); ++i) {
    if (!json_is(json_get(errors->items[i], "type"), "BadRequest")) continue;
    json_set(memory, out, "mutationError", json_get(errors->items[i], "detail"));
  }
  json_set(memory, out, "crdDefaulted", json_get(verdict, "structurallyDefaulted"));
  json_set(memory, out, "defaulted", json_get(verdict, "defaulted"));
  return out;
}

/* ---- The cluster -------------------------------------------------------------- */

cluster read_cluster(arena* memory, const json* test_case) {
  const json* extra = json_get(test_case, "extraObjects");
  cluster out;
  size_t i;
  out.memory = memory;
  out.configuration = configuration(memory, json_get(test_case, "config"));
  out.others = json_make(memory, JSON_ARRAY);
  out.bindings = json_make(memory, JSON_ARRAY);
  out.kai_topologies = json_make(memory, JSON_ARRAY);
  /* The queues of a case are all that there are; the library knows that of queues if it sees one. */
  json_push(memory, out.others, unrelated_queue(memory));
  for (i = 0; i < json_count(extra); ++i) {
    json* object = extra->items[i];
    const int is_topology = is_kind(object, "Topology");
    json_push(memory, is_topology ? out.kai_topologies : out.others,
              is_topology ? kai_topology(memory, object) : object);
  }
  return out;
}

static json* find_named(const json* list, const char* name) {
  size_t i;
  for (i = 0; i < list->count; ++i) {
    if (strcmp(name_of(list->items[i]), name) == 0) return list->items[i];
  }
  return NULL;
}

void set_generation(arena* memory, const json* document, long generation) {
  json_set(memory, json_get(document, "metadata"), "generation", json_number(memory, generation));
}

/* Creates a binding, or replaces the one of its name. */
static void put_binding(cluster* self, json* binding) {
  json* existing = find_named(self->bindings, name_of(binding));
  if (existing == NULL) {
    set_generation(self->memory, binding, 1);
    json_push(self->memory, self->bindings, binding);
    return;
  }
  if (!json_same(json_get(existing, "spec"), json_get(binding, "spec"))) {
    const long generation = json_integer(json_get(json_get(existing, "metadata"), "generation"));
    set_generation(self->memory, existing, generation + 1);
  }
  json_set(self->memory, existing, "spec", json_get(binding, "spec"));
}

json* admit_binding(cluster* self, const json* manifest) {
  const json* verdict = judge(self, manifest, NULL, "ClusterTopologyBinding");
  json* out = json_make(self->memory, JSON_OBJECT);
  add_errors(self->memory, verdict, out);
  if (is_true(json_get(verdict, "allowed"))) put_binding(self, json_get(verdict, "defaulted"));
  return out;
}

static void take_topology(cluster* self, json* topology) {
  json* existing = find_named(self->kai_topologies, name_of(topology));
  set_generation(self->memory, topology, 1);
  if (existing == NULL) {
    json_push(self->memory, self->kai_topologies, topology);
  } else if (!json_same(json_get(existing, "spec"), json_get(topology, "spec"))) {
    *existing = *topology;
  }
}

/* Takes bindings and KAI Topologies out of what an expansion gave; the rest is returned. */
json* take_documents(cluster* self, const json* documents) {
  json* rest = json_make(self->memory, JSON_ARRAY);
  size_t i;
  self->bindings = json_make(self->memory, JSON_ARRAY);
  for (i = 0; i < documents->count; ++i) {
    json* document = documents->items[i];
    if (is_kind(document, "ClusterTopologyBinding")) {
      json_push(self->memory, self->bindings, document);
    } else if (is_kind(document, "Topology")) {
      take_topology(self, document);
    } else {
      json_push(self->memory, rest, document);
    }
  }
  return rest;
}
