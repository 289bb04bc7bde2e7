// What others do to a node of a real network costs nobody else.

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/future.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/bytes.h"
#include "reprise/sim/env/call_future.h"
#include "reprise/sim/env/network.h"
#include "reprise/sim/real/address.h"
#include "reprise/sim/real/frame.h"
#include "reprise/sim/real/testing/real_network_fixture.h"

namespace reprise {
namespace {

using testing::Contains;
using testing::HasSubstr;

// A plain socket that is connected to the server.
class Stranger {
 public:
  explicit Stranger(const Address& address)
      : socket_(socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in to = {};
    to.sin_family = AF_INET;
    to.sin_port = htons(address.port);
    inet_pton(AF_INET, address.host.c_str(), &to.sin_addr);
    EXPECT_EQ(connect(socket_, reinterpret_cast<sockaddr*>(&to), sizeof(to)),
              0);
  }
  ~Stranger() { close(socket_); }
  Stranger(const Stranger&) = delete;

  // Sends as much as the other side takes; returns how much that was.
  size_t Say(std::string_view bytes) {
    const ssize_t sent =
        send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    return sent > 0 ? static_cast<size_t>(sent) : 0;
  }
  // Whether the other side has closed the connection.
  bool IsClosed() {
    char buffer[4096];
    for (;;) {
      const ssize_t got = recv(socket_, buffer, sizeof(buffer), MSG_DONTWAIT);
      if (got > 0) continue;
      return got == 0 || errno == ECONNRESET;
    }
  }

