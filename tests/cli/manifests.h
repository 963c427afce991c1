// Small manifests for the tests of the command.
#pragma once

#include <string>

namespace grove::cli {

// A valid set named `name`; `metadata` and `spec` are further lines, indented by two blanks.
inline std::string SetManifest(const std::string& name, const std::string& metadata = "",
                               const std::string& spec = "") {
  return "apiVersion: grove.io/v1alpha1\nkind: PodCliqueSet\nmetadata:\n  name: " + name + "\n" + metadata +
         "spec:\n  replicas: 1\n" + spec +
         "  template:\n"
         "    cliques:\n"
         "      - name: worker\n"
         "        spec:\n"
         "          roleName: worker\n"
         "          replicas: 2\n"
         "          podSpec:\n"
         "            containers:\n"
         "              - name: main\n"
         "                image: worker:1\n";
}

// Denied twice, with one unknown field.
inline constexpr const char* kDeniedSet =
    "apiVersion: grove.io/v1alpha1\n"
    "kind: PodCliqueSet\n"
    "metadata:\n"
    "  name: denied\n"
    "spec:\n"
    "  replicas: 1\n"
    "  template:\n"
    "    cliques:\n"
    "      - name: worker\n"
    "        spec:\n"
    "          roleName: worker\n"
    "          replicas: 2\n"
    "          minAvailable: 3\n"
    "          podSpec:\n"
    "            containers:\n"
    "              - name: main\n"
    "                image: worker:1\n"
    "                imagePulPolicy: Always\n"
    "      - name: Router\n"
    "        spec:\n"
    "          roleName: router\n"
    "          replicas: 1\n"
    "          podSpec:\n"
    "            containers: [{name: main, image: router:1}]\n";

inline constexpr const char* kTopology =
    "apiVersion: grove.io/v1alpha1\n"
    "kind: ClusterTopologyBinding\n"
    "metadata:\n"
    "  name: fabric\n"
    "spec:\n"
    "  levels:\n"
    "    - {domain: rack, key: network.example.com/rack}\n"
    "    - {domain: host, key: kubernetes.io/hostname}\n";

inline constexpr const char* kConfiguration =
    "apiVersion: operator.config.grove.io/v1alpha1\n"
    "kind: OperatorConfiguration\n"
    "topologyAwareScheduling:\n"
    "  enabled: true\n"
    "scheduler:\n"
    "  profiles:\n"
    "    - name: kai-scheduler\n";

}  // namespace grove::cli
