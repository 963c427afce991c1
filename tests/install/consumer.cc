// A C++ program outside the tree: calls the function that the README shows.
#include <iostream>
#include <string_view>

#include <grove/version.hpp>

void PrintObjects(std::string_view text);

int main() {
  std::cout << "# libgrove " << grove::VersionString() << '\n';
  PrintObjects(R"(
apiVersion: grove.io/v1alpha1
kind: PodCliqueSet
metadata: {name: demo}
spec:
  replicas: 1
  template:
    cliques:
      - name: worker
        spec:
          roleName: worker
          replicas: 2
          podSpec:
            containers: [{name: main, image: registry.example.com/worker:1}]
)");
}
