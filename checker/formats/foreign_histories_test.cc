// Histories as other projects write them, and the verdicts that they mean. A
// folder of more is given by REPRISE_CASES; it holds EXPECTED.tsv: file,
// verdict.

#include <fstream>
#include <map>
#include <string>

#include "gtest/gtest.h"
#include "reprise/checker/formats/call_recording.h"
#include "reprise/checker/formats/case_testing.h"
#include "reprise/checker/formats/reader.h"
#include "reprise/checker/formats/reader_options.h"
#include "reprise/checker/history/text.h"
#include "reprise/checker/history/verdict.h"
#include "reprise/checker/model/model_verdict.h"
#include "reprise/checker/model/named.h"
#include "reprise/checker/models/mutex.h"
#include "reprise/checker/testing/test_settings.h"

namespace reprise::checker {
namespace {

class ForeignHistoriesTest : public ::testing::TestWithParam<Case> {};

TEST_P(ForeignHistoriesTest, MeansItsVerdict) {
  const Case& each = GetParam();
  EXPECT_EQ(Judged(each), each.verdict) << each.text;
}

// A write of `written`, and a read of `read` behind it.
std::string WriteAndRead(const std::string& written, const std::string& read) {
  return "{:process 0, :type :invoke, :f :write, :value " + written +
         "}\n{:process 0, :type :ok, :f :write, :value " + written +
         "}\n{:process 1, :type :invoke, :f :read, :value nil}\n"
         "{:process 1, :type :ok, :f :read, :value " +
         read + "}\n";
}

INSTANTIATE_TEST_SUITE_P(
    Values, ForeignHistoriesTest,
    ::testing::Values(
        Case{"an empty vector is not nil", "violated",
             WriteAndRead("[]", "nil")},
        Case{"an empty string is not nil", "violated",
             WriteAndRead("\"\"", "nil")},
        Case{"nil is not an empty list", "violated", WriteAndRead("nil", "()")},
        Case{"false is not nil", "violated", WriteAndRead("false", "nil")},
        Case{"a vector of 5 is not 5", "violated", WriteAndRead("[5]", "5")},
        Case{"a vector of two is a value", "holds",
             WriteAndRead("[1 2]", "(1, 2)")},
        Case{"sets have no order", "holds",
             WriteAndRead("#{:a :b}", "#{:b :a}")},
        Case{"a symbol is not a string", "violated",
             WriteAndRead("abc", "\"abc\"")},
        Case{"numbers are equal by value", "holds", WriteAndRead("7N", "7")},
        Case{"an integer is no float", "violated", WriteAndRead("7", "7.0")},
        Case{"records", "holds",
             WriteAndRead("#a.B{:x 1, :y #_ 0 2}", "#a.B{:y 2, :x 1}")},
        Case{"a record is no map", "violated",
             WriteAndRead("#a.B{:x 1}", "{:x 1}")},
        Case{"##NaN equals nothing",
             "text:1: found ##NaN in column 47, which equals nothing, expected "
             "another value",
             WriteAndRead("##NaN", "1")}));

INSTANTIATE_TEST_SUITE_P(
    Unsaid, ForeignHistoriesTest,
    ::testing::Values(
        Case{"nil is absent", "violated", WriteAndRead("5", "nil")},
        Case{"nil is unknown",
             "holds",
             WriteAndRead("5", "nil"),
             {.nil = NilMeaning::kUnknown}},
        Case{"nil is the initial value",
             "violated",
             WriteAndRead("5", "nil"),
             {.initial = "7", .nil = NilMeaning::kInitial}},
        Case{"nil is the initial value written again",
             "holds",
             WriteAndRead("7N", "nil"),
             {.initial = "7", .nil = NilMeaning::kInitial}},
        Case{"an initial value that was not told", "violated",
             "[0 :invoke :read nil] [0 :ok :read [1 2]]"},
        Case{"an initial value",
             "holds",
             "[0 :invoke :read nil] [0 :ok :read [1 2]]",
             {.initial = "(1, 2)"}},
        Case{"another initial value",
             "violated",
             "[0 :invoke :read nil] [0 :ok :read nil]",
             {.initial = "0"}},
        Case{"an initial value of JSON Lines",
             "holds",
             R"({"client":0,"op":"get","key":"k","output":"x","call":1,)"
             R"("return":2})",
             {.initial = "x"}},
        Case{"an initial value that is none",
             "text: the initial value '[1' is no value of EDN: line 1: found "
             "the end of the text, expected ']'",
             "[0 :invoke :read nil]",
             {.initial = "[1"}}));

INSTANTIATE_TEST_SUITE_P(
    Failures, ForeignHistoriesTest,
    ::testing::Values(
        Case{"a failed cas says nothing", "holds",
             WriteAndRead("4", "4") + "[1 :invoke :cas [4 6]]\n"
                                      "[1 :fail :cas [4 6]]"},
        Case{"a failed cas found another value",
             "violated",
             WriteAndRead("4", "4") + "[1 :invoke :cas [4 6]]\n"
                                      "[1 :fail :cas [4 6]]",
             {.failed_cas = FailedCas::kFoundAnother}},
        Case{"a failed cas with an error says nothing",
             "holds",
             WriteAndRead("4", "4") + "[1 :invoke :cas [4 6]]\n"
                                      "[1 :fail :cas [4 6] :refused]",
             {.failed_cas = FailedCas::kFoundAnother}},
        Case{"in a log of etcd it found another value", "violated",
             "INFO  jepsen.util - 0\t:invoke\t:write\t4\n"
             "INFO  jepsen.util - 0\t:ok\t:write\t4\n"
             "INFO  jepsen.util - 0\t:invoke\t:cas\t[4 5]\n"
             "INFO  jepsen.util - 0\t:fail\t:cas\t[4 5]\n"},
        Case{"a failed write did not happen", "violated",
             "[0 :invoke :write 1][0 :fail :write 1 :follower]\n"
             "[0 :invoke :read][0 :ok :read 1]"},
        Case{"a process goes on after info", "holds",
             "[0 :invoke :write 1][0 :info :write 1 :timeout]\n"
             "[0 :invoke :read nil][0 :ok :read nil]\n"
             "[0 :invoke :read nil][0 :ok :read 1]"},
        Case{"what ended in info takes effect once", "violated",
             "[0 :invoke :write 1][0 :info :write 1]\n"
             "[0 :invoke :read nil][0 :ok :read 1]\n"
             "[0 :invoke :read nil][0 :ok :read nil]"},
        Case{"an info under another name closes a call", "holds",
             "[0 :invoke :write 1][0 :info :crash nil]\n"
             "[0 :invoke :read nil][0 :ok :read 1]"},
        Case{"an info of an idle process is a remark", "holds",
             "[0 :info :setup nil]\n[0 :invoke :read nil][0 :ok :read nil]"},
        Case{"a client of JSON Lines goes on", "holds",
             R"({"client":0,"op":"put","key":"k","value":"a","call":1,)"
             "\"return\":null}\n"
             R"({"client":0,"op":"get","key":"k","output":"a","call":2,)"
             R"("return":3})"}));

INSTANTIATE_TEST_SUITE_P(
    Looks, ForeignHistoriesTest,
    ::testing::Values(
        Case{"one vector", "holds",
             "[[0 :invoke :write 1] [0 :ok :write 1]\n\n"
             "[1 :invoke :read nil]\n[1 :ok :read 1]]"},
        Case{"one list of maps", "violated",
             "({:process 0, :type :invoke, :f :write, :value 1}\n"
             " {:process 0, :type :ok, :f :write, :value 1}\n"
             " {:process 1, :type :invoke, :f :read, :value nil}\n"
             " {:process 1, :type :ok, :f :read, :value 2})\n"},
        Case{"something behind a collection",
             "text:2: found '[0 :ok :read nil]' in column 1, expected a blank "
             "line or the end behind the collection",
             "[[0 :invoke :read nil]]\n[0 :ok :read nil]"},
        Case{"comments and blank lines before the first event", "holds",
             "; by hand\n\n" + WriteAndRead("1 ; one\n", "1")},
        Case{"an event over lines", "holds",
             "{:process 0,\n :type :invoke,\n\n :f :read}\n"
             "{:process 0 :type :ok\n:f :read :value nil}"},
        Case{"tabs", "violated",
             "0\t:invoke\t:write\t\"a b\"\n0\t:ok\t:write\t\"a b\"\n"
             ":nemesis\t:info\t:kill\tnil\n"
             "1\t:invoke\t:read\tnil\n1\t:ok\t:read\t\"a\"\n"},
        Case{"tabs and errors", "holds",
             "0\t:invoke\t:write\t1\n0\t:fail\t:write\t1\tRefused (x\n"
             "1\t:invoke\t:read\tnil\n1\t:ok\t:read\tnil\n"},
        Case{"a byte order mark", "holds",
             "\xef\xbb\xbf" + WriteAndRead("1", "1")},
        Case{"a byte order mark alone",
             "text: found no operation, expected a history", "\xef\xbb\xbf"},
        Case{"the nemesis as text", "holds",
             "[\"nemesis\" :info :kill nil]\n[:nemesis :info :kill nil]\n"
             "[-1 :info :start nil][0 :invoke :read nil]"},
        Case{"a process that is no number",
             "text:1: found :process ':c1' in column 2, expected a number of "
             "32 bits for a client, or :nemesis",
             "[:c1 :invoke :read nil]"},
        Case{"all times of 64 bits", "holds",
             R"({"client":0,"op":"put","key":"k","value":"a",)"
             R"("call":-9223372036854775808,"return":9223372036854775807})"},
        Case{"an alias",
             "violated",
             WriteAndRead("1", "1") + "[0 :invoke :final-read nil]\n"
                                      "[0 :ok :final-read 2]",
             {.aliases = {{"final-read", "read"}}}}));

INSTANTIATE_TEST_SUITE_P(
    Keys, ForeignHistoriesTest,
    ::testing::Values(
        Case{"tagged tuples", "holds",
             "[0 :invoke :write #jepsen.independent/tuple [7 [1 2]]]\n"
             "[0 :ok :write #jepsen.independent/tuple [7 [1 2]]]\n"
             "[0 :invoke :read #jepsen.independent/tuple [8 nil]]\n"
             "[0 :ok :read #jepsen.independent/tuple [8 nil]]"},
        Case{"tuples", "violated",
             "[0 :invoke :write [7 1]][0 :ok :write [7 1]]\n"
             "[0 :invoke :read [7 nil]][0 :ok :read [7 nil]]"},
        Case{"a key is compared by value", "violated",
             "[0 :invoke :write [{:a 1, :b 2} 1]]\n"
             "[0 :ok :write [{:b 2, :a 1} 1]]\n"
             "[0 :invoke :read [{:b 2, :a 1} nil]]\n"
             "[0 :ok :read [{:b 2, :a 1} nil]]"},
        Case{"7 and the text 7 are two keys", "holds",
             "[0 :invoke :write [7 1]][0 :ok :write [7 1]]\n"
             "[0 :invoke :read [\"7\" nil]][0 :ok :read [\"7\" nil]]"},
        Case{"key, old and new value", "holds",
             "[0 :invoke :write [:k 1]][0 :ok :write [:k 1]]\n"
             "[0 :invoke :cas [:k 1 2]][0 :ok :cas [:k 1 2]]\n"
             "[0 :invoke :cas [:k [2 3]]][0 :ok :cas [:k [2 3]]]\n"
             "[0 :invoke :read [:k nil]][0 :ok :read [:k 3]]"},
        Case{"a key that is nil is none", "violated",
             "{:process 0 :type :invoke :f :write :value 1 :key nil}\n"
             "{:process 0 :type :ok :f :write :value 1}\n"
             "[0 :invoke :read nil][0 :ok :read 2]"},
        Case{"an answer without its key",
             "text:2: found :value '3', expected [key value]",
             "[0 :invoke :read [7 nil]]\n[0 :ok :read 3]"},
        Case{"delete", "holds",
             WriteAndRead("1", "1") +
                 "[0 :invoke :delete nil][0 :ok :delete nil]\n"
                 "[0 :invoke :read nil][0 :ok :read nil]"},
        Case{"a read after a delete", "violated",
             WriteAndRead("1", "1") +
                 "[0 :invoke :delete nil][0 :ok :delete nil]\n"
                 "[0 :invoke :read nil][0 :ok :read 1]"},
        Case{"delete in JSON Lines", "violated",
             R"({"client":0,"op":"put","key":"k","value":"a","call":1,)"
             "\"return\":2}\n"
             R"({"client":0,"op":"delete","key":"k","call":3,"return":4})"
             "\n"
             R"({"client":0,"op":"get","key":"k","output":"a","call":5,)"
             R"("return":6})"}));

// Events on two lines of a write and a read, with these indices.
std::string Indexed(const std::string& a, const std::string& b,
                    const std::string& c, const std::string& d) {
  return "{:process 1, :type :invoke, :f :read, :value nil" + a +
         "}\n{:process 1, :type :ok, :f :read, :value 1" + b +
         "}\n{:process 0, :type :invoke, :f :write, :value 1" + c +
         "}\n{:process 0, :type :ok, :f :write, :value 1" + d + "}\n";
}

INSTANTIATE_TEST_SUITE_P(
    Indices, ForeignHistoriesTest,
    ::testing::Values(
        Case{"none", "violated", Indexed("", "", "", "")},
        Case{"the order of events", "holds",
             Indexed(" :index 2", " :index 3", " :index 0", " :index 1")},
        Case{"the order of the file", "violated",
             Indexed(" :index 2", " :index 3", " :index 5", " :index 9")},
        Case{"of some events, in the order of the file", "violated",
             Indexed(" :index 2", "", " :index 5", "")},
        Case{"of some events, in another order",
             "text:3: found the :index 0 behind 2, expected a greater one, as "
             "some lines have none",
             Indexed(" :index 2", "", " :index 0", "")},
        Case{"one twice",
             "text:4: found the :index 2 again, expected each once",
             Indexed(" :index 2", " :index 3", " :index 0", " :index 2")}));

std::string JudgedAsMutex(const std::string& path) {
  absl::StatusOr<HistoryReader> reader = HistoryReader::Open(path, {});
  CallRecording recorded;
  if (!reader.ok() || !reader->NextCalls(recorded).value_or(false)) return "";
  const absl::StatusOr<ModelVerdict> found =
      Named<MutexModel>("mutex", "").check(recorded.history, Budget());
  if (!found.ok()) return std::string(found.status().message());
  return found->verdict.outcome == Outcome::kHolds ? "holds" : "violated";
}

TEST(CasesTest, HaveTheirVerdicts) {
  const std::string folder = CasesFolder();
  if (folder.empty()) GTEST_SKIP() << "REPRISE_CASES is not set";
  ReaderOptions usual;
  usual.aliases = {{"final-read", "read"}};
  ReaderOptions unknown;
  unknown.nil = NilMeaning::kUnknown;
  ReaderOptions zero;
  zero.initial = "0";
  const std::map<std::string, ReaderOptions> options = {
      {"read-without-value.edn", unknown},
      {"register-begins-at-zero.edn", zero}};
  std::ifstream expected(folder + "/EXPECTED.tsv");
  int judged = 0;
  for (std::string line; std::getline(expected, line);) {
    const size_t tab = line.find('\t');
    if (tab == line.npos) continue;
    const std::string file = line.substr(0, tab);
    const std::string verdict =
        line.substr(tab + 1, line.find_first_of("\t ", tab + 1) - tab - 1);
    // The others are about pages, budgets and replay files.
    if (verdict != "holds" && verdict != "violated") continue;
    if (file.starts_with("mutex")) {
      EXPECT_EQ(JudgedAsMutex(folder + "/" + file), verdict) << file;
      continue;
    }
    const auto known = options.find(file);
    EXPECT_EQ(Judged(HistoryReader::Open(
                  folder + "/" + file,
                  known == options.end() ? usual : known->second)),
              verdict)
        << file;
    ++judged;
  }
  EXPECT_GT(judged, 25);
}

}  // namespace
}  // namespace reprise::checker
