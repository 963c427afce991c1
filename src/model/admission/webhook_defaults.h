// Stage 4 of admission: the defaults that Grove's webhook adds to a PodCliqueSet (spec 02 §4).
#pragma once

#include "model/node.h"

namespace grove::admission {

// Whether any of D-01 to D-10 would change `set`, the object after stage 3. If not, the object stays as its user wrote
// it and nothing is written back (spec 02 §5).
[[nodiscard]] bool NeedsWebhookDefaults(const internal::Node& set);

// Applies D-01 to D-10 to `set`, an object in its typed form. New nodes go to `storage`.
[[nodiscard]] internal::Node ApplyWebhookDefaults(const internal::Node& set, internal::Storage& storage);

}  // namespace grove::admission
