#include "reprise/checker/key_value/sightings.h"

#include <algorithm>
#include <bit>

#include "reprise/checker/history/require.h"

namespace reprise::checker {
namespace {

constexpr uint64_t kBase = 0x9e3779b97f4a7c15u;  // odd: arithmetic modulo 2^64

constexpr size_t kBytesBetweenLooks = 1 << 16;

uint64_t Next(uint64_t hash, char byte) {
  return hash * kBase + static_cast<unsigned char>(byte) + 1;
}

uint64_t HashOf(std::string_view text) {
  uint64_t hash = 0;
  for (char byte : text) hash = Next(hash, byte);
  return hash;
}

void Include(std::vector<size_t>& lengths, size_t length) {
  if (std::find(lengths.begin(), lengths.end(), length) == lengths.end()) {
    lengths.push_back(length);
  }
}

}  // namespace

void Sightings::LookFor(std::string_view value) {
  REPRISE_REQUIRE(!is_prepared_ && !value.empty(), "values come before texts");
  values_.push_back(value);
}

void Sightings::Prepare() {
  is_prepared_ = true;
  for (std::string_view value : values_) {
    if (lengths_.size() <= kExactLengths) Include(lengths_, value.size());
  }
  if (lengths_.size() > kExactLengths) {
    is_rounded_ = true;
    lengths_.clear();
    for (std::string_view value : values_) {
      Include(lengths_, std::bit_floor(value.size()));
    }
  }
  for (std::string_view value : values_) {
    wanted_.insert(HashOf(Shortened(value)));
  }
}

std::string_view Sightings::Shortened(std::string_view value) const {
  return is_rounded_ ? value.substr(0, std::bit_floor(value.size())) : value;
}

void Sightings::LookThrough(std::string_view text) {
  if (!is_prepared_) Prepare();
  for (size_t length : lengths_) LookThrough(text, length);
}

void Sightings::LookThrough(std::string_view text, size_t length) {
  if (length > text.size()) return;
  uint64_t leaving = 1;
  for (size_t i = 0; i < length; ++i) leaving *= kBase;
  uint64_t hash = HashOf(text.substr(0, length));
  if (wanted_.contains(hash)) first_.insert(hash);
  for (size_t end = length;; ++end) {
    if (wanted_.contains(hash)) anywhere_.insert(hash);
    if (end == text.size()) return;
    if (end % kBytesBetweenLooks == 0 && IsStopped(monitor_)) return;
    const auto left = static_cast<unsigned char>(text[end - length]);
    hash = Next(hash, text[end]) - leaving * (left + uint64_t{1});
  }
}

bool Sightings::MayBeSeen(std::string_view value) const {
  return anywhere_.contains(HashOf(Shortened(value)));
}

bool Sightings::MayBeSeenFirst(std::string_view value) const {
  return first_.contains(HashOf(Shortened(value)));
}

}  // namespace reprise::checker
