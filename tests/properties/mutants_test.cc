// Admission and expansion keep what they promise, for every manifest of the conformance corpus and for mutants of them.
//
// GROVE_MUTANTS sets the number of mutants, GROVE_MUTANT_SEED the first of their seeds; a failure names the one that
// failed.

#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "grove/admission.hpp"
#include "grove/value.hpp"

#include "properties/document.h"
#include "properties/mutator.h"
#include "properties/promises.h"

namespace grove::properties {
namespace {

struct CorpusCase {
  Value manifest;
  Value old;  // null if there is none
  AdmissionContext context;
};

CorpusCase ReadCase(const std::string& line) {
  const Value read = Value::FromJson(line);
  CorpusCase result;
  result.manifest = read.Find("manifest").value_or(Value());
  result.old = read.Find("old").value_or(Value());
  if (const auto configuration = read.Find("configuration")) {
    ConfigurationResult loaded = LoadOperatorConfiguration(*configuration);
    if (loaded.valid()) result.context.configuration = std::move(loaded.configuration);
  }
  const Value topologies = read.Find("topologies").value_or(Value());
  for (std::size_t i = 0; i < topologies.size(); ++i) {
    TopologyAdmission topology = AdmitClusterTopologyBinding(topologies.at(i), result.context);
    if (topology.admitted.has_value()) result.context.topologies.push_back(std::move(*topology.admitted));
  }
  return result;
}

const std::vector<CorpusCase>& Corpus() {
  static const std::vector<CorpusCase> kCases = [] {
    std::vector<CorpusCase> cases;
    std::ifstream file(GROVE_CORPUS_MANIFESTS);
    for (std::string line; std::getline(file, line);) cases.push_back(ReadCase(line));
    return cases;
  }();
  return kCases;
}

TEST(Corpus, PromisesHold) {
  ASSERT_GT(Corpus().size(), 1500u);
  std::size_t admitted = 0;
  for (std::size_t i = 0; i < Corpus().size(); ++i) {
    const CorpusCase& test = Corpus()[i];
    ASSERT_TRUE(test.manifest.is_object()) << "line " << i + 1;
    EXPECT_EQ(BrokenPromise(test.manifest, test.context), "") << "line " << i + 1;
    admitted += Admit(test.manifest, test.context).allowed() ? 1 : 0;
    if (test.old.is_null()) continue;
    EXPECT_EQ(BrokenPromise(test.old, test.context), "") << "old of line " << i + 1;
    EXPECT_EQ(BrokenPromiseOfUpdate(test.old, test.manifest, test.context), "") << "line " << i + 1;
  }
  EXPECT_GT(admitted, 1000u);
}

std::uint64_t Setting(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

struct Tally {
  std::size_t unreadable = 0;  // as a text: too deep
  std::size_t admitted = 0;
  std::size_t updates_admitted = 0;
};

void CheckMutant(std::uint64_t seed, const std::vector<Document>& documents, Tally& tally) {
  Mutator mutator(seed, documents);
  const std::size_t chosen = mutator.Below(documents.size());
  const CorpusCase& origin = Corpus()[chosen];
  Document mutant = documents[chosen];
  mutator.Mutate(mutant);
  const std::string text = ToJson(mutant);
  const Value document = Value::FromJson(text);
  if (document.is_null()) {
    ++tally.unreadable;
    return;
  }
  SCOPED_TRACE("GROVE_MUTANT_SEED=" + std::to_string(seed) + " " + text);
  EXPECT_EQ(BrokenPromise(document, origin.context), "");
  tally.admitted += Admit(document, origin.context).allowed() ? 1 : 0;

  // As a change of the set that it came from, and the other way round.
  EXPECT_EQ(BrokenPromiseOfUpdate(origin.manifest, document, origin.context), "");
  EXPECT_EQ(BrokenPromiseOfUpdate(document, origin.manifest, origin.context), "");
  tally.updates_admitted += AdmitUpdate(origin.manifest, document, origin.context).allowed() ? 1 : 0;
}

TEST(Mutants, PromisesHold) {
  std::vector<Document> documents;
  for (const CorpusCase& test : Corpus()) documents.push_back(ToDocument(test.manifest));
  ASSERT_FALSE(documents.empty());
  const std::uint64_t first = Setting("GROVE_MUTANT_SEED", 1);
  const std::uint64_t count = Setting("GROVE_MUTANTS", 2'000);
  Tally tally;
  for (std::uint64_t seed = first; seed < first + count && !HasFailure(); ++seed) CheckMutant(seed, documents, tally);
  std::cout << count << " mutants: " << tally.unreadable << " unreadable, " << tally.admitted << " admitted, "
            << tally.updates_admitted << " admitted as updates\n";
  if (count < 1'000) return;
  // Else they would show little.
  EXPECT_LT(tally.unreadable, count / 4);
  EXPECT_GT(tally.admitted, count / 20);
  EXPECT_GT(tally.updates_admitted, count / 100);
}

}  // namespace
}  // namespace grove::properties
