#include "reprise/sim/world/decisions.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

#include "reprise/sim/core/check.h"
#include "reprise/sim/core/exponential.h"
#include "reprise/sim/core/memory_account.h"

namespace reprise {

bool IsDuration(std::string_view purpose) {
  if (purpose.ends_with("delay")) return true;
  constexpr std::string_view kOutages[] = {"clog", "crash", "partition",
                                           "pause", "slow"};
  return std::find(std::begin(kOutages), std::end(kOutages), purpose) !=
         std::end(kOutages);
}

void Decisions::Follow(const Schedule& schedule) {
  const FrameworkMemoryScope scope;
  REPRISE_CHECK(names_.empty() && !is_following_, "called too late");
  is_following_ = true;
  has_names_ = true;
  for (const Decision& decision : schedule) {
    followed_[{decision.entity, decision.purpose}][decision.index] = {
        decision.value, false};
  }
}

void Decisions::Record() {
  REPRISE_CHECK(names_.empty(), "called too late");
  is_recording_ = true;
  has_names_ = true;
}

DecisionStream Decisions::Open(std::string_view entity,
                               std::string_view purpose) {
  const FrameworkMemoryScope scope;
  DecisionStream stream;
  stream.key_ = StreamKey(seed_, entity, purpose);
  if (!has_names_) return stream;
  stream.name_ = static_cast<uint32_t>(names_.size());
  Name name{std::string(entity), std::string(purpose)};
  const auto found = followed_.find({name.entity, name.purpose});
  if (found != followed_.end()) name.followed = &found->second;
  names_.push_back(std::move(name));
  return stream;
}

Duration Decisions::DecideOutage(DecisionStream& stream, uint64_t tick,
                                 const OutageOptions& options) {
  stream.next_index_ = tick + 1;
  const uint64_t word = WordAt(stream.key_, tick);
  Duration length;
  if (ChanceOfWord(word, options.start)) {
    // Another word than the one that was found to be small.
    length = std::max(options.minimum,
                      Nanoseconds(ExponentialOfWord(
                          MixBits(word), options.mean.nanoseconds())));
    length = std::max(length, Nanoseconds(1));
  }
  if (!has_names_) return length;
  return Nanoseconds(static_cast<int64_t>(
      Answer(stream, tick, static_cast<uint64_t>(length.nanoseconds()),
             /*calm=*/0)));
}

Schedule Decisions::Unused() const {
  Schedule unused;
  for (const auto& [name, entries] : followed_) {
    for (const auto& [index, entry] : entries) {
      if (entry.is_used) continue;
      unused.push_back({name.first, name.second, index, entry.value});
    }
  }
  return unused;
}

uint64_t Decisions::Answer(const DecisionStream& stream, uint64_t index,
                           uint64_t from_seed, uint64_t calm) {
  const FrameworkMemoryScope scope;
  const Name& name = names_[stream.name_];
  uint64_t answer = from_seed;
  if (is_following_) {
    answer = calm;
    if (name.followed != nullptr) {
      const auto entry = name.followed->find(index);
      if (entry != name.followed->end()) {
        entry->second.is_used = true;
        answer = entry->second.value;
      }
    }
  }
  if (is_recording_ && answer != calm) {
    recorded_.push_back({name.entity, name.purpose, index, answer});
  }
  return answer;
}

}  // namespace reprise
