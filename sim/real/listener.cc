// tidy: allow-file(shared-ptr) what Asio has pending refers to it
#include "reprise/sim/real/listener.h"

#include <chrono>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "asio/io_context.hpp"
#include "asio/ip/tcp.hpp"
#include "asio/steady_timer.hpp"
#include "reprise/sim/real/address.h"
#include "reprise/sim/real/connection.h"
#include "reprise/sim/real/event_loop.h"
#include "reprise/sim/real/tcp_connection.h"

namespace reprise {
namespace {

using Tcp = asio::ip::tcp;

// How long it rests where the system has no descriptors left, say.
constexpr std::chrono::milliseconds kRest{100};

// What is pending refers to it.
class Acceptor : public std::enable_shared_from_this<Acceptor> {
 public:
  Acceptor(ConnectionPool& pool, Listener::Accept accept)
      : pool_(pool),
        accept_(std::move(accept)),
        acceptor_(pool.loop.io()),
        timer_(pool.loop.io()) {}

  absl::Status Open(const Address& address) {
    asio::error_code error;
    Tcp::resolver resolver(pool_.loop.io());
    const Tcp::resolver::results_type found =
        resolver.resolve(address.host, std::to_string(address.port),
                         Tcp::resolver::passive, error);
    if (error || found.empty()) {
      return absl::InvalidArgumentError(
          absl::StrCat("cannot look up ", address.host, ": ", error.message()));
    }
    const Tcp::endpoint endpoint = found.begin()->endpoint();
    acceptor_.open(endpoint.protocol(), error);
    if (!error) acceptor_.set_option(Tcp::acceptor::reuse_address(true), error);
    if (!error) acceptor_.bind(endpoint, error);
    if (!error) acceptor_.listen(Tcp::acceptor::max_listen_connections, error);
    if (error) {
      return absl::UnavailableError(absl::StrCat(
          "cannot listen at ", address.ToString(), ": ", error.message()));
    }
    address_ = {address.host, acceptor_.local_endpoint().port()};
    AcceptNext();
    return absl::OkStatus();
  }

  void Close() {
    is_closed_ = true;
    asio::error_code ignored;
    acceptor_.close(ignored);
    timer_.cancel();
  }

  const Address& address() const { return address_; }

 private:
  void AcceptNext() {
    acceptor_.async_accept(
        [self = shared_from_this()](const asio::error_code& error,
                                    Tcp::socket socket) {
          if (self->is_closed_) return;
          if (error) {
            self->AcceptLater();
            return;
          }
          self->Take(std::move(socket));
          self->AcceptNext();
        });
  }

  void AcceptLater() {
    timer_.expires_after(kRest);
    timer_.async_wait([self = shared_from_this()](const asio::error_code&) {
      if (!self->is_closed_) self->AcceptNext();
    });
  }

  void Take(Tcp::socket socket) {
    asio::error_code is_gone;
    const Tcp::endpoint from = socket.remote_endpoint(is_gone);
    if (is_gone) return;
    accept_(std::make_shared<TcpConnection>(
        pool_, std::move(socket),
        Address{from.address().to_string(), from.port()}));
  }

  ConnectionPool& pool_;
  const Listener::Accept accept_;
  Tcp::acceptor acceptor_;
  asio::steady_timer timer_;
  Address address_;
  bool is_closed_ = false;
};

class TcpListener final : public Listener {
 public:
  explicit TcpListener(std::shared_ptr<Acceptor> acceptor)
      : acceptor_(std::move(acceptor)) {}
  ~TcpListener() override { acceptor_->Close(); }

  const Address& address() const override { return acceptor_->address(); }

 private:
  const std::shared_ptr<Acceptor> acceptor_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Listener>> Listener::Listen(
    ConnectionPool& pool, const Address& address, Accept accept) {
  auto acceptor = std::make_shared<Acceptor>(pool, std::move(accept));
  const absl::Status status = acceptor->Open(address);
  if (!status.ok()) return status;
  return std::make_unique<TcpListener>(std::move(acceptor));
}

}  // namespace reprise
