#include "reprise/checker/recorder/recorder.h"

#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "reprise/checker/history/history.h"
#include "reprise/checker/history/verdict.h"
#include "reprise/checker/model/model_verdict.h"
#include "reprise/checker/models/mutex.h"
#include "reprise/checker/recorder/recording.h"
#include "reprise/checker/testing/queue_model.h"
#include "reprise/checker/value/call_history.h"

namespace reprise::checker {
namespace {

// Keeps what it is told, a line each.
class NotingSink : public RecordingSink {
 public:
  void OnCalled(const OperationNote& note) override {
    absl::StrAppend(&notes, note.caller.place, "/", note.caller.client, " ",
                    Text(note), "\n");
  }
  void OnReturned(const OperationNote& note) override {
    absl::StrAppend(&notes, "#", note.id, " ",
                    note.ending == Ending::kFailed ? "failed" : Text(note),
                    "\n");
  }
  void OnIllegal(const Recording& recording) override {
    absl::StrAppend(&notes, "illegal: ",
                    recording.Judge(Budget()).verdict.contradiction.sentence,
                    "\n");
  }

  std::string notes;

 private:
  static std::string Text(const OperationNote& note) {
    if (note.kind == OperationNote::kNamed) return std::string(note.text);
    return absl::StrCat(note.kind, " ", std::string(note.key), " ",
                        std::string(note.text));
  }
};

TEST(RecorderTest, TellsTheSinkOfOperationsOfAnyModel) {
  NotingSink sink;
  Recorder<MutexModel> recorder(sink);
  const MutexModel::Input acquire = {.key = "door"};
  const OperationId first = recorder.Invoke({.client = 3, .place = 7}, acquire);
  const OperationId second = recorder.Invoke({.client = 4}, acquire);
  recorder.Return(first, {});
  recorder.Fail(second);
  EXPECT_EQ(sink.notes,
            "7/3 acquire(\"door\")\n"
            "0/4 acquire(\"door\")\n"
            "#0 acquire(\"door\") = true\n"
            "#1 failed\n");
  EXPECT_EQ(Linearizable(recorder).outcome, Outcome::kHolds);
  EXPECT_EQ(recorder.recording().EndingOf(second), Ending::kFailed);
}

TEST(RecorderTest, RecordsAModelThatOnlyDescribesItsOperations) {
  NotingSink sink;
  Recorder<OwnQueueModel> recorder(sink);
  const OperationId pop = recorder.Invoke({}, {.key = "q"});
  recorder.Return(pop, "a");
  EXPECT_EQ(sink.notes, "0/0 Pop(q) = ?\n#0 Pop(q) = a\n");
  EXPECT_EQ(Linearizable(recorder).outcome, Outcome::kViolated);
}

TEST(RecorderTest, RecordsAStoreInItsOwnWords) {
  NotingSink sink;
  Recorder<KeyValueModel> recorder(sink);
  const OperationId put = recorder.Invoke({}, OperationKind::kPut, "k", "a");
  recorder.Return(put, "");
  const OperationId get = recorder.Invoke({}, OperationKind::kGet, "k", "");
  recorder.Return(get, "b");
  EXPECT_EQ(sink.notes, "0/0 1 k a\n#0 1  \n0/0 0 k \n#1 0  b\n");
  EXPECT_EQ(Linearizable(recorder).outcome, Outcome::kViolated);
  EXPECT_EQ(recorder.recording().CallOf(put).function, "put");
}

TEST(RecorderTest, TellsOfTheFirstIllegalResponse) {
  NotingSink sink;
  Recorder<MutexModel> recorder(sink);
  recorder.StopWhenIllegal();
  for (int client : {0, 1}) {
    recorder.Return(recorder.Invoke({.client = client}, {}), {});
  }
  EXPECT_EQ(sink.notes,
            "0/0 acquire()\n#0 acquire() = true\n0/1 acquire()\n#1 acquire() = "
            "true\n"
            "illegal: no order explains acquire() = true of client 1 beside "
            "acquire() = true of client 0\n"
            "client 0    acquire() = true  |--|\n"
            "client 1    acquire() = true        |--|\n\n");
}

TEST(RecorderTest, JudgesInFullWithTheOrderAndWhereItStops) {
  NotingSink sink;
  Recorder<MutexModel> locks(sink);
  Recorder<KeyValueModel> store(sink);
  const MutexModel::Input acquire = {.key = "door"};
  const OperationId put = store.Invoke({}, OperationKind::kPut, "k", "a");
  store.ReturnUnobserved(put);
  for (int i = 0; i < 2; ++i) locks.Return(locks.Invoke({}, acquire), {});
  store.Return(store.Invoke({}, OperationKind::kGet, "k", ""), "b");
  for (const Recording* recording :
       {static_cast<const Recording*>(&locks.recording()),
        static_cast<const Recording*>(&store.recording())}) {
    const ModelVerdict found = recording->JudgeInFull(Budget());
    EXPECT_EQ(found.verdict.outcome, Outcome::kViolated);
    EXPECT_EQ(found.order, std::vector<OperationId>{0});
    EXPECT_EQ(found.explanation.first_illegal, 1u);
  }
}

TEST(RecorderDeathTest, AnOperationReturnsOnceAfterItsInvocation) {
  NotingSink sink;
  Recorder<MutexModel> recorder(sink);
  EXPECT_DEATH(recorder.Return(7, {}), "returns that nobody invoked");
  const OperationId id = recorder.Invoke({}, {});
  recorder.Return(id, {});
  EXPECT_DEATH(recorder.Return(id, {}), "returns a second time");
  EXPECT_DEATH(recorder.Fail(id), "returns a second time");
  EXPECT_DEATH(recorder.StopWhenIllegal(), "before the first operation");
}

TEST(RecorderDeathTest, AStoresOperationReturnsWhatItsKindDoes) {
  NotingSink sink;
  Recorder<KeyValueModel> recorder(sink);
  EXPECT_DEATH(recorder.Invoke({}, OperationKind::kGet, "k", "value"),
               "a Get writes no value");
  const OperationId put = recorder.Invoke({}, OperationKind::kPut, "k", "v");
  EXPECT_DEATH(recorder.Return(put, "v"), "a Put returns no value");
  const OperationId get = recorder.Invoke({}, OperationKind::kGet, "k", "");
  EXPECT_DEATH(recorder.ReturnUnobserved(get), "a Get returns with its value");
}

}  // namespace
}  // namespace reprise::checker
