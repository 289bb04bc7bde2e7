#include "reprise/checker/minimise.h"

#include <algorithm>
#include <optional>

#include "reprise/checker/key_value/observed.h"
#include "reprise/checker/linearizability.h"

namespace reprise::checker {
namespace {

bool Reports(const History& history, const Selected& selected) {
  return selected.report == Report::kKeep && history[selected.id].HasOutput();
}

// Whether leaving out selected[place] is sound: a read always; a write if
// nothing that remains may have observed it.
bool CanLeaveOut(const History& history, const std::vector<Selected>& selected,
                 size_t place) {
  const Operation& operation = history[selected[place].id];
  if (!operation.IsWrite()) return true;
  if (operation.kind != OperationKind::kAppend &&
      operation.argument_length == 0) {
    return false;
  }
  for (size_t other = 0; other < selected.size(); ++other) {
    const Operation& reader = history[selected[other].id];
    const bool reads =
        Reports(history, selected[other]) || reader.kind == OperationKind::kCas;
    if (other != place && reads && MayObserve(history, reader, operation)) {
      return false;
    }
  }
  return true;
}

std::vector<Selected> Without(std::vector<Selected> selected, size_t place) {
  selected.erase(selected.begin() + static_cast<ptrdiff_t>(place));
  return selected;
}

// What is left if selected[place] goes, or else its report.
std::optional<std::vector<Selected>> Smaller(
    const History& history, const std::vector<Selected>& selected,
    size_t place) {
  if (CanLeaveOut(history, selected, place)) return Without(selected, place);
  if (history[selected[place].id].kind != OperationKind::kAppend ||
      !Reports(history, selected[place])) {
    return std::nullopt;
  }
  std::vector<Selected> rest = selected;
  rest[place].report = Report::kForget;
  return rest;
}

bool IsIllegal(const History& history, const std::vector<Selected>& selected,
               const Budget& budget) {
  return CheckKeyValue(Subhistory(history, selected), budget).outcome ==
         Outcome::kViolated;
}

}  // namespace

std::vector<Selected> Minimise(const History& history,
                               std::span<const OperationId> operations,
                               const Budget& budget) {
  std::vector<Selected> selected = WithObserved(history, operations);
  bool is_smaller = true;
  while (is_smaller) {
    is_smaller = false;
    for (size_t place = selected.size(); place-- > 0;) {
      std::optional<std::vector<Selected>> rest =
          Smaller(history, selected, place);
      if (!rest.has_value() || !IsIllegal(history, *rest, budget)) continue;
      selected = *std::move(rest);
      is_smaller = true;
      place = std::min(place, selected.size());
    }
  }
  return selected;
}

std::vector<std::vector<Selected>> SoundRemovals(
    const History& history, const std::vector<Selected>& selected) {
  std::vector<std::vector<Selected>> removals;
  for (size_t place = 0; place < selected.size(); ++place) {
    std::optional<std::vector<Selected>> rest =
        Smaller(history, selected, place);
    if (rest.has_value()) removals.push_back(*std::move(rest));
  }
  return removals;
}

}  // namespace reprise::checker
