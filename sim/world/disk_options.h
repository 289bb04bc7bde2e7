// DiskOptions: what may go wrong on disks. One of the options of a fault mix
// (faults.h).

#ifndef REPRISE_SIM_WORLD_DISK_OPTIONS_H_
#define REPRISE_SIM_WORLD_DISK_OPTIONS_H_

#include <cstdint>

#include "reprise/sim/core/random.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/world/delay_options.h"
#include "reprise/sim/world/outage_options.h"

namespace reprise {

// Of each node's disk. A sector is 512 bytes (kSectorBytes, sim/env/disk.h).
struct DiskOptions {
  // How long an operation takes. `write` is also for Truncate, Rename, Remove
  // and an Open that makes a file; `read` also for List and any other Open;
  // `sync` for Sync and SyncDirectory.
  DelayOptions read = {.calm = Microseconds(100),
                       .minimum = Microseconds(100),
                       .maximum = Microseconds(100)};
  DelayOptions write = {.calm = Microseconds(20),
                        .minimum = Microseconds(20),
                        .maximum = Microseconds(20)};
  DelayOptions sync = {.calm = Milliseconds(1),
                       .minimum = Milliseconds(1),
                       .maximum = Milliseconds(1)};
  // The most bytes that the files of one disk may take up together; what needs
  // more fails with ResourceExhausted. 0: any number.
  int64_t capacity_bytes = 0;
  // Of each Read and List: it fails with DataLoss; the next attempt may not.
  Probability read_error = {};
  // Of each operation that `write` delays, except Open of a file that exists:
  // it fails with Unavailable. A Write or Append that fails has written a first
  // part of its bytes: U{0..all of them}.
  Probability write_error = {};
  // Of each Sync and SyncDirectory: it fails with Unavailable and makes nothing
  // durable; a later one may.
  Probability sync_error = {};
  // Of each Read: one bit of what it reads is flipped for good, synced or not.
  Probability bit_rot = {};
  // What a crash does to each sector that was written and not synced: the bytes
  // written are lost, torn (a first part is kept, the rest lost) or garbled.
  // At most 1 together; otherwise, and where all is calm, they are kept whole.
  Probability sector_lost = {};
  Probability sector_torn = {};
  Probability sector_garbled = {};
  // Of each file that grew or shrank since its last Sync, at a crash: it has
  // lost some or all of its growth, or the shorter size. Calm: as written.
  Probability size_lost = {};
  // Of each creation, rename and removal since the last SyncDirectory, at a
  // crash: it has not happened. Calm: it has.
  Probability name_lost = {};

  // Of each disk: an operation that begins meanwhile, or is under way, ends no
  // earlier than the stall.
  OutageOptions stall = {};
  // Bytes of reads, writes and syncs that each disk moves in a second; they
  // queue behind one another. A sync moves the sectors that it makes durable.
  // 0: any number.
  int64_t bytes_per_second = 0;
  // Of each disk: what needs more room than is taken up already fails with
  // ResourceExhausted.
  OutageOptions full = {};

  // The silent faults: no operation fails.
  //
  // Of each Write and Append that succeeds: nothing is stored. The bytes are as
  // they were, and zero where the file has grown.
  Probability write_lost = {};
  // Of each other one: the same, and its bytes land elsewhere for good: in
  // another sector of the file or at the same place of another file, as far as
  // that goes.
  Probability write_misdirected = {};
  // Of each Read: it returns as many bytes of such another place.
  Probability read_misdirected = {};
  // Of each disk that stores something, each tick: one bit of a file flips for
  // good, synced or not: anywhere, or, in half of the cases, within the last 64
  // bytes of a file.
  Probability rot_at_rest = {};

  friend bool operator==(const DiskOptions&, const DiskOptions&) = default;
};

// Whether a disk may do something else than it says: one of the silent faults
// of its operations.
inline bool HasSilentFaults(const DiskOptions& disk) {
  return !disk.write_lost.IsZero() || !disk.write_misdirected.IsZero() ||
         !disk.read_misdirected.IsZero();
}

// A disk of the same capacity where nothing goes wrong.
DiskOptions Calmed(const DiskOptions& disk);

}  // namespace reprise

#endif  // REPRISE_SIM_WORLD_DISK_OPTIONS_H_
