// Writes a page of one history, for the browser test and for looking at it.
//
//   page_sample FILE PAGE        a recorded history
//   page_sample COUNT PAGE       a generated one of COUNT operations, violated
//   page_sample queue PAGE       one of a queue, violated

#include <cstdio>
#include <cstdlib>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/checker/explain.h"
#include "reprise/checker/formats/call_recording.h"
#include "reprise/checker/formats/format.h"
#include "reprise/checker/formats/reader.h"
#include "reprise/checker/formats/recorded_history.h"
#include "reprise/checker/history/history.h"
#include "reprise/checker/history/timed_history.h"
#include "reprise/checker/history/verdict.h"
#include "reprise/checker/linearizability.h"
#include "reprise/checker/model/model_verdict.h"
#include "reprise/checker/model/named.h"
#include "reprise/checker/models/queue.h"
#include "reprise/checker/report/call_page.h"
#include "reprise/checker/report/key_value_page.h"
#include "reprise/checker/report/whole_file.h"
#include "reprise/checker/testing/generate.h"
#include "reprise/checker/value/edn_value.h"

namespace reprise::checker {
namespace {

constexpr int kClients = 10;

RecordedHistory Generated(int operations) {
  const GeneratedHistory made = Generate({.clients = kClients,
                                          .operations = operations / kClients,
                                          .keys = 2,
                                          .is_bad = true});
  RecordedHistory recorded;
  AppendTimed(made.operations, recorded.history);
  return recorded;
}

std::string PageOf(const RecordedHistory& recorded, const std::string& name,
                   bool is_register) {
  const Verdict verdict = CheckKeyValue(recorded.history, Budget());
  const bool is_violated = verdict.outcome == Outcome::kViolated;
  Explanation why;
  if (is_violated) why = Explain(recorded.history, verdict, Budget());
  return KeyValuePage({.title = "sample of " + name,
                       .recorded = recorded,
                       .verdict = verdict,
                       .explanation = is_violated ? &why : nullptr,
                       .is_register = is_register});
}

// Three clients use a queue; one element is taken twice, one enqueue failed.
std::string QueuePage() {
  CallRecording recorded;
  CallHistory& history = recorded.history;
  const auto enqueue = [&](int client, const char* value) {
    return history.Invoke(client, {.function = "enqueue",
                                   .key = "jobs",
                                   .argument = EdnValue::String(value)});
  };
  const auto dequeue = [&](int client) {
    return history.Invoke(client, {.function = "dequeue", .key = "jobs"});
  };
  const OperationId first = enqueue(0, "resize image 17");
  const OperationId second = enqueue(1, "send mail");
  history.Return(first, EdnValue::Nil());
  history.Return(second, EdnValue::Nil());
  const OperationId taken = dequeue(2);
  history.Fail(enqueue(0, "charge card"));
  history.Return(taken, EdnValue::String("resize image 17"));
  enqueue(3, "never answered");
  const OperationId again = dequeue(1);
  history.Return(dequeue(0), EdnValue::String("send mail"));
  history.Return(again, EdnValue::String("resize image 17"));
  const absl::StatusOr<ModelVerdict> found =
      Named<QueueModel>("queue", "").check(history, Budget());
  return CallPage({.title = "a queue", .recorded = recorded, .found = *found});
}

absl::StatusOr<std::string> PageFrom(const std::string& from) {
  if (from == "queue") return QueuePage();
  if (const int operations = std::atoi(from.c_str()); operations > 0) {
    return PageOf(Generated(operations), from, /*is_register=*/false);
  }
  absl::StatusOr<HistoryReader> reader = HistoryReader::Open(from, {});
  if (!reader.ok()) return reader.status();
  RecordedHistory recorded;
  const absl::StatusOr<bool> more = reader->Next(recorded);
  if (!more.ok()) return more.status();
  return PageOf(recorded, from, reader->format() == Format::kEtcdLog);
}

}  // namespace
}  // namespace reprise::checker

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fprintf(stderr, "usage: page_sample HISTORY|COUNT|queue PAGE\n");
    return 2;
  }
  const absl::StatusOr<std::string> page = reprise::checker::PageFrom(argv[1]);
  const absl::Status status =
      page.ok() ? reprise::checker::WriteWholeFile(argv[2], *page)
                : page.status();
  if (!status.ok()) std::fprintf(stderr, "%s\n", status.ToString().c_str());
  return status.ok() ? 0 : 2;
}
