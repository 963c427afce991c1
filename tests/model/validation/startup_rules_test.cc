#include <gtest/gtest.h>

#include "model/validation/rule_case.h"

namespace grove::validation {
namespace {

// Explicit startup with the cliques a, b, c, ... and their dependencies.
void Explicit(Subject& subject, const std::vector<std::vector<std::string>>& starts_after) {
  subject.Template().clique_startup_type = "CliqueStartupTypeExplicit";
  for (std::size_t i = 1; i < starts_after.size(); ++i) {
    subject.AddClique(std::string(1, static_cast<char>('a' + i)));
  }
  for (std::size_t i = 0; i < starts_after.size(); ++i) subject.Clique(i).spec.starts_after = starts_after[i];
}

TEST(StartupRules, Findings) {
  ExpectFindings({
      {"chain",
       [](Subject& s) {
         Explicit(s, {{}, {"a"}, {"b", "a"}});
       },
       {}},
      {"blank_entries",
       [](Subject& s) {
         Explicit(s, {{}, {"", " "}});
       },
       {"V-145 Required spec.template.cliques[1].spec.startsAfter",
        "V-145 Required spec.template.cliques[1].spec.startsAfter",
        R"(V-148 Invalid spec.template.cliques.startsAfter ", ")"}},
      {"itself",
       [](Subject& s) { Explicit(s, {{"a"}}); },
       {R"(V-146 Invalid spec.template.cliques[0].spec.startsAfter "a")"}},
      {"itself_twice",
       [](Subject& s) {
         Explicit(s, {{"a", "a"}});
       },
       {R"(V-146 Invalid spec.template.cliques[0].spec.startsAfter "a")",
        R"(V-146 Invalid spec.template.cliques[0].spec.startsAfter "a")",
        R"(V-147 Duplicate spec.template.cliques[0].spec.startsAfter ["a"])"}},
      {"twice",
       [](Subject& s) {
         Explicit(s, {{}, {"a", "a"}});
       },
       {R"(V-147 Duplicate spec.template.cliques[1].spec.startsAfter ["a"])"}},
      {"unknown_with_repetitions",
       [](Subject& s) {
         Explicit(s, {{"q", "w"}, {"q", "e"}});
       },
       {R"(V-148 Invalid spec.template.cliques.startsAfter "q,w,q,e")"}},
      {"cycles",
       [](Subject& s) {
         Explicit(s, {{"b"}, {"c"}, {"a"}, {"e"}, {"d"}, {"a"}});
       },
       {R"(V-149 Invalid spec.template.cliques [["a","b","c"],["d","e"]])"}},
      {"unknown_and_cycle",
       [](Subject& s) {
         Explicit(s, {{"b"}, {"a", "zz"}});
       },
       {R"(V-148 Invalid spec.template.cliques.startsAfter "zz")",
        R"(V-149 Invalid spec.template.cliques [["a","b"]])"}},
      {"equally_named_cliques_are_one",
       [](Subject& s) {
         Explicit(s, {{}, {"a"}, {"b"}});
         s.Clique(2).name = "a";
       },
       {R"(V-121 Duplicate spec.template.cliques.name ["a"])", R"(V-149 Invalid spec.template.cliques [["a","b"]])"}},
      {"not_explicit",
       [](Subject& s) {
         Explicit(s, {{"b", "", "zz", "zz"}, {"a"}});
         s.Template().clique_startup_type = "CliqueStartupTypeInOrder";
       },
       {}},
      // The names of schedulers come between the lists of names and the graph.
      {"order",
       [](Subject& s) {
         Explicit(s, {{"b"}, {"a", "z"}});
         s.SetPodSpec(0, R"("schedulerName":"kai-scheduler")");
         s.Clique(1).spec.role_name = "a";
       },
       {R"(V-122 Duplicate spec.template.cliques.roleName ["a"])",
        R"(V-400 Invalid spec.template.cliques.spec.podSpec.schedulerName "kai-scheduler, default-scheduler")",
        R"(V-401 Invalid spec.template.cliques.spec.podSpec.schedulerName "kai-scheduler")",
        R"(V-148 Invalid spec.template.cliques.startsAfter "z")", R"(V-149 Invalid spec.template.cliques [["a","b"]])",
        "V-405 Invalid spec {...}"}},
  });
}

}  // namespace
}  // namespace grove::validation
