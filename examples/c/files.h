/* Files, for the programs in C. */
#pragma once

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The bytes of a file, to be released with free(); NULL if it cannot be read. */
static inline char* read_file(const char* path, size_t* size) {
  FILE* file = fopen(path, "rb");
  char* text = NULL;
  size_t capacity = 0;
  size_t got;
  *size = 0;
  if (file == NULL) {
    fprintf(stderr, "%s: %s\n", path, strerror(errno));
    return NULL;
  }
  do {
    if (*size == capacity) {
      char* larger = realloc(text, capacity = capacity == 0 ? 65536 : capacity * 2);
      if (larger == NULL) {
        free(text);
        fclose(file);
        return NULL;
      }
      text = larger;
    }
    got = fread(text + *size, 1, capacity - *size, file);
    *size += got;
  } while (got > 0);
  fclose(file);
  return text;
}
