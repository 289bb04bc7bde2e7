#include "reprise/checker/formats/reader.h"

#include <fstream>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/checker/formats/line_reader.h"
#include "reprise/checker/history/text.h"
#include "reprise/checker/linearizability.h"

namespace reprise::checker {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

RecordedHistory ReadOne(const std::string& text,
                        std::optional<Format> format = std::nullopt) {
  HistoryReader reader =
      HistoryReader::OfText(text, "text", {.format = format});
  RecordedHistory recorded;
  const absl::StatusOr<bool> more = reader.Next(recorded);
  EXPECT_TRUE(more.ok() && *more) << more.status();
  return recorded;
}

std::vector<std::string> Calls(const RecordedHistory& recorded) {
  std::vector<std::string> calls;
  for (OperationId id = 0; id < recorded.history.size(); ++id) {
    calls.push_back(CallText(recorded.history, id));
  }
  return calls;
}

std::string ErrorOf(const std::string& text,
                    std::optional<Format> format = std::nullopt) {
  HistoryReader reader =
      HistoryReader::OfText(text, "text", {.format = format});
  RecordedHistory recorded;
  for (;;) {
    const absl::StatusOr<bool> more = reader.Next(recorded);
    if (!more.ok()) return std::string(more.status().message());
    if (!*more) return "";
  }
}

TEST(ReaderTest, ReadsJsonLines) {
  const RecordedHistory recorded = ReadOne(
      R"({"client":0,"op":"put","key":"k","value":"a","call":10,"return":20}
{"client":1,"op":"get","key":"k","output":"a\u00e9","call":12,"return":31}
{ "return" : null, "call": 30, "value":"b", "key":"k", "op":"append","client":2}
{"client":1,"op":"append","key":"k","value":"c","output":"a","call":31,)"
      R"("return":40}
{"client":3,"op":"cas","key":"k","expected":"x","value":"y","ok":false,)"
      R"("call":32,"return":41}
)");
  EXPECT_THAT(
      Calls(recorded),
      ElementsAre("Put(\"k\", \"a\")", "Get(\"k\") = \"a\u00e9\"",
                  "Append(\"k\", \"b\")", "Append(\"k\", \"c\") = \"a\"",
                  "Cas(\"k\", \"x\" -> \"y\") failed"));
  EXPECT_THAT(recorded.lines, ElementsAre(1, 2, 3, 4, 5));
  EXPECT_EQ(recorded.times[1].ret, 31);
  EXPECT_TRUE(recorded.history[2].IsPending());
}

TEST(ReaderTest, ReadsPorcupinesKvLog) {
  const std::string text =
      R"({:process 0, :type :invoke, :f :put, :key "0", :value "a"}
{:process 1, :type :invoke, :f :get, :key "0", :value nil}
{:process 0, :type :ok, :f :put, :key "0", :value "a"}
{:process 1, :type :ok, :f :get, :key "0", :value ""}
)";
  EXPECT_EQ(RecogniseFormat(text), Format::kPorcupineKv);
  const RecordedHistory recorded = ReadOne(text);
  EXPECT_THAT(Calls(recorded),
              ElementsAre("Put(\"0\", \"a\")", "Get(\"0\") = \"\""));
  EXPECT_EQ(CheckKeyValue(recorded.history, Budget()).outcome, Outcome::kHolds);
}

TEST(ReaderTest, ReadsJepsensRegisters) {
  const std::string text =
      R"({:type :invoke, :f :write, :value 3, :process 0, :index 0}
{:type :invoke, :f :cas, :value [3 4], :process 1, :index 1}
{:type :ok, :f :write, :value 3, :process 0, :index 2}
{:type :info, :f :cas, :value [3 4], :process 1, :index 3, :error {:a [1 2]}}
{:type :info, :f :start, :process :nemesis, :index 4}
{:type :invoke, :f :read, :value nil, :process 0, :index 5}
{:type :ok, :f :read, :value 4, :process 0, :index 6}
)";
  EXPECT_EQ(RecogniseFormat(text), Format::kJepsenEdn);
  const RecordedHistory recorded = ReadOne(text);
  EXPECT_THAT(Calls(recorded), ElementsAre("Put(\"register\", \"3\")",
                                           "Cas(\"register\", \"3\" -> \"4\")",
                                           "Get(\"register\") = \"4\""));
  EXPECT_THAT(recorded.lines, ElementsAre(1, 2, 6));
}

