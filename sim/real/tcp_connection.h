// tidy: allow-file(shared-ptr) what Asio has pending refers to it
// TcpConnection: a Connection over a socket of Asio.
//
//   auto connection = std::make_shared<TcpConnection>(pool, std::move(socket));

#ifndef REPRISE_SIM_REAL_TCP_CONNECTION_H_
#define REPRISE_SIM_REAL_TCP_CONNECTION_H_

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "asio/ip/tcp.hpp"
#include "asio/steady_timer.hpp"
#include "reprise/sim/core/time.h"
#include "reprise/sim/real/address.h"
#include "reprise/sim/real/connection.h"
#include "reprise/sim/real/frame.h"

namespace reprise {

class TcpConnection final : public Connection {
 public:
  // Accepted from `peer`.
  TcpConnection(ConnectionPool& pool, asio::ip::tcp::socket socket,
                const Address& peer);
  // To be dialled after `delay`.
  TcpConnection(ConnectionPool& pool, const Address& peer, Duration delay);
  ~TcpConnection() override;

  void Start(ConnectionEvents& events) override;
  void Write(const Frame& frame) override;
  size_t unsent_bytes() const override { return out_.size() - sent_; }
  void HoldReading(bool is_held) override;
  void Close() override { End(); }
  void Fail(absl::Status why) override;
  VirtualTime stalled_since() const override;
  const std::string& peer_address() const override { return peer_address_; }

 private:
  enum class State : uint8_t { kDialling, kOpen, kClosed };

  std::shared_ptr<TcpConnection> Self();
  void OnTurnEnd() override;
  void AskForTurnEnd();
  // Calls `function` then, in place of what it was to call, unless it has ended
  // by then.
  void After(std::chrono::nanoseconds delay, std::function<void()> function);

  void LookUp();
  void Connect(const asio::ip::tcp::endpoint& endpoint);
  void OnConnected(const asio::error_code& error);

  void Send();
  void WaitToSend();
  void Read();
  void OnRead(const asio::error_code& error, size_t count, size_t size);
  void HandleFrames();
  void NotePartial(bool has_handled);

  absl::Status Reason(const char* what, const asio::error_code& error) const;
  void Break(const absl::Status& why);
  void End();

  ConnectionPool& pool_;
  const Address peer_;
  const std::string peer_address_;
  ConnectionEvents* events_ = nullptr;
  asio::ip::tcp::socket socket_;
  asio::steady_timer timer_;
  std::optional<asio::ip::tcp::resolver> resolver_;
  FrameReader reader_;
  size_t read_size_;           // What is read at once.
  size_t counted_unread_ = 0;  // Of the pool's buffered bytes.
  std::string out_;
  size_t sent_ = 0;  // Of out_.
  // Since when the peer owes the rest of a message, and since when it takes
  // nothing of what is to be sent.
  VirtualTime partial_since_ = VirtualTime::Infinite();
  VirtualTime unsent_since_ = VirtualTime::Infinite();
  Duration delay_;
  State state_ = State::kDialling;
  bool has_asked_ = false;  // For the end of the turn.
  bool is_reading_ = false;
  bool is_waiting_to_send_ = false;
  bool is_held_ = false;
};

}  // namespace reprise

#endif  // REPRISE_SIM_REAL_TCP_CONNECTION_H_
