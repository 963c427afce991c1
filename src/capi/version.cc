#include "grove/version.hpp"

#include "grove.h"

extern "C" uint32_t grove_version_number(void) { return grove::VersionNumber(); }

// The view is of a literal, hence NUL-terminated.
extern "C" const char* grove_version_string(void) { return grove::VersionString().data(); }
