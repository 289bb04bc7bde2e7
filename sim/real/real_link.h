// tidy: allow-file(shared-ptr) what Asio has pending refers to it
// RealLink: a connection to a peer and what is in progress on it: the calls
// that this node makes, and the requests that it handles for the peer.
//
// Guarantees: while too many requests are being handled, or too much waits to
// be sent, nothing more is read, so that the peer is the one who waits. When
// the connection breaks, each call in progress ends as Unavailable. What is
// sent on a link that has ended goes nowhere.

#ifndef REPRISE_SIM_REAL_REAL_LINK_H_
#define REPRISE_SIM_REAL_REAL_LINK_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/bytes.h"
#include "reprise/sim/real/connection.h"
#include "reprise/sim/real/frame.h"
#include "reprise/sim/real/real_call.h"

namespace reprise {

class RealLink;

// Whoever serves what arrives. Called between the tasks of a turn.
class LinkOwner {
 public:
  // The peer says its name. An error ends the link.
  virtual absl::Status OnHello(RealLink& link, std::string_view name) = 0;
  // A request, or a message where `frame.kind` says so. `frame` is valid during
  // the call.
  virtual void OnRequest(RealLink& link, const Frame& frame) = 0;
  // The link has ended. Not called after End().
  virtual void OnEnded(RealLink& link, const absl::Status& why) = 0;

 protected:
  ~LinkOwner() = default;
};

class RealLink final : public std::enable_shared_from_this<RealLink>,
                       public CallOwner,
                       private ConnectionEvents {
 public:
  // `is_dialled`: by this node. `owner` and `pool` must outlive it.
  RealLink(LinkOwner& owner, ConnectionPool& pool,
           std::shared_ptr<Connection> connection, bool is_dialled)
      : owner_(owner),
        pool_(pool),
        connection_(std::move(connection)),
        began_(pool.loop.Now()),
        is_dialled_(is_dialled) {}

  // Begins, and says to the peer that this node is `self`.
  void Start(std::string_view self);
  // Ends it without OnEnded; calls in progress end as Cancelled.
  void End();

  bool is_dialled() const { return is_dialled_; }
  const std::string& address() const { return connection_->peer_address(); }
  // Who is at the other end, once it has said so or was dialled.
  bool HasPeer() const { return has_peer_; }
  NodeId peer() const { return peer_; }
  void SetPeer(NodeId peer) {
    peer_ = peer;
    has_peer_ = true;
  }

  // Sends the request of `call`, which ends when the reply comes. Errors, which
  // end nothing: Unavailable where too much waits to be sent.
  absl::Status Request(RealCall& call, std::string_view request);
  absl::Status Send(std::string_view method, std::string_view message);
  void Drop(const RealCall& call) override;

  // For the owner, when it begins and ends to handle a request or a message of
  // `bytes` bytes. `reply` is what a request is answered.
  void BeginHandling(size_t bytes);
  void EndHandling(size_t bytes);
  void Reply(uint64_t call, const absl::StatusOr<Bytes>& reply);

  // Ends it, with OnEnded, where the peer has not said its name in time or has
  // stalled for too long.
  void CheckProgress();
  bool HasUnsent() const { return connection_->unsent_bytes() > 0; }

 private:
  void OnFrame(const Frame& frame) override;
  void OnSent() override { HoldWhereTooMuch(); }
  void OnClosed(const absl::Status& why) override;
  absl::Status CheckRoom(std::string_view method, size_t bytes) const;
  void HoldWhereTooMuch();
  void EndCalls(const absl::Status& why);

  LinkOwner& owner_;
  ConnectionPool& pool_;
  const std::shared_ptr<Connection> connection_;
  const VirtualTime began_;
  const bool is_dialled_;
  bool has_greeted_ = false;  // The peer has said its name.
  bool has_peer_ = false;
  bool has_ended_ = false;
  NodeId peer_;
  size_t handled_ = 0;  // Requests and messages that are being handled.
  std::map<uint64_t, RealCall*> calls_;
};

}  // namespace reprise

#endif  // REPRISE_SIM_REAL_REAL_LINK_H_
