#include "reprise/sim/world/stored_file.h"

#include <algorithm>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "reprise/sim/core/random.h"

namespace reprise {
namespace {

using Written = std::bitset<kSectorBytes>;

// The bytes of a sector from `begin` to `end`. Requires begin < end.
Written BytesOf(size_t begin, size_t end) {
  const Written all = ~Written();
  return all << begin & all >> (kSectorBytes - end);
}

// Puts what `fate` makes of the `written` bytes of `sector` into it; `before`
// is its durable content.
void Harm(const SectorFate& fate, const Written& written,
          std::string_view before, std::string& sector) {
  const size_t count = written.count();
  // Of a torn sector, at least one byte is new and at least one lost.
  size_t arrived = 0;
  if (fate.kind == SectorFate::kTorn) {
    arrived = count < 2 ? count : 1 + BoundedWord(fate.word, count - 1);
  }
  RandomStream random(fate.word);
  for (size_t i = 0; i < kSectorBytes; ++i) {
    if (!written[i]) continue;
    if (fate.kind == SectorFate::kGarbled) {
      sector[i] = static_cast<char>(random.Next());
    } else if (arrived > 0) {
      --arrived;
    } else {
      sector[i] = before[i];
    }
  }
}

}  // namespace

void StoredFile::Write(uint64_t offset, std::string_view bytes) {
  if (bytes.empty()) return;
  const uint64_t end = offset + bytes.size();
  Mark(offset, end);
  if (bytes_.size() < end) bytes_.resize(end);
  std::copy(bytes.begin(), bytes.end(), bytes_.begin() + offset);
}

void StoredFile::Resize(uint64_t size) {
  if (size < bytes_.size()) Mark(size, bytes_.size());
  bytes_.resize(size);
}

void StoredFile::FlipBit(uint64_t bit) {
  bytes_[bit / 8] = static_cast<char>(bytes_[bit / 8] ^ 1 << bit % 8);
}

void StoredFile::Overwrite(uint64_t offset, std::string_view bytes) {
  std::copy(bytes.begin(), bytes.end(), bytes_.begin() + offset);
}

StoredFile::Snapshot StoredFile::BeginSync() {
  Snapshot snapshot{.epoch = epoch_++, .size = bytes_.size()};
  for (const auto& [sector, unsynced] : unsynced_) {
    snapshot.sectors.emplace_hint(snapshot.sectors.end(), sector,
                                  SectorAt(sector));
  }
  return snapshot;
}

void StoredFile::EndSync(const Snapshot& snapshot) {
  if (snapshot.epoch < synced_epoch_) return;
  synced_epoch_ = snapshot.epoch;
  synced_size_ = snapshot.size;
  for (const auto& [sector, content] : snapshot.sectors) {
    const auto found = unsynced_.find(sector);
    if (found == unsynced_.end()) continue;
    std::vector<Layer>& layers = found->second.layers;
    std::erase_if(layers, [&snapshot](const Layer& layer) {
      return layer.epoch <= snapshot.epoch;
    });
    if (layers.empty()) {
      unsynced_.erase(found);
    } else {
      found->second.before = content;
    }
  }
}

std::vector<uint64_t> StoredFile::UnsyncedSectors() const {
  std::vector<uint64_t> sectors;
  for (const auto& [sector, unsynced] : unsynced_) sectors.push_back(sector);
  return sectors;
}

void StoredFile::Crash(uint64_t size,
                       const std::function<SectorFate(uint64_t sector)>& fate) {
  const uint64_t size_before = bytes_.size();
  bytes_.resize(std::max(size, size_before));
  for (auto& [number, unsynced] : unsynced_) {
    const uint64_t begin = number * kSectorBytes;
    Sector sector = SectorAt(number);
    Written written;
    for (const Layer& layer : unsynced.layers) written |= layer.written;
    // What lies behind the end was not written but cut off.
    const bool was_cut_off = begin >= size_before;
    const SectorFate its_fate =
        was_cut_off ? SectorFate{SectorFate::kLost} : fate(number);
    if (its_fate.kind != SectorFate::kKept) {
      Harm(its_fate, written, unsynced.before, sector);
    }
    const uint64_t end = std::min(begin + kSectorBytes, bytes_.size());
    if (begin < end) bytes_.replace(begin, end - begin, sector, 0, end - begin);
  }
  bytes_.resize(size);
  synced_size_ = size;
  unsynced_.clear();
  synced_epoch_ = epoch_++;
}

// Notes that the bytes from `begin` to `end` are about to change.
void StoredFile::Mark(uint64_t begin, uint64_t end) {
  for (uint64_t at = begin; at < end;) {
    const uint64_t number = at / kSectorBytes;
    const uint64_t next = std::min(end, (number + 1) * kSectorBytes);
    Unsynced& unsynced = unsynced_[number];
    if (unsynced.layers.empty()) unsynced.before = SectorAt(number);
    if (unsynced.layers.empty() || unsynced.layers.back().epoch != epoch_) {
      unsynced.layers.push_back({.epoch = epoch_, .written = {}});
    }
    const uint64_t first = number * kSectorBytes;
    unsynced.layers.back().written |= BytesOf(at - first, next - first);
    at = next;
  }
}

StoredFile::Sector StoredFile::SectorAt(uint64_t sector) const {
  const uint64_t begin = std::min(sector * kSectorBytes, bytes_.size());
  Sector content;
  content.reserve(kSectorBytes);
  content.append(bytes_, begin, kSectorBytes);
  content.resize(kSectorBytes);
  return content;
}

}  // namespace reprise
