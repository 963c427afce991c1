#include "cli/layered_layout.h"

#include <algorithm>

namespace grove::cli {

namespace {

constexpr std::size_t kMostPlaces = 20'000;
constexpr std::size_t kMostEdges = 100'000;
constexpr int kOrderSweeps = 16;
constexpr int kPositionSweeps = 12;
constexpr std::int64_t kPortDistance = 10;

using Index = std::uint32_t;
using Indices = std::vector<Index>;

// Whether each edge has to be turned round to make the graph acyclic: those that lead back to a node whose search is
// not finished, in depth-first order by index.
std::vector<bool> FindBackEdges(std::size_t nodes, const std::vector<NodePair>& edges) {
  std::vector<Indices> out(nodes);
  for (Index e = 0; e < edges.size(); ++e) out[edges[e].first].push_back(e);
  enum : std::uint8_t { kNew, kOpen, kDone };
  std::vector<std::uint8_t> state(nodes, kNew);
  std::vector<std::size_t> next(nodes, 0);
  std::vector<bool> back(edges.size(), false);
  Indices path;
  for (Index root = 0; root < nodes; ++root) {
    if (state[root] != kNew) continue;
    state[root] = kOpen;
    path.push_back(root);
    while (!path.empty()) {
      const Index node = path.back();
      if (next[node] == out[node].size()) {
        state[node] = kDone;
        path.pop_back();
        continue;
      }
      const Index edge = out[node][next[node]++];
      const Index to = edges[edge].second;
      back[edge] = state[to] == kOpen;
      if (state[to] != kNew) continue;
      state[to] = kOpen;
      path.push_back(to);
    }
  }
  return back;
}

// A node, or the passage of an edge through a layer between its ends.
struct Place {
  std::int64_t height = 0;
  std::int64_t center = 0;
  bool is_passage = false;
  Indices before;  // places in the layer to the left
  Indices after;
};

class Layouter {
 public:
  Layouter(const std::vector<Box>& boxes, const std::vector<NodePair>& edges, const LayoutSpacing& spacing)
      : boxes_(boxes), edges_(edges), spacing_(spacing) {}

  std::optional<Layout> Run() {
    result_.backward = FindBackEdges(boxes_.size(), edges_);
    AssignLayers();
    if (!MakePlaces()) return std::nullopt;
    Order();
    Position();
    AssignColumns();
    Finish();
    return std::move(result_);
  }

 private:
  [[nodiscard]] bool IsLoop(Index edge) const { return edges_[edge].first == edges_[edge].second; }
  // The end of an edge that is farther to the left.
  [[nodiscard]] Index LeftEnd(Index edge) const {
    return result_.backward[edge] ? edges_[edge].second : edges_[edge].first;
  }
  [[nodiscard]] Index RightEnd(Index edge) const {
    return result_.backward[edge] ? edges_[edge].first : edges_[edge].second;
  }

  void AssignLayers() {
    const std::size_t nodes = boxes_.size();
    std::vector<Indices> out(nodes);
    std::vector<std::size_t> missing(nodes, 0);
    for (Index e = 0; e < edges_.size(); ++e) {
      if (IsLoop(e)) continue;
      out[LeftEnd(e)].push_back(RightEnd(e));
      ++missing[RightEnd(e)];
    }
    result_.layers.assign(nodes, 0);
    Indices ready;
    for (Index node = 0; node < nodes; ++node) {
      if (missing[node] == 0) ready.push_back(node);
    }
    for (std::size_t i = 0; i < ready.size(); ++i) {
      for (const Index to : out[ready[i]]) {
        result_.layers[to] = std::max(result_.layers[to], result_.layers[ready[i]] + 1);
        if (--missing[to] == 0) ready.push_back(to);
      }
    }
  }

  bool MakePlaces() {
    places_.resize(boxes_.size());
    for (Index node = 0; node < boxes_.size(); ++node) {
      places_[node].height = boxes_[node].height;
      if (result_.layers[node] >= layers_.size()) layers_.resize(result_.layers[node] + 1);
      layers_[result_.layers[node]].push_back(node);
    }
    chains_.resize(edges_.size());
    for (Index e = 0; e < edges_.size(); ++e) {
      if (IsLoop(e)) continue;
      const Index right_layer = result_.layers[RightEnd(e)];
      Index last = LeftEnd(e);
      for (Index layer = result_.layers[last] + 1; layer <= right_layer; ++layer) {
        Index place = RightEnd(e);
        if (layer < right_layer) {
          place = static_cast<Index>(places_.size());
          if (places_.size() >= kMostPlaces) return false;
          places_.push_back({spacing_.lane, 0, true, {}, {}});
          layers_[layer].push_back(place);
          chains_[e].push_back(place);
        }
        places_[last].after.push_back(place);
        places_[place].before.push_back(last);
        last = place;
      }
    }
    return places_.size() <= kMostPlaces;
  }

  // ---- Order inside the layers ----

