#include "lease/client.h"

#include <algorithm>
#include <cstddef>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace lease {
namespace {

using reprise::Sometimes;
using reprise::operator""_mark;

constexpr reprise::CallOptions kPatience = {.deadline =
                                                reprise::Milliseconds(60)};
// What a lease is shorter for its holder, because clocks differ.
constexpr reprise::Duration kMargin = kLease / 10;
// More than there are clients: tokens of two are never the same.
constexpr int64_t kClients = 16;

}  // namespace

bool Client::Acquire() {
  const int64_t token = (greatest_ / kClients + 1) * kClients + number_;
  greatest_ = token;
  const reprise::VirtualTime asked = env_.clock().Now();
  const Replies replies = AskServers("acquire", token);
  for (const absl::StatusOr<reprise::Bytes>& reply : replies) {
    int64_t last = 0;
    if (reply.ok() && absl::SimpleAtoi(*reply, &last)) {
      greatest_ = std::max(greatest_, last);
    }
  }
  const bool is_granted = TakeIfQuorum(replies, absl::StrCat(token), asked);
  token_ = is_granted ? token : 0;
  Sometimes(!is_granted, "lease.client.not-granted"_mark);
  // Frees those that have granted it.
  if (!is_granted) AskServers("release", token);
  return is_granted;
}

bool Client::Extend() {
  const reprise::VirtualTime asked = env_.clock().Now();
  return TakeIfQuorum(AskServers("extend", token_), "yes", asked);
}

void Client::Release() {
  expires_ = {};
  AskServers("release", token_);
}

bool Client::IsHeld() const { return env_.clock().Now() < expires_; }

bool Client::Use() {
  absl::StatusOr<reprise::Bytes> reply;
  do {
    reply = env_.network().Call(service_.store, "use", absl::StrCat(token_),
                                kPatience);
  } while (!reply.ok());
  return *reply == "yes";
}

Client::Replies Client::AskServers(std::string_view method, int64_t token) {
  const size_t count = service_.servers.size();
  Replies replies(count);
  reprise::WaitGroup answers("answers of servers");
  answers.Add(static_cast<int64_t>(count));
  for (size_t i = 0; i < count; ++i) {
    env_.tasks().Spawn("ask", [&, i] {
      replies[i] = env_.network().Call(service_.servers[i], method,
                                       absl::StrCat(token), kPatience);
      answers.Done();
    });
  }
  answers.Wait();
  return replies;
}

bool Client::TakeIfQuorum(const Replies& replies, std::string_view reply,
                          reprise::VirtualTime asked) {
  const auto yes =
      std::count_if(replies.begin(), replies.end(),
                    [&](const absl::StatusOr<reprise::Bytes>& each) {
                      return each.ok() && *each == reply;
                    });
  const auto servers = static_cast<std::ptrdiff_t>(replies.size());
  Sometimes(yes > 0 && 2 * yes <= servers, "lease.client.minority"_mark);
  Sometimes(yes < servers && 2 * yes > servers, "lease.client.majority"_mark);
  if (yes < rules_.Quorum(static_cast<int>(replies.size()))) return false;
  expires_ = rules_.Begin(asked, env_.clock().Now()) + kLease - kMargin;
  return true;
}

}  // namespace lease
