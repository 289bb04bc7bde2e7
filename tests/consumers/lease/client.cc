#include "lease/client.h"

#include <algorithm>

#include "absl/status/statusor.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace lease {
namespace {

using reprise::Bytes;
using reprise::Sometimes;
using reprise::operator""_mark;

constexpr reprise::Duration kPatience = reprise::Milliseconds(60);
// What a lease is shorter for its holder, because clocks differ.
constexpr reprise::Duration kMargin = kLease / 10;
// More than there are clients: tokens of two are never the same.
constexpr int64_t kClients = 16;

}  // namespace

bool Client::Acquire() {
  const int64_t token = (greatest_ / kClients + 1) * kClients + number_;
  greatest_ = token;
  const bool is_granted = AskQuorum("acquire", token, absl::StrCat(token));
  Sometimes(!is_granted, "lease.client.not-granted"_mark);
  token_ = is_granted ? token : 0;
  if (!is_granted) SendRelease(token);  // Frees those that have granted it.
  return is_granted;
}

bool Client::Extend() { return AskQuorum("extend", token_, "yes"); }

void Client::Release() {
  expires_ = {};
  SendRelease(token_);
}

// Where that is lost, the lease expires.
void Client::SendRelease(int64_t token) {
  for (const reprise::NodeId server : service_.servers) {
    env_.network().Send(server, "release", absl::StrCat(token));
  }
}

bool Client::Use() {
  absl::StatusOr<Bytes> reply;
  do {
    reply = env_.network().Call(service_.store, "use", absl::StrCat(token_),
                                {.deadline = kPatience});
  } while (!reply.ok());
  return *reply == "yes";
}

bool Client::AskQuorum(std::string_view method, int64_t token,
                       const Bytes& right) {
  const reprise::VirtualTime asked = env_.clock().Now();
  const size_t servers = service_.servers.size();
  const reprise::QuorumResult result =
      CallQuorum(env_.network(), service_.servers, method, absl::StrCat(token),
                 {.needed = rules_.quorum(servers),
                  .deadline = kPatience,
                  .counts = [&](reprise::NodeId, const Bytes& reply) {
                    int64_t last = 0;
                    if (absl::SimpleAtoi(reply, &last)) {
                      greatest_ = std::max(greatest_, last);
                    }
                    return reply == right;
                  }});
  const bool is_majority = 2 * result.counted > servers;
  Sometimes(result.counted > 0 && !is_majority, "lease.client.minority"_mark);
  if (!result.is_reached) return false;
  const bool is_late = rules_.counts_from_the_reply;
  expires_ = (is_late ? env_.clock().Now() : asked) + kLease - kMargin;
  return true;
}

}  // namespace lease
