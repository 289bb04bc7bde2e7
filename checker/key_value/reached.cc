#include "reprise/checker/key_value/reached.h"

#include <algorithm>

namespace reprise::checker {
namespace {

uint64_t SignatureOf(std::span<const uint32_t> places) {
  uint64_t signature = 0;
  for (uint32_t place : places) signature |= uint64_t{1} << place % 64;
  return signature;
}

}  // namespace

bool Reached::Add(const Fingerprint& key, std::span<const uint32_t> spare,
                  std::span<const uint32_t> used) {
  const size_t before = places_.size();
  const Entry added{kNone, Keep(spare), Keep(used)};
  uint32_t& first = first_of_key_.try_emplace(key, kNone).first->second;
  uint32_t left = kMostCompared;
  for (uint32_t at = first; at != kNone && left > 0;
       at = entries_[at].next, --left) {
    ++comparisons_;
    Entry& entry = entries_[at];
    if (Includes(entry.spare, added.spare) &&
        Includes(added.used, entry.used)) {
      places_.resize(before);
      return false;
    }
    // The older one says nothing any more.
    if (Includes(added.spare, entry.spare) &&
        Includes(entry.used, added.used)) {
      entry.spare = added.spare;
      entry.used = added.used;
      ++size_;
      return true;
    }
  }
  const auto number = static_cast<uint32_t>(entries_.size());
  entries_.push_back(added);
  entries_.back().next = first;
  first = number;
  ++size_;
  return true;
}

Fingerprint Reached::KeyOf(const std::string& bytes) {
  const auto next = static_cast<uint32_t>(number_of_bytes_.size());
  const auto [found, is_new] = number_of_bytes_.try_emplace(bytes, next);
  if (is_new) key_bytes_ += bytes.size();
  return Zobrist(found->second);
}

Reached::Places Reached::Keep(std::span<const uint32_t> places) {
  const auto begin = static_cast<uint32_t>(places_.size());
  places_.insert(places_.end(), places.begin(), places.end());
  return {begin, static_cast<uint32_t>(places.size()), SignatureOf(places)};
}

bool Reached::Includes(const Places& all, const Places& part) const {
  if (part.size > all.size || (part.signature & ~all.signature) != 0) {
    return false;
  }
  const auto begin = places_.begin();
  return std::includes(begin + all.begin, begin + all.begin + all.size,
                       begin + part.begin, begin + part.begin + part.size);
}

uint64_t Reached::MemoryBytes() const {
  return first_of_key_.capacity() * 25 + number_of_bytes_.capacity() * 41 +
         key_bytes_ + entries_.capacity() * sizeof(Entry) +
         places_.capacity() * sizeof(uint32_t);
}

}  // namespace reprise::checker
