// The write-ahead log's format: records of any bytes, one after the other.
//
//   record   checksum 8 | offset 8 | length 8 | payload
//
// The checksum (XXH3) covers all that follows it and the generation, a number
// that no two logs share; the offset is where in the log the record begins. So
// neither a torn record nor one from elsewhere is taken for what it is not.
//
// Requires: a record is appended only when the one before it is durable. Then
// what a crash leaves is a run of whole records and at most one torn one, and
// whatever can be read behind something unreadable shows that the disk has
// damaged what was durable. Only the very last record cannot tell the two
// apart: there, damage by the disk passes for a torn record.
//
//   file.Append(EncodeRecord(generation, file.Size(), payload));
//   file.Sync();
//   for (std::string_view payload : *ReadRecords(generation, log)) ...

#ifndef REPRISE_KV_STORAGE_LOG_H_
#define REPRISE_KV_STORAGE_LOG_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "reprise/sim/env/network.h"

namespace reprise::kv {

inline constexpr uint64_t kRecordHeaderBytes = 24;

// XXH3, seeded with `seed`. It tells damage from what was written, not from
// what someone forged.
uint64_t Checksum(uint64_t seed, std::string_view bytes);

Bytes EncodeRecord(uint64_t generation, uint64_t offset,
                   std::string_view payload);

// The payloads of the records up to a torn one or the end; they refer to `log`.
// Errors: DataLoss where a readable record follows an unreadable one. Takes
// time linear in the log's length.
absl::StatusOr<std::vector<std::string_view>> ReadRecords(uint64_t generation,
                                                          std::string_view log);

}  // namespace reprise::kv

#endif  // REPRISE_KV_STORAGE_LOG_H_
