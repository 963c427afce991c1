/* JSON as a tree: what the driver needs to read cases and to write answers. All memory is an arena's, freed with it. */
#pragma once

#include <stddef.h>

typedef struct arena {
  struct arena_block* blocks;
} arena;

void* arena_take(arena* memory, size_t size);
void arena_free(arena* memory);

typedef enum json_kind {
  JSON_NULL,
  JSON_FALSE,
  JSON_TRUE,
  JSON_NUMBER,
  JSON_STRING,
  JSON_ARRAY,
  JSON_OBJECT
} json_kind;

/* Strings unescaped, numbers as spelt; both end in NUL. Members are in the order of the text. */
typedef struct json {
  json_kind kind;
  const char* text;
  size_t size;
  struct json** items;
  const char** keys;
  size_t count;
  size_t capacity;
} json;

/* NULL if `text` is no JSON. */
json* json_parse(arena* memory, const char* text, size_t size);

json* json_make(arena* memory, json_kind kind);
json* json_string(arena* memory, const char* text);
json* json_number(arena* memory, long number);
json* json_boolean(arena* memory, int value);
/* Another array or object with the same items. */
json* json_copy(arena* memory, const json* value);

/* The member of that name; NULL if there is none, if it is null, or if `object` is NULL or no object. */
json* json_get(const json* object, const char* key);
/* "" and 0 where there is none. */
const char* json_text(const json* value);
long json_integer(const json* value);
int json_is(const json* value, const char* text);
size_t json_count(const json* value);

/* Adds a member or replaces it; a value of NULL removes it. */
void json_set(arena* memory, json* object, const char* key, json* value);
void json_push(arena* memory, json* array, json* value);

/* Equality where members that say nothing (null, {}, [], "", false, 0) may as well be absent. Either may be NULL. */
int json_same(const json* one, const json* other);

/* Text that grows; `data` ends in NUL once something was added. */
typedef struct text {
  char* data;
  size_t size;
  size_t capacity;
} text;

void text_add(text* out, const char* data, size_t size);
void text_json(text* out, const json* value);
void text_free(text* out);
