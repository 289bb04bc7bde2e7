#include "reprise/checker/recorder/recording_file.h"

#include <cstdint>
#include <fstream>
#include <sstream>
#include <string>

#include "absl/status/statusor.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/checker/formats/call_recording.h"
#include "reprise/checker/formats/reader.h"
#include "reprise/checker/formats/recorded_history.h"
#include "reprise/checker/history/history.h"
#include "reprise/checker/history/text.h"
#include "reprise/checker/key_value/key_value_model.h"
#include "reprise/checker/models/mutex.h"
#include "reprise/checker/recorder/recorder.h"

namespace reprise::checker {
namespace {

TEST(RecordingFileTest, IsReadAgainAsWhatWasRecorded) {
  const std::string path = testing::TempDir() + "/mutex.jsonl";
  int64_t now = 0;
  RecordingFile file(path, [&now] { return now += 10; });
  {
    Recorder<MutexModel> recorder(file);
    const MutexModel::Input acquire = {.key = "door"};
    const OperationId first = recorder.Invoke({.client = 1}, acquire);
    recorder.Invoke({.client = 2}, acquire);
    recorder.Return(first, {});
    recorder.Fail(recorder.Invoke({.client = 3}, acquire));
  }
  ASSERT_TRUE(file.Close().ok());
  absl::StatusOr<HistoryReader> reader = HistoryReader::Open(path);
  CallRecording again;
  ASSERT_TRUE(reader->NextCalls(again).value_or(false));
  ASSERT_EQ(again.history.size(), 3u);
  EXPECT_EQ(again.history.TextOf(0), "acquire(\"door\") = true");
  EXPECT_EQ(again.history.TextOf(1), "acquire(\"door\") = ?");
  EXPECT_EQ(again.history[2].ending, Ending::kFailed);
  EXPECT_EQ(again.times[0].call, 10);
  EXPECT_EQ(again.times[0].ret, 30);
}

TEST(RecordingFileTest, AStoresOperationsAreThoseOfTheKeyValueCheck) {
  const std::string path = testing::TempDir() + "/store.jsonl";
  int64_t now = 0;
  RecordingFile file(path, [&now] { return ++now; });
  {
    Recorder<KeyValueModel> recorder(file);
    recorder.Return(recorder.Invoke({}, OperationKind::kPut, "k", "a"), "");
    recorder.Return(recorder.Invoke({}, OperationKind::kAppend, "k", "b"), "a");
    recorder.Return(recorder.Invoke({}, OperationKind::kGet, "k", ""), "ab");
    recorder.Invoke({}, OperationKind::kGet, "k", "");
  }
  ASSERT_TRUE(file.Close().ok());
  absl::StatusOr<HistoryReader> reader = HistoryReader::Open(path);
  RecordedHistory again;
  const absl::StatusOr<bool> more = reader->Next(again);
  ASSERT_TRUE(more.ok()) << more.status();
  EXPECT_EQ(CallText(again.history, 0), "Put(\"k\", \"a\")");
  EXPECT_EQ(CallText(again.history, 1), "Append(\"k\", \"b\") = \"a\"");
  EXPECT_EQ(CallText(again.history, 2), "Get(\"k\") = \"ab\"");
  EXPECT_TRUE(again.history[3].IsPending());
}

TEST(RecordingFileTest, TellsOfCallsAtOnce) {
  const std::string path = testing::TempDir() + "/calls.jsonl";
  int64_t now = 0;
  RecordingFile file(
      path, [&now] { return now += 10; }, RecordingFile::Lines::kCallsToo);
  const auto read = [&path] {
    std::stringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
  };
  const std::string called =
      R"({"client":1,"op":"acquire","key":"door","call":10,"return":)";
  {
    Recorder<MutexModel> recorder(file);
    const OperationId first =
        recorder.Invoke({.client = 1}, MutexModel::Input{.key = "door"});
    EXPECT_EQ(read(), called + "\"later\"}\n");
    recorder.Return(first, {});
  }
  ASSERT_TRUE(file.Close().ok());
  EXPECT_THAT(read(), testing::HasSubstr(called + "\"later\"}\n{"));
  absl::StatusOr<HistoryReader> reader = HistoryReader::Open(path);
  CallRecording again;
  ASSERT_TRUE(reader->NextCalls(again).value_or(false));
  ASSERT_EQ(again.history.size(), 1u);
  EXPECT_EQ(again.history.TextOf(0), "acquire(\"door\") = true");
}

TEST(RecordingFileTest, SaysWhereItCannotBeWritten) {
  RecordingFile file(testing::TempDir() + "/no/such/folder", [] { return 0; });
  EXPECT_THAT(std::string(file.Close().message()),
              testing::HasSubstr("/no/such/folder: cannot be written"));
}

}  // namespace
}  // namespace reprise::checker
