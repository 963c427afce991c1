/* Loads the library that its first argument names, and prints the shared objects that came with it; with a second
   argument, how many microseconds that took. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <link.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static int count(struct dl_phdr_info* info, size_t size, void* data) {
  (void)info;
  (void)size;
  ++*(int*)data;
  return 0;
}

/* Objects loaded later come later. `data` has how many are skipped. */
static int print(struct dl_phdr_info* info, size_t size, void* data) {
  const char* slash = strrchr(info->dlpi_name, '/');
  (void)size;
  if ((*(int*)data)-- <= 0) puts(slash == NULL ? info->dlpi_name : slash + 1);
  return 0;
}

int main(int argc, char** argv) {
  int before = 0;
  struct timespec start;
  struct timespec end;
  if (argc < 2) return 2;
  dl_iterate_phdr(count, &before);
  clock_gettime(CLOCK_MONOTONIC, &start);
  if (dlopen(argv[1], RTLD_NOW | RTLD_LOCAL) == NULL) {
    fprintf(stderr, "%s\n", dlerror());
    return 1;
  }
  clock_gettime(CLOCK_MONOTONIC, &end);
  if (argc == 2)
    dl_iterate_phdr(print, &before);
  else
    printf("%ld\n", (end.tv_sec - start.tv_sec) * 1000000 + (end.tv_nsec - start.tv_nsec) / 1000);
  return 0;
}
