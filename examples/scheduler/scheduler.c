/* The loop of a scheduler that has gangs of its own accord: services arrive and leave, the cluster follows.

   scheduler CLUSTER EVENT...: each event is "+MANIFEST", a service that arrives, or "-NUMBER", the service of that
   number, counted from 1, that leaves; "drain:NODE" and "return:NODE" take a node out of service and back. What does
   not fit waits, and is tried again in its order whenever something leaves. */
#include <grove.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../c/files.h"

#define MOST_SERVICES 64

/* A service: what is to be placed, and once it is, where. */
typedef struct service {
  const char* path;
  grove_workload* workload;
  grove_placement* placement; /* NULL while it waits */
  int gone;
} service;

typedef struct scheduler {
  grove_index* cluster; /* as it is now */
  service services[MOST_SERVICES];
  size_t count;
} scheduler;

static int fail(grove_error* error) {
  fprintf(stderr, "%s: %s: %s\n", error->argument, error->path, error->message);
  grove_error_free(error);
  return 1;
}

/* A service runs if all of its gangs do; nobody is served by half of one. */
static int is_complete(const grove_placement* placement) {
  size_t count = 0;
  size_t i;
  const grove_gang_row* gangs = grove_placement_gangs(placement, &count);
  for (i = 0; i < count; ++i) {
    if (gangs[i].outcome != GROVE_OUTCOME_PLACED) return 0;
  }
  return 1;
}

static int try_to_place(scheduler* self, size_t number) {
  service* each = &self->services[number];
  grove_placement* placement = NULL;
  grove_error* error = NULL;
  size_t pods = 0;
  if (grove_index_place(self->cluster, each->workload, NULL, &placement, &error) != GROVE_OK) return fail(error);
  if (!is_complete(placement)) {
    printf("%u waits: %s\n", (unsigned)number + 1, each->path);
    grove_placement_free(placement);
    return 0;
  }
  if (grove_index_apply(self->cluster, placement, &error) != GROVE_OK) {
    grove_placement_free(placement);
    return fail(error);
  }
  each->placement = placement;
  grove_placement_pods(placement, &pods);
  printf("%u runs: %s, %u pods\n", (unsigned)number + 1, each->path, (unsigned)pods);
  return 0;
}

static int arrive(scheduler* self, const char* path) {
  service* each = &self->services[self->count];
  grove_error* error = NULL;
  size_t size = 0;
  char* text = read_file(path, &size);
  grove_status status;
  if (text == NULL || self->count == MOST_SERVICES) {
    free(text);
    return 2;
  }
  each->path = path;
  status = grove_workload_parse(text, size, NULL, 0, GROVE_FORMAT_YAML, NULL, &each->workload, &error);
  free(text); /* nothing of it is kept */
  if (status != GROVE_OK) return fail(error);
  return try_to_place(self, self->count++);
}

/* Tries what waits in its order. */
static int try_again(scheduler* self) {
  size_t i;
  for (i = 0; i < self->count; ++i) {
    if (self->services[i].placement == NULL && !self->services[i].gone && try_to_place(self, i) != 0) return 1;
  }
  return 0;
}

static int leave(scheduler* self, size_t number) {
  service* each = &self->services[number];
  grove_error* error = NULL;
  if (number >= self->count || each->gone) return 2;
  each->gone = 1;
  printf("%u leaves: %s\n", (unsigned)number + 1, each->path);
  if (each->placement == NULL) return 0;
  if (grove_index_release(self->cluster, each->placement, &error) != GROVE_OK) return fail(error);
  return try_again(self);
}

/* What runs on the node stays: moving it is not what this loop is about. */
static int set_usable(scheduler* self, const char* node, unsigned usable) {
  grove_error* error = NULL;
  printf("%s is %s\n", node, usable ? "back" : "out of service");
  if (grove_index_set_usable(self->cluster, node, strlen(node), usable, &error) != GROVE_OK) return fail(error);
  return usable ? try_again(self) : 0;
}

static int take_event(scheduler* self, const char* event) {
  if (event[0] == '-') return leave(self, strtoul(event + 1, NULL, 10) - 1);
  if (strncmp(event, "drain:", 6) == 0) return set_usable(self, event + 6, 0);
  if (strncmp(event, "return:", 7) == 0) return set_usable(self, event + 7, 1);
  return arrive(self, event + 1);
}

/* The cluster as it is when the scheduler starts. */
static int start(scheduler* self, const char* text, size_t size) {
  grove_snapshot* snapshot = NULL;
  grove_error* error = NULL;
  int code = 0;
  if (grove_snapshot_parse(text, size, GROVE_FORMAT_YAML, NULL, &snapshot, &error) != GROVE_OK) return fail(error);
  if (grove_index_new(snapshot, &self->cluster, &error) != GROVE_OK) code = fail(error);
  grove_snapshot_free(snapshot);
  return code;
}

int main(int argc, char** argv) {
  static scheduler self;
  size_t size = 0;
  size_t i;
  int code = 0;
  char* text = argc > 1 ? read_file(argv[1], &size) : NULL;
  if (text == NULL) {
    fprintf(stderr, "usage: scheduler CLUSTER EVENT...\n");
    return 2;
  }
  code = start(&self, text, size);
  free(text);
  for (i = 2; i < (size_t)argc && code == 0; ++i) {
    code = take_event(&self, argv[i]);
  }
  for (i = 0; i < self.count; ++i) {
    grove_workload_free(self.services[i].workload);
    grove_placement_free(self.services[i].placement);
  }
  grove_index_free(self.cluster);
  return code;
}
