// Histories of operations of any name, in each format.

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "reprise/checker/formats/call_recording.h"
#include "reprise/checker/formats/reader.h"
#include "reprise/checker/formats/reader_options.h"
#include "reprise/checker/value/call_history.h"
#include "reprise/checker/value/edn_value.h"

namespace reprise::checker {
namespace {

// The operations of the first history, a line each, or the error.
std::string Read(std::string_view text, const ReaderOptions& options = {}) {
  HistoryReader reader = HistoryReader::OfText(text, "a", options);
  CallRecording recording;
  const absl::StatusOr<bool> more = reader.NextCalls(recording);
  if (!more.ok()) return std::string(more.status().message());
  std::string found;
  for (OperationId id = 0; id < recording.history.size(); ++id) {
    const CallHistory::Operation& operation = recording.history[id];
    absl::StrAppend(&found, operation.client, " ", recording.history.TextOf(id),
                    operation.ending == Ending::kFailed ? " failed" : "", " ",
                    operation.call, "..");
    if (operation.ret != kNever) absl::StrAppend(&found, operation.ret);
    found += "\n";
  }
  return found;
}

TEST(CallReadingTest, ReadsEdnOfAnyOperation) {
  EXPECT_EQ(Read("{:process 0, :type :invoke, :f :enqueue, :value [1 2]}\n"
                 "{:process 1, :type :invoke, :f :dequeue, :value nil}\n"
                 "{:process 1, :type :ok, :f :dequeue, :value (1 2)}\n"
                 "{:process 0, :type :info, :f :enqueue, :value [1 2]}\n"
                 "{:process 1, :type :invoke, :f :dequeue, :value nil}\n"
                 "{:process 1, :type :fail, :f :dequeue, :error :empty}\n"),
            "0 enqueue([1 2]) = ? 0..\n"
            "1 dequeue() = [1 2] 1..2\n"
            "1 dequeue() = ? failed 3..4\n");
}

TEST(CallReadingTest, FindsKeysInFieldsAndTuples) {
  EXPECT_EQ(Read("{:process 0, :type :invoke, :f :add, :key \"s\", :value 1}\n"
                 "{:process 0, :type :ok, :f :add, :key \"s\", :value 1}\n"),
            "0 add(\"s\", 1) = 1 0..1\n");
  EXPECT_EQ(Read("{:process 0, :type :invoke, :f :add, :value #t/tuple [7 1]}\n"
                 "{:process 0, :type :ok, :f :add, :value #t/tuple [7 1]}\n"),
            "0 add(\"7\", 1) = 1 0..1\n");
  EXPECT_EQ(Read("{:process 0, :type :invoke, :f :pop, :value [7 nil]}\n"
                 "{:process 0, :type :ok, :f :pop, :value [7 1]}\n"),
            "0 pop(\"7\") = 1 0..1\n");
  // A pair that asks for nothing is an argument.
  EXPECT_EQ(Read("[0 :invoke :use [5 7]][0 :ok :use [5 7]]"),
            "0 use([5 7]) = [5 7] 0..1\n");
  // Unless its answer is something else under the same key, or the model takes
  // no vectors.
  EXPECT_EQ(Read("[0 :invoke :contains [5 7]][0 :ok :contains [5 true]]"),
            "0 contains(\"5\", 7) = true 0..1\n");
  EXPECT_EQ(Read("[0 :invoke :use [5 7]][0 :ok :use [5 7]]",
                 {.takes_vectors = false}),
            "0 use(\"5\", 7) = 7 0..1\n");
  EXPECT_EQ(
      Read("[0 :invoke :use [5 7]][0 :ok :use true]", {.takes_vectors = false}),
      "0 use(\"5\", 7) = true 0..1\n");
  EXPECT_EQ(Read("[0 :invoke :use [5 7]][1 :invoke :use 7]",
                 {.takes_vectors = false}),
            "0 use([5 7]) = ? 0..\n1 use(7) = ? 1..\n");
  // A question whose answer has no key may as well be an argument.
  EXPECT_EQ(Read("[0 :invoke :pop [7 nil]]\n[0 :ok :pop 1]"),
            "a:2: found :value '1', expected [key value], as in every call");
  // The answer is no tuple of that key: these are plain values.
  EXPECT_EQ(Read("{:process 0, :type :invoke, :f :use, :value [7 1]}\n"
                 "{:process 0, :type :ok, :f :use, :value true}\n"),
            "0 use([7 1]) = true 0..1\n");
}

TEST(CallReadingTest, ReadsJsonLinesInTheOrderOfTheirTimes) {
  EXPECT_EQ(
      Read(R"({"client":1,"op":"take","call":5,"return":9,"output":[1,"a"]})"
           "\n"
           R"({"client":0,"op":"put","key":"q","value":7,"call":1,"return":6})"
           "\n"
           R"({"client":2,"op":"take","call":7,"return":null})"
           "\n"
           R"({"client":3,"op":"lock","call":8,"return":10,"failed":true})"
           "\n"),
      "0 put(\"q\", 7) 0..2\n"
      "1 take() = [1 \"a\"] 1..5\n"
      "2 take() = ? 3..\n"
      "3 lock() = ? failed 4..6\n");
}

TEST(CallReadingTest, ReadsWhatNilMeansAndOtherNames) {
  const std::string_view line =
      R"({"client":1,"op":"final-read","call":1,"return":2})";
  const std::vector<Alias> aliases = {{"final-read", "read"}};
  EXPECT_EQ(Read(line, {.aliases = aliases}), "1 read() = nil 0..1\n");
  EXPECT_EQ(Read(line, {.nil = NilMeaning::kUnknown, .aliases = aliases}),
            "1 read() = ? 0..\n");
  EXPECT_EQ(
      Read(line,
           {.initial = "[3]", .nil = NilMeaning::kInitial, .aliases = aliases}),
      "1 read() = [3] 0..1\n");
}

TEST(CallReadingTest, NilMeansSomethingInReadsAlone) {
  EXPECT_EQ(Read("[0 :invoke :acquire nil][0 :ok :acquire nil]",
                 {.nil = NilMeaning::kUnknown}),
            "0 acquire() = nil 0..1\n");
  EXPECT_EQ(Read("[0 :invoke :dequeue nil][0 :ok :dequeue nil]",
                 {.initial = "[7]", .nil = NilMeaning::kInitial}),
            "0 dequeue() = nil 0..1\n");
}

TEST(CallReadingTest, RefusesWhatItCannotHold) {
  const std::string deep(20'000, '[');
  const std::string shallow(20'000, ']');
  EXPECT_EQ(Read("{\"client\":0,\"op\":\"add\",\"value\":" + deep + shallow +
                 ",\"call\":1,\"return\":2}"),
            "a:1: found values more than 100 deep, expected fewer inside of "
            "each other");
  EXPECT_EQ(Read(R"({"client":0,"op":"add","value":["1e5",)"
                 R"(123456789012345678901],"call":1,"return":2})"),
            "a:1: found the number '123456789012345678901', expected an "
            "integer of 64 bits");
  EXPECT_EQ(Read("[0 :invoke :add #t/tuple [1 5 6]]"),
            "a:1: found :value '#t/tuple [1 5 6]', expected [key value]");
}

TEST(CallReadingTest, RefusesWhatIsNoCall) {
  const auto line = [](std::string_view fields) {
    return Read(absl::StrCat(R"({"client":1,"op":"add","call":3,)",
                             std::string(fields), "}"));
  };
  EXPECT_EQ(line(R"("return":2)"),
            "a:1: found a return at 2, expected one at or after the call at 3");
  EXPECT_EQ(line(R"("return":5,"value":1,"value":2)"),
            "a:1: found the field 'value' twice, expected it once");
  EXPECT_EQ(line(R"("return":null,"output":2)"),
            "a:1: found \"output\" in an operation that never returned, "
            "expected none");
  EXPECT_EQ(line(R"("return":null,"failed":true)"),
            "a:1: found \"failed\" in an operation that never returned, "
            "expected none");
  EXPECT_EQ(line(R"("return":5,"failed":1)"),
            "a:1: \"failed\": found '1', expected true or false");
  EXPECT_EQ(
      line(R"("return":99999999999999999999)"),
      "a:1: found the number '99999999999999999999', expected an integer of 64 "
      "bits");
  EXPECT_EQ(line(R"("return":5,"colour":1)"),
            "a:1: found the field 'colour', expected one of client, op, key, "
            "value, output, failed, call, return, id");
}

}  // namespace
}  // namespace reprise::checker
