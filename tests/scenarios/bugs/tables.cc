#include "tests/scenarios/bugs/tables.h"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "reprise/kv/duplicate_table.h"
#include "reprise/kv/server.h"
#include "reprise/kv/wire.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/clock.h"
#include "reprise/sim/env/env.h"

namespace reprise {
namespace {

using kv::Age;
using kv::LastRequestTable;
using kv::OldValue;
using kv::Request;
using kv::RequestKind;

// Requests of one kind are executed as often as they come.
template <RequestKind kKind>
class OneKindForgotten final : public LastRequestTable {
 public:
  Age AgeOf(const Request& request) const override {
    return request.kind == kKind ? Age::kNew : LastRequestTable::AgeOf(request);
  }
  void Remember(const Request& request, OldValue old_value) override {
    if (request.kind == kKind) return;
    LastRequestTable::Remember(request, std::move(old_value));
  }
};

// Only the latest request is known again; older ones count as new.
class OnlyLatestKnown final : public LastRequestTable {
 public:
  Age AgeOf(const Request& request) const override {
    const Age age = LastRequestTable::AgeOf(request);
    return age == Age::kStale ? Age::kNew : age;
  }
  void Remember(const Request& request, OldValue old_value) override {
    if (LastRequestTable::AgeOf(request) != Age::kNew) return;
    LastRequestTable::Remember(request, std::move(old_value));
  }
};

// Each client is forgotten ten seconds after its latest request, by the time of
// day.
class ExpiringTable final : public LastRequestTable {
 public:
  explicit ExpiringTable(Clock& clock) : clock_(clock) {}

  Age AgeOf(const Request& request) const override {
    const auto latest = latest_.find(request.client);
    const bool is_forgotten = latest != latest_.end() &&
                              clock_.WallTime() - latest->second > Seconds(10);
    return is_forgotten ? Age::kNew : LastRequestTable::AgeOf(request);
  }
  void Remember(const Request& request, OldValue old_value) override {
    latest_[request.client] = clock_.WallTime();
    LastRequestTable::Remember(request, std::move(old_value));
  }

 private:
  Clock& clock_;
  std::map<uint64_t, VirtualTime> latest_;
};

// A copy of each old value that was ever answered.
class NeverFreed final : public LastRequestTable {
 public:
  void Remember(const Request& request, OldValue old_value) override {
    answered_[{request.client, request.sequence}] = old_value.value();
    LastRequestTable::Remember(request, std::move(old_value));
  }

 private:
  std::map<std::pair<uint64_t, uint64_t>, std::string> answered_;
};

// An entry for each client, also for those that only read.
class EntryForEach final : public LastRequestTable {
 public:
  void Remember(const Request& request, OldValue old_value) override {
    latest_[request.client] = request.sequence;
    LastRequestTable::Remember(request, std::move(old_value));
  }

 private:
  std::map<uint64_t, uint64_t> latest_;
};

// The value of each client's latest Put.
class PutKept final : public LastRequestTable {
 public:
  void Remember(const Request& request, OldValue old_value) override {
    if (request.kind == RequestKind::kPut) {
      values_[request.client] = request.value;
    }
    LastRequestTable::Remember(request, std::move(old_value));
  }

 private:
  std::map<uint64_t, std::string> values_;
};

// Each old value as a value and once more as a reply.
class CachedTwice final : public LastRequestTable {
 public:
  void Remember(const Request& request, OldValue old_value) override {
    const std::string_view value = old_value.value();
    cached_[request.client] = {
        .value = std::string(value),
        .reply = kv::EncodeReply({.kind = request.kind,
                                  .sequence = request.sequence,
                                  .value = value})};
    LastRequestTable::Remember(request, std::move(old_value));
  }

 private:
  struct Cached {
    std::string value;
    Bytes reply;
  };
  std::map<uint64_t, Cached> cached_;
};

template <typename Table>
void RunWith(Env& env) {
  kv::Server(env, std::make_unique<Table>()).Run();
}

void ExpiryByWallClock(Env& env) {
  kv::Server(env, std::make_unique<ExpiringTable>(env.clock())).Run();
}

}  // namespace

std::vector<Bug> TableBugs() {
  return {
      {.listing = {.name = "put-not-deduplicated",
                   .about = "a Put whose reply was lost is executed again",
                   .scenario = "lab-random-keys",
                   .property = "linearizability",
                   .blamed = {"* sends reply * LOST"}},
       .server = RunWith<OneKindForgotten<RequestKind::kPut>>},
      {.listing = {.name = "append-not-deduplicated",
                   .about = "an Append whose reply was lost is executed again",
                   .scenario = "lab-unreliable",
                   .property = "value-check",
                   .blamed = {"* sends reply * LOST"}},
       .server = RunWith<OneKindForgotten<RequestKind::kAppend>>},
      {.listing = {.name = "stale-request-executed",
                   .about = "a late copy of an earlier request is executed",
                   .scenario = "harsh-unreliable-one-key",
                   .property = "exactly-once",
                   .blamed = {"* sends Append(* DUPLICATE *",
                              "* sends Append(* +??? ms",
                              "* sends Append(* +* s"}},
       .server = RunWith<OnlyLatestKnown>},
      {.listing = {.name = "expiry-by-wall-clock",
                   .about = "the server forgets a client's latest request "
                            "after ten seconds of its wall clock, which jumps",
                   .scenario = "clock-skew",
                   .property = "linearizability",
                   .blamed = {"* jumps clock *", "* sends reply * LOST"}},
       .server = ExpiryByWallClock},
      {.listing = {.name = "duplicate-table-never-freed",
                   .about =
                       "the server keeps every old value that it ever answered",
                   .scenario = "lab-mem-many-appends",
                   .property = "memory-bound",
                   .blamed = {"the start"}},
       .server = RunWith<NeverFreed>},
      {.listing = {.name = "get-creates-entry",
                   .about = "the server remembers clients that only read",
                   .scenario = "lab-mem-get-many-clients",
                   .property = "memory-bound",
                   .blamed = {"the start"}},
       .server = RunWith<EntryForEach>},
      {.listing = {.name = "put-keeps-old-value",
                   .about =
                       "the server keeps the value of each client's last Put",
                   .scenario = "lab-mem-put",
                   .property = "memory-bound",
                   .blamed = {"the start"}},
       .server = RunWith<PutKept>},
      {.listing = {.name = "append-caches-twice",
                   .about =
                       "the server keeps each old value and its reply as well",
                   .scenario = "lab-mem-append",
                   .property = "memory-bound",
                   .blamed = {"the start"}},
       .server = RunWith<CachedTwice>},
  };
}

}  // namespace reprise
