#include "json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- Memory ------------------------------------------------------------------ */

struct arena_block {
  struct arena_block* next;
  size_t used;
  size_t size;
};

static void* must(void* memory) {
  if (memory == NULL) {
    fputs("out of memory\n", stderr);
    exit(1);
  }
  return memory;
}

void* arena_take(arena* memory, size_t size) {
  struct arena_block* block = memory->blocks;
  void* taken;
  size = (size + 15) & ~(size_t)15;
  if (block == NULL || block->size - block->used < size) {
    const size_t room = size > 65536 ? size : 65536;
    block = must(malloc(sizeof *block + 16 + room));
    block->next = memory->blocks;
    block->used = 0;
    block->size = room;
    memory->blocks = block;
  }
  taken = (char*)block + ((sizeof *block + 15) & ~(size_t)15) + block->used;
  block->used += size;
  return taken;
}

void arena_free(arena* memory) {
  while (memory->blocks != NULL) {
    struct arena_block* next = memory->blocks->next;
    free(memory->blocks);
    memory->blocks = next;
  }
}

/* ---- Making ------------------------------------------------------------------ */

json* json_make(arena* memory, json_kind kind) {
  json* value = arena_take(memory, sizeof *value);
  memset(value, 0, sizeof *value);
  value->kind = kind;
  value->text = "";
  return value;
}

static json* with_text(arena* memory, json_kind kind, const char* text, size_t size) {
  json* value = json_make(memory, kind);
  char* copy = arena_take(memory, size + 1);
  memcpy(copy, text, size);
  copy[size] = '\0';
  value->text = copy;
  value->size = size;
  return value;
}

json* json_string(arena* memory, const char* text) { return with_text(memory, JSON_STRING, text, strlen(text)); }

json* json_number(arena* memory, long number) {
  char text[32];
  const int size = snprintf(text, sizeof text, "%ld", number);
  return with_text(memory, JSON_NUMBER, text, (size_t)size);
}

json* json_boolean(arena* memory, int value) { return json_make(memory, value ? JSON_TRUE : JSON_FALSE); }

static void grow(arena* memory, json* value) {
  const size_t capacity = value->capacity == 0 ? 8 : value->capacity * 2;
  json** items = arena_take(memory, capacity * sizeof *items);
  if (value->count > 0) memcpy(items, value->items, value->count * sizeof *items);
  value->items = items;
  if (value->kind == JSON_OBJECT) {
    const char** keys = arena_take(memory, capacity * sizeof *keys);
    if (value->count > 0) memcpy(keys, value->keys, value->count * sizeof *keys);
    value->keys = keys;
  }
  value->capacity = capacity;
}

void json_push(arena* memory, json* array, json* value) {
  if (array->count == array->capacity) grow(memory, array);
  array->items[array->count++] = value;
}

static void add_member(arena* memory, json* object, const char* key, json* value) {
  if (object->count == object->capacity) grow(memory, object);
  object->keys[object->count] = key;
  object->items[object->count++] = value;
}

void json_set(arena* memory, json* object, const char* key, json* value) {
  size_t i;
  for (i = 0; i < object->count; ++i) {
    if (strcmp(object->keys[i], key) != 0) continue;
    if (value != NULL) {
      object->items[i] = value;
      return;
    }
    --object->count;
    memmove(object->items + i, object->items + i + 1, (object->count - i) * sizeof *object->items);
    memmove(object->keys + i, object->keys + i + 1, (object->count - i) * sizeof *object->keys);
    return;
  }
  if (value != NULL) add_member(memory, object, key, value);
}

json* json_copy(arena* memory, const json* value) {
  json* copy = json_make(memory, value->kind);
  size_t i;
  copy->text = value->text;
  copy->size = value->size;
  for (i = 0; i < value->count; ++i) {
    if (value->kind == JSON_OBJECT) {
      add_member(memory, copy, value->keys[i], value->items[i]);
    } else {
      json_push(memory, copy, value->items[i]);
    }
  }
  return copy;
}

/* ---- Asking ------------------------------------------------------------------ */

json* json_get(const json* object, const char* key) {
  size_t i;
  if (object == NULL || object->kind != JSON_OBJECT) return NULL;
  for (i = 0; i < object->count; ++i) {
    if (strcmp(object->keys[i], key) == 0) return object->items[i]->kind == JSON_NULL ? NULL : object->items[i];
  }
  return NULL;
}

