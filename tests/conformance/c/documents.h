/* Documents of the corpus: what a case says of its cluster, and objects by kind and name. */
#pragma once

#include "json.h"

const char* name_of(const json* document);
const char* label_of(const json* document, const char* label);
int is_kind(const json* document, const char* kind);
/* Whether they are of one kind and name. */
int is_named_as(const json* document, const json* other);

/* "2026-01-31T12:00:00Z" of seconds since 1970. */
json* timestamp(arena* memory, long seconds);

/* The OperatorConfiguration that a case's `config` stands for. */
json* configuration(arena* memory, const json* config);

/* A KAI Topology that exists, in its first generation. */
json* kai_topology(arena* memory, const json* document);

/* A Volcano queue that no set names. */
json* unrelated_queue(arena* memory);

/* The corpus numbers pods instead of naming them: `<generateName>~0003`. */
void rename_pods(arena* memory, const json* documents);

/* {kind: [documents]}: kinds of one name are told apart by their group. */
json* by_kind(arena* memory, const json* documents);
