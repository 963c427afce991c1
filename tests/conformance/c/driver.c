/* Answers the cases of the conformance corpus through the C interface, as ../README.md describes drivers: one case a
   line on standard input, one answer a line on standard output. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "calls.h"
#include "documents.h"
#include "json.h"
#include "surroundings.h"
#include "world.h"

enum { kBegin = 1000000, kSecondsPerStep = 60, kMostTurns = 30 /* more than any set needs to start */ };

/* ---- One set from its first expansion on -------------------------------------- */

typedef struct subject {
  arena* memory;
  cluster* around;
  json* admitted;
  world objects;
  long now;
  int gone;
  const char* unsupported; /* why the state after a step is not known; NULL if it is */
} subject;

static const char* pending_word(const json* pending) {
  if (json_count(pending) == 0) return NULL;
  return json_is(pending->items[0], "rollingUpdate") ? "rolling update" : "gang termination";
}

static json* reconcile_errors(arena* memory, const json* verdict) {
  const json* errors = json_get(verdict, "reconcileErrors");
  json* out = json_make(memory, JSON_OBJECT);
  size_t i;
  for (i = 0; i < json_count(errors); ++i) {
    json_set(memory, out, json_text(json_get(errors->items[i], "object")), json_get(errors->items[i], "code"));
  }
  return out;
}

static int is_changed(const json* changes, const json* document) {
  size_t i;
  for (i = 0; i < json_count(changes); ++i) {
    const json* change = changes->items[i];
    if (json_is(json_get(change, "name"), name_of(document)) &&
        json_is(json_get(change, "kind"), json_text(json_get(document, "kind")))) {
      return 1;
    }
  }
  return 0;
}

/* Adds what exists, is not asked for, and is not deleted either. */
static void keep_undeleted(arena* memory, const json* live, const json* changes, json* documents) {
  const size_t asked = documents->count;
  size_t i;
  for (i = 0; i < live->count; ++i) {
    size_t k = 0;
    if (is_kind(live->items[i], "PodCliqueSet") || is_changed(changes, live->items[i])) continue;
    while (k < asked && !is_named_as(documents->items[k], live->items[i])) ++k;
    if (k == asked) json_push(memory, documents, live->items[i]);
  }
}

/* An admitted set with another count. */
static json* with_replicas(arena* memory, const json* set, json* replicas) {
  json* out = json_copy(memory, set);
  json* spec = json_copy(memory, json_get(set, "spec"));
  json_set(memory, spec, "replicas", replicas);
  json_set(memory, out, "spec", spec);
  return out;
}

static json* replicas_of(const json* set) { return json_get(json_get(set, "spec"), "replicas"); }

/* Lets Grove come to rest. The errors at which its reconcilers keep failing. */
static json* reconcile(subject* self) {
  const json* live = self->objects.documents;
  expansion made;
  json* documents;
  if (self->gone) {
    made = expand(self->around, NULL, NULL, self->now);
    take_documents(self->around, made.documents);
    return NULL;
  }
  if (world_set(&self->objects) != NULL) {
    self->admitted = with_replicas(self->memory, self->admitted, replicas_of(world_set(&self->objects)));
  }
  made = expand(self->around, self->admitted, live, self->now);
  documents = take_documents(self->around, made.documents);
  self->unsupported = pending_word(json_get(made.verdict, "pending"));
  if (self->unsupported != NULL) return NULL;
  keep_undeleted(self->memory, live, made.changes, documents);
  rename_pods(self->memory, documents);
  world_replace(&self->objects, documents, self->now);
  self->gone = json_get(json_get(world_set(&self->objects), "metadata"), "deletionTimestamp") != NULL;
  return reconcile_errors(self->memory, made.verdict);
}

static void add_without_generation(arena* memory, const json* documents, json* out) {
  size_t i;
  for (i = 0; i < documents->count; ++i) {
    json* document = json_copy(memory, documents->items[i]);
    json* metadata = json_copy(memory, json_get(document, "metadata"));
    json_set(memory, metadata, "generation", NULL);
    json_set(memory, document, "metadata", metadata);
    json_push(memory, out, document);
  }
}

