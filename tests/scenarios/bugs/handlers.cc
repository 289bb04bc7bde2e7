#include "tests/scenarios/bugs/handlers.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "reprise/kv/service.h"
#include "reprise/kv/wire.h"
#include "reprise/sim/core/mutex.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/env.h"

namespace reprise {
namespace {

using kv::Request;
using kv::RequestKind;
using kv::Service;

using Reply = absl::StatusOr<Bytes>;

// Serves until the node stops; `handle` gets each well-formed request.
void Serve(Env& env, const std::function<Reply(const Request&)>& handle) {
  env.network().Serve(
      kv::kMethod, [&handle](NodeId, const Bytes& message) -> Reply {
        const absl::StatusOr<Request> request = kv::DecodeRequest(message);
        if (!request.ok()) return request.status();
        return handle(*request);
      });
  env.tasks().WaitUntilStopped();
}

Reply Ask(Service& service, const Request& request) {
  return service.Handle(kv::EncodeRequest(request));
}

Bytes Answer(const Request& request, std::string_view value) {
  return kv::EncodeReply(
      {.kind = request.kind, .sequence = request.sequence, .value = value});
}

// Client ids that no clerk draws.
constexpr uint64_t kReader = 0;
constexpr uint64_t kWriter = 1;

std::string Read(Service& service, std::string_view key) {
  return kv::TakeValue(*Ask(service, {.kind = RequestKind::kGet,
                                      .client = kReader,
                                      .sequence = 1,
                                      .key = key}));
}

// The latest request of each client that was answered, with the answer.
class Answered {
 public:
  const std::string* Find(const Request& request) const {
    const auto found = last_.find(request.client);
    if (found == last_.end()) return nullptr;
    return found->second.sequence == request.sequence ? &found->second.value
                                                      : nullptr;
  }
  void Add(const Request& request, std::string value) {
    last_[request.client] = {request.sequence, std::move(value)};
  }

