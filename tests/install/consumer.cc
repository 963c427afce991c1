// A C++ program outside the tree.
#include <iostream>

#include <grove/version.hpp>

int main() {
  std::cout << "libgrove " << grove::VersionString() << '\n';
  return grove::VersionNumber() > 0 ? 0 : 1;
}
