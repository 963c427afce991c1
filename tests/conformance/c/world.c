#include "world.h"

#include <stdlib.h>
#include <string.h>

#include "documents.h"

static const char kClique[] = "grove.io/podclique";
static const char kIndex[] = "grove.io/podclique-pod-index";
static const char kHash[] = "grove.io/pod-template-hash";

/* Whether the API server counts generations of the kind. */
static int is_counted(const json* document) {
  return is_kind(document, "PodCliqueSet") || is_kind(document, "PodClique") ||
         is_kind(document, "PodCliqueScalingGroup") || is_kind(document, "PodGang");
}

static long generation_of(const json* document) {
  return json_integer(json_get(json_get(document, "metadata"), "generation"));
}

static void set_generation(const world* self, const json* document, long generation) {
  json_set(self->memory, json_get(document, "metadata"), "generation", json_number(self->memory, generation));
}

json* world_set(const world* self) {
  size_t i;
  for (i = 0; i < self->documents->count; ++i) {
    if (is_kind(self->documents->items[i], "PodCliqueSet")) return self->documents->items[i];
  }
  return NULL;
}

/* The API server's part for an object that is new. */
static void stamp(const world* self, const json* document, long now) {
  json* metadata = json_get(document, "metadata");
  if (json_get(metadata, "creationTimestamp") == NULL) {
    json_set(self->memory, metadata, "creationTimestamp", timestamp(self->memory, now));
  }
  if (is_counted(document) && generation_of(document) < 1) set_generation(self, document, 1);
}

void world_replace(world* self, json* documents, long now) {
  size_t i;
  self->documents = documents;
  for (i = 0; i < documents->count; ++i) {
    json* document = documents->items[i];
    json* status = is_kind(document, "Pod") ? json_get(self->pod_statuses, name_of(document)) : NULL;
    stamp(self, document, now);
    /* A pod of that name that is bound is the one that the status is of: nobody else binds pods. */
    if (status != NULL && *json_text(json_get(json_get(document, "spec"), "nodeName")) != '\0') {
      json_set(self->memory, document, "status", status);
    }
  }
}

/* ---- Records ------------------------------------------------------------------ */

/* Whether an object of the record is the one that was known, not a new one of its name: a PodClique of a scaling group
   gets another template only by being made anew, and so does a pod. */
static int is_same(const json* known, const json* recorded) {
  const json* owners = json_get(json_get(recorded, "metadata"), "ownerReferences");
  if (!is_kind(recorded, "Pod") && !is_kind(recorded, "PodClique")) return 1;
  if (strcmp(label_of(known, kHash), label_of(recorded, kHash)) == 0) return 1;
  if (is_kind(recorded, "Pod")) return 0;
  return json_count(owners) == 0 || !is_kind(owners->items[0], "PodCliqueScalingGroup");
}

static const char* update_of(const json* document) {
  const json* progress = json_get(json_get(document, "status"), "updateProgress");
  return json_text(json_get(progress, "podCliqueSetGenerationHash"));
}

static const json* condition_of(const json* document, const char* type) {
  const json* conditions = json_get(json_get(document, "status"), "conditions");
  size_t i;
  for (i = 0; i < json_count(conditions); ++i) {
    if (json_is(json_get(conditions->items[i], "type"), type)) return conditions->items[i];
  }
  return NULL;
}

static long next_generation(const json* recorded, const json* known) {
  const long observed = json_integer(json_get(json_get(recorded, "status"), "observedGeneration"));
  long generation = 1;
  if (known != NULL) {
    generation = generation_of(known) + !json_same(json_get(known, "spec"), json_get(recorded, "spec"));
  }
  return generation > observed ? generation : observed;
}

static void complete(const world* self, const json* recorded, const json* known, long last_step) {
  const json* conditions = json_get(json_get(recorded, "status"), "conditions");
  json* now = timestamp(self->memory, last_step);
  json* created = json_get(json_get(known, "metadata"), "creationTimestamp");
  size_t i;
  json_set(self->memory, json_get(recorded, "metadata"), "creationTimestamp", created == NULL ? now : created);
  if (is_counted(recorded)) set_generation(self, recorded, next_generation(recorded, known));
  for (i = 0; i < json_count(conditions); ++i) {
    json* condition = conditions->items[i];
    const json* before = condition_of(known, json_text(json_get(condition, "type")));
    const int kept = !is_kind(recorded, "Pod") && before != NULL &&
                     json_is(json_get(before, "status"), json_text(json_get(condition, "status"))) &&
                     strcmp(update_of(recorded), update_of(known)) == 0;
    json_set(self->memory, condition, "lastTransitionTime", kept ? json_get(before, "lastTransitionTime") : now);
  }
}

static const json* find_known(const json* documents, const json* wanted) {
  size_t i;
  for (i = 0; i < documents->count; ++i) {
    if (is_named_as(documents->items[i], wanted)) {
      return is_same(documents->items[i], wanted) ? documents->items[i] : NULL;
    }
  }
  return NULL;
}

void world_adopt(world* self, const json* recorded, long last_step) {
  json* documents = json_make(self->memory, JSON_ARRAY);
  size_t kind;
  self->pod_statuses = json_make(self->memory, JSON_OBJECT);
  for (kind = 0; kind < recorded->count; ++kind) {
    const json* list = recorded->items[kind];
    size_t i;
    for (i = 0; i < list->count; ++i) {
      json* document = list->items[i];
      if (is_kind(document, "ClusterTopologyBinding") || is_kind(document, "Topology")) continue;
      complete(self, document, find_known(self->documents, document), last_step);
      json_push(self->memory, documents, document);
      if (is_kind(document, "Pod")) {
        json_set(self->memory, self->pod_statuses, name_of(document), json_get(document, "status"));
      }
    }
  }
  self->documents = documents;
}

