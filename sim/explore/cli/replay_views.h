// ReplayViews: the files that show a replay, as --html, --perfetto and
// --events name them.
//
// Guarantees: Check() leaves what is at the paths as it is, and nothing behind;
// each file is there as a whole or not at all. A trial that ends its process is
// shown until then. Requires that no file is that of another output.
//
//   ReplayViews views(call.arguments, call.catalog);
//   absl::Status status =
//       CheckOutputFiles(views.Files(), call.arguments.positionals());
//   status = views.Check();  // before the trial takes its time
//   views.Watch(options);
//   replay = Play(call.catalog, file, options);
//   status = views.Write(file, *replay, call.console.out);

#ifndef REPRISE_SIM_EXPLORE_CLI_REPLAY_VIEWS_H_
#define REPRISE_SIM_EXPLORE_CLI_REPLAY_VIEWS_H_

#include <ostream>
#include <vector>

#include "absl/status/status.h"
#include "reprise/sim/explore/cli/arguments.h"
#include "reprise/sim/explore/cli/output_files.h"
#include "reprise/sim/explore/sweep/replay.h"
#include "reprise/sim/explore/trial/replay_file.h"
#include "reprise/sim/explore/trial/scenario.h"
#include "reprise/sim/trace/event_list.h"

namespace reprise::cli {

// For CommandSpec::flags.
Flag HtmlFlag();
Flag PerfettoFlag();
Flag EventsFlag();

class ReplayViews {
 public:
  // Both are borrowed.
  ReplayViews(const Arguments& arguments, const Catalog& catalog)
      : arguments_(arguments), catalog_(catalog) {}

  // Those that are asked for.
  std::vector<OutputFile> Files() const;
  // InvalidArgument for a file that cannot be written.
  absl::Status Check() const;
  // Has the events kept where a file is asked for. `options` may be played with
  // no longer than this lives.
  void Watch(PlayOptions& options);
  // Writes what is asked for, and tells `told` each file: "report: a.html".
  absl::Status Write(const ReplayFile& file, const Replay& replay,
                     std::ostream& told) const;

 private:
  const Arguments& arguments_;
  const Catalog& catalog_;
  EventList list_;
};

}  // namespace reprise::cli

#endif  // REPRISE_SIM_EXPLORE_CLI_REPLAY_VIEWS_H_
