/* Verdicts in the corpus' words, and the cluster around the set of a case. */
#pragma once

#include "calls.h"

int is_true(const json* value);

/* A verdict on a set as the corpus writes it. */
json* admission_of(arena* memory, const json* verdict);

void set_generation(arena* memory, const json* document, long generation);

/* What a case says that is there beside its set. */
cluster read_cluster(arena* memory, const json* test_case);

/* Creates or replaces the binding of that name if it is admitted. Its verdict. */
json* admit_binding(cluster* self, const json* manifest);

/* Takes bindings and KAI Topologies out of what an expansion gave; the rest is returned. */
json* take_documents(cluster* self, const json* documents);
