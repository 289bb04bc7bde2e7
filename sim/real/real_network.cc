// tidy: allow-file(shared-ptr) what Asio has pending refers to it
#include "reprise/sim/real/real_network.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "reprise/sim/core/check.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/scheduler.h"
#include "reprise/sim/core/task.h"
#include "reprise/sim/core/text.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/real/connection.h"
#include "reprise/sim/real/event_loop.h"
#include "reprise/sim/real/frame.h"
#include "reprise/sim/real/listener.h"
#include "reprise/sim/real/peers.h"
#include "reprise/sim/real/real_call.h"
#include "reprise/sim/real/real_link.h"
#include "reprise/sim/real/unwinding.h"

namespace reprise {
namespace {

constexpr Duration kCheckEvery = Seconds(1);
constexpr Duration kLeastBackoff = Milliseconds(10);
constexpr Duration kMostBackoff = Seconds(1);
// Of callers without an address, as many are remembered when they are gone.
constexpr size_t kMostPeers = 100'000;
// Lines for the log in one second.
constexpr size_t kMostReports = 20;

}  // namespace

absl::StatusOr<std::unique_ptr<RealNetwork>> RealNetwork::Open(
    EventLoop& loop, TaskGroup& tasks, RealNetworkOptions options) {
  const std::optional<Address> listen = options.listen;
  // The constructor is private.
  std::unique_ptr<RealNetwork> network(
      new RealNetwork(loop, tasks, std::move(options)));
  if (!listen) return network;
  absl::StatusOr<std::unique_ptr<Listener>> listener = Listener::Listen(
      network->pool_, *listen, [network = network.get()](auto connection) {
        network->OnAccept(std::move(connection));
      });
  if (!listener.ok()) return listener.status();
  network->listener_ = *std::move(listener);
  return network;
}

RealNetwork::RealNetwork(EventLoop& loop, TaskGroup& tasks,
                         RealNetworkOptions options)
    : options_(std::move(options)),
      loop_(loop),
      tasks_(tasks),
      pool_{loop, options_.limits},
      peers_(options_.members, options_.name) {
  Fire();
}

RealNetwork::~RealNetwork() { End(); }

std::optional<Address> RealNetwork::address() const {
  if (listener_ == nullptr) return std::nullopt;
  return listener_->address();
}

absl::StatusOr<Bytes> RealNetwork::Call(NodeId to, std::string_view method,
                                        Bytes request,
                                        const CallOptions& options) {
  return StartCall(to, method, std::move(request), options).Get();
}

CallFuture RealNetwork::StartCall(NodeId to, std::string_view method,
                                  Bytes request, const CallOptions& options) {
  if (IsUnwinding()) return CallFuture::Ended(Unwinding());
  std::shared_ptr<RealLink> link;
  if (to != id()) {
    absl::StatusOr<std::shared_ptr<RealLink>> found = LinkTo(to);
    if (!found.ok()) return CallFuture::Ended(found.status());
    link = *std::move(found);
  }
  const uint64_t number = ++calls_;
  CallOwner& owner = link != nullptr ? static_cast<CallOwner&>(*link) : *this;
  auto call = std::make_unique<RealCall>(loop_.scheduler(), owner, method,
                                         number, ends_);
  if (link != nullptr) {
    const absl::Status status = link->Request(*call, request);
    if (!status.ok()) {
      call->EndAs(status);
      return CallFuture(std::move(call));
    }
  } else {
    own_calls_.emplace(number, call.get());
    Handle({.from = to, .call = number}, method, std::move(request));
  }
  call->EndAt(loop_.Now() + options.deadline);
  return CallFuture(std::move(call));
}

void RealNetwork::Send(NodeId to, std::string_view method, Bytes message) {
  if (IsUnwinding()) return;
  if (to == id()) {
    Handle({.from = to}, method, std::move(message));
    return;
  }
  const absl::StatusOr<std::shared_ptr<RealLink>> link = LinkTo(to);
  const absl::Status status =
      link.ok() ? (*link)->Send(method, message) : link.status();
  if (!status.ok()) Report(ToStd(status.message()));
}

void RealNetwork::Serve(std::string_view method, Handler handler) {
  if (IsUnwinding()) return;
  const bool is_new =
      handlers_.emplace(std::string(method), std::move(handler)).second;
  REPRISE_CHECK(is_new, "node ", options_.name, " serves ", ToAbsl(method),
                " already");
}

absl::StatusOr<NodeId> RealNetwork::Resolve(std::string_view name) {
  if (IsUnwinding()) return Unwinding();
  if (const std::optional<NodeId> id = peers_.Find(name)) return *id;
  return absl::NotFoundError(absl::StrCat("no node is named ", ToAbsl(name)));
}

void RealNetwork::Drain() {
  is_draining_ = true;
  listener_ = nullptr;
}

bool RealNetwork::IsDrained() const {
  return handled_ == 0 &&
         std::none_of(links_.begin(), links_.end(),
                      [](const auto& link) { return link->HasUnsent(); });
}

void RealNetwork::End() {
  if (IsScheduled()) loop_.scheduler().Cancel(*this);
  is_draining_ = true;
  listener_ = nullptr;
  handlers_.clear();
  for (const std::shared_ptr<RealLink>& link : links_) link->End();
  links_.clear();
  for (const auto& [number, call] : std::exchange(own_calls_, {})) {
    call->EndAs(Unwinding());
  }
}

absl::StatusOr<std::shared_ptr<RealLink>> RealNetwork::LinkTo(NodeId to) {
  Peer* peer = peers_.At(to);
  if (peer == nullptr) {
    return absl::UnavailableError(
        absl::StrCat("node ", to.value(), " is gone"));
  }
  if (peer->link != nullptr) return peer->link;
  if (!peer->address) {
    return absl::UnavailableError(
        absl::StrCat("node ", peer->name, " is not connected"));
  }
  return Dial(*peer);
}

std::shared_ptr<RealLink> RealNetwork::Dial(Peer& peer) {
  LinkOwner& self = *this;
  auto link = std::make_shared<RealLink>(
      self, pool_, Connection::Dial(pool_, *peer.address, peer.backoff),
      /*is_dialled=*/true);
  peer.backoff = std::clamp(peer.backoff * 2, kLeastBackoff, kMostBackoff);
  link->SetPeer(peer.id);
  peer.link = link;
  Start(link);
  return link;
}

void RealNetwork::OnAccept(std::shared_ptr<Connection> connection) {
  if (accepted_ >= options_.limits.connections) {
    Report(absl::StrCat(connection->peer_address(),
                        ": turned away, since there are ", accepted_,
                        " connections, the most that are allowed"));
    connection->Close();
    return;
  }
  ++accepted_;
  LinkOwner& self = *this;
  Start(std::make_shared<RealLink>(self, pool_, std::move(connection),
                                   /*is_dialled=*/false));
}

void RealNetwork::Start(const std::shared_ptr<RealLink>& link) {
  links_.insert(link);
  link->Start(options_.name);
}

absl::Status RealNetwork::OnHello(RealLink& link, std::string_view name) {
  if (link.is_dialled()) {
    Peer* peer = peers_.At(link.peer());
    if (peer->name != name) {
      return absl::UnavailableError(
          absl::StrCat("it is node ", ToAbsl(name), ", not ", peer->name));
    }
    peer->backoff = {};
    return absl::OkStatus();
  }
  Peer& peer = peers_.Meet(name);
  link.SetPeer(peer.id);
  // The latest connection of one without an address is the one to call it on.
  if (!peer.address) peer.link = link.shared_from_this();
  return absl::OkStatus();
}

void RealNetwork::OnRequest(RealLink& link, const Frame& frame) {
  const uint64_t call = frame.kind == FrameKind::kRequest ? frame.call : 0;
  Handle({.from = link.peer(),
          .call = call,
          .link = link.shared_from_this(),
          .bytes = frame.payload.size()},
         frame.name, Bytes(frame.payload));
}

void RealNetwork::OnEnded(RealLink& link, const absl::Status& why) {
  // Whoever hangs up between two messages has done nothing wrong.
  if (!absl::IsAborted(why)) Report(ToStd(why.message()));
  if (!link.is_dialled()) --accepted_;
  if (link.HasPeer()) {
    Peer* peer = peers_.At(link.peer());
    if (peer != nullptr && peer->link.get() == &link) {
      peer->link = nullptr;
      if (peers_.size() > kMostPeers) peers_.Forget(peer->id);
    }
  }
  links_.erase(link.shared_from_this());
}

void RealNetwork::Handle(const Origin& origin, std::string_view method,
                         Bytes request) {
  const auto found = handlers_.find(method);
  if (is_draining_ || found == handlers_.end()) {
    Answer(origin, is_draining_ ? absl::UnavailableError(absl::StrCat(
                                      "node ", options_.name, " is stopping"))
                                : absl::UnimplementedError(absl::StrCat(
                                      "node ", options_.name,
                                      " does not serve ", ToAbsl(method))));
    return;
  }
  ++handled_;
  if (origin.link != nullptr) origin.link->BeginHandling(origin.bytes);
  loop_.scheduler().Spawn(tasks_, found->first,
                          [this, origin, &handler = found->second,
                           request = std::move(request)]() mutable {
                            const absl::StatusOr<Bytes> reply =
                                handler(origin.from, std::move(request));
                            --handled_;
                            if (origin.link != nullptr)
                              origin.link->EndHandling(origin.bytes);
                            Answer(origin, reply);
                          });
}

void RealNetwork::Answer(const Origin& origin,
                         const absl::StatusOr<Bytes>& reply) {
  if (origin.call == 0) return;
  if (origin.link != nullptr) {
    origin.link->Reply(origin.call, reply);
    return;
  }
  const auto found = own_calls_.find(origin.call);
  if (found == own_calls_.end()) return;
  RealCall* call = found->second;
  own_calls_.erase(found);
  call->EndAs(reply);
}

void RealNetwork::Drop(const RealCall& call) {
  own_calls_.erase(call.number());
}

// Whoever does wrong again and again fills no log.
void RealNetwork::Report(std::string_view line) {
  if (++reports_ <= kMostReports) options_.report(line);
}

void RealNetwork::Fire() {
  if (reports_ > kMostReports) {
    options_.report(absl::StrCat("of connections: ", reports_ - kMostReports,
                                 " more such lines within a second"));
  }
  reports_ = 0;
  for (const std::shared_ptr<RealLink>& link : links_) link->CheckProgress();
  loop_.scheduler().Schedule(*this, loop_.Now() + kCheckEvery);
}

}  // namespace reprise
