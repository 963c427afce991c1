#include "calls.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "documents.h"
#include "grove.h"

static const char kImage[] = "registry.example.com/grove/grove-initc";
static const char kVersion[] = "v0.0.0-golden";

static void must(grove_status status, grove_error* error, const char* call) {
  if (status == GROVE_OK) return;
  fprintf(stderr, "%s: %s: %s: %s\n", call, grove_status_name(status), error->argument, error->message);
  exit(1);
}

/* The parsed result, whose buffer is released. */
static json* take_result(arena* memory, grove_buffer* result) {
  json* value = json_parse(memory, result->data, result->size);
  if (value == NULL) {
    fputs("a result is no JSON\n", stderr);
    exit(1);
  }
  grove_buffer_dispose(result);
  return value;
}

static void add_all(arena* memory, json* list, const json* items) {
  size_t i;
  for (i = 0; i < json_count(items); ++i) json_push(memory, list, items->items[i]);
}

static text list_text(arena* memory, const json* items) {
  text out = {NULL, 0, 0};
  json* list = json_make(memory, JSON_OBJECT);
  json_set(memory, list, "apiVersion", json_string(memory, "v1"));
  json_set(memory, list, "kind", json_string(memory, "List"));
  json_set(memory, list, "items", json_copy(memory, items));
  text_json(&out, list);
  return out;
}

static text context_text(const cluster* self, int with_topologies) {
  json* items = json_make(self->memory, JSON_ARRAY);
  json_push(self->memory, items, self->configuration);
  if (with_topologies) {
    add_all(self->memory, items, self->others);
    add_all(self->memory, items, self->bindings);
    add_all(self->memory, items, self->kai_topologies);
  }
  return list_text(self->memory, items);
}

static text text_of(const json* value) {
  text out = {NULL, 0, 0};
  if (value != NULL) text_json(&out, value);
  return out;
}

static json* find_verdict(const json* report, const char* kind) {
  const json* objects = json_get(report, "objects");
  size_t i;
  for (i = 0; i < json_count(objects); ++i) {
    json* verdict = objects->items[i];
    if (is_kind(verdict, kind) && json_is(json_get(verdict, "file"), "manifest")) return verdict;
  }
  return NULL;
}

const char* refused_configuration(const cluster* self) {
  text context = context_text(self, 0);
  grove_buffer result = GROVE_BUFFER_INIT;
  grove_error* error = NULL;
  const grove_status status =
      grove_admit(NULL, 0, context.data, context.size, GROVE_FORMAT_JSON, NULL, &result, &error);
  const char* why = NULL;
  if (status == GROVE_FAILED_PRECONDITION) {
    why = json_string(self->memory, error->message)->text;
  } else {
    must(status, error, "grove_admit");
  }
  grove_buffer_dispose(&result);
  grove_error_free(error);
  text_free(&context);
  return why;
}

json* judge(const cluster* self, const json* manifest, const json* stored, const char* kind) {
  grove_admit_options options = GROVE_ADMIT_OPTIONS_INIT;
  /* A binding does not meet those that exist: it may replace one of them. */
  text context = context_text(self, strcmp(kind, "ClusterTopologyBinding") != 0);
  text given = text_of(manifest);
  text old = text_of(stored);
  grove_buffer result = GROVE_BUFFER_INIT;
  grove_error* error = NULL;
  json* verdict;
  options.all_stages = 1;
  options.structurally_defaulted = 1;
  must(grove_admit_update(given.data, given.size, old.data, old.size, context.data, context.size, GROVE_FORMAT_JSON,
                          &options, &result, &error),
       error, "grove_admit_update");
  verdict = find_verdict(take_result(self->memory, &result), kind);
  text_free(&old);
  text_free(&given);
  text_free(&context);
  if (verdict != NULL) return verdict;
  fprintf(stderr, "no verdict on a %s\n", kind);
  exit(1);
}

expansion expand(const cluster* self, const json* admitted, const json* live, long now) {
  grove_admit_options admit = GROVE_ADMIT_OPTIONS_INIT;
  grove_expand_options options = GROVE_EXPAND_OPTIONS_INIT;
  text context = context_text(self, 1);
  text manifest = text_of(admitted);
  text existing = {NULL, 0, 0};
  grove_buffer result = GROVE_BUFFER_INIT;
  grove_buffer report = GROVE_BUFFER_INIT;
  grove_error* error = NULL;
  expansion out = {NULL, NULL, NULL};
  if (live != NULL) existing = list_text(self->memory, live);
  admit.all_stages = 1;
  options.admit = &admit;
  options.state = GROVE_OBJECT_STATE_AT_REST;
  options.scheduler_objects = 1;
  options.allow_incomplete = 1;
  options.now = now;
  options.init_container_image = kImage;
  options.init_container_image_size = sizeof kImage - 1;
  options.init_container_version = kVersion;
  options.init_container_version_size = sizeof kVersion - 1;
  /* What was admitted once is not judged as a new set. */
  options.stored = manifest.data;
  options.stored_size = manifest.size;
  if (existing.size > 0) {
    options.live = existing.data;
    options.live_size = existing.size;
    must(grove_diff_live(manifest.data, manifest.size, context.data, context.size, GROVE_FORMAT_JSON, 0, &options,
                         &result, &error),
         error, "grove_diff_live");
    out.changes = json_get(take_result(self->memory, &result), "changes");
  }
  options.sets = 1;
  options.topologies = 1;
  must(grove_expand(manifest.data, manifest.size, context.data, context.size, GROVE_FORMAT_JSON, &options, &result,
                    &report, &error),
       error, "grove_expand");
  out.documents = json_get(take_result(self->memory, &result), "items");
  out.verdict = find_verdict(take_result(self->memory, &report), "PodCliqueSet");
  text_free(&existing);
  text_free(&manifest);
  text_free(&context);
  return out;
}

int differs(arena* memory, const json* before, const json* after) {
  text old = text_of(before);
  text new_text = text_of(after);
  grove_buffer result = GROVE_BUFFER_INIT;
  grove_error* error = NULL;
  int different;
  must(grove_compare(old.data, old.size, new_text.data, new_text.size, GROVE_FORMAT_JSON, NULL, &result, &error), error,
       "grove_compare");
  different = json_count(json_get(take_result(memory, &result), "fields")) > 0;
  text_free(&old);
  text_free(&new_text);
  return different;
}