/* What follows changes documents, so that they are written now. */
static void add_outcome(subject* self, json* errors, json* answer) {
  const json* documents = self->objects.documents;
  json* all = json_make(self->memory, JSON_ARRAY);
  text written = {NULL, 0, 0};
  size_t i;
  for (i = 0; i < documents->count; ++i) {
    if (!self->gone || !is_kind(documents->items[i], "PodCliqueSet")) json_push(self->memory, all, documents->items[i]);
  }
  add_without_generation(self->memory, self->around->bindings, all);
  add_without_generation(self->memory, self->around->kai_topologies, all);
  text_json(&written, by_kind(self->memory, all));
  json_set(self->memory, answer, "objects", json_parse(self->memory, written.data, written.size));
  text_free(&written);
  if (json_count(errors) > 0) json_set(self->memory, answer, "reconcileErrors", errors);
}

/* ---- Steps --------------------------------------------------------------------- */

/* "5h", "1h30m", "59s". */
static long seconds_of(const char* age) {
  long seconds = 0;
  while (*age != '\0') {
    char* unit;
    const long number = strtol(age, &unit, 10);
    seconds += number * (*unit == 'h' ? 3600 : *unit == 'm' ? 60 : 1);
    if (*unit == '\0') break;
    age = unit + 1;
  }
  return seconds;
}

static json* update(subject* self, const json* manifest) {
  json* live = world_set(&self->objects);
  /* The scale subresource may have changed what is stored. */
  const json* stored = with_replicas(self->memory, self->admitted, replicas_of(live));
  const json* verdict = judge(self->around, manifest, stored, "PodCliqueSet");
  if (is_true(json_get(verdict, "allowed"))) {
    json* metadata = json_get(live, "metadata");
    self->admitted = json_get(verdict, "defaulted");
    if (differs(self->memory, json_get(stored, "spec"), json_get(self->admitted, "spec"))) {
      set_generation(self->memory, live, json_integer(json_get(metadata, "generation")) + 1);
    }
    json_set(self->memory, live, "spec", json_copy(self->memory, json_get(self->admitted, "spec")));
  }
  return admission_of(self->memory, verdict);
}

static void make_change(subject* self, const json* step, json* answer) {
  const json* change;
  if ((change = json_get(step, "scale")) != NULL) {
    if (!world_scale(&self->objects, change)) {
      json_set(self->memory, answer, "error", json_string(self->memory, "no such object"));
    }
  } else if ((change = json_get(step, "update")) != NULL) {
    json_set(self->memory, answer, "admission", update(self, change));
  } else if ((change = json_get(step, "deletePod")) != NULL) {
    world_delete_pod(&self->objects, change);
  } else if ((change = json_get(step, "podStatus")) != NULL) {
    world_set_pods(&self->objects, json_text(json_get(change, "state")), json_text(json_get(change, "podClique")),
                   json_get(change, "indices"));
  } else if ((change = json_get(step, "age")) != NULL) {
    self->now += seconds_of(change->text);
  } else if (is_true(json_get(step, "deletePodCliqueSet"))) {
    json_set(self->memory, json_get(world_set(&self->objects), "metadata"), "deletionTimestamp",
             timestamp(self->memory, self->now));
  } else if ((change = json_get(step, "topology")) != NULL) {
    admit_binding(self->around, change);
  }
}

static json* unsupported_answer(arena* memory, const char* reason) {
  json* answer = json_make(memory, JSON_OBJECT);
  json_set(memory, answer, "unsupported", json_string(memory, reason));
  return answer;
}

static json* answer_step(subject* self, const json* step) {
  json* answer = json_make(self->memory, JSON_OBJECT);
  json* errors;
  int turn;
  make_change(self, step, answer);
  errors = reconcile(self);
  if (is_true(json_get(step, "runPods"))) {
    for (turn = 0; turn < kMostTurns && self->unsupported == NULL; ++turn) {
      if (!world_set_pods(&self->objects, "ready", "*", NULL)) break;
      errors = reconcile(self);
    }
  }
  if (self->unsupported != NULL) return unsupported_answer(self->memory, self->unsupported);
  add_outcome(self, errors, answer);
  return answer;
}