const char* json_text(const json* value) { return value == NULL ? "" : value->text; }
long json_integer(const json* value) { return value == NULL ? 0 : strtol(value->text, NULL, 10); }
int json_is(const json* value, const char* text) { return value != NULL && strcmp(value->text, text) == 0; }
size_t json_count(const json* value) { return value == NULL ? 0 : value->count; }

static int says_nothing(const json* value) {
  size_t i;
  if (value == NULL) return 1;
  switch (value->kind) {
    case JSON_NULL:
    case JSON_FALSE:
      return 1;
    case JSON_TRUE:
      return 0;
    case JSON_NUMBER:
      return strcmp(value->text, "0") == 0;
    case JSON_STRING:
      return value->size == 0;
    case JSON_ARRAY:
      return value->count == 0;
    case JSON_OBJECT:
      for (i = 0; i < value->count; ++i) {
        if (!says_nothing(value->items[i])) return 0;
      }
      return 1;
  }
  return 0;
}

/* Whether every member of `one` is in `other`. */
static int members_in(const json* one, const json* other) {
  size_t i;
  for (i = 0; i < one->count; ++i) {
    if (!json_same(one->items[i], json_get(other, one->keys[i]))) return 0;
  }
  return 1;
}

int json_same(const json* one, const json* other) {
  size_t i;
  if (says_nothing(one) || says_nothing(other)) return says_nothing(one) && says_nothing(other);
  if (one->kind != other->kind) return 0;
  if (one->kind == JSON_OBJECT) return members_in(one, other) && members_in(other, one);
  if (one->kind != JSON_ARRAY) return one->size == other->size && memcmp(one->text, other->text, one->size) == 0;
  if (one->count != other->count) return 0;
  for (i = 0; i < one->count; ++i) {
    if (!json_same(one->items[i], other->items[i])) return 0;
  }
  return 1;
}

/* ---- Reading ----------------------------------------------------------------- */

typedef struct reader {
  arena* memory;
  const char* at;
  const char* end;
} reader;

static json* read_value(reader* in);

static void skip_blanks(reader* in) {
  while (in->at < in->end && strchr(" \t\r\n", *in->at) != NULL) ++in->at;
}

static int take(reader* in, char c) {
  skip_blanks(in);
  if (in->at == in->end || *in->at != c) return 0;
  ++in->at;
  return 1;
}

static unsigned read_hex(reader* in) {
  char digits[5] = {0};
  if (in->end - in->at < 4) return 0;
  memcpy(digits, in->at, 4);
  in->at += 4;
  return (unsigned)strtoul(digits, NULL, 16);
}

/* Behind `\u`; a pair of surrogates is one character. */
static char* put_character(reader* in, char* out) {
  unsigned long code = read_hex(in);
  if (code >= 0xD800 && code < 0xDC00 && in->end - in->at >= 6 && in->at[0] == '\\' && in->at[1] == 'u') {
    in->at += 2;
    code = 0x10000 + ((code - 0xD800) << 10) + (read_hex(in) - 0xDC00);
  }
  if (code < 0x80) {
    *out++ = (char)code;
  } else if (code < 0x800) {
    *out++ = (char)(0xC0 | code >> 6);
    *out++ = (char)(0x80 | (code & 0x3F));
  } else {
    if (code < 0x10000) {
      *out++ = (char)(0xE0 | code >> 12);
    } else {
      *out++ = (char)(0xF0 | code >> 18);
      *out++ = (char)(0x80 | (code >> 12 & 0x3F));
    }
    *out++ = (char)(0x80 | (code >> 6 & 0x3F));
    *out++ = (char)(0x80 | (code & 0x3F));
  }
  return out;
}

/* Behind the quote that begins it. */
static json* read_string(reader* in) {
  static const char kEscapes[] = "\"\\/bfnrt";
  static const char kMeant[] = "\"\\/\b\f\n\r\t";
  json* value = json_make(in->memory, JSON_STRING);
  const char* end = in->at;
  char* out;
  while (end < in->end && *end != '"') end += *end == '\\' ? 2 : 1;
  if (end >= in->end) return NULL;
  out = arena_take(in->memory, (size_t)(end - in->at) + 1);
  value->text = out;
  while (in->at < end) {
    const char c = *in->at++;
    if (c != '\\') {
      *out++ = c;
    } else if (*in->at == 'u') {
      ++in->at;
      out = put_character(in, out);
    } else {
      const char* escape = strchr(kEscapes, *in->at++);
      if (escape == NULL) return NULL;
      *out++ = kMeant[escape - kEscapes];
    }
  }
  *out = '\0';
  value->size = (size_t)(out - value->text);
  ++in->at;
  return value;
}

