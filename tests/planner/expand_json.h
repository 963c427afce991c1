// Expanding sets that tests write as JSON.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "gtest/gtest.h"

#include "grove/admission.hpp"
#include "grove/expansion.hpp"

#include "model/codec.h"
#include "model/fields/pod_clique_set.h"
#include "planner/expand_set.h"

namespace grove::planner {

// The value of a JSON text in which single quotes stand for double ones, and tildes for single ones.
inline Value Json(std::string_view text) {
  std::string json(text);
  std::replace(json.begin(), json.end(), '\'', '"');
  std::replace(json.begin(), json.end(), '~', '\'');
  Value value = Value::FromJson(json);
  EXPECT_FALSE(value.is_null()) << text;
  return value;
}

// Expands a set as it is, without admission.
inline Expansion ExpandDocument(const Value& document, const ExpansionOptions& options = {}) {
  return ExpandSet(codec::FromValue<PodCliqueSet>(document), document, options);
}

// Admits a set as its user writes it, then expands it.
inline Expansion AdmitAndExpand(const Value& document, const ExpansionOptions& options = {}) {
  AdmissionContext context;
  context.configuration = options.configuration;
  const Admission admission = Admit(document, context);
  for (const FieldError& error : admission.errors) ADD_FAILURE() << FormatFieldError(error);
  return admission.admitted.has_value() ? Expand(*admission.admitted, options) : Expansion{};
}

// A set `p` in namespace `n` with one replica, of these cliques and with these further members of its template.
inline Value SetOf(const std::string& cliques,
                   const std::string& rest = "'cliqueStartupType': 'CliqueStartupTypeAnyOrder'",
                   const std::string& metadata = "") {
  return Json("{'apiVersion': 'grove.io/v1alpha1', 'kind': 'PodCliqueSet', 'metadata': {'name': 'p', 'namespace': 'n'" +
              metadata + "}, 'spec': {'replicas': 1, 'template': {'cliques': [" + cliques + "], " + rest + "}}}");
}

// A clique of one pod with one container, and further members of the template and of its spec.
inline std::string CliqueOf(const std::string& name, const std::string& spec = "", const std::string& rest = "") {
  return "{'name': '" + name + "', " + rest + "'spec': {'roleName': '" + name +
         "', 'replicas': 1, 'minAvailable': 1, " + spec + "'podSpec': {'containers': [{'name': 'c', 'image': 'i'}]}}}";
}

// A clique with this pod spec.
inline std::string CliqueWithPod(const std::string& name, const std::string& pod_spec, int replicas = 1,
                                 const std::string& rest = "") {
  return "{'name': '" + name + "', " + rest + "'spec': {'roleName': 'r', 'replicas': " + std::to_string(replicas) +
         ", 'minAvailable': 1, 'podSpec': " + pod_spec + "}}";
}

// The object of that name; fails the test and gives an empty one if there is none.
template <class T>
const T& Named(const std::vector<T>& objects, std::string_view name) {
  for (const T& object : objects) {
    if (object.metadata.name == name) return object;
  }
  ADD_FAILURE() << "no " << T::kKind << " " << name;
  static const T kEmpty;
  return kEmpty;
}

template <class T>
std::vector<std::string> Names(const std::vector<T>& objects) {
  std::vector<std::string> names;
  for (const T& object : objects) names.push_back(object.metadata.name);
  return names;
}

// The pods of a PodClique, by index.
inline std::vector<const Pod*> PodsOf(const ObjectSet& objects, std::string_view pod_clique) {
  std::vector<const Pod*> pods;
  for (const Pod& pod : objects.pods) {
    if (pod.metadata.owner_references.front().name == pod_clique) pods.push_back(&pod);
  }
  return pods;
}

// The value at a path of member names and list indices ("containers", "0", "env"); null if there is none.
inline Value At(Value value, std::initializer_list<std::string_view> path) {
  for (const std::string_view step : path) {
    if (value.is_array()) {
      const std::size_t index = static_cast<std::size_t>(std::stoul(std::string(step)));
      value = index < value.size() ? value.at(index) : Value();
    } else {
      value = value.Find(step).value_or(Value());
    }
  }
  return value;
}

}  // namespace grove::planner
