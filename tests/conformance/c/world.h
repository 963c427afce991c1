/* The objects of one set between two steps of a case, and what the cluster around Grove does to them. */
#pragma once

#include "json.h"

typedef struct world {
  arena* memory;
  json* documents;
  json* pod_statuses; /* whole ones, by the name of the pod */
} world;

/* The set itself; NULL once it is gone. */
json* world_set(const world* self);

/* Goes over to what Grove made of the objects: new ones are stamped, pods keep the status that they reported. */
void world_replace(world* self, json* documents, long now);

/* Goes over to the recorded objects of this state; what a record leaves out (times, generations) is taken from here. */
void world_adopt(world* self, const json* recorded, long last_step);

/* Sets `spec.replicas` as a scale subresource does. 0 if there is no such object. */
int world_scale(world* self, const json* scale);

void world_delete_pod(world* self, const json* pod);

/* What scheduler and kubelet report of the pods without a gate. `clique` "*": of all; `indices` NULL: every one. 1 if a
   pod changed. */
int world_set_pods(world* self, const char* state, const char* clique, const json* indices);
