/* Loads the library that its argument names, and prints the shared objects that came with it. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <link.h>
#include <stdio.h>
#include <string.h>

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
  if (argc != 2) return 2;
  dl_iterate_phdr(count, &before);
  if (dlopen(argv[1], RTLD_NOW | RTLD_LOCAL) == NULL) {
    fprintf(stderr, "%s\n", dlerror());
    return 1;
  }
  dl_iterate_phdr(print, &before);
  return 0;
}