  void Order() {
    rank_.assign(places_.size(), 0);
    for (const Indices& layer : layers_) SetRanks(layer);
    std::vector<Indices> best = layers_;
    std::int64_t fewest = Crossings();
    for (int sweep = 0; sweep < kOrderSweeps && fewest > 0; ++sweep) {
      if (sweep % 2 == 0) {
        for (std::size_t i = 1; i < layers_.size(); ++i) SortByBarycenter(layers_[i], &Place::before);
      } else {
        for (std::size_t i = layers_.size(); i-- > 1;) SortByBarycenter(layers_[i - 1], &Place::after);
      }
      const std::int64_t crossings = Crossings();
      if (crossings >= fewest) continue;
      fewest = crossings;
      best = layers_;
    }
    layers_ = std::move(best);
    for (const Indices& layer : layers_) SetRanks(layer);
  }

  void SetRanks(const Indices& layer) {
    for (std::size_t i = 0; i < layer.size(); ++i) rank_[layer[i]] = static_cast<std::int64_t>(i);
  }

  void SortByBarycenter(Indices& layer, Indices Place::*neighbours) {
    struct Key {
      std::int64_t sum;
      std::int64_t count;
      Index place;
    };
    std::vector<Key> keys;
    for (const Index place : layer) {
      const Indices& near = places_[place].*neighbours;
      Key key{0, static_cast<std::int64_t>(near.size()), place};
      for (const Index other : near) key.sum += rank_[other];
      if (near.empty()) key = {rank_[place], 1, place};  // it has no reason to move
      keys.push_back(key);
    }
    std::ranges::stable_sort(keys, [](const Key& a, const Key& b) { return a.sum * b.count < b.sum * a.count; });
    for (std::size_t i = 0; i < layer.size(); ++i) layer[i] = keys[i].place;
    SetRanks(layer);
  }

  // Pairs of arrows between neighbouring layers that cross, counted with a tree of prefix sums.
  [[nodiscard]] std::int64_t Crossings() const {
    std::int64_t crossings = 0;
    for (std::size_t i = 0; i + 1 < layers_.size(); ++i) {
      std::vector<std::int64_t> sums(layers_[i + 1].size() + 1, 0);
      std::int64_t seen = 0;
      for (const Index place : layers_[i]) {
        std::vector<std::int64_t> ends;
        for (const Index other : places_[place].after) ends.push_back(rank_[other]);
        for (const std::int64_t end : ends) {
          std::int64_t not_above = 0;
          for (auto at = static_cast<std::size_t>(end) + 1; at > 0; at -= at & (~at + 1)) not_above += sums[at];
          crossings += seen - not_above;
        }
        for (const std::int64_t end : ends) {
          for (auto at = static_cast<std::size_t>(end) + 1; at < sums.size(); at += at & (~at + 1)) ++sums[at];
          ++seen;
        }
      }
    }
    return crossings;
  }

  // ---- Positions inside the layers ----

  [[nodiscard]] std::int64_t Distance(Index above, Index below) const {
    const Place& a = places_[above];
    const Place& b = places_[below];
    const std::int64_t gap = a.is_passage && b.is_passage ? 0 : spacing_.between_nodes;
    return (a.height + b.height) / 2 + gap;
  }

  void Position() {
    for (const Indices& layer : layers_) {
      std::int64_t center = 0;
      for (std::size_t i = 0; i < layer.size(); ++i) {
        if (i > 0) center += Distance(layer[i - 1], layer[i]);
        places_[layer[i]].center = center;
      }
    }
    for (int sweep = 0; sweep < kPositionSweeps; ++sweep) {
      const bool last = sweep + 2 >= kPositionSweeps;
      if (sweep % 2 == 0) {
        for (const Indices& layer : layers_) Settle(layer, !last, true);
      } else {
        for (std::size_t i = layers_.size(); i-- > 0;) Settle(layers_[i], true, !last);
      }
    }
  }

  // Moves the places of a layer as near to the middle of their neighbours as order and distances allow: a least-squares
  // fit by pooling places that would overlap.
  void Settle(const Indices& layer, bool look_after, bool look_before) {
    struct Pool {
      std::int64_t sum;  // of weighted wishes, each less the place's offset in the layer
      std::int64_t weight;
      std::size_t count;
      [[nodiscard]] std::int64_t Position() const { return sum / weight - (sum % weight < 0 ? 1 : 0); }
    };
    std::vector<Pool> pools;
    std::int64_t offset = 0;
    for (std::size_t i = 0; i < layer.size(); ++i) {
      if (i > 0) offset += Distance(layer[i - 1], layer[i]);
      const Place& place = places_[layer[i]];
      const std::int64_t weight = place.is_passage ? 4 : 1;  // long arrows are to be straight
      pools.push_back({(Wish(place, look_before, look_after) - offset) * weight, weight, 1});
      while (pools.size() > 1 && pools.back().Position() < pools[pools.size() - 2].Position()) {
        const Pool lower = pools.back();
        pools.pop_back();
        pools.back().sum += lower.sum;
        pools.back().weight += lower.weight;
        pools.back().count += lower.count;
      }
    }
    offset = 0;
    std::size_t i = 0;
    for (const Pool& pool : pools) {
      for (std::size_t k = 0; k < pool.count; ++k, ++i) {
        if (i > 0) offset += Distance(layer[i - 1], layer[i]);
        places_[layer[i]].center = pool.Position() + offset;
      }
    }
  }

