// The writes of a segment that were never answered, by what they do.
//
// Those that do the same are a class; of a class they are used in the order of
// their calls, because the one called first can do all that the others can.
//
//   unanswered.ForEachNext(bound, [&](uint32_t place) { ... });
//   unanswered.Use(place);

#ifndef REPRISE_CHECKER_KEY_VALUE_UNANSWERED_H_
#define REPRISE_CHECKER_KEY_VALUE_UNANSWERED_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string_view>
#include <tuple>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "reprise/checker/history/history.h"
#include "reprise/checker/key_value/fingerprint.h"
#include "reprise/checker/key_value/search_states.h"

namespace reprise::checker {

class Unanswered {
 public:
  // Without twins each write is a class of its own.
  Unanswered(std::span<const Operation> operations, const SearchStates& states,
             bool has_twins) {
    std::map<std::tuple<OperationKind, StateId, StateId, uint32_t>, uint32_t>
        numbers;
    class_of_.resize(operations.size());
    if (!states.HasAppends()) writing_.resize(states.size());
    for (uint32_t place = 0; place < operations.size(); ++place) {
      const Operation& operation = operations[place];
      // A Cas that would change nothing need not happen.
      if (!operation.IsPending() ||
          states.expected(place) == states.written(place)) {
        continue;
      }
      const auto [found, is_new] =
          numbers.try_emplace({operation.kind, states.written(place),
                               states.expected(place), has_twins ? 0 : place},
                              static_cast<uint32_t>(classes_.size()));
      if (is_new) AddClass(operation, states.written(place), states);
      classes_[found->second].places.push_back(place);
      classes_[found->second].calls.push_back(operation.call);
      class_of_[place] = found->second;
    }
  }

  // The next one of each class, if it was called by `bound`.
  template <typename Visit>
  void ForEachNext(EventIndex bound, const Visit& visit) const {
    for (uint32_t number = 0; number < classes_.size(); ++number) {
      // Classes ascend by their first call.
      if (classes_[number].calls[0] > bound) return;
      VisitNext(number, bound, visit);
    }
  }
  // The same of those of one kind: Put or Cas.
  template <typename Visit>
  void ForEachNext(OperationKind kind, EventIndex bound,
                   const Visit& visit) const {
    for (uint32_t number : kind == OperationKind::kPut ? puts_ : cas_) {
      if (classes_[number].calls[0] > bound) return;
      VisitNext(number, bound, visit);
    }
  }
  // Of those that write `value`. Requires that there are no Appends.
  template <typename Visit>
  void ForEachWriting(StateId value, EventIndex bound,
                      const Visit& visit) const {
    for (uint32_t number : writing_[value]) VisitNext(number, bound, visit);
  }
  // Of the Appends whose value is at the beginning of `text`. Requires twins.
  template <typename Visit>
  void ForEachAppendOf(std::string_view text, EventIndex bound,
                       const Visit& visit) const {
    for (size_t length : append_lengths_) {
      if (length > text.size()) continue;
      const auto found = append_of_.find(text.substr(0, length));
      if (found != append_of_.end()) VisitNext(found->second, bound, visit);
    }
  }

  void Use(uint32_t place) {
    ++classes_[class_of_[place]].used;
    used_.push_back(place);
    all_.push_back(all_.back() ^ Zobrist(kFirstUsed + place));
  }
  // Requires that it was used last.
  void GiveBack(uint32_t place) {
    --classes_[class_of_[place]].used;
    used_.pop_back();
    all_.pop_back();
  }

  // What was used is split in two, so that where it is much, configurations
  // share the older part. Old ones come first; splits are rare.
  std::span<const uint32_t> old() const {
    return std::span(used_).subspan(0, Split());
  }
  std::span<const uint32_t> recent() const {
    return std::span(used_).subspan(Split());
  }
  // A fingerprint of the old ones, and of all.
  Fingerprint OldFingerprint() const { return all_[Split()]; }
  Fingerprint AllFingerprint() const { return all_.back(); }

 private:
  static constexpr size_t kBlock = 64;
  // Subjects of the random numbers, apart from those of a search.
  static constexpr uint64_t kFirstUsed = uint64_t{1} << 35;

  size_t Split() const {
    const size_t blocks = used_.size() / kBlock;
    return blocks < 2 ? 0 : (blocks - 1) * kBlock;
  }

  struct Class {
    std::vector<uint32_t> places;
    std::vector<EventIndex> calls;
    size_t used = 0;
  };

  void AddClass(const Operation& operation, StateId written,
                const SearchStates& states) {
    const auto number = static_cast<uint32_t>(classes_.size());
    classes_.emplace_back();
    if (!states.HasAppends()) writing_[written].push_back(number);
    switch (operation.kind) {
      case OperationKind::kPut:
        puts_.push_back(number);
        break;
      case OperationKind::kCas:
        cas_.push_back(number);
        break;
      default:
        append_of_.emplace(operation.Argument(), number);
        append_lengths_.insert(operation.argument_length);
    }
  }

  template <typename Visit>
  void VisitNext(uint32_t number, EventIndex bound, const Visit& visit) const {
    const Class& same = classes_[number];
    if (same.used < same.places.size() && same.calls[same.used] <= bound) {
      visit(same.places[same.used]);
    }
  }

  std::vector<Class> classes_;
  std::vector<uint32_t> puts_;  // classes
  std::vector<uint32_t> cas_;
  std::vector<std::vector<uint32_t>> writing_;  // by value
  absl::flat_hash_map<std::string_view, uint32_t> append_of_;
  std::set<size_t> append_lengths_;
  std::vector<uint32_t> class_of_;                  // by place
  std::vector<uint32_t> used_;                      // in order of use
  std::vector<Fingerprint> all_ = {Fingerprint()};  // of the first so many
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_KEY_VALUE_UNANSWERED_H_
