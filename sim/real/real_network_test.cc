#include "reprise/sim/real/real_network.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/future.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/scheduler.h"
#include "reprise/sim/core/task.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/bytes.h"
#include "reprise/sim/env/call_future.h"
#include "reprise/sim/real/address.h"
#include "reprise/sim/real/event_loop.h"
#include "reprise/sim/real/frame.h"

namespace reprise {
namespace {

using testing::Contains;
using testing::HasSubstr;

const Address kAnyPort = {"127.0.0.1", 0};

// A network with the tasks that use it.
struct Host {
  Host(EventLoop& loop, RealNetworkOptions options)
      : loop(loop), tasks(options.name) {
    options.report = [this](std::string_view line) {
      reports.emplace_back(line);
    };
    absl::StatusOr<std::unique_ptr<RealNetwork>> opened =
        RealNetwork::Open(loop, tasks, std::move(options));
    EXPECT_TRUE(opened.ok()) << opened.status();
    network = *std::move(opened);
  }
  ~Host() { Stop(); }
  void Stop() {
    loop.scheduler().Kill(tasks);
    network->End();
  }
  void Spawn(std::function<void()> body) {
    loop.scheduler().Spawn(tasks, "test", std::move(body));
  }
  Network& net() { return *network; }
  RealMember AsMember() const {
    return {std::string(tasks.name()), *network->address()};
  }

  EventLoop& loop;
  TaskGroup tasks;
  std::unique_ptr<RealNetwork> network;
  std::vector<std::string> reports;
};

class RealNetworkTest : public testing::Test {
 protected:
  ~RealNetworkTest() override {
    for (const auto& host : hosts_) host->Stop();
    loop_.scheduler().Shutdown();
  }

  Host& Add(RealNetworkOptions options) {
    hosts_.push_back(std::make_unique<Host>(loop_, std::move(options)));
    return *hosts_.back();
  }
  // Answers "echo" with what it is asked, and "sleep" never.
  Host& AddServer(const RealLimits& limits = {}, Address listen = kAnyPort) {
    Host& server = Add({.name = "server", .listen = listen, .limits = limits});
    server.net().Serve("echo", [](NodeId, Bytes request) { return request; });
    server.net().Serve("sleep", [this](NodeId, Bytes) -> absl::StatusOr<Bytes> {
      ++sleeping_;
      loop_.scheduler().Park({.what = "nothing", .is_rest = true});
      return Bytes();
    });
    return server;
  }
  Host& AddClient(const Host& server, const RealLimits& limits = {}) {
    return Add(
        {.name = "client", .members = {server.AsMember()}, .limits = limits});
  }
  // Runs `body` as a task of `host` until it has ended.
  void RunOn(Host& host, std::function<void()> body) {
    host.Spawn([this, body = std::move(body)] {
      body();
      loop_.Stop();
    });
    EXPECT_TRUE(loop_.Run().ok());
  }
  void SleepFor(Duration duration) {
    loop_.scheduler().SleepUntil(loop_.Now() + duration);
  }
  // Lets others run until `condition` holds, for some seconds.
  bool WaitFor(const std::function<bool()>& condition) {
    for (int i = 0; i < 1000 && !condition(); ++i) SleepFor(Milliseconds(10));
    return condition();
  }

