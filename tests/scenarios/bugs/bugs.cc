#include "tests/scenarios/bugs/bugs.h"

#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "reprise/kv/server.h"
#include "tests/scenarios/bugs/clerk_envs.h"
#include "tests/scenarios/bugs/durable_servers.h"
#include "tests/scenarios/bugs/handlers.h"
#include "tests/scenarios/bugs/tables.h"

namespace reprise {

namespace {

// What goes wrong with requests that are sent or delivered again.
std::vector<Bug> RepeatedRequestBugs() {
  return {
      {.listing = {"put-not-deduplicated",
                   "a Put whose reply was lost is executed again",
                   "lab-random-keys", "linearizability"},
       .server = PutNotDeduplicated},
      {.listing = {"append-not-deduplicated",
                   "an Append whose reply was lost is executed again",
                   "lab-unreliable", "value-check"},
       .server = AppendNotDeduplicated},
      {.listing = {"stale-request-executed",
                   "a late copy of an earlier request is executed",
                   "harsh-unreliable-one-key", "exactly-once"},
       .server = StaleRequestExecuted},
      {.listing = {"cached-reply-is-current-value",
                   "a repeated Append returns what the key holds now",
                   "lab-unreliable", "value-check"},
       .server = CachedReplyIsCurrentValue},
      {.listing = {"sequence-reused-after-timeout",
                   "a clerk numbers the operation after a deadline like the "
                   "one before",
                   "harsh-random-keys", "linearizability"},
       .clerk_env = SequenceReusedAfterTimeout},
      {.listing = {"reply-matched-to-wrong-call",
                   "a clerk takes a late reply for the answer to its next call",
                   "lab-random-keys", "linearizability"},
       .clerk_env = ReplyMatchedToWrongCall},
      {.listing = {"expiry-by-wall-clock",
                   "the server forgets a client's latest request after ten "
                   "seconds of its wall clock, which jumps",
                   "clock-skew", "linearizability"},
       .server = ExpiryByWallClock},
      {.listing = {"request-sent-twice", "a clerk sends each request twice",
                   "lab-unreliable", "attempts"},
       .clerk_env = RequestSentTwice},
  };
}

// What goes wrong with keys and values.
std::vector<Bug> StorageBugs() {
  return {
      {.listing = {"get-from-stale-cache",
                   "a Get is answered from a cache of up to 20 ms of age",
                   "lab-random-keys", "linearizability"},
       .server = GetFromStaleCache},
      {.listing = {"lost-append-under-concurrency",
                   "an Append reads, waits and writes back",
                   "lab-unreliable-one-key", "nothing-lost"},
       .server = LostAppendUnderConcurrency},
      {.listing = {"empty-value-not-stored",
                   "a Put of the empty value leaves the old one", "lab-basic",
                   "value-check"},
       .server = EmptyValueNotStored},
      {.listing = {"key-truncated-at-zero-byte",
                   "keys that differ behind a zero byte are one key",
                   "harsh-binary-keys", "linearizability"},
       .server = KeyTruncatedAtZeroByte},
      {.listing = {"appends-flushed-in-reverse",
                   "Appends are answered first and written later, in reverse",
                   "lab-unreliable-one-key", "append-order"},
       .server = AppendsFlushedInReverse},
  };
}

// What goes wrong between tasks.
std::vector<Bug> TaskBugs() {
  return {
      {.listing = {"locks-taken-in-both-orders",
                   "readers and writers take two locks in opposite orders",
                   "lab-concurrent", "no-deadlock"},
       .server = LocksTakenInBothOrders},
      {.listing = {"task-left-behind",
                   "the server starts tasks that nobody ends", "lab-unreliable",
                   "no-task-left"},
       .server = TaskLeftBehind},
      {.listing = {"breaker-never-closes",
                   "a clerk that met five failures in a row waits for a probe "
                   "that nobody sends",
                   "partitioned-clients", "liveness"},
       .clerk_env = BreakerNeverCloses},
  };
}

// What is kept although nobody needs it.
std::vector<Bug> MemoryBugs() {
  return {
      {.listing = {"duplicate-table-never-freed",
                   "the server keeps every old value that it ever answered",
                   "lab-mem-many-appends", "memory-bound"},
       .server = DuplicateTableNeverFreed},
      {.listing = {"get-creates-entry",
                   "the server remembers clients that only read",
                   "lab-mem-get-many-clients", "memory-bound"},
       .server = GetCreatesEntry},
      {.listing = {"put-keeps-old-value",
                   "the server keeps the value of each client's last Put",
                   "lab-mem-put", "memory-bound"},
       .server = PutKeepsOldValue},
      {.listing = {"append-caches-twice",
                   "the server keeps each old value and its reply as well",
                   "lab-mem-append", "memory-bound"},
       .server = AppendCachesTwice},
      {.listing = {"stale-entry-leak",
                   "the server keeps each request that comes again",
                   "harsh-mem-put", "memory-bound"},
       .server = StaleEntryLeak},
      {.listing = {"get-copies-value-often",
                   "a Get holds eight copies of the value while it is served",
                   "lab-mem-get", "memory-bound"},
       .server = GetCopiesValueOften},
  };
}

// What goes wrong between the server and its disk.
std::vector<Bug> DiskBugs() {
  return {
      {.listing = {"reply-before-sync",
                   "the server replies first and syncs its log later",
                   "server-restart", "linearizability"},
       .durable_server = ReplyBeforeSync},
      {.listing = {"duplicate-table-not-persisted",
                   "checkpoints do not hold the server's duplicate table",
                   "server-restart", "linearizability"},
       .durable_server = DuplicateTableNotPersisted},
      {.listing = {"torn-record-accepted",
                   "the server does not check its log's checksums",
                   "server-restart", "linearizability"},
       .durable_server = TornRecordAccepted},
      {.listing = {"log-never-truncated",
                   "logs are kept although a checkpoint replaced them",
                   "server-restart", "log-size"},
       .durable_server = LogNeverTruncated},
      {.listing = {"checkpoint-not-atomic",
                   "a checkpoint is written over the one before",
                   "server-restart", "recovery"},
       .durable_server = CheckpointNotAtomic},
      {.listing = {"leftover-blocks-checkpoint",
                   "a checkpoint that was not finished keeps the server from "
                   "writing another",
                   "server-restart", "progress"},
       .durable_server = LeftoverBlocksCheckpoint},
  };
}

// One that changes nothing where `name` is that of no bug.
Bug BugNamed(std::string_view name) {
  if (name.empty()) return {};
  for (const Bug& planted : AllBugs()) {
    if (planted.listing.name == name) return planted;
  }
  return {};
}

}  // namespace

std::vector<Bug> AllBugs() {
  std::vector<Bug> all;
  for (const auto& group : {RepeatedRequestBugs(), StorageBugs(), TaskBugs(),
                            MemoryBugs(), DiskBugs()}) {
    all.insert(all.end(), group.begin(), group.end());
  }
  return all;
}

std::function<void(Env&)> ServerOf(std::string_view bug) {
  const Bug planted = BugNamed(bug);
  if (planted.server != nullptr) return planted.server;
  return [](Env& env) { kv::Server(env).Run(); };
}

std::function<absl::Status(Env&)> DurableServerOf(std::string_view bug) {
  const Bug planted = BugNamed(bug);
  if (planted.durable_server != nullptr) return planted.durable_server;
  return RightDurableServer;
}

std::unique_ptr<Env> ClerkEnvOf(std::string_view bug, Env& env) {
  const Bug planted = BugNamed(bug);
  return planted.clerk_env == nullptr ? nullptr : planted.clerk_env(env);
}

}  // namespace reprise
