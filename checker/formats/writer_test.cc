#include "reprise/checker/formats/writer.h"

#include <string>

#include "absl/status/status.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/checker/formats/reader.h"
#include "reprise/checker/formats/reader_options.h"
#include "reprise/checker/history/text.h"

namespace reprise::checker {
namespace {

using ::testing::HasSubstr;

// Writes `recorded`, reads it without a hint and returns the lines.
std::string RoundTrip(const RecordedHistory& recorded, Format format) {
  std::string text;
  const absl::Status status = AppendHistory(recorded, format, text);
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_EQ(RecogniseFormat(text), format) << text;
  ReaderOptions options;
  if (format != Format::kJsonLines) {
    options.failed_cas = FailedCas::kFoundAnother;
  }
  HistoryReader reader = HistoryReader::OfText(text, "text", options);
  RecordedHistory again;
  EXPECT_TRUE(reader.Next(again).value_or(false)) << text;
  return ToText(again.history);
}

RecordedHistory StoreHistory() {
  RecordedHistory recorded;
  History& history = recorded.history;
  const OperationId put = history.Invoke(0, OperationKind::kPut, "k\"", "a\n");
  const OperationId get = history.Invoke(1, OperationKind::kGet, "k\"", "");
  history.ReturnUnobserved(put);
  history.Invoke(0, OperationKind::kAppend, "k\"", "\\é");
  history.Return(get, "a\n");
  return recorded;
}

RecordedHistory RegisterHistory() {
  RecordedHistory recorded;
  History& history = recorded.history;
  const OperationId write =
      history.Invoke(0, OperationKind::kWrite, "register", "3");
  history.ReturnUnobserved(write);
  const OperationId cas = history.InvokeCas(1, "register", "3", "4");
  const OperationId failed = history.InvokeCas(2, "register", "", "5");
  history.ReturnUnobserved(cas);
  history.ReturnFailed(failed);
  const OperationId read =
      history.Invoke(0, OperationKind::kRead, "register", "");
  history.Return(read, "4");
  return recorded;
}

TEST(WriterTest, KeepsStoreHistories) {
  const RecordedHistory recorded = StoreHistory();
  const std::string lines = ToText(recorded.history);
  for (Format format :
       {Format::kJsonLines, Format::kJepsenEdn, Format::kPorcupineKv}) {
    EXPECT_EQ(RoundTrip(recorded, format), lines) << FormatName(format);
  }
}

TEST(WriterTest, KeepsRegisterHistories) {
  const RecordedHistory recorded = RegisterHistory();
  const std::string lines = ToText(recorded.history);
  for (Format format : {Format::kJsonLines, Format::kJepsenEdn,
                        Format::kEtcdLog, Format::kJepsenText}) {
    EXPECT_EQ(RoundTrip(recorded, format), lines) << FormatName(format);
  }
}

TEST(WriterTest, SeparatesHistoriesByBlankLines) {
  std::string text;
  ASSERT_TRUE(AppendHistory(StoreHistory(), Format::kJsonLines, text).ok());
  ASSERT_TRUE(AppendHistory(StoreHistory(), Format::kJsonLines, text).ok());
  HistoryReader reader = HistoryReader::OfText(text, "text");
  RecordedHistory recorded;
  EXPECT_TRUE(*reader.Next(recorded));
  EXPECT_TRUE(*reader.Next(recorded));
  EXPECT_FALSE(*reader.Next(recorded));
}

void ExpectRefusal(const RecordedHistory& recorded, Format format,
                   const std::string& why) {
  std::string text;
  const absl::Status status = AppendHistory(recorded, format, text);
  EXPECT_TRUE(absl::IsInvalidArgument(status)) << FormatName(format);
  EXPECT_THAT(std::string(status.message()), HasSubstr(why));
}

TEST(WriterTest, RefusesWhatAFormatCannotExpress) {
  ExpectRefusal(StoreHistory(), Format::kEtcdLog, "only integers");
  ExpectRefusal(RegisterHistory(), Format::kPorcupineKv, "knows no Cas");

  RecordedHistory reporting;
  reporting.history.Return(
      reporting.history.Invoke(0, OperationKind::kAppend, "k", "a"), "");
  ExpectRefusal(reporting, Format::kJepsenEdn, "no Append that reports");
  ExpectRefusal(reporting, Format::kPorcupineKv, "no Append that reports");

  RecordedHistory joined = StoreHistory();
  joined.history.JoinInstant();
  joined.history.Invoke(7, OperationKind::kGet, "k", "");
  ExpectRefusal(joined, Format::kJepsenEdn, "share an instant");

  RecordedHistory negative;
  negative.history.Invoke(-1, OperationKind::kGet, "k", "");
  ExpectRefusal(negative, Format::kJepsenEdn, "no clients below 0");

  RecordedHistory bytes;
  bytes.history.Invoke(0, OperationKind::kPut, "k", "\xff");
  ExpectRefusal(bytes, Format::kJsonLines, "not UTF-8");
  ExpectRefusal(bytes, Format::kPorcupineKv, "not UTF-8");
}

}  // namespace
}  // namespace reprise::checker
