#include "reprise/sim/real/real_network.h"

#include <cstddef>
#include <optional>
#include <string>
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
#include "reprise/sim/env/network.h"
#include "reprise/sim/real/address.h"
#include "reprise/sim/real/testing/real_network_fixture.h"

namespace reprise {
namespace {

using testing::HasSubstr;

TEST_F(RealNetworkTest, ACallIsAnswered) {
  RealHost& server = AddServer();
  RealHost& client = AddClient(server);
  RunOn(client, [&] {
    EXPECT_EQ(*client.net().Resolve("server"), kServer);
    for (const size_t size : {size_t{0}, size_t{5}, size_t{3} << 20}) {
      const Bytes request(size, 'r');
      EXPECT_EQ(*client.net().Call(kServer, "echo", request), request);
    }
  });
}

TEST_F(RealNetworkTest, ManyCallsGoOnAtOnce) {
  RealHost& server = AddServer();
  RealHost& client = AddClient(server);
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
  RealHost& server = AddServer();
  server.net().Serve("fail", [](NodeId, Bytes) -> absl::StatusOr<Bytes> {
    return absl::FailedPreconditionError("not now");
  });
  RealHost& client = AddClient(server);
  RunOn(client, [&] {
    EXPECT_EQ(client.net().Call(kServer, "fail", "").status(),
              absl::FailedPreconditionError("not now"));
    EXPECT_EQ(client.net().Call(kServer, "none", "").status(),
              absl::UnimplementedError("node server does not serve none"));
    EXPECT_TRUE(absl::IsNotFound(client.net().Resolve("nobody").status()));
  });
}

TEST_F(RealNetworkTest, ANodeCallsItself) {
  RealHost& server = AddServer();
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
  RealHost& server = AddServer();
  Future<std::string> arrived;
  server.net().Receive("note", [&](NodeId from, Bytes message) {
    EXPECT_EQ(from, NodeId(1));
    arrived.Set(message);
  });
  RealHost& client = AddClient(server);
  RunOn(client, [&] {
    client.net().Send(kServer, "note", "hello");
    EXPECT_EQ(arrived.Get(), "hello");
  });
}

TEST_F(RealNetworkTest, AServerCallsBackAClientWithoutAnAddress) {
  RealHost& server = AddServer();
  server.net().Serve("call-me", [&](NodeId from, Bytes) {
    return server.net().Call(from, "name", "");
  });
  RealHost& client = AddClient(server);
  client.net().Serve("name", [](NodeId from, Bytes) {
    EXPECT_EQ(from, kServer);
    return Bytes("client");
  });
  RunOn(client, [&] {
    EXPECT_EQ(*client.net().Call(kServer, "call-me", ""), "client");
  });
}

TEST_F(RealNetworkTest, ADeadlineEndsACall) {
  RealHost& server = AddServer();
  RealHost& client = AddClient(server);
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
  RealHost& server = AddServer();
  RealHost& client = AddClient(server);
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
  RealHost& server = AddServer();
  RealHost& client = AddClient(server);
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
  RealHost& server = AddServer();
  RealHost& client = Add(
      {.name = "client", .members = {{"other", *server.network->address()}}});
  RunOn(client, [&] {
    const absl::Status status =
        client.net().Call(NodeId(0), "echo", "").status();
    EXPECT_THAT(std::string(status.message()),
                HasSubstr("it is node server, not other"));
  });
}

TEST_F(RealNetworkTest, DrainsWhatIsInProgressAndTakesNothingNew) {
  RealHost& server = AddServer();
  Future<bool> release;
  server.net().Serve("wait", [&](NodeId, Bytes) {
    ++sleeping_;
    release.Get();
    return Bytes("done");
  });
  RealHost& client = AddClient(server);
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
  RealHost& server = AddServer();
  RealHost& client = AddClient(server);
  CallFuture call;
  RunOn(client, [&] {
    call = client.net().StartCall(kServer, "sleep", "");
    EXPECT_TRUE(WaitFor([&] { return sleeping_ == 1; }));
  });
  client.Stop();
  EXPECT_TRUE(call.IsDone());
}

TEST_F(RealNetworkTest, TellsWhereItCannotListen) {
  RealHost& server = AddServer();
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
