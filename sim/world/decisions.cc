#include "reprise/sim/world/decisions.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "absl/functional/function_ref.h"
#include "absl/strings/str_cat.h"
#include "reprise/sim/core/check.h"
#include "reprise/sim/core/exponential.h"
#include "reprise/sim/core/memory_account.h"
#include "reprise/sim/core/random.h"
#include "reprise/sim/core/text.h"

namespace reprise {

namespace {

// Of the purposes of rulings.
constexpr std::string_view kRulingSuffix = "-ruling";

// Distinguishes where a packet stands from an index.
constexpr uint64_t kOfPacket = 0x6b43a9b5f2d1c087;

uint64_t HashOfName(std::string_view entity, std::string_view purpose) {
  return StreamKey(Seed(0), entity, purpose);
}

uint64_t HashPlace(uint64_t name, uint64_t index, bool is_packet) {
  return MixBits(name ^ MixBits(index ^ (is_packet ? kOfPacket : 0)));
}

}  // namespace

void Decisions::Follow(const Edits& edits) {
  const FrameworkMemoryScope scope;
  REPRISE_CHECK(names_.empty() && !has_edits_, "called too late");
  has_edits_ = has_names_ = true;
  is_calm_ = edits.base == Base::kCalm;
  edits_ = edits.schedule;
  is_used_.assign(edits_.size(), false);
  answers_.reserve(edits_.size());
  for (uint32_t i = 0; i < edits_.size(); ++i) {
    const Decision& edit = edits_[i];
    const uint64_t name = HashOfName(edit.entity, edit.purpose);
    has_rulings_ |= edit.purpose.ends_with(kRulingSuffix);
    if (edit.packet.empty()) {
      answers_[HashPlace(name, edit.index, false)] = i;
      const PurposeRow* row = FindPurpose(edit.entity, edit.purpose);
      counts_packets_ |= row != nullptr && row->IsOfPackets();
    } else if (const auto packet = ParsePacketName(edit.packet)) {
      answers_[HashPlace(name, packet->Place(), true)] = i;
    }
  }
}

void Decisions::Record(DecisionLog* log) {
  REPRISE_CHECK(names_.empty(), "called too late");
  log_ = log;
  is_recording_ = true;
  has_names_ = true;
}

void Decisions::Reseed(const reprise::Reseed& reseed) {
  salt_ = StreamKey(reseed.seed, "world", "reseed");
  has_calm_delays_ = reseed.has_calm_delays;
  is_calm_ = false;
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
  Name named{std::string(entity), std::string(name), &RowOf(purpose),
             HashOfName(entity, name)};
  names_.push_back(std::move(named));
  return stream;
}

Duration Decisions::DecideOutage(DecisionStream& stream,
                                 const DecisionPlace& place,
                                 const OutageOptions& options) {
  const uint64_t word = Draw(stream, place);
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
      Answer(stream, place, static_cast<uint64_t>(length.nanoseconds()),
             /*calm=*/0)));
}

Duration Decisions::DecideScripted(DecisionStream& stream, Duration length) {
  const DecisionPlace place = stream.Next();
  length = std::max(length, Nanoseconds(1));
  if (!has_names_) return length;
  return Nanoseconds(static_cast<int64_t>(
      Answer(stream, place, static_cast<uint64_t>(length.nanoseconds()),
             /*calm=*/0)));
}

uint64_t Decisions::DecideSaid(DecisionStream& stream,
                               const DecisionPlace& place,
                               absl::FunctionRef<uint64_t()> say) {
  if (!has_names_) return say();
  const Decision* edit = has_edits_ ? UseEdit(stream, place) : nullptr;
  if (edit == nullptr && is_calm_) return 0;
  const uint64_t answer = edit != nullptr ? edit->value : say();
  if (is_recording_ && answer != 0) {
    const FrameworkMemoryScope scope;
    Keep(stream, place, answer);
  }
  return answer;
}

Schedule Decisions::recorded() const {
  Schedule recorded;
  recorded.reserve(kept_.size());
  for (const Kept& kept : kept_) recorded.push_back(ToDecision(kept));
  return recorded;
}

Schedule Decisions::Unused() const {
  Schedule unused;
  for (size_t i = 0; i < edits_.size(); ++i) {
    if (!is_used_[i]) unused.push_back(edits_[i]);
  }
  return unused;
}

Decision Decisions::ToDecision(const Kept& kept) const {
  const Name& name = names_[kept.name];
  return {.entity = name.entity,
          .purpose = name.purpose,
          .index = kept.index,
          .value = kept.value,
          .packet = kept.packet ? FormatPacketName(*kept.packet) : "",
          .words = kept.words == 0 ? "" : words_[kept.words - 1]};
}

