// The rules of the validating webhooks (spec 03 §5, §7–§11), each under its id, in the reference's order.
#pragma once

#include "grove/admission.hpp"

#include "model/findings.h"
#include "model/node.h"

namespace grove::validation {

// What the rules of a PodCliqueSet look at. The typed form serves nearly all; the document tells what it cannot
// (a list that is present but empty, metadata that Grove does not model).
struct Input {
  const PodCliqueSet& set;                                  // after all defaulting
  const internal::Node& document;                           // the same object
  const std::shared_ptr<const internal::Storage>& storage;  // of the document, for bad values
  const AdmissionContext& context;
};

// All rules of a create, steps 2–7 of spec 03 §3. Total: the set may violate any rule of the schema.
void ValidateCreate(const Input& input, Findings& findings);

// All rules of an update, steps 2–7 of spec 03 §3; `old` is the set that is stored. Total in both.
void ValidateUpdate(const Input& input, const Input& old, Findings& findings);

// Rules of a ClusterTopologyBinding (spec 03 §10.1).
void ValidateClusterTopologyBinding(const ClusterTopologyBinding& binding, const AdmissionContext& context,
                                    Findings& findings);

// Rules of an OperatorConfiguration that has been defaulted (spec 03 §11).
void ValidateOperatorConfiguration(const OperatorConfiguration& configuration, Findings& findings);

// Rules of object metadata (V-100, spec 03 §12.5). `metadata` is an object or null; `namespaced` whether the kind is.
void ValidateObjectMeta(const internal::Node& metadata, const std::shared_ptr<const internal::Storage>& storage,
                        bool namespaced, Findings& findings);

// The same on update (V-021): what may not change, then what is checked once more. What the new metadata leaves out of
// uid and the times that the API server sets stays as it was.
void ValidateObjectMetaUpdate(const internal::Node& metadata, const internal::Node& old,
                              const std::shared_ptr<const internal::Storage>& storage, Findings& findings);

}  // namespace grove::validation