static json* read_members(reader* in) {
  json* object = json_make(in->memory, JSON_OBJECT);
  if (take(in, '}')) return object;
  do {
    json* key = take(in, '"') ? read_string(in) : NULL;
    json* value = key != NULL && take(in, ':') ? read_value(in) : NULL;
    if (value == NULL) return NULL;
    add_member(in->memory, object, key->text, value);
  } while (take(in, ','));
  return take(in, '}') ? object : NULL;
}

static json* read_elements(reader* in) {
  json* array = json_make(in->memory, JSON_ARRAY);
  if (take(in, ']')) return array;
  do {
    json* value = read_value(in);
    if (value == NULL) return NULL;
    json_push(in->memory, array, value);
  } while (take(in, ','));
  return take(in, ']') ? array : NULL;
}

static json* read_word(reader* in) {
  const char* begin = in->at;
  size_t size;
  while (in->at < in->end && strchr("+-.0123456789abcdefghijklmnopqrstuvwxyzE", *in->at) != NULL) ++in->at;
  size = (size_t)(in->at - begin);
  if (size == 0) return NULL;
  if (size == 4 && memcmp(begin, "null", 4) == 0) return json_make(in->memory, JSON_NULL);
  if (size == 4 && memcmp(begin, "true", 4) == 0) return json_make(in->memory, JSON_TRUE);
  if (size == 5 && memcmp(begin, "false", 5) == 0) return json_make(in->memory, JSON_FALSE);
  return with_text(in->memory, JSON_NUMBER, begin, size);
}

static json* read_value(reader* in) {
  if (take(in, '{')) return read_members(in);
  if (take(in, '[')) return read_elements(in);
  if (take(in, '"')) return read_string(in);
  return read_word(in);
}

json* json_parse(arena* memory, const char* text, size_t size) {
  reader in;
  json* value;
  in.memory = memory;
  in.at = text;
  in.end = text + size;
  value = read_value(&in);
  skip_blanks(&in);
  return in.at == in.end ? value : NULL;
}

/* ---- Writing ----------------------------------------------------------------- */

void text_add(text* out, const char* data, size_t size) {
  if (out->size + size + 1 > out->capacity) {
    out->capacity = (out->size + size + 1) * 2;
    out->data = must(realloc(out->data, out->capacity));
  }
  memcpy(out->data + out->size, data, size);
  out->size += size;
  out->data[out->size] = '\0';
}

static void add_string(text* out, const char* data, size_t size) {
  size_t i;
  text_add(out, "\"", 1);
  for (i = 0; i < size; ++i) {
    const unsigned char c = (unsigned char)data[i];
    char escape[8];
    if (c >= 0x20 && c != '"' && c != '\\') {
      text_add(out, data + i, 1);
    } else {
      text_add(out, escape, (size_t)snprintf(escape, sizeof escape, "\\u%04x", c));
    }
  }
  text_add(out, "\"", 1);
}

void text_json(text* out, const json* value) {
  static const char* const kWords[] = {"null", "false", "true"};
  const int is_object = value->kind == JSON_OBJECT;
  size_t i;
  if (value->kind <= JSON_TRUE) {
    text_add(out, kWords[value->kind], strlen(kWords[value->kind]));
  } else if (value->kind == JSON_NUMBER) {
    text_add(out, value->text, value->size);
  } else if (value->kind == JSON_STRING) {
    add_string(out, value->text, value->size);
  } else {
    text_add(out, is_object ? "{" : "[", 1);
    for (i = 0; i < value->count; ++i) {
      if (i > 0) text_add(out, ",", 1);
      if (is_object) {
        add_string(out, value->keys[i], strlen(value->keys[i]));
        text_add(out, ":", 1);
      }
      text_json(out, value->items[i]);
    }
    text_add(out, is_object ? "}" : "]", 1);
  }
}

void text_free(text* out) {
  free(out->data);
  memset(out, 0, sizeof *out);
}