uint64_t Decisions::Answer(DecisionStream& stream, const DecisionPlace& place,
                           uint64_t from_seed, uint64_t calm) {
  const FrameworkMemoryScope scope;
  const Name& name = names_[stream.name_];
  // Else what is recorded could not be read again.
  REPRISE_CHECK(name.row->Allows(from_seed), name.purpose, " is ", from_seed,
                ", expected ", name.row->Expected());
  uint64_t answer = is_calm_ ? calm : from_seed;
  if (has_edits_) {
    const Decision* edit = UseEdit(stream, place);
    if (edit != nullptr) answer = edit->value;
  }
  if (is_recording_ && answer != calm) Keep(stream, place, answer);
  return answer;
}

uint64_t Decisions::AnswerEdit(DecisionStream& stream,
                               const DecisionPlace& place) {
  const FrameworkMemoryScope scope;
  const auto found = FindEdit(stream, place);
  if (!found) return 0;
  const uint64_t value = edits_[*found].value;
  const bool is_first = !is_used_[*found];
  is_used_[*found] = true;
  if (is_recording_ && is_first && value != 0) Keep(stream, place, value);
  return value;
}

Duration Decisions::AnswerDelay(DecisionStream& stream,
                                const DecisionPlace& place, Duration from_seed,
                                const DelayOptions& options) {
  if (has_calm_delays_ && from_seed <= LongestOrdinary(options)) {
    from_seed = options.calm;
  }
  const Duration answer = Nanoseconds(static_cast<int64_t>(
      Answer(stream, place, static_cast<uint64_t>(from_seed.nanoseconds()),
             static_cast<uint64_t>(options.calm.nanoseconds()))));
  if (is_recording_ && answer != options.calm &&
      answer <= LongestOrdinary(options)) {
    ++ordinary_delays_;
  }
  return answer;
}

uint64_t Decisions::DecideWord(DecisionStream& stream) {
  const DecisionPlace place = stream.Next();
  const uint64_t word = Draw(stream, place);
  return has_names_ ? Answer(stream, place, word, /*calm=*/0) : word;
}

void Decisions::DecideInWords(DecisionStream& stream, DrawnInWords& drawn) {
  const FrameworkMemoryScope scope;
  const DecisionPlace place = stream.Next();
  uint64_t word = Draw(stream, place);
  const Decision* edit = has_edits_ ? UseEdit(stream, place) : nullptr;
  if (edit == nullptr && is_calm_) {
    drawn.BeCalm();
    return;
  }
  if (edit == nullptr || edit->words.empty()) {
    if (edit != nullptr) word = edit->value;
    drawn.Draw(word);
  } else if (std::optional<Misfit> misfit = drawn.Read(edit->words)) {
    unfit_.push_back({*edit, *std::move(misfit)});
  }
  if (!is_recording_) return;
  std::string words = drawn.Describe();
  if (!words.empty()) word = 0;  // They say it all.
  Keep(stream, place, word, std::move(words));
}

void Decisions::Keep(const DecisionStream& stream, const DecisionPlace& place,
                     uint64_t value, std::string words) {
  Kept& kept = kept_.emplace_back();
  kept.name = stream.name_;
  kept.value = value;
  if (place.packet != nullptr) {
    kept.packet = *place.packet;
  } else {
    kept.index = place.index;
  }
  if (!words.empty()) {
    words_.push_back(std::move(words));
    kept.words = static_cast<uint32_t>(words_.size());
  }
  if (log_ != nullptr) log_->OnDecision(ToDecision(kept));
}

const Decision* Decisions::UseEdit(DecisionStream& stream,
                                   const DecisionPlace& place) {
  const std::optional<uint32_t> found = FindEdit(stream, place);
  if (!found) return nullptr;
  is_used_[*found] = true;
  return &edits_[*found];
}

std::optional<uint32_t> Decisions::FindEdit(DecisionStream& stream,
                                            const DecisionPlace& place) {
  const uint64_t name = names_[stream.name_].hash;
  const bool is_packet = place.packet != nullptr;
  auto edit = answers_.find(HashPlace(name, place.index, is_packet));
  if (is_packet && counts_packets_) {
    const uint64_t index = stream.next_index_++;
    if (edit == answers_.end()) {
      edit = answers_.find(HashPlace(name, index, false));
    }
  }
  if (edit == answers_.end()) return std::nullopt;
  return edit->second;
}

}  // namespace reprise
