#include "grove/pod_clique_set.hpp"

namespace grove {

const std::string& RequiredDomain(const TopologyConstraint& constraint) {
  const bool has_required = constraint.pack.has_value() && !constraint.pack->required.empty();
  return has_required ? constraint.pack->required : constraint.pack_domain;
}

const std::string& PreferredDomain(const TopologyConstraint& constraint) {
  static const std::string kNone;
  return constraint.pack.has_value() ? constraint.pack->preferred : kNone;
}

}  // namespace grove