  EventLoop loop_;
  int sleeping_ = 0;
  std::vector<std::unique_ptr<Host>> hosts_;
};

constexpr NodeId kServer{0};

TEST_F(RealNetworkTest, ACallIsAnswered) {
  Host& server = AddServer();
  Host& client = AddClient(server);
  RunOn(client, [&] {
    EXPECT_EQ(*client.net().Resolve("server"), kServer);
    for (const size_t size : {size_t{0}, size_t{5}, size_t{3} << 20}) {
      const Bytes request(size, 'r');
      EXPECT_EQ(*client.net().Call(kServer, "echo", request), request);
    }
  });
}

TEST_F(RealNetworkTest, ManyCallsGoOnAtOnce) {
  Host& server = AddServer();
  Host& client = AddClient(server);
  RunOn(client, [&] {
    std::vector<CallFuture> calls;
    for (int i = 0; i < 5000; ++i) {
      calls.push_back(
          client.net().StartCall(kServer, "echo", std::to_string(i)));
    }
    for (int i = 0; i < 5000; ++i)
      EXPECT_EQ(*calls[i].Get(), std::to_string(i));
  });
}

TEST_F(RealNetworkTest, ErrorsCrossTheNetwork) {
  Host& server = AddServer();
  server.net().Serve("fail", [](NodeId, Bytes) -> absl::StatusOr<Bytes> {
    return absl::FailedPreconditionError("not now");
  });
  Host& client = AddClient(server);
  RunOn(client, [&] {
    EXPECT_EQ(client.net().Call(kServer, "fail", "").status(),
              absl::FailedPreconditionError("not now"));
    EXPECT_EQ(client.net().Call(kServer, "none", "").status(),
              absl::UnimplementedError("node server does not serve none"));
    EXPECT_TRUE(absl::IsNotFound(client.net().Resolve("nobody").status()));
  });
}

TEST_F(RealNetworkTest, ANodeCallsItself) {
  Host& server = AddServer();
  RunOn(server, [&] {
    EXPECT_EQ(*server.net().Call(server.network->id(), "echo", "me"), "me");
    EXPECT_TRUE(absl::IsUnimplemented(
        server.net().Call(server.network->id(), "none", "").status()));
    CallFuture dropped =
        server.net().StartCall(server.network->id(), "echo", "dropped");
    dropped = CallFuture();
    loop_.scheduler().Yield();
  });
}

TEST_F(RealNetworkTest, AMessageArrivesAndIsNotAnswered) {
  Host& server = AddServer();
  Future<std::string> arrived;
  server.net().Receive("note", [&](NodeId from, Bytes message) {
    EXPECT_EQ(from, NodeId(1));
    arrived.Set(message);
  });
  Host& client = AddClient(server);
  RunOn(client, [&] {
    client.net().Send(kServer, "note", "hello");
    EXPECT_EQ(arrived.Get(), "hello");
  });
}

TEST_F(RealNetworkTest, AServerCallsBackAClientWithoutAnAddress) {
  Host& server = AddServer();
  server.net().Serve("call-me", [&](NodeId from, Bytes) {
    return server.net().Call(from, "name", "");
  });
  Host& client = AddClient(server);
  client.net().Serve("name", [](NodeId from, Bytes) {
    EXPECT_EQ(from, kServer);
    return Bytes("client");
  });
  RunOn(client, [&] {
    EXPECT_EQ(*client.net().Call(kServer, "call-me", ""), "client");
  });
}

TEST_F(RealNetworkTest, ADeadlineEndsACall) {
  Host& server = AddServer();
  Host& client = AddClient(server);
  RunOn(client, [&] {
    const VirtualTime begin = loop_.Now();
    EXPECT_TRUE(absl::IsDeadlineExceeded(
        client.net()
            .Call(kServer, "sleep", "", {.deadline = Milliseconds(20)})
            .status()));
    EXPECT_GE(loop_.Now() - begin, Milliseconds(20));
    EXPECT_LT(loop_.Now() - begin, Seconds(5));
  });
}

TEST_F(RealNetworkTest, ABrokenConnectionFailsItsCallsAndTheNextDialsAgain) {
  Host& server = AddServer();
  Host& client = AddClient(server);
  RunOn(client, [&] {
    CallFuture call = client.net().StartCall(kServer, "sleep", "");
    EXPECT_TRUE(WaitFor([&] { return sleeping_ == 1; }));
    const Address address = *server.network->address();
    server.Stop();
    EXPECT_TRUE(absl::IsUnavailable(call.Get().status()));
    EXPECT_TRUE(
        absl::IsUnavailable(client.net().Call(kServer, "echo", "").status()))
        << "nobody listens";
    AddServer({}, address);
    EXPECT_TRUE(
        WaitFor([&] { return client.net().Call(kServer, "echo", "").ok(); }));
  });
}

TEST_F(RealNetworkTest, DialsLessAndLessOftenWhereNobodyIs) {
  Host& server = AddServer();
  Host& client = AddClient(server);
  server.Stop();
  RunOn(client, [&] {
    const VirtualTime begin = loop_.Now();
    for (int i = 0; i < 5; ++i) {
      EXPECT_TRUE(
          absl::IsUnavailable(client.net().Call(kServer, "echo", "").status()));
    }
    EXPECT_GE(loop_.Now() - begin, Milliseconds(10 + 20 + 40 + 80));
  });
}

TEST_F(RealNetworkTest, KnowsWhetherItHasDialledTheRightNode) {
  Host& server = AddServer();
  Host& client = Add(
      {.name = "client", .members = {{"other", *server.network->address()}}});
  RunOn(client, [&] {
    const absl::Status status =
        client.net().Call(NodeId(0), "echo", "").status();
    EXPECT_THAT(std::string(status.message()),
                HasSubstr("it is node server, not other"));
  });
}

TEST_F(RealNetworkTest, DrainsWhatIsInProgressAndTakesNothingNew) {
  Host& server = AddServer();
  Future<bool> release;
  server.net().Serve("wait", [&](NodeId, Bytes) {
    ++sleeping_;
    release.Get();
    return Bytes("done");
  });
  Host& client = AddClient(server);
  RunOn(client, [&] {
    CallFuture call = client.net().StartCall(kServer, "wait", "");
    EXPECT_TRUE(WaitFor([&] { return sleeping_ == 1; }));
    server.network->Drain();
    EXPECT_FALSE(server.network->IsDrained());
    EXPECT_EQ(client.net().Call(kServer, "echo", "").status(),
              absl::UnavailableError("node server is stopping"));
    release.Set(true);
    EXPECT_EQ(*call.Get(), "done");
    EXPECT_TRUE(server.network->IsDrained());
  });
}

TEST_F(RealNetworkTest, EndingCancelsItsCalls) {
  Host& server = AddServer();
  Host& client = AddClient(server);
  CallFuture call;
  RunOn(client, [&] {
    call = client.net().StartCall(kServer, "sleep", "");
    EXPECT_TRUE(WaitFor([&] { return sleeping_ == 1; }));
  });
  client.Stop();
  EXPECT_TRUE(call.IsDone());
}

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

class RealNetworkAbuseTest : public RealNetworkTest {
 protected:
  // Whether the server still answers a client.
  void ExpectServed(Host& client) {
    const CallOptions options{.deadline = Seconds(5)};
    EXPECT_EQ(*client.net().Call(kServer, "echo", "still", options), "still");
  }
};

TEST_F(RealNetworkAbuseTest, GarbageClosesItsConnectionAlone) {
  Host& server = AddServer();
  Host& client = AddClient(server);
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

TEST_F(RealNetworkAbuseTest, OneWhoSaysNoNameIsNotServed) {
  Host& server = AddServer();
  Host& client = AddClient(server);
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

TEST_F(RealNetworkAbuseTest, AnOversizedMessageClosesItsConnection) {
  Host& server = AddServer({.message_bytes = 1000});
  Host& client = AddClient(server);
  RunOn(client, [&] {
    const absl::Status status =
        client.net().Call(kServer, "echo", Bytes(2000, 'x')).status();
    EXPECT_TRUE(absl::IsUnavailable(status)) << status;
    EXPECT_THAT(server.reports, Contains(HasSubstr("a message of 2004 bytes")));
    EXPECT_TRUE(WaitFor(
        [&] { return client.net().Call(kServer, "echo", "short").ok(); }));
  });
}

TEST_F(RealNetworkAbuseTest, AnOversizedReplyIsAnError) {
  Host& server = AddServer({.message_bytes = 1000});
  server.net().Serve("much", [](NodeId, Bytes) { return Bytes(2000, 'x'); });
  Host& client = AddClient(server);
  RunOn(client, [&] {
    EXPECT_TRUE(
        absl::IsUnavailable(client.net().Call(kServer, "much", "").status()));
    ExpectServed(client);
  });
}

TEST_F(RealNetworkAbuseTest, SilentAndStallingPeersAreClosed) {
  Host& server =
      AddServer({.hello = Milliseconds(100), .stall = Milliseconds(100)});
  Host& client = AddClient(server);
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

TEST_F(RealNetworkAbuseTest, AFloodOfRequestsWaitsAtItsSender) {
  Host& server = AddServer({.requests_in_progress = 10});
  Host& client = AddClient(server);
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

TEST_F(RealNetworkAbuseTest, ASlowReaderIsNotReadFromAndThenClosed) {
  Host& server =
      AddServer({.unsent_bytes = 1 << 20, .stall = Milliseconds(500)});
  int answered = 0;
  server.net().Serve("much", [&](NodeId, Bytes) {
    ++answered;
    return Bytes(1 << 20, 'x');
  });
  Host& client = AddClient(server);
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

TEST_F(RealNetworkAbuseTest, MoreConnectionsThanAllowedAreTurnedAway) {
  Host& server = AddServer({.connections = 3});
  Host& client = AddClient(server);
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
    Host& other = Add({.name = "other", .members = {server.AsMember()}});
    EXPECT_TRUE(WaitFor([&] {
      return other.net().Call(kServer, "echo", "now").ok();
    })) << "the places of those that have gone are free";
  });
}

TEST_F(RealNetworkTest, TellsWhereItCannotListen) {
  Host& server = AddServer();
  TaskGroup tasks("second");
  const absl::Status taken =
      RealNetwork::Open(loop_, tasks,
                        {.name = "second", .listen = server.network->address()})
          .status();
  EXPECT_TRUE(absl::IsUnavailable(taken));
  EXPECT_THAT(std::string(taken.message()),
              HasSubstr(server.network->address()->ToString()));
  const absl::Status unknown =
      RealNetwork::Open(
          loop_, tasks,
          {.name = "second", .listen = Address{"no such host", 1}})
          .status();
  EXPECT_TRUE(absl::IsInvalidArgument(unknown)) << unknown;
}

}  // namespace
}  // namespace reprise
