// What goes wrong on a disk without a word: bits rot, writes are lost or go to
// another place, and reads come from one.

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include "reprise/sim/core/check.h"
#include "reprise/sim/core/memory_account.h"
#include "reprise/sim/env/disk.h"
#include "reprise/sim/world/simulated_disk.h"

namespace reprise {
namespace {

// The ends of files, where what was written last is.
constexpr uint64_t kEndBytes = 64;

uint64_t BitsOf(std::string_view bytes) { return bytes.size() * 8; }
uint64_t EndBitsOf(std::string_view bytes) {
  return std::min<uint64_t>(bytes.size(), kEndBytes) * 8;
}

// In how many sectors of a file of `size` bytes there are `length` bytes behind
// the place `in_sector`.
uint64_t SectorsWith(uint64_t size, uint64_t in_sector, uint64_t length) {
  const uint64_t first_end = in_sector + length;
  return size < first_end ? 0 : (size - first_end) / kSectorBytes + 1;
}

}  // namespace

uint64_t SimulatedDisk::RotPlaces() const {
  if (!losses_.Allows(node_)) return 0;
  uint64_t bits = 0;
  for (const auto& [number, entry] : entries_) {
    bits += BitsOf(entry.content.bytes());
  }
  return 2 * bits;
}

void SimulatedDisk::Rot(uint64_t place) {
  const FrameworkMemoryScope scope;
  const uint64_t bits = RotPlaces() / 2;
  const bool is_at_end = place > bits;
  uint64_t at = is_at_end ? place - bits - 1 : place - 1;
  if (is_at_end) {
    uint64_t end_bits = 0;
    for (const auto& [number, entry] : entries_) {
      end_bits += EndBitsOf(entry.content.bytes());
    }
    at %= end_bits;
  }
  for (auto& [number, entry] : entries_) {
    const std::string_view bytes = entry.content.bytes();
    const uint64_t those = is_at_end ? EndBitsOf(bytes) : BitsOf(bytes);
    if (at < those) {
      ++counts_[Fault::kRotAtRest];
      FlipBit(entry, BitsOf(bytes) - those + at);
      return;
    }
    at -= those;
  }
  REPRISE_CHECK(false, "there is no place ", place);
}

void SimulatedDisk::FlipBit(StoredEntry& entry, uint64_t bit) {
  entry.content.FlipBit(bit);
  losses_.NoteLoss(node_);
  Record(EventKind::kBitRotted, entry.number, bit);
}

bool SimulatedDisk::GoesAstray(StoredEntry& entry, uint64_t number,
                               uint64_t offset, std::string_view bytes) {
  if (!losses_.Allows(node_)) return false;
  SilentDecisions& decisions = entry.silent_decisions;
  decisions.write_lost.Seek(number);
  decisions.write_misdirected.Seek(number);
  const bool is_lost =
      decisions_.DecideFault(decisions.write_lost, options_.write_lost);
  uint64_t place = 0;
  const uint64_t places = CountOtherPlaces(entry, offset, /*length=*/1);
  if (!is_lost && places > 0) {
    place = decisions_.DecidePlace(decisions.write_misdirected,
                                   options_.write_misdirected, places);
  }
  if (!is_lost && place == 0) return false;
  losses_.NoteLoss(node_);
  const uint64_t size = bytes.size();
  if (is_lost) {
    ++counts_[Fault::kWriteLost];
    RecordContent(EventKind::kWriteLost, entry.number, offset, bytes);
  } else {
    const Part to = OtherPlace(entry, offset, /*length=*/1, place);
    const uint64_t room = to.entry->content.bytes().size() - to.offset;
    bytes = bytes.substr(0, room);
    ++counts_[Fault::kWriteMisdirected];
    RecordContent(EventKind::kWriteMisdirected, to.entry->number, to.offset,
                  bytes);
    to.entry->content.Overwrite(to.offset, bytes);
  }
  // As if it had been stored, but for the bytes: what stands there stays, also
  // what has just gone astray to there.
  const std::string_view before = entry.content.bytes();
  std::string kept(
      before.substr(std::min<uint64_t>(offset, before.size()), size));
  kept.resize(size);
  entry.content.Write(offset, kept);
  return true;
}

std::string_view SimulatedDisk::Misread(StoredEntry& entry, uint64_t offset,
                                        std::string_view part) {
  DecisionStream& stream = entry.silent_decisions.read_misdirected;
  stream.Seek(entry.reads++);
  const uint64_t places = CountOtherPlaces(entry, offset, part.size());
  if (places == 0) return part;
  const uint64_t place =
      decisions_.DecidePlace(stream, options_.read_misdirected, places);
  if (place == 0) return part;
  const Part from = OtherPlace(entry, offset, part.size(), place);
  part = from.entry->content.bytes().substr(from.offset, part.size());
  ++counts_[Fault::kReadMisdirected];
  RecordContent(EventKind::kReadMisdirected, from.entry->number, from.offset,
                part);
  return part;
}

uint64_t SimulatedDisk::CountOtherPlaces(const StoredEntry& entry,
                                         uint64_t offset,
                                         uint64_t length) const {
  const uint64_t sectors =
      SectorsWith(entry.content.bytes().size(), offset % kSectorBytes, length);
  const uint64_t others = static_cast<uint64_t>(
      std::count_if(entries_.begin(), entries_.end(), [&](const auto& other) {
        return other.first != entry.number &&
               other.second.content.bytes().size() >= offset + length;
      }));
  return sectors - (offset / kSectorBytes < sectors ? 1 : 0) + others;
}

// The sectors of the file come first, then the other files.
SimulatedDisk::Part SimulatedDisk::OtherPlace(StoredEntry& entry,
                                              uint64_t offset, uint64_t length,
                                              uint64_t place) {
  const uint64_t in_sector = offset % kSectorBytes;
  const uint64_t own = offset / kSectorBytes;
  const uint64_t sectors =
      SectorsWith(entry.content.bytes().size(), in_sector, length);
  const uint64_t sector = place - 1 < own ? place - 1 : place;
  if (sector < sectors) return {&entry, sector * kSectorBytes + in_sector};
  uint64_t left = place - (sectors - (own < sectors ? 1 : 0));
  for (auto& [number, other] : entries_) {
    if (number == entry.number) continue;
    if (other.content.bytes().size() < offset + length) continue;
    if (--left == 0) return {&other, offset};
  }
  REPRISE_CHECK(false, "there is no place ", place);
  return {};
}

}  // namespace reprise
