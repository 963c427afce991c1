/* A C program outside the tree: calls the function that the README shows. */
#include <grove.h>
#include <string.h>

int print_objects(const char* text, size_t size);

int main(void) {
  const char* manifest =
      "{apiVersion: grove.io/v1alpha1, kind: PodCliqueSet, metadata: {name: demo}, spec: {replicas: 1, template: {"
      "cliques: [{name: worker, spec: {roleName: worker, replicas: 2, podSpec: {"
      "containers: [{name: main, image: 'registry.example.com/worker:1'}]}}}]}}}";
  return print_objects(manifest, strlen(manifest));
}
