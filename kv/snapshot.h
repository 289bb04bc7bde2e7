// Snapshots: a store and a duplicate table as bytes, and back.
//
// Integers are words of eight bytes, strings follow their length (encoding.h):
//   keys       count, then for each, by key: key, value
//   replaced   count, then for each: bytes
//   clients    count, then for each, by client: client, sequence, version,
//              length
// Versions are numbered from 1 on: first the values of the keys, then the bytes
// that were replaced but are still owed. A client's old value is the first
// `length` bytes of the version of that number; version 0 is the empty value.
// So old values stay prefixes that are shared, and what is read back occupies
// no more memory than what was written.
//
// Guarantees: equal states give equal bytes, whatever the build; decoding
// refuses what is malformed and never crashes.
//
//   const Bytes snapshot = EncodeSnapshot(store, table);
//   absl::Status status = DecodeSnapshot(snapshot, new_store, new_table);

#ifndef REPRISE_KV_SNAPSHOT_H_
#define REPRISE_KV_SNAPSHOT_H_

#include <string_view>

#include "absl/status/status.h"
#include "reprise/kv/duplicate_table.h"
#include "reprise/kv/store.h"
#include "reprise/sim/env/network.h"

namespace reprise::kv {

Bytes EncodeSnapshot(const Store& store, const DuplicateTable& duplicates);

// Fills `store` and `duplicates`, which must be empty. Errors: InvalidArgument;
// then both are filled in part and must not be used.
absl::Status DecodeSnapshot(std::string_view snapshot, Store& store,
                            DuplicateTable& duplicates);

}  // namespace reprise::kv

#endif  // REPRISE_KV_SNAPSHOT_H_
