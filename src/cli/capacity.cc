// grove capacity: how many more replicas fit.
#include <algorithm>
#include <string>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include "grove/manifest.hpp"
#include "grove/placement_report.hpp"

#include "cli/capacity_report.h"
#include "cli/placement_scene.h"
#include "cli/placement_text.h"
#include "cli/progress.h"
#include "cli/text.h"
#include "cli/verbs.h"
#include "model/node_sink.h"

namespace grove::cli {

namespace {

// The domain of that name: as Cluster::domain_name has it, its own label value if that is unique, or a node.
std::vector<DomainIndex> FindDomains(const Cluster& cluster, const std::string& name) {
  std::vector<DomainIndex> by_value;
  const auto domains = cluster.domains();
  for (DomainIndex d = 1; d < domains.size(); ++d) {
    const std::string full = cluster.domain_name(d);
    if (full == name) return {d};
    if (full.size() > name.size() && full.ends_with(name) && full[full.size() - name.size() - 1] == '/') {
      by_value.push_back(d);
    }
  }
  if (!by_value.empty() || cluster.levels().empty()) return by_value;
  // A node is its innermost domain only where that holds no other.
  if (const auto node = cluster.FindNode(name)) {
    const DomainIndex domain = cluster.domain_of(*node, cluster.levels().size() - 1);
    if (domains[domain].node_count == 1) return {domain};
  }
  return {};
}

std::string UnitLine(const UnitCapacity& unit, const std::string& what) {
  std::string line =
      fmt::format("  {:<34} {:>6}", Printable(what), fmt::format("{}{}", unit.count, unit.limited ? "+" : ""));
  if (!unit.limited && unit.at_most > unit.count && unit.at_most != UINT32_MAX) {
    line += fmt::format("   (resources alone: {})", unit.at_most);
  }
  if (!unit.why.empty()) line += "\n      then: " + Printable(unit.why);
  return line + "\n";
}

std::string SubjectText(const SubjectCapacity& subject, bool color) {
  std::string text =
      fmt::format("{} {}, {} at least each\n", subject.kind, Paint(color, Ink::kBold, Printable(subject.name)),
                  Count(subject.replicas.pods, "pod"));
  text += UnitLine(subject.replicas, "more " + subject.replicas.name);
  if (subject.base_only.has_value()) text += UnitLine(*subject.base_only, "with " + subject.base_only->name);
  for (const LossFigure& loss : subject.losses) {
    const std::string found = loss.counted ? fmt::format("{:>6}   worst: {}", loss.count, Printable(loss.domain))
                                           : fmt::format("{:>6}   {} are too many to try each; name one with --lose",
                                                         "?", Count(loss.domains, "domain"));
    text += fmt::format("  {:<34} {}\n", "after the loss of any one " + Printable(loss.level), found);
  }
  if (!subject.groups.empty() || !subject.cliques.empty()) text += "  on top of what the input asks for:\n";
  for (const UnitCapacity& unit : subject.groups) {
    text += UnitLine(unit, fmt::format("more replicas of {} ({})", unit.name, Count(unit.pods, "pod")));
  }
  for (const UnitCapacity& unit : subject.cliques) text += UnitLine(unit, "more pods of " + unit.name);
  return text;
}

std::string LossText(const LossReport& loss) {
  std::string names;
  for (const std::string& name : loss.domains) names += (names.empty() ? "" : ", ") + Printable(name);
  return fmt::format("without {} ({}): {} of {} hit, {} of them fit elsewhere\n\n", names, Count(loss.nodes, "node"),
                     loss.hit, Count(loss.gangs, "placed gang"), loss.placed_again);
}

class JsonWriter {
 public:
  std::string Write(const CapacityReport& report) {
    sink_.StartObject();
    if (report.loss.has_value()) WriteLoss(*report.loss);
    sink_.Key("subjects");
    sink_.StartArray();
    for (const SubjectCapacity& subject : report.subjects) WriteSubject(subject);
    sink_.EndArray();
    sink_.EndObject();
    return WriteManifest(sink_.Finish(), OutputFormat::kJson);
  }

 private:
  void Text(std::string_view key, const std::string& value) {
    sink_.Key(key);
    sink_.String(value);
  }
  void Number(std::string_view key, std::int64_t value) {
    sink_.Key(key);
    sink_.Integer(value);
  }