  [[nodiscard]] std::int64_t Wish(const Place& place, bool look_before, bool look_after) const {
    std::int64_t sum = 0;
    std::int64_t count = 0;
    const auto add = [&](const Indices& neighbours) {
      for (const Index other : neighbours) sum += places_[other].center;
      count += static_cast<std::int64_t>(neighbours.size());
    };
    if (look_before) add(place.before);
    if (look_after) add(place.after);
    return count == 0 ? place.center : sum / count;
  }

  // ---- What the caller gets ----

  void AssignColumns() {
    std::vector<std::int64_t> widths(layers_.size(), 0);
    for (Index node = 0; node < boxes_.size(); ++node) {
      widths[result_.layers[node]] = std::max(widths[result_.layers[node]], boxes_[node].width);
    }
    std::int64_t left = 0;
    for (const std::int64_t width : widths) {
      result_.layer_left.push_back(left);
      result_.layer_right.push_back(left + width);
      left += width + spacing_.between_layers;
    }
    result_.width = layers_.empty() ? 0 : result_.layer_right.back();
  }

  void Finish() {
    std::int64_t top = 0;
    std::int64_t bottom = 0;
    for (std::size_t i = 0; i < places_.size(); ++i) {
      const std::int64_t upper = places_[i].center - places_[i].height / 2;
      top = i == 0 ? upper : std::min(top, upper);
    }
    for (Place& place : places_) {
      place.center -= top;
      bottom = std::max(bottom, place.center + (place.height + 1) / 2);
    }
    result_.height = bottom;
    for (Index node = 0; node < boxes_.size(); ++node) {
      result_.corners.push_back(
          {result_.layer_left[result_.layers[node]], places_[node].center - boxes_[node].height / 2});
    }
    Route();
  }

  // Heights at which arrows leave and enter boxes, so that they stay apart: [edge] for one side of the boxes.
  [[nodiscard]] std::vector<std::int64_t> Ports(bool right_side) const {
    std::vector<Indices> of_node(boxes_.size());
    for (Index e = 0; e < edges_.size(); ++e) {
      if (!IsLoop(e)) of_node[right_side ? LeftEnd(e) : RightEnd(e)].push_back(e);
    }
    const auto neighbour = [&](Index e) {
      const Indices& chain = chains_[e];
      if (chain.empty()) return right_side ? RightEnd(e) : LeftEnd(e);
      return right_side ? chain.front() : chain.back();
    };
    std::vector<std::int64_t> ports(edges_.size(), 0);
    for (Index node = 0; node < boxes_.size(); ++node) {
      Indices& list = of_node[node];
      std::ranges::stable_sort(list, {}, [&](Index e) { return places_[neighbour(e)].center; });
      const auto gaps = static_cast<std::int64_t>(list.size()) - 1;
      const std::int64_t room = std::max<std::int64_t>(boxes_[node].height - 16, 0);
      const std::int64_t span = std::min(gaps * kPortDistance, room);
      for (std::int64_t i = 0; i <= gaps; ++i) {
        const std::int64_t shift = gaps == 0 ? 0 : span * i / gaps - span / 2;
        ports[list[static_cast<std::size_t>(i)]] = places_[node].center + shift;
      }
    }
    return ports;
  }

  void Route() {
    const std::vector<std::int64_t> leaving = Ports(true);
    const std::vector<std::int64_t> entering = Ports(false);
    result_.routes.resize(edges_.size());
    for (Index e = 0; e < edges_.size(); ++e) {
      if (IsLoop(e)) continue;
      std::vector<Point>& route = result_.routes[e];
      const Index from = LeftEnd(e);
      const Index to = RightEnd(e);
      route.push_back({result_.layer_right[result_.layers[from]], leaving[e]});
      for (std::size_t i = 0; i < chains_[e].size(); ++i) {
        const std::size_t layer = result_.layers[from] + 1 + i;
        const std::int64_t y = places_[chains_[e][i]].center;
        route.push_back({result_.layer_left[layer], y});
        route.push_back({result_.layer_right[layer], y});
      }
      route.push_back({result_.corners[to].x, entering[e]});
      if (result_.backward[e]) std::ranges::reverse(route);
    }
  }

  const std::vector<Box>& boxes_;
  const std::vector<NodePair>& edges_;
  const LayoutSpacing& spacing_;
  std::vector<Place> places_;  // the nodes, then the passages
  std::vector<Indices> layers_;
  std::vector<Indices> chains_;  // passages of each edge, from left to right
  std::vector<std::int64_t> rank_;
  Layout result_;
};

}  // namespace

std::optional<Layout> LayOut(const std::vector<Box>& boxes, const std::vector<NodePair>& edges,
                             const LayoutSpacing& spacing) {
  if (boxes.size() > kMostPlaces || edges.size() > kMostEdges) return std::nullopt;
  return Layouter(boxes, edges, spacing).Run();
}

}  // namespace grove::cli
