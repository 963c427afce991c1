/* Reads a manifest and a cluster; prints the verdict, the hierarchy in counts, and where each pod goes.

   place MANIFEST CLUSTER: YAML or JSON, the cluster as `kubectl get nodes,pods -A -o yaml` prints it. */
#include <grove.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "files.h"

/* Tells what went wrong, with its place, and releases the error. */
static int fail(grove_error* error) {
  fprintf(stderr, "%s", error->argument);
  if (error->line != 0) fprintf(stderr, ":%u:%u", error->line, error->column);
  fprintf(stderr, ": %s %s\n", grove_status_name(error->status), error->message);
  grove_error_free(error);
  return 1;
}

/* Prints a buffer after a title, and releases it. */
static void print(const char* title, grove_buffer* buffer) {
  printf("%s\n", title);
  fwrite(buffer->data, 1, buffer->size, stdout);
  printf("\n");
  grove_buffer_dispose(buffer);
}

static int print_verdict(const char* manifest, size_t size) {
  grove_buffer report = GROVE_BUFFER_INIT;
  grove_error* error = NULL;
  grove_admit_options options = GROVE_ADMIT_OPTIONS_INIT;
  options.output = GROVE_FORMAT_JSON;
  if (grove_admit(manifest, size, NULL, 0, GROVE_FORMAT_YAML, &options, &report, &error) != GROVE_OK)
    return fail(error);
  printf("verdict: %s\n", strncmp(report.data, "{\"allowed\":true", 15) == 0 ? "allowed" : "denied");
  grove_buffer_dispose(&report);
  return 0;
}

static int print_hierarchy(const char* manifest, size_t size) {
  grove_buffer counts = GROVE_BUFFER_INIT;
  grove_error* error = NULL;
  grove_expand_options options = GROVE_EXPAND_OPTIONS_INIT;
  options.output = GROVE_FORMAT_YAML;
  if (grove_scaling(manifest, size, NULL, 0, GROVE_FORMAT_YAML, &options, &counts, &error) != GROVE_OK) {
    return fail(error);
  }
  print("hierarchy:", &counts);
  return 0;
}

static void print_rows(const grove_placement* placement) {
  size_t count = 0;
  size_t i;
  size_t j;
  const grove_gang_row* gangs = grove_placement_gangs(placement, &count);
  const grove_pod_row* pods = grove_placement_pods(placement, NULL);
  for (i = 0; i < count; ++i) {
    printf("%s/%s: %s\n", gangs[i].gang_namespace, gangs[i].name,
           gangs[i].outcome == GROVE_OUTCOME_PLACED ? "placed" : "not placed");
    for (j = gangs[i].first_pod; j < gangs[i].first_pod + gangs[i].pod_count; ++j)
      printf("  %-40s %s\n", pods[j].name, pods[j].node);
  }
}

static int print_placement(const char* manifest, size_t size, const char* cluster, size_t cluster_size) {
  grove_snapshot* snapshot = NULL;
  grove_workload* workload = NULL;
  grove_placement* placement = NULL;
  grove_buffer why = GROVE_BUFFER_INIT;
  grove_error* error = NULL;
  int code = 0;
  if (grove_snapshot_parse(cluster, cluster_size, GROVE_FORMAT_YAML, NULL, &snapshot, &error) != GROVE_OK ||
      grove_workload_parse(manifest, size, NULL, 0, GROVE_FORMAT_YAML, NULL, &workload, &error) != GROVE_OK ||
      grove_place(snapshot, workload, NULL, &placement, &error) != GROVE_OK ||
      grove_placement_explain(placement, GROVE_FORMAT_YAML, &why, &error) != GROVE_OK) {
    code = fail(error);
  } else {
    printf("placement:\n");
    print_rows(placement);
    print("in words:", &why);
  }
  grove_placement_free(placement);
  grove_workload_free(workload);
  grove_snapshot_free(snapshot);
  return code;
}

int main(int argc, char** argv) {
  size_t manifest_size = 0;
  size_t cluster_size = 0;
  char* manifest = argc == 3 ? read_file(argv[1], &manifest_size) : NULL;
  char* cluster = argc == 3 ? read_file(argv[2], &cluster_size) : NULL;
  int code = 2;
  if (argc != 3) fprintf(stderr, "usage: place MANIFEST CLUSTER\n");
  if (manifest != NULL && cluster != NULL) {
    printf("libgrove %s\n", grove_version_string());
    code = print_verdict(manifest, manifest_size);
    if (code == 0) code = print_hierarchy(manifest, manifest_size);
    if (code == 0) code = print_placement(manifest, manifest_size, cluster, cluster_size);
  }
  free(manifest);
  free(cluster);
  return code;
}
