// Calls of libgrove that give all their outputs by value, so that each is one crossing.
#pragma once

#include <grove.h>

// What a call gives, so that it is one crossing: the outputs by value.
typedef struct outcome {
  grove_status status;
  grove_buffer result;
  grove_buffer report;
  grove_error* error;
} outcome;

#define TEXT(text) _GoStringPtr(text), _GoStringLen(text)
#define NEW_OUTCOME \
  { GROVE_OK, GROVE_BUFFER_INIT, GROVE_BUFFER_INIT, NULL }

// A call that reads a manifest and a context, and gives one document.
#define DOCUMENT(name, options_type)                                                                    \
  static outcome call_##name(_GoString_ manifest, _GoString_ context, grove_format format,              \
                             const options_type* options) {                                             \
    outcome out = NEW_OUTCOME;                                                                          \
    out.status = grove_##name(TEXT(manifest), TEXT(context), format, options, &out.result, &out.error); \
    return out;                                                                                         \
  }
DOCUMENT(admit, grove_admit_options)
DOCUMENT(names, grove_admit_options)
DOCUMENT(startup, grove_admit_options)
DOCUMENT(scaling, grove_expand_options)
DOCUMENT(translate, grove_expand_options)

static outcome call_admit_update(_GoString_ manifest, _GoString_ stored, _GoString_ context, grove_format format,
                                 const grove_admit_options* options) {
  outcome out = NEW_OUTCOME;
  out.status =
      grove_admit_update(TEXT(manifest), TEXT(stored), TEXT(context), format, options, &out.result, &out.error);
  return out;
}

static outcome call_expand(_GoString_ manifest, _GoString_ context, grove_format format,
                           const grove_expand_options* options) {
  outcome out = NEW_OUTCOME;
  out.status = grove_expand(TEXT(manifest), TEXT(context), format, options, &out.result, &out.report, &out.error);
  return out;
}

static outcome call_diff(_GoString_ before, _GoString_ after, _GoString_ context, grove_format format,
                         const grove_expand_options* options) {
  outcome out = NEW_OUTCOME;
  out.status = grove_diff(TEXT(before), TEXT(after), TEXT(context), format, options, &out.result, &out.error);
  return out;
}

static outcome call_diff_live(_GoString_ manifest, _GoString_ context, grove_format format, uint32_t clean,
                              const grove_expand_options* options) {
  outcome out = NEW_OUTCOME;
  out.status = grove_diff_live(TEXT(manifest), TEXT(context), format, clean, options, &out.result, &out.error);
  return out;
}

static outcome call_crd(void) {
  outcome out = NEW_OUTCOME;
  out.status = grove_crd(GROVE_FORMAT_JSON, &out.result, &out.error);
  return out;
}

static outcome call_place_message(_GoString_ message) {
  outcome out = NEW_OUTCOME;
  out.status = grove_place_message(TEXT(message), GROVE_ENCODING_BINARY, &out.result, &out.error);
  return out;
}
