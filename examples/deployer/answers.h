// What a deployer wants to know before it writes anything to a cluster.
#pragma once

#include <iosfwd>
#include <span>

#include "grove/admission.hpp"
#include "grove/expansion.hpp"
#include "grove/manifest.hpp"

#include "service_graph.h"

namespace deployer {

// Which names, which addresses, which scale targets, in which order pods start, and how much longer names may become.
void TellNames(const ServiceGraph& graph, const grove::AdmittedPodCliqueSet& set, std::ostream& out);

// Where every pod would run, or what is in the way. False if not everything fits; or the cluster cannot be read, which
// is told on `err`.
[[nodiscard]] bool TellPlacement(const grove::ObjectSet& objects, std::span<const grove::ManifestObject> cluster,
                                 std::ostream& out, std::ostream& err);

// What becomes of each PodClique if `next` replaces `now`.
void TellUpdate(const ServiceGraph& now, const ServiceGraph& next, const grove::ObjectSet& before,
                const grove::ObjectSet& after, std::ostream& out);

}  // namespace deployer
