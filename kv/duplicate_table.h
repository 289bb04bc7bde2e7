// DuplicateTable: what a server remembers of its clients' requests, so that one
// that is sent or delivered again takes effect once.
//
// The server asks before it executes a request and reports afterwards. The one
// to use is LastRequestTable; others plant bugs or keep other promises.
//
//   switch (table.AgeOf(request)) {
//     case Age::kNew: ... table.Remember(request, store.Append(...));
//     case Age::kRepeated: ... table.OldValueFor(request);
//     case Age::kStale: ...
//   }

#ifndef REPRISE_KV_DUPLICATE_TABLE_H_
#define REPRISE_KV_DUPLICATE_TABLE_H_

#include <cstdint>
#include <string_view>

#include "absl/container/btree_map.h"
#include "absl/functional/function_ref.h"
#include "reprise/kv/store.h"
#include "reprise/kv/wire.h"

namespace reprise::kv {

enum class Age {
  kNew,       // Execute it.
  kRepeated,  // The client's latest, executed before: answer it again.
  kStale,     // Older than the client's latest: nobody waits for its answer.
  kUnknown,   // Of a client that the table has forgotten: do not execute it.
};

class DuplicateTable {
 public:
  virtual ~DuplicateTable() = default;

  virtual Age AgeOf(const Request& request) const = 0;
  // A new request was executed. `old_value` is what an Append has to answer
  // until the client's next request.
  virtual void Remember(const Request& request, OldValue old_value) = 0;
  // The answer to a repeated Append.
  virtual std::string_view OldValueFor(const Request& request) const = 0;

  // What a snapshot has to contain: a client, the sequence number of its latest
  // request, and the old value that it is owed.
  using Visitor = absl::FunctionRef<void(uint64_t client, uint64_t sequence,
                                         const OldValue& old_value)>;
  // Visits all clients in ascending order.
  virtual void ForEach(Visitor visit) const = 0;
  // Remembers again what ForEach visited.
  virtual void Restore(uint64_t client, uint64_t sequence,
                       OldValue old_value) = 0;
};

// Remembers each client's latest request, by the client's sequence numbers.
//
// Guarantees: a client that only reads costs nothing; any other costs a small
// entry for good, because duplicates of its requests may still be under way; an
// old value is kept until the client's next request, whatever that is.
// Containers grow the same in every process.
class LastRequestTable : public DuplicateTable {
 public:
  Age AgeOf(const Request& request) const override;
  void Remember(const Request& request, OldValue old_value) override;
  std::string_view OldValueFor(const Request& request) const override;
  void ForEach(Visitor visit) const override;
  void Restore(uint64_t client, uint64_t sequence, OldValue old_value) override;

 private:
  struct Entry {
    uint64_t sequence = 0;
    OldValue old_value;
  };

  absl::btree_map<uint64_t, Entry> entries_;  // By client.
};

}  // namespace reprise::kv

#endif  // REPRISE_KV_DUPLICATE_TABLE_H_