 private:
  struct Last {
    uint64_t sequence = 0;
    std::string value;
  };
  std::map<uint64_t, Last> last_;
};

// A repeated Append answers with what the key holds now.
void CachedReplyIsCurrentValue(Env& env) {
  Service service;
  Answered answered;
  Serve(env, [&](const Request& request) -> Reply {
    if (request.kind == RequestKind::kAppend && answered.Find(request)) {
      return Answer(request, Read(service, request.key));
    }
    answered.Add(request, "");
    return Ask(service, request);
  });
}

// A Get is answered from a cache that is at most 20 ms old.
void GetFromStaleCache(Env& env) {
  struct Cached {
    VirtualTime read;
    std::string value;
  };
  Service service;
  std::map<std::string, Cached, std::less<>> cache;
  Serve(env, [&](const Request& request) -> Reply {
    if (request.kind != RequestKind::kGet) return Ask(service, request);
    const VirtualTime now = env.clock().Now();
    const auto found = cache.find(request.key);
    if (found == cache.end() || now - found->second.read > Milliseconds(20)) {
      cache[std::string(request.key)] = {now, Read(service, request.key)};
    }
    return Answer(request, cache.find(request.key)->second.value);
  });
}

// An Append reads, waits and writes back, while others do the same.
void LostAppendUnderConcurrency(Env& env) {
  Service service;
  Answered answered;
  Serve(env, [&](const Request& request) -> Reply {
    if (request.kind != RequestKind::kAppend) return Ask(service, request);
    if (const std::string* old_value = answered.Find(request)) {
      return Answer(request, *old_value);
    }
    const std::string old_value = Read(service, request.key);
    answered.Add(request, old_value);
    env.clock().SleepFor(Microseconds(100));
    Request put = request;
    put.kind = RequestKind::kPut;
    const std::string value = old_value + std::string(request.value);
    put.value = value;
    const Reply stored = Ask(service, put);
    if (!stored.ok()) return stored;
    return Answer(request, old_value);
  });
}

// A Put of the empty value is taken for a message without one.
void EmptyValueNotStored(Env& env) {
  Service service;
  Serve(env, [&](const Request& request) -> Reply {
    if (request.kind == RequestKind::kPut && request.value.empty()) {
      return Answer(request, "");
    }
    return Ask(service, request);
  });
}

// Keys are handled as strings of C, which end at the first zero byte.
void KeyTruncatedAtZeroByte(Env& env) {
  Service service;
  Serve(env, [&](Request request) -> Reply {
    request.key = request.key.substr(0, request.key.find('\0'));
    return Ask(service, request);
  });
}

// Appends are answered at once and written every 60 ms, the last one first.
void AppendsFlushedInReverse(Env& env) {
  struct Write {
    std::string key;
    std::string value;
  };
  Service service;
  Answered answered;
  std::vector<Write> buffer;
  uint64_t flushed = 0;
  const auto buffered = [&buffer](std::string_view key) {
    std::string values;
    for (const Write& write : buffer) {
      if (write.key == key) values += write.value;
    }
    return values;
  };
  const auto flush = [&] {
    env.clock().SleepFor(Milliseconds(60));
    for (; !buffer.empty(); buffer.pop_back()) {
      (void)Ask(service, {.kind = RequestKind::kAppend,
                          .client = kWriter,
                          .sequence = ++flushed,
                          .key = buffer.back().key,
                          .value = buffer.back().value});
    }
  };
  Serve(env, [&](const Request& request) -> Reply {
    if (const std::string* value = answered.Find(request)) {
      return Answer(request, *value);
    }
    const std::string value =
        Read(service, request.key) + buffered(request.key);
    if (request.kind == RequestKind::kGet) return Answer(request, value);
    if (request.kind == RequestKind::kPut) return Ask(service, request);
    answered.Add(request, value);
    buffer.push_back({std::string(request.key), std::string(request.value)});
    if (buffer.size() == 1) env.tasks().Spawn("flush", flush);
    return Answer(request, value);
  });
}

// Readers lock the index and then the log, writers the log and then the index.
void LocksTakenInBothOrders(Env& env) {
  Service service;
  Mutex index("index");
  Mutex log("log");
  Serve(env, [&](const Request& request) -> Reply {
    const bool is_read = request.kind == RequestKind::kGet;
    MutexLock first(is_read ? index : log);
    env.clock().SleepFor(Microseconds(10));
    MutexLock second(is_read ? log : index);
    return Ask(service, request);
  });
}

// Each hundredth request starts a task that nobody ever ends.
void TaskLeftBehind(Env& env) {
  Service service;
  int64_t requests = 0;
  Serve(env, [&](const Request& request) -> Reply {
    if (++requests % 100 == 0) {
      env.tasks().Spawn("janitor", [&env] { env.tasks().WaitUntilStopped(); });
    }
    return Ask(service, request);
  });
}

// Each request that comes again is kept, for whoever wants to know.
void StaleEntryLeak(Env& env) {
  Service service;
  Answered answered;
  std::vector<Bytes> repeated;
  Serve(env, [&](const Request& request) -> Reply {
    if (answered.Find(request) != nullptr) {
      repeated.push_back(kv::EncodeRequest(request));
    }
    answered.Add(request, "");
    return Ask(service, request);
  });
}

// A Get hands the value from layer to layer, each of which takes a copy.
void GetCopiesValueOften(Env& env) {
  constexpr size_t kLayers = 8;
  Service service;
  Serve(env, [&](const Request& request) -> Reply {
    const Reply reply = Ask(service, request);
    if (request.kind != RequestKind::kGet || !reply.ok()) return reply;
    const std::vector<Bytes> copies(kLayers, *reply);
    return copies.back();
  });
}

}  // namespace

std::vector<Bug> HandlerBugs() {
  return {
      {.listing = {.name = "cached-reply-is-current-value",
                   .about = "a repeated Append returns what the key holds now",
                   .scenario = "lab-unreliable",
                   .property = "value-check",
                   .blamed = {"* sends reply * LOST"}},
       .server = CachedReplyIsCurrentValue},
      {.listing = {.name = "get-from-stale-cache",
                   .about =
                       "a Get is answered from a cache of up to 20 ms of age",
                   .scenario = "lab-random-keys",
                   .property = "linearizability",
                   .blamed = {"the start", "* Get(*"}},
       .server = GetFromStaleCache},
      {.listing = {.name = "lost-append-under-concurrency",
                   .about = "an Append reads, waits and writes back",
                   .scenario = "lab-unreliable-one-key",
                   .property = "nothing-lost",
                   .blamed = {"the start", "* sends Append(*"}},
       .server = LostAppendUnderConcurrency},
      {.listing = {.name = "empty-value-not-stored",
                   .about = "a Put of the empty value leaves the old one",
                   .scenario = "lab-basic",
                   .property = "value-check",
                   .blamed = {"the start"}},
       .server = EmptyValueNotStored},
      {.listing = {.name = "key-truncated-at-zero-byte",
                   .about = "keys that differ behind a zero byte are one key",
                   .scenario = "harsh-binary-keys",
                   .property = "linearizability",
                   .blamed = {"the start"}},
       .server = KeyTruncatedAtZeroByte},
      {.listing =
           {.name = "appends-flushed-in-reverse",
            .about = "Appends are answered first and written later, in reverse",
            .scenario = "lab-unreliable-one-key",
            .property = "append-order",
            .blamed = {"the start", "* sends Append(*"}},
       .server = AppendsFlushedInReverse},
      {.listing = {.name = "locks-taken-in-both-orders",
                   .about =
                       "readers and writers take two locks in opposite orders",
                   .scenario = "lab-concurrent",
                   .property = "no-deadlock",
                   .blamed = {"the start", "* sends *"}},
       .server = LocksTakenInBothOrders},
      {.listing = {.name = "task-left-behind",
                   .about = "the server starts tasks that nobody ends",
                   .scenario = "lab-unreliable",
                   .property = "no-task-left",
                   .blamed = {"the start"}},
       .server = TaskLeftBehind},
      {.listing = {.name = "stale-entry-leak",
                   .about = "the server keeps each request that comes again",
                   .scenario = "harsh-mem-put",
                   .property = "memory-bound",
                   .blamed = {"* sends reply * LOST", "* DUPLICATE *"}},
       .server = StaleEntryLeak},
      {.listing =
           {.name = "get-copies-value-often",
            .about = "a Get holds eight copies of the value while it is served",
            .scenario = "lab-mem-get",
            .property = "memory-bound",
            .blamed = {"the start"}},
       .server = GetCopiesValueOften},
  };
}

}  // namespace reprise