static json* answer_steps(subject* self, const json* steps, const json* recorded) {
  json* answers = json_make(self->memory, JSON_ARRAY);
  int known = 1;
  size_t i;
  for (i = 0; i < steps->count; ++i) {
    if (i < json_count(recorded)) {
      if (i > 0) world_adopt(&self->objects, recorded->items[i], self->now);
      known = 1;
    }
    self->now += kSecondsPerStep;
    self->unsupported = NULL;
    json_push(self->memory, answers,
              known ? answer_step(self, steps->items[i]) : unsupported_answer(self->memory, "state before the step"));
    known = known && self->unsupported == NULL;
  }
  return answers;
}

/* ---- Cases ---------------------------------------------------------------------- */

static void answer_set(cluster* around, json* admitted, const json* request, json* answer) {
  const json* steps = json_get(json_get(request, "case"), "steps");
  arena* memory = around->memory;
  const expansion first = expand(around, admitted, NULL, kBegin);
  json* documents = take_documents(around, first.documents);
  subject self;
  memset(&self, 0, sizeof self);
  self.memory = memory;
  self.around = around;
  self.admitted = admitted;
  self.objects.memory = memory;
  self.objects.pod_statuses = json_make(memory, JSON_OBJECT);
  self.now = kBegin;
  rename_pods(memory, documents);
  world_replace(&self.objects, documents, kBegin);
  add_outcome(&self, reconcile_errors(memory, first.verdict), answer);
  if (json_count(steps) > 0) {
    json_set(memory, answer, "steps", answer_steps(&self, steps, json_get(request, "recorded")));
  }
}

static json* admit_bindings(cluster* around, const json* manifests) {
  json* topologies = json_make(around->memory, JSON_OBJECT);
  size_t i;
  for (i = 0; i < json_count(manifests); ++i) {
    json_set(around->memory, topologies, name_of(manifests->items[i]), admit_binding(around, manifests->items[i]));
  }
  return topologies;
}

static json* answer_case(arena* memory, const json* request) {
  const json* test_case = json_get(request, "case");
  const json* manifest = json_get(test_case, "manifest");
  const json* old = json_get(test_case, "old");
  json* answer = json_make(memory, JSON_OBJECT);
  json* admission = json_make(memory, JSON_OBJECT);
  cluster around = read_cluster(memory, test_case);
  const char* refused = refused_configuration(&around);
  const json* verdict;
  json* topologies;
  json_set(memory, answer, "admission", admission);
  if (refused != NULL) {
    json_set(memory, admission, "admitted", json_boolean(memory, 0));
    json_set(memory, admission, "configError", json_string(memory, refused));
    return answer;
  }
  topologies = admit_bindings(&around, json_get(test_case, "topologies"));
  verdict = judge(&around, manifest, old, "PodCliqueSet");
  admission = admission_of(memory, verdict);
  json_set(memory, answer, "admission", admission);
  if (topologies->count > 0) json_set(memory, admission, "topologies", topologies);
  if (old != NULL) {
    const json* of_old = judge(&around, old, NULL, "PodCliqueSet");
    json_set(memory, admission, "oldAdmitted", json_boolean(memory, is_true(json_get(of_old, "allowed"))));
    return answer;
  }
  json_set(memory, answer, "traces", unsupported_answer(memory, "what happens over time"));
  if (is_true(json_get(verdict, "allowed"))) answer_set(&around, json_get(verdict, "defaulted"), request, answer);
  return answer;
}

/* The next line without its end; 0 if there is none. */
static int read_line(text* line) {
  char chunk[65536];
  line->size = 0;
  while (fgets(chunk, sizeof chunk, stdin) != NULL) {
    text_add(line, chunk, strlen(chunk));
    if (line->data[line->size - 1] == '\n') break;
  }
  return line->size > 0;
}

int main(void) {
  text line = {NULL, 0, 0};
  while (read_line(&line)) {
    arena memory = {NULL};
    text answer = {NULL, 0, 0};
    const json* request = json_parse(&memory, line.data, line.size);
    if (request == NULL) {
      fputs("a line is no JSON\n", stderr);
      return 1;
    }
    text_json(&answer, answer_case(&memory, request));
    text_add(&answer, "\n", 1);
    fwrite(answer.data, 1, answer.size, stdout);
    fflush(stdout);
    text_free(&answer);
    arena_free(&memory);
  }
  text_free(&line);
  return 0;
}
