#include "reprise/checker/formats/operation_lines.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/checker/formats/reader_options.h"
#include "reprise/checker/history/history.h"

namespace reprise::checker {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

// An error, or a line for each operation: its call, its return, and its line.
template <typename Lines>
std::vector<std::string> Read(const std::vector<std::string>& texts) {
  const ReaderOptions options;
  Lines lines(options);
  uint32_t line = 0;
  for (const std::string& text : texts) {
    const absl::Status status = lines.Add(text, ++line);
    if (!status.ok()) return {std::string(status.message())};
  }
  const auto recorded = std::move(lines).Finish();
  if (!recorded.ok()) return {std::string(recorded.status().message())};
  std::vector<std::string> operations;
  for (OperationId id = 0; id < recorded->history.size(); ++id) {
    const auto& operation = recorded->history[id];
    uint32_t number = 0;
    if constexpr (requires { recorded->lines; }) {
      number = recorded->lines[id];
    } else {
      number = operation.line;
    }
    operations.push_back(absl::StrCat(
        operation.call, " ",
        operation.ret == kNever ? -1 : static_cast<int64_t>(operation.ret),
        " line ", number));
  }
  return operations;
}

constexpr char kPutLater[] =
    R"({"client":0,"op":"put","key":"k","value":"a","call":10,)"
    R"("return":"later"})";
constexpr char kPut[] =
    R"({"client":0,"op":"put","key":"k","value":"a","call":10,"return":30})";
constexpr char kGet[] =
    R"({"client":1,"op":"get","key":"k","output":"a","call":11,"return":20})";

TEST(OperationLinesTest, TakeACallAndItsAnswerForOneOperation) {
  const std::vector<std::string> lines = {kPutLater, kGet, kPut};
  EXPECT_THAT(Read<KeyValueLines>(lines),
              ElementsAre("0 3 line 1", "1 2 line 2"));
  EXPECT_THAT(Read<CallLines>(lines), ElementsAre("0 3 line 1", "1 2 line 2"));
}

TEST(OperationLinesTest, TakeACallWithoutAnAnswerForOneWithoutAReturn) {
  const std::vector<std::string> lines = {kPutLater, kGet};
  EXPECT_THAT(Read<KeyValueLines>(lines),
              ElementsAre("0 -1 line 1", "1 2 line 2"));
  EXPECT_THAT(Read<CallLines>(lines), ElementsAre("0 -1 line 1", "1 2 line 2"));
}

TEST(OperationLinesTest, RefuseAnAnswerToSomethingElse) {
  const std::vector<std::string> lines = {
      kPutLater,
      R"({"client":0,"op":"put","key":"k","value":"b","call":10,"return":30})"};
  const std::string expected =
      "2: found another operation of client 0, called at 10, expected the "
      "answer of line 1";
  EXPECT_THAT(Read<KeyValueLines>(lines), ElementsAre(HasSubstr(expected)));
  EXPECT_THAT(Read<CallLines>(lines), ElementsAre(HasSubstr(expected)));
}

TEST(OperationLinesTest, RefuseAnAnswerInACall) {
  const std::vector<std::string> lines = {
      R"({"client":1,"op":"get","key":"k","output":"a","call":1,)"
      R"("return":"later"})"};
  EXPECT_THAT(Read<KeyValueLines>(lines),
              ElementsAre(HasSubstr("1: found \"output\" in a get whose return "
                                    "comes later, expected none")));
  EXPECT_THAT(Read<CallLines>(lines), ElementsAre(HasSubstr("1: found")));
}

TEST(OperationLinesTest, KnowAnIdFromBothLines) {
  const auto line = [](const char* id, const char* ret) {
    return absl::StrCat(R"({"client":0,"op":"get","key":"k","call":1,"id":)",
                        id, R"(,"return":)", ret, "}");
  };
  EXPECT_THAT(Read<KeyValueLines>({line("7", "\"later\""), line("7", "null")}),
              ElementsAre("0 -1 line 1"));
  EXPECT_THAT(Read<KeyValueLines>({line("7", "null"), line("7", "null")}),
              ElementsAre(HasSubstr("found the id 7 again")));
}

}  // namespace
}  // namespace reprise::checker
