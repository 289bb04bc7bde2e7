#include "reprise/sim/explore/shrink/failure_class.h"

#include <string>
#include <utility>

#include "gtest/gtest.h"
#include "reprise/sim/explore/trial/verdict.h"

namespace reprise {
namespace {

FailureClass Of(std::string property, std::string message) {
  return ClassOf({.kind = VerdictKind::kViolated,
                  .property = std::move(property),
                  .message = std::move(message)});
}

TEST(FailureClass, IsEmptyWhereNothingIsViolated) {
  EXPECT_EQ(ClassOf({.kind = VerdictKind::kUndecided, .message = "no time"}),
            FailureClass());
}

TEST(FailureClass, LeavesOutFiguresNamesAndQuotedText) {
  EXPECT_EQ(Of("memory-bound",
               "the server came to hold 501 626 466 bytes at 0.032 882 s; at "
               "most 100 are allowed.")
                .shape,
            "the server came to hold # at #; at most # are allowed.");
  EXPECT_EQ(Of("one-holder", "clerk-3 holds lock7 at epoch 0b1f").shape,
            "clerk-# holds lock# at epoch #");
}

TEST(FailureClass, TakesALongTextForAShortOne) {
  EXPECT_EQ(Of("value-check", "held \"x 0 ... 9 y\" (48500 bytes), not \"\""),
            Of("value-check", "held \"a \\\" b\", not \"x\""));
}

TEST(FailureClass, KeepsHowOperationsContradict) {
  const std::string stale =
      "key \"4\": client 2 read \"\" although client 2 had already put \"x\"";
  const std::string forked =
      "key \"4\": client 4 appended \"a\" to \"b\" and client 2 appended \"c\" "
      "to \"b\", of which neither continues the other";
  EXPECT_NE(Of("linearizability", stale), Of("linearizability", forked));
  EXPECT_NE(Of("linearizability", stale), Of("value-check", stale));
}

TEST(FailureClass, OfACrashHasTheTopmostThreeFunctions) {
  const std::string message =
      "node server-2, task \"kv\" was ended by signal 6 (Aborted) at 0.5 s, "
      "step 12\n"
      "    reprise::CheckFailed<>()\n"
      "    Server::Apply()\n"
      "    Server::Run()::{lambda()#3}::operator()()\n"
      "    Start()\n"
      "    main\n"
      "  it printed:\n"
      "    seed 7\n";
  EXPECT_EQ(Of("no-crash", message).shape,
            "node server-#, task ... was ended by signal # (Aborted) at #, "
            "step # < Server::Apply() < "
            "Server::Run()::{lambda()##}::operator()() < Start()");
}

TEST(FailureClass, OfAnExceptionHasItsText) {
  EXPECT_NE(Of("no-crash", "task \"a\" threw std::runtime_error: no luck"),
            Of("no-crash", "task \"a\" threw std::runtime_error: no time"));
}

TEST(FailureClass, OfADeadlockHasWhatIsWaitedForOnceEach) {
  const std::string many =
      "nothing is left to happen, but tasks still wait\n"
      "  server: task \"boot\" waits for the end of its node\n"
      "  server: task \"kv\" waits for mutex log\n"
      "  server: task \"kv\" waits for mutex index\n"
      "  server: task \"kv\" waits for mutex log\n"
      "  clerk-0: task \"main\" waits for a reply to kv #9\n";
  const std::string few =
      "nothing is left to happen, but tasks still wait\n"
      "  server: task \"kv\" waits for mutex index\n"
      "  server: task \"kv\" waits for mutex log\n";
  EXPECT_EQ(Of("no-deadlock", many).shape,
            "server: task ... waits for mutex index; "
            "server: task ... waits for mutex log");
  EXPECT_EQ(Of("no-deadlock", few), Of("no-deadlock", many));
}

TEST(FailureClass, OfWaitsThatAreConsequencesHasThem) {
  EXPECT_EQ(Of("liveness",
               "the work was not done 10 s later.\n"
               "  client 0 waits for operation #14\n")
                .shape,
            "client # waits for operation ##");
}

}  // namespace
}  // namespace reprise
