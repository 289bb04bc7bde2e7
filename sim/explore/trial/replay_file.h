// ReplayFile: a trial, written down so that it plays again elsewhere.
//
// The file is JSON for people, made to be edited: one line for a decision, or
// for a range of decisions with one answer. With the base "calm", what the
// schedule does not name is calm; with "seed", which is the default, the seed
// answers it. A delay's value is in nanoseconds, a fault's is 1; whom a
// partition cuts off from whom stands there in words (parse_cuts.h). "reseeds":
// from so many virtual nanoseconds on another seed answers, and with
// "calm-delays" behind it draws faults alone. "digests" are those after so many
// events; they may be left out. "turning_point" stands in files of `branch`.
//
//   {
//     "format": "reprise-replay",
//     "version": 3,
//     "scenario": "lab-random-keys",
//     "bug": "put-not-deduplicated",
//     "seed": 417,
//     "options": {"clients": 5},
//     "expected": {
//       "verdict": "violated",
//       "property": "linearizability",
//       "message": "key \"2\": ...",
//       "digest": "0123456789abcdef",
//       "digests": [[64, "89abcdef01234567"], ..., [1603, "0123456789abcdef"]],
//       "turning_point": {"event": 57, "virtual_nanoseconds": 31288000,
//                         "failures": 158, "trials": 160}
//     },
//     "base": "calm",
//     "reseeds": [[2000000000, 9]],
//     "schedule": [
//       ["clerk-1->server", "request-loss", "Put 1.12 #0", 1],
//       ["client 3", "operation-left-out", [0, 41], 1],
//       ["world", "partition", 13, 61234],
//       ["world", "partition-shape", 13, "{server} | {clerk-0 clerk-1}"]
//     ]
//   }
//
// The version is 3 where the schedule has a range, else 2. A file of version 1
// plays, too: its base is calm where it has a schedule, in which packets are
// placed by their index on their link.
//
// Guarantees: reading what was written gives the same value. A file that is
// broken, foreign or of a newer version is InvalidArgument with a message that
// names the file and what is wrong; a file that cannot be read is NotFound.

#ifndef REPRISE_SIM_EXPLORE_TRIAL_REPLAY_FILE_H_
#define REPRISE_SIM_EXPLORE_TRIAL_REPLAY_FILE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/explore/trial/timeline.h"
#include "reprise/sim/explore/trial/trial.h"
#include "reprise/sim/explore/trial/trial_runner.h"
#include "reprise/sim/explore/trial/verdict.h"
#include "reprise/sim/trace/digest_trail.h"
#include "reprise/sim/world/edits.h"

namespace reprise {

// Where the run turned (sim/explore/branch): of `trials` runs that another seed
// answered after the instant of the event, so many failed as it did.
struct ExpectedTurn {
  uint64_t event = 0;
  VirtualTime instant = {};
  uint64_t failures = 0;
  uint64_t trials = 0;

  friend bool operator==(const ExpectedTurn&, const ExpectedTurn&) = default;
};

// How the trial ended when it was recorded.
struct ExpectedResult {
  VerdictKind verdict = VerdictKind::kHolds;
  std::string property = {};
  std::string message = {};
  uint64_t digest = 0;
  // Along the way and of the end (digest_trail.h), so that a run that differs
  // tells where it does. May be empty.
  std::vector<DigestPoint> digests = {};
  // Absent: nobody has looked for it.
  std::optional<ExpectedTurn> turning_point = {};

  friend bool operator==(const ExpectedResult&,
                         const ExpectedResult&) = default;
};

struct ReplayFile {
  std::string scenario = {};
  std::string bug = {};
  Timeline timeline = {};
  // A file written by hand may expect nothing.
  std::optional<ExpectedResult> expected = {};

  friend bool operator==(const ReplayFile&, const ReplayFile&) = default;
};

// The file of a recorded trial of `scenario` with `bug`. `reseeds`: those that
// it had, because what nodes draw themselves is no decision.
ReplayFile ToReplayFile(std::string_view scenario, std::string_view bug,
                        const RecordedTrial& trial,
                        const std::vector<Reseed>& reseeds = {});

// The name, inside a folder, of the file of a trial that was asked for with
// these: "lab-random-keys-417.json", "lab-basic-BUG-clients=3-417.json".
std::string ReplayFileName(std::string_view scenario, const TrialOptions& trial,
                           Seed seed);

std::string FormatReplayFile(const ReplayFile& file);
// `name` is used in errors only.
absl::StatusOr<ReplayFile> ParseReplayFile(std::string_view name,
                                           std::string_view text);

absl::StatusOr<ReplayFile> ReadReplayFile(const std::string& path);
// The error of the decision `edit` of the file at `path`, with its line.
// `reason`: what is wrong, after the decision's name.
absl::Status BadDecision(const std::string& path, const Decision& edit,
                         std::string_view reason);
// Writes at once or not at all, into a folder that exists.
absl::Status WriteReplayFile(const std::string& path, const ReplayFile& file);
// Whether WriteReplayFile(path) can be expected to work, with its reason if
// not. Leaves nothing behind, and a file at `path` as it is.
absl::Status ProbeReplayFile(const std::string& path);

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_TRIAL_REPLAY_FILE_H_
