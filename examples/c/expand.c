/*
 * What Grove makes of the PodCliqueSets of a manifest, in C99: counts the objects of each kind.
 *
 *   expand MANIFEST.yaml
 *
 * A manifest that Grove would refuse is answered with the place and the reason.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "grove.h"

enum { kMaxKinds = 32, kMaxKindLength = 64 };

typedef struct kind_count {
  char kind[kMaxKindLength];
  int count;
} kind_count;

/* Reads a whole file; NULL if that fails. The caller frees it. */
static char* read_file(const char* path, size_t* size) {
  char* text = NULL;
  long length;
  FILE* file = fopen(path, "rb");
  if (file == NULL) return NULL;
  if (fseek(file, 0, SEEK_END) == 0 && (length = ftell(file)) >= 0 && fseek(file, 0, SEEK_SET) == 0) {
    text = malloc((size_t)length + 1);
    if (text != NULL) *size = fread(text, 1, (size_t)length, file);
  }
  fclose(file);
  return text;
}

/* "manifest.yaml:13:25: reason", as compilers do it. */
static void print_error(const char* path, const grove_error* error) {
  fprintf(stderr, "%s:", path);
  if (error->line != 0) fprintf(stderr, "%u:%u:", error->line, error->column);
  fprintf(stderr, " %s (%s)\n", error->message, grove_status_name(error->status));
}

static void count_kind(kind_count* kinds, const char* kind, size_t length) {
  int i;
  if (length >= kMaxKindLength) return;
  for (i = 0; i < kMaxKinds; ++i) {
    if (kinds[i].count == 0) memcpy(kinds[i].kind, kind, length);
    if (strlen(kinds[i].kind) == length && memcmp(kinds[i].kind, kind, length) == 0) {
      ++kinds[i].count;
      return;
    }
  }
}

/* The members of each document's root stand at the beginning of a line. */
static void print_objects(const grove_buffer* objects) {
  static const char kKind[] = "kind: ";
  kind_count kinds[kMaxKinds] = {{"", 0}};
  const char* line = objects->data;
  const char* const end = objects->data + objects->size;
  int i;
  while (line < end) {
    const char* next = memchr(line, '\n', (size_t)(end - line));
    const char* line_end = next == NULL ? end : next;
    const size_t prefix = sizeof(kKind) - 1;
    if ((size_t)(line_end - line) > prefix && memcmp(line, kKind, prefix) == 0) {
      count_kind(kinds, line + prefix, (size_t)(line_end - line) - prefix);
    }
    line = next == NULL ? end : next + 1;
  }
  for (i = 0; i < kMaxKinds && kinds[i].count != 0; ++i) printf("%6d %s\n", kinds[i].count, kinds[i].kind);
}

int main(int argc, char** argv) {
  grove_admit_options admit = GROVE_ADMIT_OPTIONS_INIT;
  grove_expand_options expand = GROVE_EXPAND_OPTIONS_INIT;
  grove_buffer result = GROVE_BUFFER_INIT;
  grove_error* error = NULL;
  grove_status status;
  size_t size = 0;
  char* manifest;

  if (argc != 2) {
    fprintf(stderr, "usage: %s MANIFEST.yaml\n", argv[0]);
    return 2;
  }
  manifest = read_file(argv[1], &size);
  if (manifest == NULL) {
    fprintf(stderr, "%s: cannot be read\n", argv[1]);
    return 2;
  }

  /* What is wrong with the sets is data: the call fails only if the text itself is broken. */
  admit.output = GROVE_FORMAT_JSON_INDENTED;
  status = grove_admit(manifest, size, NULL, 0, GROVE_FORMAT_YAML, &admit, &result, &error);
  if (status == GROVE_OK) {
    printf("libgrove %s: a report of %lu bytes\n", grove_version_string(), (unsigned long)result.size);
    grove_buffer_dispose(&result);

    /* What is denied cannot be expanded: the error tells the first finding, its report all of them. */
    expand.output = GROVE_FORMAT_YAML;
    status = grove_expand(manifest, size, NULL, 0, GROVE_FORMAT_YAML, &expand, &result, NULL, &error);
  }
  if (status == GROVE_OK) {
    print_objects(&result);
  } else {
    print_error(argv[1], error);
    if (*error->report != '\0') fprintf(stderr, "%s\n", error->report);
  }
  grove_error_free(error);
  grove_buffer_dispose(&result);
  free(manifest);
  return status == GROVE_OK ? 0 : 1;
}
