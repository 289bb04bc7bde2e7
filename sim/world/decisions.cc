#include "reprise/sim/world/decisions.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "reprise/sim/core/check.h"
#include "reprise/sim/core/exponential.h"
#include "reprise/sim/core/memory_account.h"
#include "reprise/sim/core/text.h"

namespace reprise {

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

void Decisions::Record(DecisionLog* log) {
  REPRISE_CHECK(names_.empty(), "called too late");
  log_ = log;
  is_recording_ = true;
  has_names_ = true;
}

DecisionStream Decisions::OpenSite(std::string_view entity,
                                   std::string_view site) {
  const FrameworkMemoryScope scope;
  const std::string_view prefix = RowOf(Purpose::kSite).name;
  return OpenNamed(entity, Purpose::kSite,
                   absl::StrCat(ToAbsl(prefix), ToAbsl(site)));
}

DecisionStream Decisions::OpenNamed(std::string_view entity, Purpose purpose,
                                    std::string_view name) {
  const FrameworkMemoryScope scope;
  DecisionStream stream;
  stream.key_ = StreamKey(seed_, entity, name);
  if (!has_names_) return stream;
  stream.name_ = static_cast<uint32_t>(names_.size());
  Name named{std::string(entity), std::string(name), &RowOf(purpose)};
  const auto found = followed_.find({named.entity, named.purpose});
  if (found != followed_.end()) named.followed = &found->second;
  names_.push_back(std::move(named));
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
  // Else what is recorded could not be read again.
  REPRISE_CHECK(name.row->Allows(from_seed), name.purpose, " is ", from_seed,
                ", expected ", name.row->Expected());
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
    if (log_ != nullptr) log_->OnDecision(recorded_.back());
  }
  return answer;
}

}  // namespace reprise
