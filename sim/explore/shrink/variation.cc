#include "reprise/sim/explore/shrink/variation.h"

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <set>
#include <utility>
#include <vector>

#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/random.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/world/edits.h"

namespace reprise {
namespace {

constexpr size_t kClientsMost = 2;

// So many further operations surround those of a trial.
constexpr size_t kSurrounding = 16;

// At most so many does a fresh trial have.
constexpr size_t kOperationsOfFresh = 24;

// When an operation may begin, at the earliest.
constexpr Duration kStarts[] = {Duration(),        Milliseconds(10),
                                Milliseconds(20),  Milliseconds(50),
                                Milliseconds(100), Milliseconds(200),
                                Milliseconds(500), Milliseconds(1000)};

template <typename T>
const T& AnyOf(const std::vector<T>& choices, RandomStream& draws) {
  const auto last = static_cast<int64_t>(choices.size()) - 1;
  return choices[static_cast<size_t>(draws.Uniform(0, last))];
}

// Clients that take part, at most kClientsMost.
std::set<int> ChooseClients(const std::vector<BegunOperation>& operations,
                            RandomStream& draws) {
  std::set<int> clients;
  for (const BegunOperation& each : operations) clients.insert(each.client);
  while (clients.size() > kClientsMost) {
    const auto last = static_cast<int64_t>(clients.size()) - 1;
    clients.erase(std::next(clients.begin(), draws.Uniform(0, last)));
  }
  return clients;
}

// The operations that the clients are known to do.
std::vector<BegunOperation> OfClients(
    const std::vector<BegunOperation>& operations,
    const std::set<int>& clients) {
  std::vector<BegunOperation> chosen;
  for (const BegunOperation& each : operations) {
    if (clients.contains(each.client)) chosen.push_back(each);
  }
  return chosen;
}

// Most of `own`, and others for some of the rest.
std::vector<BegunOperation> Exchange(std::vector<BegunOperation> own,
                                     const std::vector<BegunOperation>& others,
                                     RandomStream& draws) {
  std::vector<BegunOperation> chosen;
  for (const BegunOperation& each : own) {
    if (draws.Chance({3, 4})) {
      chosen.push_back(each);
    } else if (draws.Chance({1, 2})) {
      chosen.push_back(AnyOf(others, draws));
    }
  }
  return chosen;
}

// All of `own`, and others beside them.
std::vector<BegunOperation> Surround(std::vector<BegunOperation> own,
                                     const std::vector<BegunOperation>& others,
                                     RandomStream& draws) {
  for (size_t i = 0; i < kSurrounding; ++i) {
    own.push_back(AnyOf(others, draws));
  }
  return own;
}

// As they began, one right after the other, or with other pauses.
void ChooseStarts(std::vector<BegunOperation>& operations,
                  RandomStream& draws) {
  const int64_t choice = draws.Uniform(0, 2);
  if (choice == 0) return;
  const auto last = static_cast<int64_t>(std::size(kStarts)) - 1;
  for (BegunOperation& each : operations) {
    const bool pauses = choice == 2;
    each.began = VirtualTime() + kStarts[pauses ? draws.Uniform(0, last) : 0];
  }
}

// Faults alone, from the first decision on that is not at the very start.
void DrawFaults(Timeline& timeline, RandomStream& draws) {
  timeline.edits.reseeds = {{.after = VirtualTime(),
                             .seed = Seed(draws.Next()),
                             .has_calm_delays = true}};
}

}  // namespace

Timeline VariationOf(const ShrinkState& state,
                     const std::vector<BegunOperation>& known,
                     uint64_t number) {
  RandomStream draws(
      StreamKey(state.timeline.seed, number, HashName("variation")));
  const std::set<int> clients = ChooseClients(state.trial.operations, draws);
  std::vector<BegunOperation> own = OfClients(state.trial.operations, clients);
  std::vector<BegunOperation> others = OfClients(known, clients);
  others.insert(others.end(), own.begin(), own.end());
  const bool is_larger = draws.Chance({1, 2});
  own = is_larger ? Surround(std::move(own), others, draws)
                  : Exchange(std::move(own), others, draws);
  ChooseStarts(own, draws);
  Timeline timeline = OnlyOperations(state.timeline, known, own);
  const Units faults = DecisionUnits(state);
  if (faults.size() > 1 && !is_larger && draws.Chance({1, 2})) {
    return Without(std::move(timeline), {AnyOf(faults, draws)});
  }
  timeline = Without(std::move(timeline), faults);
  DrawFaults(timeline, draws);
  return timeline;
}

Timeline FreshTrialOf(const ShrinkState& whole, uint64_t number) {
  RandomStream draws(
      StreamKey(whole.timeline.seed, number, HashName("fresh-trial")));
  const std::vector<BegunOperation>& known = whole.trial.operations;
  const std::vector<BegunOperation> others =
      OfClients(known, ChooseClients(known, draws));
  std::vector<BegunOperation> chosen;
  for (size_t i = 0; i < kOperationsOfFresh; ++i) {
    chosen.push_back(AnyOf(others, draws));
  }
  ChooseStarts(chosen, draws);
  Timeline timeline = whole.timeline;
  timeline.edits = {.base = Base::kCalm};
  timeline = OnlyOperations(std::move(timeline), known, chosen);
  DrawFaults(timeline, draws);
  return timeline;
}

}  // namespace reprise