TEST(ReaderTest, ReadsJepsensIndependentKeys) {
  const RecordedHistory recorded =
      ReadOne(R"(#jepsen.history.Op{:process 0, :type :invoke, :f :cas, )"
              R"(:value ["a" [1 2]]}
#jepsen.history.Op{:process 0, :type :fail, :f :cas, :value ["a" [1 2]]}
#jepsen.history.Op{:process 0, :type :invoke, :f :read, :value ["b" nil]}
#jepsen.history.Op{:process 0, :type :ok, :f :read, :value ["b" nil]}
)");
  EXPECT_THAT(Calls(recorded), ElementsAre("Get(\"b\") = \"\""));
}

TEST(ReaderTest, LeavesOutWhatFailed) {
  const std::string failed =
      R"({:process 0, :type :invoke, :f :write, :value 1}
{:process 0, :type :fail, :f :write, :value 1}
{:process 1, :type :invoke, :f :cas, :value [1 2]}
{:process 1, :type :fail, :f :cas, :value [1 2], :error :refused}
{:process 0, :type :invoke, :f :read, :value nil}
)";
  const RecordedHistory dirty =
      ReadOne(failed + "{:process 0, :type :ok, :f :read, :value 1}\n");
  EXPECT_THAT(Calls(dirty), ElementsAre("Get(\"register\") = \"1\""));
  EXPECT_THAT(dirty.lines, ElementsAre(5));
  EXPECT_EQ(CheckKeyValue(dirty.history, Budget()).outcome, Outcome::kViolated);
}

TEST(ReaderTest, ReadsJepsensLogOfEtcd) {
  const std::string text =
      "INFO  jepsen.util - 0\t:invoke\t:write\t3\n"
      "INFO  jepsen.util - 1\t:invoke\t:cas\t[3 4]\n"
      "INFO  jepsen.util - 2\t:invoke\t:read\tnil\n"
      "INFO  jepsen.util - 0\t:info\t:write\t:timed-out\n"
      "INFO  jepsen.util - 1\t:fail\t:cas\t[3 4]\n"
      "INFO  jepsen.util - 2\t:fail\t:read\t:timed-out\n"
      "INFO  jepsen.util - 2\t:invoke\t:read\tnil\n"
      "INFO  jepsen.util - 2\t:ok\t:read\tnil\n";
  EXPECT_EQ(RecogniseFormat(text), Format::kEtcdLog);
  EXPECT_THAT(Calls(ReadOne(text)),
              ElementsAre("Put(\"register\", \"3\")",
                          "Cas(\"register\", \"3\" -> \"4\") failed",
                          "Get(\"register\") = \"\""));
}

TEST(ReaderTest, ReadsSeveralHistories) {
  const std::string line =
      R"({"client":0,"op":"get","key":"k","output":"","call":1,"return":2})";
  const std::string text =
      "\n" + line + "\n\n\r\n" + line + "\n" + line.substr(0, 10);
  HistoryReader reader = HistoryReader::OfText(text, "text");
  RecordedHistory recorded;
  EXPECT_TRUE(*reader.Next(recorded));
  EXPECT_EQ(recorded.history.size(), 1u);
  EXPECT_THAT(std::string(reader.Next(recorded).status().message()),
              HasSubstr("text:6: \"client\": found the end of the line"));
}