/* ---- Changes ------------------------------------------------------------------ */

int world_scale(world* self, const json* scale) {
  json* replicas = json_get(scale, "replicas");
  size_t i;
  for (i = 0; i < self->documents->count; ++i) {
    json* document = self->documents->items[i];
    json* spec = json_get(document, "spec");
    if (!is_kind(document, json_text(json_get(scale, "kind")))) continue;
    if (!json_is(json_get(scale, "name"), name_of(document))) continue;
    if (json_integer(json_get(spec, "replicas")) != json_integer(replicas)) {
      set_generation(self, document, generation_of(document) + 1);
    }
    json_set(self->memory, spec, "replicas", replicas);
    return 1;
  }
  return 0;
}

void world_delete_pod(world* self, const json* pod) {
  json* kept = json_make(self->memory, JSON_ARRAY);
  size_t i;
  for (i = 0; i < self->documents->count; ++i) {
    json* document = self->documents->items[i];
    const int is_meant = is_kind(document, "Pod") && json_is(json_get(pod, "podClique"), label_of(document, kClique)) &&
                         json_is(json_get(pod, "index"), label_of(document, kIndex));
    if (!is_meant) json_push(self->memory, kept, document);
  }
  self->documents = kept;
}

static json* condition(arena* memory, const char* type, const char* status) {
  json* out = json_make(memory, JSON_OBJECT);
  json_set(memory, out, "type", json_string(memory, type));
  json_set(memory, out, "status", json_string(memory, status));
  return out;
}

static json* container_status(arena* memory, const json* container, const char* state) {
  const int ready = strcmp(state, "ready") == 0;
  const int crashed = strcmp(state, "crashed") == 0;
  json* out = json_make(memory, JSON_OBJECT);
  json* last = json_make(memory, JSON_OBJECT);
  json_set(memory, out, "name", json_string(memory, json_text(json_get(container, "name"))));
  json_set(memory, out, "image", json_string(memory, json_text(json_get(container, "image"))));
  json_set(memory, out, "imageID", json_string(memory, ""));
  json_set(memory, out, "ready", json_boolean(memory, ready));
  json_set(memory, out, "started", json_boolean(memory, ready || strcmp(state, "notReady") == 0));
  json_set(memory, out, "restartCount", json_number(memory, crashed));
  json_set(memory, out, "state", json_make(memory, JSON_OBJECT));
  if (crashed) {
    json* terminated = json_make(memory, JSON_OBJECT);
    json_set(memory, terminated, "exitCode", json_number(memory, 1));
    json_set(memory, terminated, "reason", json_string(memory, "Error"));
    json_set(memory, last, "terminated", terminated);
  }
  json_set(memory, out, "lastState", last);
  return out;
}

static json* pod_status(arena* memory, const json* spec, const char* state) {
  const int scheduled = strcmp(state, "scheduled") == 0;
  const int ready = strcmp(state, "ready") == 0;
  json* status = json_make(memory, JSON_OBJECT);
  json* conditions = json_make(memory, JSON_ARRAY);
  json_push(memory, conditions, condition(memory, "PodScheduled", "True"));
  if (!scheduled) {
    json* is_ready = condition(memory, "Ready", ready ? "True" : "False");
    if (!ready) json_set(memory, is_ready, "reason", json_string(memory, "ContainersNotReady"));
    json_push(memory, conditions, is_ready);
  }
  json_set(memory, status, "conditions", conditions);
  json_set(memory, status, "phase", json_string(memory, scheduled ? "Pending" : "Running"));
  if (!scheduled) {
    const json* containers = json_get(spec, "containers");
    json* statuses = json_make(memory, JSON_ARRAY);
    size_t i;
    for (i = 0; i < json_count(containers); ++i) {
      json_push(memory, statuses, container_status(memory, containers->items[i], state));
    }
    json_set(memory, status, "containerStatuses", statuses);
  }
  return status;
}

static int set_pod(const world* self, const char* state, json* pod) {
  json* spec = json_get(pod, "spec");
  const json* known = json_get(self->pod_statuses, name_of(pod));
  json* status;
  if (json_count(json_get(spec, "schedulingGates")) > 0) return 0;
  status = pod_status(self->memory, spec, state);
  if (known != NULL && json_same(known, status) && json_get(spec, "nodeName") != NULL) return 0;
  json_set(self->memory, self->pod_statuses, name_of(pod), status);
  json_set(self->memory, pod, "status", status);
  json_set(self->memory, spec, "nodeName", json_string(self->memory, "node-0"));
  return 1;
}

static int is_among(const json* indices, const char* index) {
  size_t i;
  for (i = 0; i < json_count(indices); ++i) {
    if (json_is(indices->items[i], index)) return 1;
  }
  return indices == NULL;
}

int world_set_pods(world* self, const char* state, const char* clique, const json* indices) {
  int changed = 0;
  size_t i;
  for (i = 0; i < self->documents->count; ++i) {
    json* pod = self->documents->items[i];
    if (!is_kind(pod, "Pod")) continue;
    if (strcmp(clique, "*") != 0 && strcmp(clique, label_of(pod, kClique)) != 0) continue;
    if (is_among(indices, label_of(pod, kIndex))) changed |= set_pod(self, state, pod);
  }
  return changed;
}
