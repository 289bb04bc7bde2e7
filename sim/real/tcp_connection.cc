// tidy: allow-file(shared-ptr) what Asio has pending refers to it
#include "reprise/sim/real/tcp_connection.h"

#include <netinet/in.h>
#include <netinet/tcp.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "asio/buffer.hpp"
#include "asio/detail/socket_option.hpp"
#include "asio/io_context.hpp"
#include "asio/ip/tcp.hpp"
#include "asio/steady_timer.hpp"
#include "reprise/sim/core/time.h"
#include "reprise/sim/real/address.h"
#include "reprise/sim/real/connection.h"
#include "reprise/sim/real/event_loop.h"
#include "reprise/sim/real/frame.h"

namespace reprise {
namespace {

using Tcp = asio::ip::tcp;
template <int kName>
using TcpOption = asio::detail::socket_option::integer<IPPROTO_TCP, kName>;

// What is read at once: little where a peer sends little.
constexpr size_t kLeastRead = size_t{4} << 10;
constexpr size_t kMostRead = size_t{256} << 10;
// A buffer that is larger is given back when it is empty.
constexpr size_t kKeptBytes = size_t{256} << 10;
// How many messages of one connection are handled in one turn, so that others
// have theirs, and so that limits are noticed in between.
constexpr size_t kFramesATurn = 64;
// How long reading rests where the node has buffered all that it may.
constexpr std::chrono::milliseconds kRest{10};
// After how many seconds of silence a peer is asked whether it is there, and
// for how long what it does not confirm is sent again.
constexpr int kProbeSeconds = 10;
constexpr int kGoneMilliseconds = 20'000;

// A peer that is gone without a word is noticed, and small messages leave.
void SetOptions(Tcp::socket& socket) {
  asio::error_code ignored;
  socket.set_option(Tcp::no_delay(true), ignored);
  socket.set_option(asio::socket_base::keep_alive(true), ignored);
  socket.set_option(TcpOption<TCP_KEEPIDLE>(kProbeSeconds), ignored);
  socket.set_option(TcpOption<TCP_KEEPINTVL>(kProbeSeconds / 2), ignored);
  socket.set_option(TcpOption<TCP_KEEPCNT>(2), ignored);
  socket.set_option(TcpOption<TCP_USER_TIMEOUT>(kGoneMilliseconds), ignored);
  socket.non_blocking(true, ignored);
}

std::chrono::nanoseconds ToNanoseconds(Duration duration) {
  return std::chrono::nanoseconds(duration.nanoseconds());
}

}  // namespace

std::shared_ptr<Connection> Connection::Dial(ConnectionPool& pool,
                                             const Address& address,
                                             Duration delay) {
  return std::make_shared<TcpConnection>(pool, address, delay);
}

TcpConnection::TcpConnection(ConnectionPool& pool, Tcp::socket socket,
                             const Address& peer)
    : pool_(pool),
      peer_(peer),
      peer_address_(peer.ToString()),
      socket_(std::move(socket)),
      timer_(pool.loop.io()),
      reader_(pool.limits.message_bytes),
      read_size_(kLeastRead),
      state_(State::kOpen) {
  SetOptions(socket_);
}

TcpConnection::TcpConnection(ConnectionPool& pool, const Address& peer,
                             Duration delay)
    : pool_(pool),
      peer_(peer),
      peer_address_(peer.ToString()),
      socket_(pool.loop.io()),
      timer_(pool.loop.io()),
      reader_(pool.limits.message_bytes),
      read_size_(kLeastRead),
      delay_(delay) {}

TcpConnection::~TcpConnection() { End(); }

std::shared_ptr<TcpConnection> TcpConnection::Self() {
  return std::static_pointer_cast<TcpConnection>(shared_from_this());
}

void TcpConnection::Start(ConnectionEvents& events) {
  events_ = &events;
  if (state_ == State::kOpen) {
    Read();
  } else {
    After(ToNanoseconds(delay_), [this] { LookUp(); });
  }
}

void TcpConnection::Write(const Frame& frame) {
  if (state_ == State::kClosed) return;
  const size_t before = out_.size();
  AppendFrame(frame, out_);
  pool_.buffered_bytes += out_.size() - before;
  AskForTurnEnd();
}

void TcpConnection::HoldReading(bool is_held) {
  if (is_held_ == is_held) return;
  is_held_ = is_held;
  if (!is_held) AskForTurnEnd();
}

void TcpConnection::Fail(absl::Status why) {
  pool_.loop.Post([self = Self(), why = std::move(why)] { self->Break(why); });
}

VirtualTime TcpConnection::stalled_since() const {
  return std::min(partial_since_, unsent_since_);
}

void TcpConnection::AskForTurnEnd() {
  if (std::exchange(has_asked_, true)) return;
  pool_.loop.AtTurnEnd(shared_from_this());
}

void TcpConnection::OnTurnEnd() {
  has_asked_ = false;
  Send();
  HandleFrames();
}

void TcpConnection::After(std::chrono::nanoseconds delay,
                          std::function<void()> function) {
  timer_.expires_after(delay);
  timer_.async_wait([self = Self(), function = std::move(function)](
                        const asio::error_code& error) {
    if (!error && self->state_ != State::kClosed) function();
  });
}

void TcpConnection::LookUp() {
  After(ToNanoseconds(pool_.limits.hello), [this] {
    Break(
        absl::UnavailableError(absl::StrCat("no answer from ", peer_address_)));
  });
  asio::error_code error;
  const asio::ip::address number = asio::ip::make_address(peer_.host, error);
  if (!error) {
    Connect(Tcp::endpoint(number, peer_.port));
    return;
  }
  resolver_.emplace(pool_.loop.io());
  resolver_->async_resolve(
      peer_.host, std::to_string(peer_.port),
      [self = Self()](const asio::error_code& lookup_error,
                      const Tcp::resolver::results_type& found) {
        if (lookup_error || found.empty()) {
          self->Break(self->Reason("cannot look it up", lookup_error));
        } else {
          self->Connect(found.begin()->endpoint());
        }
      });
}

void TcpConnection::Connect(const Tcp::endpoint& endpoint) {
  if (state_ == State::kClosed) return;
  socket_.async_connect(endpoint,
                        [self = Self()](const asio::error_code& error) {
                          self->OnConnected(error);
                        });
}

void TcpConnection::OnConnected(const asio::error_code& error) {
  if (state_ == State::kClosed) return;
  if (error) {
    Break(Reason("cannot connect", error));
    return;
  }
  timer_.cancel();
  SetOptions(socket_);
  state_ = State::kOpen;
  Send();
  Read();
}

// Sends what there is, as far as the peer takes it.
void TcpConnection::Send() {
  if (state_ != State::kOpen || is_waiting_to_send_) return;
  const bool has_some = unsent_bytes() > 0;
  while (unsent_bytes() > 0) {
    asio::error_code error;
    const size_t count = socket_.write_some(
        asio::buffer(out_.data() + sent_, unsent_bytes()), error);
    if (error == asio::error::would_block) {
      WaitToSend();
      return;
    }
    if (error) {
      Fail(Reason("the connection broke", error));
      return;
    }
    sent_ += count;
    pool_.buffered_bytes -= count;
    unsent_since_ = VirtualTime::Infinite();
  }
  sent_ = 0;
  out_.clear();
  if (out_.capacity() > kKeptBytes) out_.shrink_to_fit();
  if (has_some) events_->OnSent();
}

void TcpConnection::WaitToSend() {
  if (sent_ > out_.size() / 2) {
    out_.erase(0, sent_);
    sent_ = 0;
  }
  unsent_since_ = std::min(unsent_since_, pool_.loop.Now());
  is_waiting_to_send_ = true;
  socket_.async_wait(Tcp::socket::wait_write,
                     [self = Self()](const asio::error_code& error) {
                       self->is_waiting_to_send_ = false;
                       if (!error) self->Send();
                     });
}

void TcpConnection::Read() {
  if (state_ != State::kOpen || is_reading_ || is_held_) return;
  is_reading_ = true;
  if (pool_.buffered_bytes > pool_.limits.buffered_bytes) {
    After(kRest, [this] {
      is_reading_ = false;
      Read();
    });
    return;
  }
  const std::span<char> space = reader_.Space(read_size_);
  const size_t size = std::min(space.size(), kMostRead);
  socket_.async_read_some(
      asio::buffer(space.data(), size),
      [self = Self(), size](const asio::error_code& error, size_t count) {
        self->is_reading_ = false;
        self->OnRead(error, count, size);
      });
}

void TcpConnection::OnRead(const asio::error_code& error, size_t count,
                           size_t size) {
  if (state_ == State::kClosed) return;
  if (error) {
    Break(Reason("the connection broke", error));
    return;
  }
  reader_.Add(count);
  if (count == size) {
    read_size_ = std::min(2 * read_size_, kMostRead);
  } else if (count < read_size_ / 4) {
    read_size_ = std::max(read_size_ / 2, kLeastRead);
  }
  HandleFrames();
}

void TcpConnection::HandleFrames() {
  // Then there is no whole frame.
  if (is_reading_) return;
  size_t handled = 0;
  while (state_ == State::kOpen && !is_held_) {
    if (handled == kFramesATurn) {
      AskForTurnEnd();
      return;
    }
    const absl::StatusOr<std::optional<Frame>> frame = reader_.Next();
    if (!frame.ok()) {
      Break(absl::Status(
          frame.status().code(),
          absl::StrCat(peer_address_, ": ", frame.status().message())));
      return;
    }
    if (!frame->has_value()) break;
    ++handled;
    events_->OnFrame(**frame);
  }
  if (state_ != State::kOpen) return;
  NotePartial(handled > 0);
  Read();
}

// Counts what is there of a message in part. One that waits because reading is
// held is none of the peer's fault.
void TcpConnection::NotePartial(bool has_handled) {
  const size_t unread = reader_.unread_bytes();
  pool_.buffered_bytes += unread;
  pool_.buffered_bytes -= std::exchange(counted_unread_, unread);
  if (unread == 0 || is_held_) {
    partial_since_ = VirtualTime::Infinite();
  } else if (has_handled || partial_since_ == VirtualTime::Infinite()) {
    partial_since_ = pool_.loop.Now();
  }
}

absl::Status TcpConnection::Reason(const char* what,
                                   const asio::error_code& error) const {
  const bool is_end = error == asio::error::eof;
  const std::string message =
      absl::StrCat(peer_address_, ": ", what, ": ",
                   is_end ? "the peer closed it" : error.message());
  return is_end && reader_.unread_bytes() == 0
             ? absl::AbortedError(message)
             : absl::UnavailableError(message);
}

void TcpConnection::Break(const absl::Status& why) {
  if (state_ == State::kClosed) return;
  const std::shared_ptr<TcpConnection> self = Self();
  End();
  if (events_ != nullptr) events_->OnClosed(why);
}

void TcpConnection::End() {
  if (state_ == State::kClosed) return;
  state_ = State::kClosed;
  asio::error_code ignored;
  socket_.close(ignored);
  timer_.cancel();
  if (resolver_) resolver_->cancel();
  pool_.buffered_bytes -= unsent_bytes() + counted_unread_;
  out_.clear();
  sent_ = counted_unread_ = 0;
  partial_since_ = unsent_since_ = VirtualTime::Infinite();
}

}  // namespace reprise
