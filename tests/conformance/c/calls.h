/* Calls of libgrove with documents as trees. A call that fails without the case meaning it ends the program. */
#pragma once

#include "json.h"

/* What the sets of a case meet, as one List for every call. */
typedef struct cluster {
  arena* memory;
  json* configuration;
  json* others; /* queues, claim templates */
  json* bindings;
  json* kai_topologies;
} cluster;

/* Why the configuration is refused; NULL if it is not. */
const char* refused_configuration(const cluster* self);

/* The verdict on the one object of that kind in `manifest`. `stored` may be NULL: the object is new. */
json* judge(const cluster* self, const json* manifest, const json* stored, const char* kind);

typedef struct expansion {
  json* documents; /* bindings and topologies, the set, its children */
  json* verdict;   /* on the set, NULL if there is none */
  json* changes;   /* from `live`, NULL without */
} expansion;

/* What becomes of an admitted set (NULL: there is none any more) at that time, of which `live` exists (NULL: nothing).
 */
expansion expand(const cluster* self, const json* admitted, const json* live, long now);

/* Whether two documents differ for the library. */
int differs(arena* memory, const json* before, const json* after);
