#include "model/field_path.h"

namespace grove {

std::string FieldPath::ToString() const {
  std::string out;
  AppendTo(out);
  return out;
}

void FieldPath::AppendTo(std::string& out) const {
  if (parent_ == nullptr) return;
  parent_->AppendTo(out);
  if (index_ != kNoIndex) {
    out += '[';
    out += std::to_string(index_);
    out += ']';
    return;
  }
  if (!out.empty()) out += '.';
  out += name_;
}

}  // namespace grove
