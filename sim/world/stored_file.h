// StoredFile: the content of one file, as programs see it and as a crash would
// leave it.
//
// Guarantees: a byte that was covered by a finished sync and has not been
// written since is the same after every crash, unless the file is cut off
// before it. The file knows nothing of time, tasks or chance: the caller of
// Crash says what becomes of each sector.
//
//   file.Write(0, "abc");
//   file.EndSync(file.BeginSync());
//   file.Crash({}, [](uint64_t) { return SectorFate{SectorFate::kLost}; });
//
// Invariant: the durable content of a sector is in unsynced_ where the sector
// has an entry there, and otherwise in bytes_.

#ifndef REPRISE_SIM_WORLD_STORED_FILE_H_
#define REPRISE_SIM_WORLD_STORED_FILE_H_

#include <algorithm>
#include <bitset>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "reprise/sim/env/disk.h"

namespace reprise {

// What a crash makes of the bytes of one sector that were not synced.
struct SectorFate {
  enum Kind : uint8_t {
    kKept,     // All are as written.
    kLost,     // All are as they were at the last sync.
    kTorn,     // The first of them are as written, the others lost.
    kGarbled,  // All are arbitrary.
  };
  Kind kind = kKept;
  // Chooses where a torn sector tears, and the bytes of a garbled one.
  uint64_t word = 0;
};

class StoredFile {
 public:
  // What a sync that has begun will make durable.
  struct Snapshot {
    uint64_t epoch = 0;
    uint64_t size = 0;
    std::map<uint64_t, std::string> sectors = {};
  };

  // As programs see it.
  std::string_view bytes() const { return bytes_; }
  // How many bytes it takes up on the disk. The longer of both sizes counts,
  // because a crash may bring back what a truncation cut off.
  uint64_t footprint() const {
    return std::max<uint64_t>(bytes_.size(), synced_size_);
  }

  void Write(uint64_t offset, std::string_view bytes);
  void Resize(uint64_t size);
  // Changes what is stored, durable or not. Requires bit / 8 < bytes().size().
  void FlipBit(uint64_t bit);
  // The same of bytes. Requires offset + bytes.size() <= bytes().size().
  void Overwrite(uint64_t offset, std::string_view bytes);

  Snapshot BeginSync();
  // Makes `snapshot` durable; does nothing if a later sync has ended already.
  void EndSync(const Snapshot& snapshot);

  bool IsSynced() const {
    return unsynced_.empty() && bytes_.size() == synced_size_;
  }
  uint64_t synced_size() const { return synced_size_; }
  // In the order of their place.
  std::vector<uint64_t> UnsyncedSectors() const;

  // Gives the file `size` bytes, and each sector that was written and not
  // synced the content that `fate` says. All of it is durable then.
  void Crash(uint64_t size,
             const std::function<SectorFate(uint64_t sector)>& fate);

 private:
  using Sector = std::string;  // kSectorBytes long.
  using Written = std::bitset<kSectorBytes>;

  // The bytes that were written after one sync began and before the next did.
  struct Layer {
    uint64_t epoch = 0;
    Written written;
  };
  struct Unsynced {
    Sector before;              // The durable content.
    std::vector<Layer> layers;  // Oldest first; at least one.
  };

  void Mark(uint64_t begin, uint64_t end);
  // Padded with zero bytes at the file's end.
  Sector SectorAt(uint64_t sector) const;

  std::string bytes_;
  uint64_t synced_size_ = 0;
  std::map<uint64_t, Unsynced> unsynced_;
  uint64_t epoch_ = 1;  // Grows when a sync begins.
  uint64_t synced_epoch_ = 0;
};

}  // namespace reprise

#endif  // REPRISE_SIM_WORLD_STORED_FILE_H_
