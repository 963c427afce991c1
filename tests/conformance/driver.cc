// Answers the cases of the conformance corpus with the library: one case a line on standard input, one answer a line on
// standard output. The comparison is another program's.

#include <iostream>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "grove/grove.hpp"

#include "admission_answer.h"
#include "answer.h"
#include "cluster.h"
#include "objects.h"
#include "steps.h"

namespace grove {
namespace {

void AddExpansion(FirstState first, const Value& request, Object& answer) {
  first.expansion = Expand(first.admitted, OptionsOf(first.context, first.cluster, kBegin));
  RenamePods(first.expansion.objects);
  first.topologies.Sync(first.context.configuration, kBegin);

  ObjectsByKind objects;
  objects.Add(first.expansion.objects.pod_clique_set);
  ForEachObject(first.expansion.objects, [&](const auto& object) { objects.Add(object); });
  first.topologies.AddTo(objects);
  answer.Add("objects", objects.Finish());
  if (!first.expansion.errors.empty()) answer.Add("reconcileErrors", ReconcileErrorsJson(first.expansion.errors));
  const Value steps = Member(Member(request, "case"), "steps");
  if (steps.size() > 0) answer.Add("steps", AnswerSteps(std::move(first), steps, Member(request, "recorded")));
}

constexpr std::string_view kUnsupportedTraces = R"({"unsupported":"what happens over time"})";

std::string Answer(const Value& request) {
  const Value test_case = Member(request, "case");
  Object answer;
  AdmissionContext context;
  context.all_stages = true;
  std::vector<FieldError> config_errors;
  context.configuration = ReadConfiguration(Member(test_case, "config"), config_errors);
  if (!config_errors.empty()) {
    Object admission;
    admission.Add("admitted", "false");
    admission.Add("configError", Quoted(FormatFieldError(config_errors.front())));
    answer.Add("admission", admission.Finish());
    return answer.Finish();
  }
  const Cluster cluster = ReadCluster(Member(test_case, "extraObjects"));
  context.volcano_queues = cluster.queues;

  Object topologies;
  TopologyState bindings(cluster);
  const Value manifests = Member(test_case, "topologies");
  for (std::size_t i = 0; i < manifests.size(); ++i) {
    TopologyAdmission admission = AdmitClusterTopologyBinding(manifests.at(i), context);
    Object one;
    one.Add("admitted", Boolean(admission.allowed()));
    one.Add("schema", ErrorsJson(admission.errors, Stage::kSchema));
    one.Add("webhook", ErrorsJson(admission.errors, Stage::kWebhook));
    topologies.Add(Text(Member(manifests.at(i), "metadata"), "name"), one.Finish());
    if (!admission.admitted.has_value()) continue;
    bindings.Put(*admission.admitted);
    context.topologies.push_back(std::move(*admission.admitted));
  }

  const std::string topologies_json = manifests.size() > 0 ? topologies.Finish() : "";
  if (const std::optional<Value> old = test_case.Find("old")) {
    const Admission admission = AdmitUpdate(*old, Member(test_case, "manifest"), context);
    answer.Add("admission", AdmissionJson(admission, topologies_json, Admit(*old, context).allowed()));
    return answer.Finish();
  }
  const Admission admission = Admit(Member(test_case, "manifest"), context);
  answer.Add("admission", AdmissionJson(admission, topologies_json));
  if (admission.admitted.has_value())
    AddExpansion({*admission.admitted, context, cluster, bindings, {}}, request, answer);
  answer.Add("traces", kUnsupportedTraces);
  return answer.Finish();
}

}  // namespace
}  // namespace grove

int main() {
  std::ios::sync_with_stdio(false);
  std::string line;
  while (std::getline(std::cin, line)) {
    const grove::Value request = grove::Value::FromJson(line);
    std::cout << grove::Answer(request) << '\n' << std::flush;
  }
  return 0;
}
