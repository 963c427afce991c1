// Names in a result, found in the cluster and the request that it answers.
#pragma once

#include <cstdint>
#include <string>

#include "absl/container/flat_hash_map.h"

#include "topology/wire/reader.h"

namespace grove::topology {

class NameFinder {
 public:
  NameFinder(const Cluster& cluster, const PlacementRequest& request, WireReader& reader)
      : cluster_(cluster), request_(request), reader_(reader) {}

  [[nodiscard]] const Cluster& cluster() const { return cluster_; }
  [[nodiscard]] const PlacementRequest& request() const { return request_; }
  [[nodiscard]] WireReader& reader() { return reader_; }

  // Each fails, with the path, for what does not exist. -1 for the empty key.
  bool FindLevel(const std::string& key, const FieldPath& path, std::int32_t& to);
  bool FindScope(const Gang& gang, pb::ScopeKind kind, const std::string& name, const FieldPath& path, ScopeKind& to,
                 std::uint32_t& index);
  bool FindGroup(const Gang& gang, const std::string& name, const FieldPath& path, std::uint32_t& to);
  bool FindDomain(const std::string& name, const FieldPath& path, DomainIndex& to);
  bool FindNode(const std::string& name, const FieldPath& path, NodeIndex& to);
  bool FindGang(std::uint32_t index, const FieldPath& path, std::uint32_t& to);

 private:
  const Cluster& cluster_;
  const PlacementRequest& request_;
  WireReader& reader_;
  absl::flat_hash_map<std::string, DomainIndex> domains_;  // by name, made when first asked for
};

// read_changes.cc
bool ReadConflict(const pb::PackConflict& from, const Gang& gang, const FieldPath& path, NameFinder& names,
                  PackConflict& to);
bool ReadChange(const pb::FittingChange& from, const Gang& gang, const FieldPath& path, NameFinder& names,
                FittingChange& to);
bool ReadEviction(const pb::Eviction& from, const FieldPath& path, NameFinder& names, Eviction& to);
bool ReadOptionFigures(const pb::OptionFigures& from, const FieldPath& path, NameFinder& names, OptionFigures& to);

}  // namespace grove::topology
