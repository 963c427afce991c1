#include "capi/buffer.h"

#include <memory>
#include <utility>

namespace grove::capi {

grove_buffer MakeBuffer(std::string text) {
  auto owner = std::make_unique<std::string>(std::move(text));
  const std::string& kept = *owner;
  return {kept.c_str(), kept.size(), owner.release()};
}

}  // namespace grove::capi

extern "C" void grove_buffer_dispose(grove_buffer* buffer) {
  if (buffer == nullptr) return;
  std::unique_ptr<std::string>(static_cast<std::string*>(buffer->owner)).reset();
  *buffer = {};
}
