/* A C program outside the tree. */
#include <grove.h>
#include <stdio.h>

int main(void) {
  printf("libgrove %s\n", grove_version_string());
  return grove_version_number() > 0 ? 0 : 1;
}
