#include "reprise/kv/storage/log.h"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "reprise/kv/storage/encoding.h"
#include "reprise/sim/core/mark.h"

namespace reprise::kv {
namespace {

// The payload of the record that begins at `offset`, if there is one.
std::optional<std::string_view> ReadRecord(uint64_t generation,
                                           std::string_view log,
                                           uint64_t offset) {
  if (log.size() - offset < kRecordHeaderBytes) return std::nullopt;
  const std::string_view rest = log.substr(offset);
  const uint64_t checksum = LoadWord(rest.data());
  // The offset comes first because it rules out nearly all that is no record.
  if (LoadWord(rest.data() + kWordBytes) != offset) return std::nullopt;
  const uint64_t length = LoadWord(rest.data() + 2 * kWordBytes);
  if (length > rest.size() - kRecordHeaderBytes) return std::nullopt;
  const std::string_view covered =
      rest.substr(kWordBytes, kRecordHeaderBytes - kWordBytes + length);
  if (Checksum(generation, covered) != checksum) return std::nullopt;
  return rest.substr(kRecordHeaderBytes, length);
}

}  // namespace

uint64_t Checksum(uint64_t seed, std::string_view bytes) {
  return XXH3_64bits_withSeed(bytes.data(), bytes.size(), seed);
}

Bytes EncodeRecord(uint64_t generation, uint64_t offset,
                   std::string_view payload) {
  Bytes record;
  record.reserve(kRecordHeaderBytes + payload.size());
  AppendWord(record, 0);
  AppendWord(record, offset);
  AppendString(record, payload);
  const std::string_view covered = std::string_view(record).substr(kWordBytes);
  StoreWord(Checksum(generation, covered), record.data());
  return record;
}

absl::StatusOr<std::vector<std::string_view>> ReadRecords(
    uint64_t generation, std::string_view log) {
  std::vector<std::string_view> payloads;
  uint64_t end = 0;
  while (auto payload = ReadRecord(generation, log, end)) {
    payloads.push_back(*payload);
    end += kRecordHeaderBytes + payload->size();
  }
  Sometimes(end < log.size(), "kv.log.cut-a-torn-tail"_mark);
  for (uint64_t offset = end + 1; offset < log.size(); ++offset) {
    if (ReadRecord(generation, log, offset).has_value()) {
      return absl::DataLossError(
          absl::StrCat("the log is unreadable from byte ", end,
                       " on, but goes on at byte ", offset));
    }
  }
  return payloads;
}

}  // namespace reprise::kv