TEST(ReaderTest, ReadsFilesAcrossBlocks) {
  const std::string path = ::testing::TempDir() + "/long-lines.jsonl";
  std::string value(700'000, 'x');
  {
    std::ofstream file(path, std::ios::binary);
    for (int i = 0; i < 20; ++i) {
      file << R"({"client":0,"op":"put","key":"k","call":)" << 2 * i
           << R"(,"return":)" << 2 * i + 1 << R"(,"value":")"
           << value.substr(i * 30'000) << "\"}\n";
    }
  }
  absl::StatusOr<HistoryReader> reader = HistoryReader::Open(path);
  ASSERT_TRUE(reader.ok()) << reader.status();
  RecordedHistory recorded;
  ASSERT_TRUE(*reader->Next(recorded));
  ASSERT_EQ(recorded.history.size(), 20u);
  for (OperationId id = 0; id < 20; ++id) {
    EXPECT_EQ(recorded.history[id].Argument(), value.substr(id * 30'000));
  }
  EXPECT_FALSE(*reader->Next(recorded));
}

TEST(ReaderTest, HoldsOneBlockOfAFile) {
  const std::string path = ::testing::TempDir() + "/many-lines.txt";
  {
    std::ofstream file(path, std::ios::binary);
    for (int i = 0; i < 200'000; ++i) file << "a line of thirty bytes or so\n";
  }
  absl::StatusOr<LineReader> lines = LineReader::Open(path);
  ASSERT_TRUE(lines.ok());
  std::string_view line;
  while (lines->Next(line)) ASSERT_EQ(line, "a line of thirty bytes or so");
  EXPECT_EQ(lines->line_number(), 200'000u);
  EXPECT_LT(lines->MemoryBytes(), size_t{1} << 20);
}

TEST(ReaderTest, NamesWhatCannotBeOpened) {
  EXPECT_THAT(
      std::string(HistoryReader::Open("/no/such/file").status().message()),
      HasSubstr("/no/such/file: cannot be read: No such file"));
}

TEST(ReaderTest, AcceptsAnEmptyFileInNoFormat) {
  EXPECT_EQ(ErrorOf(""), "text: found no operation, expected a history");
  EXPECT_EQ(ErrorOf("\n \n"), "text: found no operation, expected a history");
  EXPECT_THAT(ErrorOf("\nhello\n"),
              HasSubstr("text:2: found 'hello', expected a line in one of the "
                        "formats json-lines, jepsen-edn"));
}

TEST(ReaderTest, ObeysAnExplicitFormat) {
  EXPECT_THAT(
      ErrorOf(R"({"client":0})", Format::kEtcdLog),
      HasSubstr("expected 'jepsen.util - PROCESS :TYPE :FUNCTION VALUE'"));
}

struct Refusal {
  std::string text;
  std::string error;
};

class RefusalTest : public ::testing::TestWithParam<Refusal> {};

TEST_P(RefusalTest, SaysWhatWasFoundAndExpected) {
  EXPECT_THAT(ErrorOf(GetParam().text), HasSubstr(GetParam().error));
}

std::string Json(const std::string& rest) {
  return R"({"client":0,"op":"get","key":"k","output":"",)" + rest + "}";
}
std::string Put(int client, int call, int ret) {
  return "{\"client\":" + std::to_string(client) +
         R"(,"op":"put","key":"k","value":"a","call":)" + std::to_string(call) +
         ",\"return\":" + std::to_string(ret) + "}\n";
}

INSTANTIATE_TEST_SUITE_P(
    JsonLines, RefusalTest,
    ::testing::Values(
        Refusal{Json(R"("call":1)"),
                "text:1: found no \"return\" in a get, expected it"},
        Refusal{Json(R"("return":1)"), "found no \"call\""},
        Refusal{Json(R"("call":1,"return":"2")"),
                "text:1: \"return\": found '\\\"2\\\"}' in column"},
        Refusal{Json(R"("call":1.5,"return":2)"),
                "\"call\": found '1.5,\\\"return\\\":2}' in column 53, "
                "expected an integer of 64 bits"},
        Refusal{Json(R"("call":99999999999999999999,"return":2)"),
                "expected an integer of 64 bits"},
        Refusal{Json(R"("call":5,"return":4)"),
                "found a return at 4, expected one at or after the call at 5"},
        Refusal{Json(R"("call":5,"return":null)"),
                "found \"output\" in a get that never returned"},
        Refusal{Json(R"("call":5,"return":6,"outptu":"")"),
                "found the field 'outptu', expected one of client, op"},
        Refusal{Json(R"("call":5,"call":5,"return":6)"),
                "found \"call\" twice"},
        Refusal{Json(R"("call":5,"return":6,"value":"x")"),
                "found \"value\" in a get"},
        Refusal{Json(R"("call":5,"return":6)") + "x", "the end of the line"},
        Refusal{R"({"client":0,"op":"get","key":"k","call":1,"return":2})",
                "found no \"output\" in a get that returned, expected it"},
        Refusal{R"({"client":0,"op":"put","key":"k","call":1,"return":2})",
                "found no \"value\" in a put that returned, expected it"},
        Refusal{R"({"client":0,"op":"swap","key":"k","call":1,"return":2})",
                "\"op\": found 'swap', expected get, put, append, cas"},
        Refusal{R"({"client":0,"op":"delete","key":"k","value":"a",)"
                R"("call":1,"return":2})",
                "found \"value\" in a delete"},
        Refusal{R"({"client":0,"op":"cas","key":"k","expected":"","value":"",)"
                R"("call":1,"return":2})",
                "found no \"ok\" in a cas that returned"},
        Refusal{R"({"client":"0","op":"get"})", "\"client\": found"},
        Refusal{R"({"client":99999999999,"op":"get"})", "32 bits"},
        Refusal{"{\"key\":\"\xff\"}", "expected UTF-8 text in a string"},
        Refusal{"{\"key\":\"\xed\xa0\x80\"}", "expected UTF-8 text"},
        Refusal{R"({"key":"\x41"})", "expected an escape of JSON"},
        Refusal{R"({"key":"\ud800"})", "expected a pair of surrogates"},
        Refusal{R"({"key":"\u12g4"})", "four hexadecimal digits"},
        Refusal{"{\"key\":\"a\tb\"}",
                "found '\\tb\\\"}' in column 10, expected an escape, such as "
                "\\t, in its place"},
        Refusal{R"({"key":"abc)", "found a string without end"},
        Refusal{R"({"client":0)", "found the end of the line"},
        Refusal{Put(3, 10, 20) + Put(3, 15, 25),
                "text:2: found a call of client 3 at 15 while its call of line "
                "1 was open until 20"},
        Refusal{Put(3, 15, 25) + Put(3, 10, 20),
                "text:1: found a call of client 3 at 15 while its call of line "
                "2 was open until 20"},
        Refusal{R"({"id":7,"client":1,"op":"get","key":"k","output":"",)"
                R"("call":1,"return":2})"
                "\n"
                R"({"id":7,"client":2,"op":"get","key":"k","output":"",)"
                R"("call":1,"return":2})",
                "text:2: found the id 7 again, expected each once"}));

std::string Kv(const std::string& rest) {
  return "{:process 4, :type :invoke, :f :put, :key \"k\", :value \"a\"}\n"
         "{:process 4, " +
         rest + "}\n";
}

INSTANTIATE_TEST_SUITE_P(
    Edn, RefusalTest,
    ::testing::Values(
        Refusal{Kv(R"(:type :invoke, :f :get, :key "k", :value nil)"),
                "text:2: found a call of process 4 while its call of line 1 is "
                "open, expected its :ok, :fail or :info first"},
        Refusal{Kv(R"(:type :ok, :f :append, :key "k", :value "a")"),
                "text:2: found append, expected write (or put) as process 4 "
                "called at line 1"},
        Refusal{Kv(R"(:type :fail, :f :cas, :key "k", :value ["a" "b"])"),
                "text:2: found cas, expected write (or put) as process 4"},
        Refusal{Kv(R"(:type :ok, :f :put, :key "q", :value "a")"),
                "found the key '\\\"q\\\"', expected '\\\"k\\\"'"},
        Refusal{Kv(R"(:type :ok, :f :put, :key "k", :value "b")"),
                "found the value '\\\"b\\\"', expected '\\\"a\\\"'"},
        Refusal{Kv(R"(:type :done, :f :put, :key "k", :value "a")"),
                "found :type ':done' in column 20, expected :invoke"},
        Refusal{
            "{:process 4, :type :ok, :f :get, :key \"k\", :value nil}",
            "text:1: found a response to process 4, which has no open call"},
        Refusal{"{:process 4, :type :invoke, :f :put, :key \"k\"}",
                "found no value to write"},
        Refusal{"{:process 4, :type :invoke, :f :append, :key \"k\", :value 7}",
                "text:1: found the value '7' in a history with appends, "
                "expected a string"},
        Refusal{Kv(R"(:type :ok, :f :put, :key "k", :value "a")") +
                    "{:process 4, :type :invoke, :f :get, :value nil}",
                "text:3: found no key, expected one in each call"},
        Refusal{"{:process 4, :type :invoke, :f :enqueue, :value nil}",
                "text:1: found :f 'enqueue', expected read, get, write, put, "
                "append, cas or delete, an alias of one of them"},
        Refusal{"{:type :invoke, :f :read, :value nil}", "found no :process"},
        Refusal{"{:process 4, :f :read, :value nil}", "found no :type"},
        Refusal{"{:process 4, :type :invoke, :f :cas, :value 7}",
                "found :value '7', expected [old new] in a cas"},
        Refusal{"{:process 4, :type :invoke, :f :read, :value nil",
                "text:1: found the end of the text, expected '}'"},
        Refusal{"{:process 4, :type :invoke, :f :write, :value \"a\\q\"}",
                "expected an escape"},
        Refusal{"{:process 4, :type :invoke, :f :write, :value \"\xff\"}",
                "expected UTF-8"},
        Refusal{"{:process 4, :type :invoke, :f :read, :value nil, :index 1}\n"
                "{:process 5, :type :invoke, :f :read, :value nil, :index 1}",
                "text:2: found the :index 1 again"},
        Refusal{"{:process 4, :type :invoke, :f :read, :value nil}\n"
                "{:process 4, :type :ok, :f :read}",
                "text:2: found no value in the answer of a read"}));

INSTANTIATE_TEST_SUITE_P(
    EtcdLog, RefusalTest,
    ::testing::Values(
        Refusal{"INFO  jepsen.util - x\t:invoke\t:read\tnil",
                "text:1: found :process 'x' in column 21"},
        Refusal{"INFO  jepsen.util - 1\t:invok\t:read\tnil",
                "found :type ':invok' in column 23, expected :invoke, :ok"},
        Refusal{"INFO  jepsen.util - 1\t:invoke\t:enqueue\tnil",
                "found :f 'enqueue', expected read"},
        Refusal{"INFO  jepsen.util - 1\t:invoke\t:write\t[x",
                "text:1: found the end of the text, expected ']'"},
        Refusal{"INFO  jepsen.util - 1\t:invoke\t:write",
                "found no value to write"},
        Refusal{"INFO  jepsen.util - 1\t:invoke\t:cas\t[1]",
                "found :value '[1]', expected [old new]"},
        Refusal{"INFO  jepsen.utl - 0\t:ok\tINFO  jepsen.util - "
                "1\t:invoke\t:read\tnil",
                "expected 'jepsen.util"},
        Refusal{"INFO  jepsen.util - 1\t:ok\t:read\t1",
                "text:1: found a response to process 1"},
        Refusal{"INFO  jepsen.util - 1\t:invoke\t:read\tnil\nhello",
                "text:2: found 'hello', expected 'jepsen.util"}));

}  // namespace
}  // namespace reprise::checker
