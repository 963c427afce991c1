#include "documents.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

const char* name_of(const json* document) { return json_text(json_get(json_get(document, "metadata"), "name")); }

const char* label_of(const json* document, const char* label) {
  return json_text(json_get(json_get(json_get(document, "metadata"), "labels"), label));
}

int is_kind(const json* document, const char* kind) { return json_is(json_get(document, "kind"), kind); }

/* "PodGroup.scheduling.volcano.sh" of what shares its name with a kind of another group. */
static const char* kind_name(arena* memory, const json* document) {
  const char* kind = json_text(json_get(document, "kind"));
  const char* version = json_text(json_get(document, "apiVersion"));
  char* name;
  if (strcmp(kind, "PodGroup") != 0 && strcmp(kind, "Topology") != 0) return kind;
  name = arena_take(memory, strlen(kind) + strlen(version) + 2);
  sprintf(name, "%s.%.*s", kind, (int)strcspn(version, "/"), version);
  return name;
}

int is_named_as(const json* document, const json* other) {
  return strcmp(name_of(document), name_of(other)) == 0 && is_kind(document, json_text(json_get(other, "kind"))) &&
         json_is(json_get(document, "apiVersion"), json_text(json_get(other, "apiVersion")));
}

json* timestamp(arena* memory, long seconds) {
  const time_t time = (time_t)seconds;
  char text[32];
  strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", gmtime(&time));
  return json_string(memory, text);
}

static json* object_of_kind(arena* memory, const char* version, const char* kind) {
  json* object = json_make(memory, JSON_OBJECT);
  json_set(memory, object, "apiVersion", json_string(memory, version));
  json_set(memory, object, "kind", json_string(memory, kind));
  return object;
}

static json* object_with(arena* memory, const char* key, json* value) {
  json* object = json_make(memory, JSON_OBJECT);
  json_set(memory, object, key, value);
  return object;
}

static json* switched(arena* memory, const char* key, const json* value) {
  return object_with(memory, key, json_boolean(memory, value != NULL && value->kind == JSON_TRUE));
}

json* configuration(arena* memory, const json* config) {
  json* object = object_of_kind(memory, "operator.config.grove.io/v1alpha1", "OperatorConfiguration");
  const json* names = json_get(config, "schedulerProfiles");
  json* profiles = json_make(memory, JSON_ARRAY);
  json* scheduler = json_make(memory, JSON_OBJECT);
  size_t i;
  for (i = 0; i < json_count(names); ++i) json_push(memory, profiles, object_with(memory, "name", names->items[i]));
  json_set(memory, scheduler, "profiles", profiles);
  json_set(memory, scheduler, "defaultProfileName", json_string(memory, json_text(json_get(config, "defaultProfile"))));
  json_set(memory, object, "scheduler", scheduler);
  json_set(memory, object, "topologyAwareScheduling",
           switched(memory, "enabled", json_get(config, "topologyAwareScheduling")));
  json_set(memory, object, "network", switched(memory, "autoMNNVLEnabled", json_get(config, "autoMNNVL")));
  return object;
}

json* kai_topology(arena* memory, const json* document) {
  json* object = object_of_kind(memory, "kai.scheduler/v1alpha1", "Topology");
  json* metadata = object_with(memory, "name", json_string(memory, name_of(document)));
  const json* given = json_get(json_get(document, "spec"), "levels");
  json* levels = json_make(memory, JSON_ARRAY);
  size_t i;
  for (i = 0; i < json_count(given); ++i) {
    json_push(memory, levels, object_with(memory, "nodeLabel", json_get(given->items[i], "nodeLabel")));
  }
  json_set(memory, metadata, "generation", json_number(memory, 1));
  json_set(memory, object, "metadata", metadata);
  json_set(memory, object, "spec", object_with(memory, "levels", levels));
  return object;
}

json* unrelated_queue(arena* memory) {
  json* object = object_of_kind(memory, "scheduling.volcano.sh/v1beta1", "Queue");
  json_set(memory, object, "metadata", object_with(memory, "name", json_string(memory, "unrelated")));
  json_set(memory, object, "status", object_with(memory, "state", json_string(memory, "Open")));
  return object;
}

/* ---- Names of pods ----------------------------------------------------------- */

static int by_name(const void* one, const void* other) {
  return strcmp(json_text(json_get(*(json* const*)one, "name")), json_text(json_get(*(json* const*)other, "name")));
}

typedef struct renamed {
  const char* from;
  const char* to;
} renamed;

static int by_old_name(const void* one, const void* other) {
  return strcmp(((const renamed*)one)->from, ((const renamed*)other)->from);
}

static void rename_references(arena* memory, const json* gang, const renamed* names, size_t count) {
  const json* groups = json_get(json_get(gang, "spec"), "podgroups");
  size_t g;
  for (g = 0; g < json_count(groups); ++g) {
    const json* references = json_get(groups->items[g], "podReferences");
    size_t i;
    for (i = 0; i < json_count(references); ++i) {
      renamed wanted;
      const renamed* found;
      wanted.from = json_text(json_get(references->items[i], "name"));
      found = bsearch(&wanted, names, count, sizeof wanted, by_old_name);
      if (found != NULL) json_set(memory, references->items[i], "name", json_string(memory, found->to));
    }
    if (i > 0) qsort(references->items, references->count, sizeof *references->items, by_name);
  }
}

void rename_pods(arena* memory, const json* documents) {
  renamed* names = arena_take(memory, (documents->count + 1) * sizeof *names);
  size_t count = 0;
  size_t i;
  for (i = 0; i < documents->count; ++i) {
    json* metadata = json_get(documents->items[i], "metadata");
    const char* generated = json_text(json_get(metadata, "generateName"));
    char* name;
    if (!is_kind(documents->items[i], "Pod")) continue;
    name = arena_take(memory, strlen(generated) + 32);
    sprintf(name, "%s~%04d", generated, atoi(label_of(documents->items[i], "grove.io/podclique-pod-index")));
    names[count].from = name_of(documents->items[i]);
    names[count++].to = name;
    json_set(memory, metadata, "name", json_string(memory, name));
  }
  qsort(names, count, sizeof *names, by_old_name);
  for (i = 0; i < documents->count; ++i) {
    if (is_kind(documents->items[i], "PodGang")) rename_references(memory, documents->items[i], names, count);
  }
}

json* by_kind(arena* memory, const json* documents) {
  json* kinds = json_make(memory, JSON_OBJECT);
  size_t i;
  for (i = 0; i < documents->count; ++i) {
    const char* kind = kind_name(memory, documents->items[i]);
    json* list = json_get(kinds, kind);
    if (list == NULL) {
      list = json_make(memory, JSON_ARRAY);
      json_set(memory, kinds, kind, list);
    }
    json_push(memory, list, documents->items[i]);
  }
  return kinds;
}