  void WriteLoss(const LossReport& loss) {
    sink_.Key("lost");
    sink_.StartObject();
    sink_.Key("domains");
    sink_.StartArray();
    for (const std::string& domain : loss.domains) sink_.String(domain);
    sink_.EndArray();
    Number("nodes", loss.nodes);
    Number("gangs", loss.gangs);
    Number("gangsHit", loss.hit);
    Number("gangsPlacedAgain", loss.placed_again);
    sink_.EndObject();
  }

  void WriteUnit(const UnitCapacity& unit) {
    sink_.StartObject();
    Text("name", unit.name);
    Number("pods", unit.pods);
    Number("count", unit.count);
    if (unit.at_most != UINT32_MAX) Number("atMost", unit.at_most);
    sink_.Key("limited");
    sink_.Boolean(unit.limited);
    if (!unit.why.empty()) Text("why", unit.why);
    sink_.EndObject();
  }

  void WriteUnits(std::string_view key, const std::vector<UnitCapacity>& units) {
    if (units.empty()) return;
    sink_.Key(key);
    sink_.StartArray();
    for (const UnitCapacity& unit : units) WriteUnit(unit);
    sink_.EndArray();
  }

  void WriteSubject(const SubjectCapacity& subject) {
    sink_.StartObject();
    Text("kind", subject.kind);
    Text("name", subject.name);
    sink_.Key("replicas");
    WriteUnit(subject.replicas);
    if (subject.base_only.has_value()) {
      sink_.Key("baseGangs");
      WriteUnit(*subject.base_only);
    }
    WriteUnits("groups", subject.groups);
    WriteUnits("cliques", subject.cliques);
    sink_.Key("worstLosses");
    sink_.StartArray();
    for (const LossFigure& loss : subject.losses) {
      sink_.StartObject();
      Text("level", loss.level);
      Number("domains", loss.domains);
      sink_.Key("counted");
      sink_.Boolean(loss.counted);
      if (loss.counted) {
        Text("domain", loss.domain);
        Number("count", loss.count);
      }
      sink_.EndObject();
    }
    sink_.EndArray();
    sink_.EndObject();
  }

  internal::NodeSink sink_;
};

}  // namespace

ExitCode RunCapacity(const Options& options, Streams& streams) {
  InputReader reader(options, streams.in);
  const std::optional<PlacementScene> scene = LoadPlacement(options, reader, streams);
  if (!scene.has_value()) return ExitCode::kUsage;
  std::vector<DomainIndex> lost;
  for (const std::string& name : options.lost_domains) {
    const std::vector<DomainIndex> found = FindDomains(*scene->input.cluster, name);
    if (found.size() != 1) {
      fmt::print(streams.err, "grove capacity: --lose {}: {}\n", Printable(name),
                 found.empty() ? "the cluster has no such domain" : "several domains have that name; give its path");
      return ExitCode::kUsage;
    }
    if (std::find(lost.begin(), lost.end(), found.front()) == lost.end()) lost.push_back(found.front());
  }
  absl::StatusOr<CapacityReport> report = [&] {
    const Progress progress(streams, "counting");
    return CountCapacity(options, *scene, lost);
  }();
  if (!report.ok()) {
    const auto message = report.status().message();
    fmt::print(streams.err, "grove capacity: {}\n", Printable(std::string_view(message.data(), message.size())));
    return ExitCode::kUsage;
  }
  if (options.output == "json") {
    streams.out << JsonWriter().Write(*report);
  } else {
    if (report->loss.has_value()) streams.out << LossText(*report->loss);
    for (const SubjectCapacity& subject : report->subjects) {
      if (&subject != &report->subjects.front()) streams.out << '\n';
      streams.out << SubjectText(subject, streams.color_out);
    }
    streams.out << NotEvaluatedText(*scene, streams.color_out);
  }
  const bool none = std::any_of(report->subjects.begin(), report->subjects.end(),
                                [](const SubjectCapacity& subject) { return subject.replicas.count == 0; });
  return none || scene->denied ? ExitCode::kFound : ExitCode::kDone;
}

}  // namespace grove::cli
