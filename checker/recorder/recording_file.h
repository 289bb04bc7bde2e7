// RecordingFile: a sink that writes each operation as a line of JSON, once it
// has returned, and what never did at the end; `check` reads the file
// (formats/json_calls.h; a store's Get, Put and Append as formats/json_lines.h
// has them).
//
// Lines stand in the order of returns; the times order them. With
// Lines::kCallsToo each call has a line of its own before ("return":"later"),
// and whoever follows the file sees each line at once: `check --follow` judges
// it while it is written. Memory grows with the operations that are open.
//
// Requires that recorders end before Close(), and that threads take turns.
//
//   RecordingFile file("run.jsonl", [] { return NowNs(); });
//   {
//     Recorder<QueueModel> recorder(file);
//     ...
//   }
//   absl::Status status = file.Close();

#ifndef REPRISE_CHECKER_RECORDER_RECORDING_FILE_H_
#define REPRISE_CHECKER_RECORDER_RECORDING_FILE_H_

#include <cstdint>
#include <fstream>
#include <functional>
#include <map>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "reprise/checker/formats/json_calls.h"
#include "reprise/checker/history/history.h"
#include "reprise/checker/recorder/recording.h"

namespace reprise::checker {

class RecordingFile : public RecordingSink {
 public:
  enum class Lines : uint8_t { kOperations, kCallsToo };

  // `now` tells the time, in any unit; it never goes back.
  RecordingFile(const std::string& path, std::function<int64_t()> now,
                Lines lines = Lines::kOperations);

  void OnCalled(const OperationNote& note) override;
  void OnReturned(const OperationNote& note) override;
  // Writes the operations of the recording that are open.
  void Detach(const Recording& recording) override;

  // Ends the file. An error says why it is not whole: it cannot be written, or
  // JSON could not hold an operation.
  absl::Status Close();

 private:
  void WriteLine(const JsonCall& call);
  void NoteFailure();

  std::string path_;
  std::ofstream file_;
  std::function<int64_t()> now_;
  const Lines lines_;
  // The times of calls that have not returned.
  std::map<std::pair<const Recording*, OperationId>, int64_t> open_;
  absl::Status status_;
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_RECORDER_RECORDING_FILE_H_
