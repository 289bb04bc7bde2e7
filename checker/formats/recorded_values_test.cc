// What stands for no value, and what for another one, in histories of other
// projects: nil, the empty string, and words that follow a value.

#include <string>

#include "gtest/gtest.h"
#include "reprise/checker/formats/case_testing.h"
#include "reprise/checker/formats/reader_options.h"

namespace reprise::checker {
namespace {

class ValuesTest : public ::testing::TestWithParam<Case> {};

TEST_P(ValuesTest, MeansItsVerdict) {
  const Case& each = GetParam();
  EXPECT_EQ(Judged(each), each.verdict) << each.text;
}

// One call on a store and its answer.
std::string Call(const std::string& function, const std::string& key,
                 const std::string& value, const std::string& type = ":ok") {
  const bool is_get = function == ":get";
  const auto line = [&](const std::string& of, const std::string& said) {
    return "{:process 0, :type " + of + ", :f " + function + ", :key " + key +
           ", :value " + said + "}\n";
  };
  return line(":invoke", is_get ? "nil" : value) + line(type, value);
}

const char kNilAndEmpty[] =
    "text:6: found that nil was read under a key with \"\", in a history with "
    "appends, which cannot tell them apart, expected one of the two";

INSTANTIATE_TEST_SUITE_P(
    NilAndEmpty, ValuesTest,
    ::testing::Values(
        Case{"a nil behind an empty string", "violated",
             Call(":put", "1", "\"\"") + Call(":get", "1", "nil")},
        Case{"the same beside an append on another key", "violated",
             Call(":put", "1", "\"\"") + Call(":get", "1", "nil") +
                 Call(":append", "2", "\"x\"") + Call(":get", "2", "\"x\"")},
        Case{"two keys beside an append", "holds",
             Call(":put", "1", "\"\"") + Call(":get", "2", "nil") +
                 Call(":append", "3", "\"x\"") + Call(":get", "1", "\"\"")},
        Case{"nobody wrote the empty string", "holds",
             Call(":get", "1", "\"\"") + Call(":get", "1", "nil")},
        Case{"nobody wrote it, beside an append", "holds",
             Call(":get", "1", "\"\"") + Call(":get", "1", "nil") +
                 Call(":append", "1", "\"x\"") + Call(":get", "1", "\"x\"")},
        Case{"under a key with appends", kNilAndEmpty,
             Call(":put", "1", "\"\"") + Call(":append", "1", "\"x\"") +
                 Call(":get", "1", "nil")},
        Case{"the empty string is the first value",
             "violated",
             Call(":get", "1", "nil"),
             {.initial = "\"\""}},
        Case{"the first value, beside an append",
             kNilAndEmpty,
             Call(":put", "1", "\"a\"") + Call(":append", "2", "\"x\"") +
                 Call(":get", "3", "nil"),
             {.initial = "\"\""}},
        Case{"nil means the first value",
             "holds",
             Call(":append", "1", "\"\"") + Call(":get", "1", "nil"),
             {.initial = "\"\"", .nil = NilMeaning::kInitial}}));

INSTANTIATE_TEST_SUITE_P(
    Columns, ValuesTest,
    ::testing::Values(
        Case{"a value of two words is not its first",
             "text:1: found ' world' behind the value, expected the end of the "
             "line",
             "0\t:invoke\t:write\thello world\n0\t:ok\t:write\thello world\n"},
        Case{"neither is one that was read",
             "text:4: found ' 2' behind the value, expected a tab and an "
             "error, or the end of the line",
             "0\t:invoke\t:write\t1\n0\t:ok\t:write\t1\n"
             "1\t:invoke\t:read\tnil\n1\t:ok\t:read\t1 2\n"},
        Case{"a call has no error",
             "text:1: found '\\t2' behind the value, expected the end of the "
             "line",
             "0\t:invoke\t:write\t1\t2\n"},
        Case{"a log has columns, too",
             "text:2: found ' ) garbage' behind the value, expected a tab and "
             "an error, or the end of the line",
             "INFO  jepsen.util - 0\t:invoke\t:write\t1\n"
             "INFO  jepsen.util - 0\t:ok\t:write\t1 ) garbage\n"},
        Case{"an error is any text", "violated",
             "0\t:invoke\t:write\t1\n"
             "0\t:fail\t:write\t1\tConnection refused (by [n1\n"
             "0\t:invoke\t:read\tnil\n0\t:ok\t:read\t1 \t\n"}));

INSTANTIATE_TEST_SUITE_P(
    CompareAndSetToNil, ValuesTest,
    ::testing::Values(
        Case{"no other call",
             "holds",
             "[0 :invoke :cas [0 nil]][0 :ok :cas [0 nil]]",
             {.initial = "0"}},
        Case{"from nil", "holds",
             "[0 :invoke :cas [nil nil]][0 :ok :cas [nil nil]]"},
        Case{"from what is not there", "violated",
             "[0 :invoke :cas [1 nil]][0 :ok :cas [1 nil]]"},
        Case{"values of two", "holds",
             "[0 :invoke :write [1 2]][0 :ok :write [1 2]]"
             "[1 :invoke :cas [[1 2] nil]][1 :ok :cas [[1 2] nil]]"},
        Case{"under keys", "holds",
             "[0 :invoke :write [7 1]][0 :ok :write [7 1]]"
             "[1 :invoke :cas [7 [1 nil]]][1 :ok :cas [7 [1 nil]]]"}));

}  // namespace
}  // namespace reprise::checker
