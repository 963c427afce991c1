/* Places scenarios through the C interface: driver message|objects FILE. Prints a PlacementResult message as JSON.

   With `objects` the rows of the placement and its check are compared with the message on the way. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "grove.h"

static void must(grove_status status, const grove_error* error, const char* call) {
  if (status == GROVE_OK) return;
  fprintf(stderr, "%s: %s: %s: %s: %s\n", call, grove_status_name(status), error->argument, error->path,
          error->message);
  exit(1);
}

static void require(int holds, const char* what) {
  if (holds) return;
  fprintf(stderr, "%s\n", what);
  exit(1);
}

static char* read_file(const char* path, size_t* size) {
  FILE* file = fopen(path, "rb");
  char* data;
  long length;
  require(file != NULL && fseek(file, 0, SEEK_END) == 0 && (length = ftell(file)) >= 0, path);
  rewind(file);
  data = malloc((size_t)length + 1);
  require(data != NULL && fread(data, 1, (size_t)length, file) == (size_t)length, path);
  fclose(file);
  *size = (size_t)length;
  return data;
}

/* Each gang's pods are the rows that it names, and lie in its groups on nodes that exist. */
static void check_rows(const grove_placement* placement) {
  size_t gang_count = 0;
  size_t pod_count = 0;
  const grove_gang_row* gangs = grove_placement_gangs(placement, &gang_count);
  const grove_pod_row* pods = grove_placement_pods(placement, &pod_count);
  size_t seen = 0;
  size_t i;
  for (i = 0; i < gang_count; ++i) {
    require(gangs[i].first_pod == seen, "pods of a gang are not where they should be");
    require(gangs[i].pod_count <= pod_count - seen, "a gang has more pods than there are");
    for (; seen < gangs[i].first_pod + gangs[i].pod_count; ++seen) {
      const grove_pod_row* pod = &pods[seen];
      require(pod->gang == i && *pod->name != '\0' && *pod->node != '\0' && *pod->group != '\0',
              "a row is not complete");
      require(strncmp(pod->name, gangs[i].name, strlen(gangs[i].name)) == 0, "a pod is of another gang");
    }
  }
  require(seen == pod_count, "pods are of no gang");
}

static void place_objects(const char* text, size_t size, grove_buffer* result) {
  grove_snapshot* snapshot = NULL;
  grove_placement* placement = NULL;
  grove_buffer breaches = GROVE_BUFFER_INIT;
  grove_error* error = NULL;
  must(grove_snapshot_parse(text, size, GROVE_FORMAT_JSON, NULL, &snapshot, &error), error, "grove_snapshot_parse");
  must(grove_place(snapshot, NULL, NULL, &placement, &error), error, "grove_place");
  /* The placement is on its own. */
  grove_snapshot_free(snapshot);
  check_rows(placement);
  must(grove_placement_check(placement, NULL, GROVE_FORMAT_JSON, &breaches, &error), error, "grove_placement_check");
  require(strcmp(breaches.data, "{\"breaches\":[]}") == 0, "the placement breaks rules");
  grove_buffer_dispose(&breaches);
  must(grove_placement_encode(placement, GROVE_ENCODING_JSON, result, &error), error, "grove_placement_encode");
  grove_placement_free(placement);
}

/* The answer keeps the rules by the checker, too. */
static void place_message(const char* text, size_t size, grove_buffer* result) {
  grove_buffer breaches = GROVE_BUFFER_INIT;
  grove_error* error = NULL;
  must(grove_place_message(text, size, GROVE_ENCODING_JSON, result, &error), error, "grove_place_message");
  must(grove_check_message(text, size, result->data, result->size, GROVE_ENCODING_JSON, &breaches, &error), error,
       "grove_check_message");
  require(strcmp(breaches.data, "{\"breaches\":[]}") == 0, "the answer breaks rules");
  grove_buffer_dispose(&breaches);
}

int main(int argc, char** argv) {
  grove_buffer result = GROVE_BUFFER_INIT;
  size_t size = 0;
  char* text;
  if (argc != 3) {
    fputs("usage: driver message|objects FILE\n", stderr);
    return 2;
  }
  text = read_file(argv[2], &size);
  if (strcmp(argv[1], "message") == 0) {
    place_message(text, size, &result);
  } else {
    place_objects(text, size, &result);
  }
  free(text);
  fwrite(result.data, 1, result.size, stdout);
  grove_buffer_dispose(&result);
  return 0;
}
