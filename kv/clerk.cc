#include "reprise/kv/clerk.h"

#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/sim/core/fault_site.h"
#include "reprise/sim/core/mark.h"

namespace reprise::kv {
namespace {

constexpr int kInstantFailuresMax = 16;
constexpr Duration kRest = Milliseconds(1);
// Too short for most networks, so that requests and their replies cross.
constexpr Duration kImpatient = Milliseconds(2);

bool Answers(const absl::StatusOr<Bytes>& message, const Request& request) {
  if (!message.ok()) return false;
  const absl::StatusOr<Reply> reply = DecodeReply(*message);
  return reply.ok() && reply->kind == request.kind &&
         reply->sequence == request.sequence;
}

}  // namespace

Clerk::Clerk(Env& env, NodeId server, const ClerkOptions& options)
    : env_(env),
      server_(server),
      options_(options),
      client_(env.random().Next()) {}

std::string Clerk::Get(std::string_view key) {
  return Execute(RequestKind::kGet, key, {});
}

void Clerk::Put(std::string_view key, std::string_view value) {
  Execute(RequestKind::kPut, key, value);
}

std::string Clerk::Append(std::string_view key, std::string_view value) {
  return Execute(RequestKind::kAppend, key, value);
}

std::string Clerk::Execute(RequestKind kind, std::string_view key,
                           std::string_view value) {
  const Request request = {.kind = kind,
                           .client = client_,
                           .sequence = ++sequence_,
                           .key = key,
                           .value = value};
  // Attempts in a row that failed without time passing.
  int instant_failures = 0;
  while (true) {
    const VirtualTime began = env_.clock().Now();
    ++attempts_;
    const Duration deadline =
        FaultSite("kv.clerk-impatient") ? kImpatient : options_.deadline;
    absl::StatusOr<Bytes> message = env_.network().Call(
        server_, kMethod, EncodeRequest(request), {.deadline = deadline});
    if (Answers(message, request)) return TakeValue(*std::move(message));
    if (absl::IsCancelled(message.status())) return {};
    Sometimes(!message.ok(), "kv.clerk.failed-attempt"_mark);
    if (env_.clock().Now() > began) {
      instant_failures = 0;
    } else if (++instant_failures == kInstantFailuresMax) {
      env_.clock().SleepFor(kRest);
      instant_failures = 0;
    }
  }
}

}  // namespace reprise::kv