 private:
  int socket_;
};

std::string Hello(std::string_view name) {
  std::string hello;
  AppendFrame(
      {.kind = FrameKind::kHello, .name = name, .payload = kFrameProtocol},
      hello);
  return hello;
}

class HostilePeersTest : public RealNetworkTest {
 protected:
  // Whether the server still answers a client.
  void ExpectServed(RealHost& client) {
    const CallOptions options{.deadline = Seconds(5)};
    EXPECT_EQ(*client.net().Call(kServer, "echo", "still", options), "still");
  }
};

TEST_F(HostilePeersTest, GarbageClosesItsConnectionAlone) {
  RealHost& server = AddServer();
  RealHost& client = AddClient(server);
  RunOn(client, [&] {
    ExpectServed(client);
    for (const std::string_view garbage :
         {"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
          "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"
          "\xff\xff\xff\xff\xff\xff\xff\xff"}) {
      Stranger stranger(*server.network->address());
      stranger.Say(garbage);
      EXPECT_TRUE(WaitFor([&] { return stranger.IsClosed(); }));
    }
    ExpectServed(client);
    EXPECT_THAT(server.reports,
                Contains(HasSubstr("what arrived is no message of Reprise")));
  });
}

TEST_F(HostilePeersTest, OneWhoSaysNoNameIsNotServed) {
  RealHost& server = AddServer();
  RealHost& client = AddClient(server);
  RunOn(client, [&] {
    Stranger stranger(*server.network->address());
    std::string request;
    AppendFrame({.kind = FrameKind::kRequest, .call = 1, .name = "sleep"},
                request);
    stranger.Say(request);
    EXPECT_TRUE(WaitFor([&] { return stranger.IsClosed(); }));
    EXPECT_EQ(sleeping_, 0);
    ExpectServed(client);
  });
}

TEST_F(HostilePeersTest, AnOversizedMessageClosesItsConnection) {
  RealHost& server = AddServer({.message_bytes = 1000});
  RealHost& client = AddClient(server);
  RunOn(client, [&] {
    const absl::Status status =
        client.net().Call(kServer, "echo", Bytes(2000, 'x')).status();
    EXPECT_TRUE(absl::IsUnavailable(status)) << status;
    EXPECT_THAT(server.reports, Contains(HasSubstr("a message of 2004 bytes")));
    EXPECT_TRUE(WaitFor(
        [&] { return client.net().Call(kServer, "echo", "short").ok(); }));
  });
}

TEST_F(HostilePeersTest, AnOversizedReplyIsAnError) {
  RealHost& server = AddServer({.message_bytes = 1000});
  server.net().Serve("much", [](NodeId, Bytes) { return Bytes(2000, 'x'); });
  RealHost& client = AddClient(server);
  RunOn(client, [&] {
    EXPECT_TRUE(
        absl::IsUnavailable(client.net().Call(kServer, "much", "").status()));
    ExpectServed(client);
  });
}

TEST_F(HostilePeersTest, SilentAndStallingPeersAreClosed) {
  RealHost& server =
      AddServer({.hello = Milliseconds(100), .stall = Milliseconds(100)});
  RealHost& client = AddClient(server);
  RunOn(client, [&] {
    Stranger silent(*server.network->address());
    Stranger stalling(*server.network->address());
    stalling.Say(Hello("stalling"));
    stalling.Say("half");
    EXPECT_TRUE(WaitFor([&] { return silent.IsClosed(); }));
    EXPECT_TRUE(WaitFor([&] { return stalling.IsClosed(); }));
    ExpectServed(client);
    EXPECT_THAT(server.reports, Contains(HasSubstr("does not say who it is")));
    EXPECT_THAT(server.reports, Contains(HasSubstr("it stalls")));
  });
}

TEST_F(HostilePeersTest, AFloodOfRequestsWaitsAtItsSender) {
  RealHost& server = AddServer({.requests_in_progress = 10});
  RealHost& client = AddClient(server);
  RunOn(client, [&] {
    Stranger flooder(*server.network->address());
    std::string flood = Hello("flooder");
    for (int i = 0; i < 1000; ++i) {
      AppendFrame({.kind = FrameKind::kRequest,
                   .call = static_cast<uint64_t>(i),
                   .name = "sleep"},
                  flood);
    }
    flooder.Say(flood);
    EXPECT_TRUE(WaitFor([&] { return sleeping_ == 10; }));
    ExpectServed(client);
    EXPECT_EQ(sleeping_, 10);
    EXPECT_FALSE(flooder.IsClosed());
  });
}

TEST_F(HostilePeersTest, ASlowReaderIsNotReadFromAndThenClosed) {
  RealHost& server =
      AddServer({.unsent_bytes = 1 << 20, .stall = Milliseconds(500)});
  int answered = 0;
  server.net().Serve("much", [&](NodeId, Bytes) {
    ++answered;
    return Bytes(1 << 20, 'x');
  });
  RealHost& client = AddClient(server);
  RunOn(client, [&] {
    Stranger slow(*server.network->address());
    std::string requests = Hello("slow");
    for (int i = 1; i <= 500; ++i) {
      AppendFrame({.kind = FrameKind::kRequest,
                   .call = static_cast<uint64_t>(i),
                   .name = "much"},
                  requests);
    }
    slow.Say(requests);
    EXPECT_TRUE(WaitFor([&] { return answered > 0; }));
    ExpectServed(client);
    EXPECT_LT(answered, 500) << "all answers were made for one who takes none";
    EXPECT_TRUE(WaitFor([&] {
      return testing::Matches(Contains(HasSubstr("it stalls")))(server.reports);
    }));
  });
}

TEST_F(HostilePeersTest, NothingMoreIsReadWhereTooMuchIsBuffered) {
  RealHost& server = AddServer({.buffered_bytes = 10'000});
  Future<bool> release;
  server.net().Serve("hold", [&](NodeId, Bytes) {
    ++sleeping_;
    release.Get();
    return Bytes();
  });
  RealHost& client = AddClient(server);
  RunOn(client, [&] {
    std::vector<CallFuture> held;
    for (int i = 0; i < 3; ++i) {
      held.push_back(
          client.net().StartCall(kServer, "hold", Bytes(5'000, 'x')));
    }
    EXPECT_TRUE(WaitFor([&] { return sleeping_ == 2; }));
    RealHost& other = Add({.name = "other", .members = {server.AsMember()}});
    CallFuture waiting = other.net().StartCall(kServer, "echo", "later");
    EXPECT_FALSE(waiting.WaitUntil(loop_.Now() + Milliseconds(200)));
    release.Set(true);
    for (CallFuture& call : held) EXPECT_TRUE(call.Get().ok());
    EXPECT_EQ(*waiting.Get(), "later");
  });
}

TEST_F(HostilePeersTest, MoreConnectionsThanAllowedAreTurnedAway) {
  RealHost& server = AddServer({.connections = 3});
  RealHost& client = AddClient(server);
  RunOn(client, [&] {
    ExpectServed(client);
    std::vector<std::unique_ptr<Stranger>> strangers;
    for (int i = 0; i < 10; ++i) {
      strangers.push_back(
          std::make_unique<Stranger>(*server.network->address()));
    }
    EXPECT_TRUE(WaitFor([&] {
      int closed = 0;
      for (const auto& stranger : strangers) closed += stranger->IsClosed();
      return closed == 8;
    }));
    ExpectServed(client);
    EXPECT_THAT(server.reports, Contains(HasSubstr("turned away")));
    strangers.clear();
    RealHost& other = Add({.name = "other", .members = {server.AsMember()}});
    EXPECT_TRUE(WaitFor([&] {
      return other.net().Call(kServer, "echo", "now").ok();
    })) << "the places of those that have gone are free";
  });
}

TEST_F(HostilePeersTest, OneWhoHangsUpBetweenMessagesIsNotReported) {
  RealHost& server = AddServer();
  RealHost& client = AddClient(server);
  RunOn(client, [&] {
    {
      Stranger polite(*server.network->address());
      polite.Say(Hello("polite"));
      SleepFor(Milliseconds(20));
      EXPECT_FALSE(polite.IsClosed()) << "and reads what it was told";
    }
    ExpectServed(client);
    EXPECT_THAT(server.reports, testing::IsEmpty());
    {
      Stranger rude(*server.network->address());
      rude.Say(Hello("rude").substr(0, 30));
      SleepFor(Milliseconds(20));
    }
    EXPECT_TRUE(WaitFor([&] { return !server.reports.empty(); }));
  });
}

}  // namespace
}  // namespace reprise
