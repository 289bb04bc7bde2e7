#include "reprise/checker/minimise.h"

#include <algorithm>
#include <bit>
#include <optional>
#include <utility>

#include "reprise/checker/history/verdict.h"
#include "reprise/checker/key_value/observed.h"

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

// Leaves out as much as it can.
class Minimiser {
 public:
  Minimiser(const History& history, std::vector<Selected> selected,
            Probe& probe)
      : history_(history),
        selected_(std::move(selected)),
        probe_(probe),
        is_needed_(history.size()),
        is_report_needed_(history.size()) {}

  Minimum Run() && {
    size_t part = std::bit_ceil(selected_.size()) / 2;
    for (; part > 1; part /= 2) TryParts(part);
    while (TryParts(1)) {
    }
    return {std::move(selected_), is_certain_ && !probe_.IsSpent()};
  }

 private:
  // Tries to leave out each of the parts, from the last on. Whether it could.
  bool TryParts(size_t size) {
    bool is_smaller = false;
    for (size_t end = selected_.size(); end > 0 && !probe_.IsSpent();) {
      const size_t begin = end - std::min(end, size);
      is_smaller |= Try(begin, end);
      end = begin;
    }
    return is_smaller;
  }

  bool Try(size_t begin, size_t end) {
    const std::vector<Selected> rest = Without(begin, end);
    if (IsSame(rest)) return false;
    const Outcome outcome = probe_.Check(Subhistory(history_, rest)).outcome;
    if (outcome == Outcome::kViolated) {
      selected_ = rest;
      return true;
    }
    if (end - begin == 1) {
      is_certain_ &= outcome == Outcome::kHolds;
      std::vector<bool>& needed =
          rest.size() < selected_.size() ? is_needed_ : is_report_needed_;
      needed[selected_[begin].id] = true;
    }
    return false;
  }

  // What is left without those of [begin, end) that may go, one after the
  // other, and without the reports of the others.
  std::vector<Selected> Without(size_t begin, size_t end) const {
    std::vector<Selected> rest = selected_;
    for (size_t place = std::min(end, rest.size()); place-- > begin;) {
      const OperationId id = rest[place].id;
      std::optional<std::vector<Selected>> smaller =
          Smaller(history_, rest, place);
      if (!smaller.has_value()) continue;
      const bool is_needed = smaller->size() < rest.size()
                                 ? is_needed_[id]
                                 : is_report_needed_[id];
      if (!is_needed) rest = *std::move(smaller);
    }
    return rest;
  }

  bool IsSame(const std::vector<Selected>& rest) const {
    return rest.size() == selected_.size() &&
           std::equal(rest.begin(), rest.end(), selected_.begin(),
                      [](const Selected& a, const Selected& b) {
                        return a.report == b.report;
                      });
  }

  const History& history_;
  std::vector<Selected> selected_;
  Probe& probe_;
  // By operation: leaving it, or its report, out was tried in vain.
  std::vector<bool> is_needed_;
  std::vector<bool> is_report_needed_;
  bool is_certain_ = true;
};

}  // namespace

Minimum Minimise(const History& history,
                 std::span<const OperationId> operations, Probe& probe) {
  return Minimiser(history, WithObserved(history, operations), probe).Run();
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
