#include "planner/translate/loss_report.h"

#include <string_view>

#include "model/node_sink.h"

namespace grove::planner {

Value DescribeLosses(std::span<const TranslationLoss> losses) {
  internal::NodeSink sink;
  sink.StartArray();
  for (const TranslationLoss& loss : losses) {
    const auto add = [&](std::string_view key, std::string_view text) {
      sink.Key(key);
      sink.String(text);
    };
    sink.StartObject();
    add("object", loss.object);
    add("field", loss.field);
    add("asked", loss.asked);
    add("gang", loss.gang);
    add("effect", LossEffectName(loss.effect));
    add("lost", loss.lost);
    add("consequence", loss.consequence);
    add("rule", loss.rule);
    sink.EndObject();
  }
  sink.EndArray();
  return sink.Finish();
}

}  // namespace grove::planner
