// grove crd: the definitions of Grove's kinds, for an API server.
#include <vector>

#include "grove/custom_resource_definitions.hpp"
#include "grove/manifest.hpp"

#include "cli/documents.h"
#include "cli/options.h"
#include "cli/verbs.h"

namespace grove::cli {

ExitCode RunCrd(const Options& options, Streams& streams) {
  PrintDocuments(CustomResourceDefinitions(), options.output, streams.out);
  return ExitCode::kDone;
}

}  // namespace grove::cli
