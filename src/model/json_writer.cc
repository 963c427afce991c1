#include "model/json_writer.h"

namespace grove::internal {

void AppendJson(const Node& node, std::string& out) {
  StringOutput output(out);
  CompactJsonWriter writer(output);
  WriteNode(writer, node);
}

}  // namespace grove::internal
