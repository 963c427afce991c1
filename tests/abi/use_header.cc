// Every initialiser and macro of grove.h, in the strictest reading of the language.
#include "grove.h"

#if !GROVE_VERSION_ATLEAST(0, 1, 0)
#error "the header is older than its first version"
#endif

grove_status use_header(void);

grove_status use_header(void) {
  grove_limits limits = GROVE_LIMITS_INIT;
  grove_admit_options admit = GROVE_ADMIT_OPTIONS_INIT;
  grove_expand_options expand = GROVE_EXPAND_OPTIONS_INIT;
  grove_buffer result = GROVE_BUFFER_INIT;
  grove_error* error = nullptr;
  grove_status status;
  admit.limits = &limits;
  expand.admit = &admit;
  status = grove_expand(nullptr, 0, nullptr, 0, GROVE_FORMAT_JSON, &expand, &result, nullptr, &error);
  grove_error_free(error);
  grove_buffer_dispose(&result);
  return status;
}
