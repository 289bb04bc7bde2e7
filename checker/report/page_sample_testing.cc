// Writes a page of one history, for the browser test and for looking at it.
//
//   page_sample FILE PAGE        a recorded history
//   page_sample COUNT PAGE       a generated one of COUNT operations, violated

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/checker/explain.h"
#include "reprise/checker/formats/format.h"
#include "reprise/checker/formats/reader.h"
#include "reprise/checker/formats/recorded_history.h"
#include "reprise/checker/history/timed_history.h"
#include "reprise/checker/history/verdict.h"
#include "reprise/checker/linearizability.h"
#include "reprise/checker/report/page.h"
#include "reprise/checker/testing/generate.h"

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

absl::Status WritePage(const std::string& from, const std::string& to) {
  RecordedHistory recorded;
  bool is_register = false;
  if (const int operations = std::atoi(from.c_str()); operations > 0) {
    recorded = Generated(operations);
  } else {
    absl::StatusOr<HistoryReader> reader = HistoryReader::Open(from, {});
    if (!reader.ok()) return reader.status();
    const absl::StatusOr<bool> more = reader->Next(recorded);
    if (!more.ok()) return more.status();
    is_register = reader->format() == Format::kEtcdLog;
  }
  const Verdict verdict = CheckKeyValue(recorded.history, Budget());
  const bool is_violated = verdict.outcome == Outcome::kViolated;
  Explanation why;
  if (is_violated) why = Explain(recorded.history, verdict, Budget());
  std::ofstream page(to, std::ios::binary);
  page << HtmlPage({.title = "sample of " + from,
                    .recorded = recorded,
                    .verdict = verdict,
                    .explanation = is_violated ? &why : nullptr,
                    .is_register = is_register});
  return page.good() ? absl::OkStatus()
                     : absl::UnavailableError(to + " cannot be written");
}

}  // namespace
}  // namespace reprise::checker

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fprintf(stderr, "usage: page_sample HISTORY|COUNT PAGE\n");
    return 2;
  }
  const absl::Status status = reprise::checker::WritePage(argv[1], argv[2]);
  if (!status.ok()) std::fprintf(stderr, "%s\n", status.ToString().c_str());
  return status.ok() ? 0 : 2;
}
