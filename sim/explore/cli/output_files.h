// The files that a command writes: each a file of its own, and none that the
// command reads.
//
// Guarantees: a file is what counts, however its path is written: a link, "./a"
// and "a" are one. Nothing is written to find that out.
//
//   const OutputFile page = FileOfFlag(call.arguments, "html");
//   absl::Status status =
//       CheckOutputFiles({page, FileInFolder(call.arguments, "out", name)},
//                        call.arguments.positionals());
//   // InvalidArgument: "--html=a.json would replace a.json, which is read;
//   // expected another place."

#ifndef REPRISE_SIM_EXPLORE_CLI_OUTPUT_FILES_H_
#define REPRISE_SIM_EXPLORE_CLI_OUTPUT_FILES_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "reprise/sim/explore/cli/arguments.h"

namespace reprise::cli {

struct OutputFile {
  std::string asked_by;  // What messages call it: "--html=a.html".
  std::string path;
};

// The file that the value of the flag names.
OutputFile FileOfFlag(const Arguments& arguments, const std::string& flag);

// The file of that name in the folder that the value of the flag names.
OutputFile FileInFolder(const Arguments& arguments, const std::string& flag,
                        const std::string& name);

// InvalidArgument where two of `outputs` are one file, and where one of them is
// one of `inputs`.
absl::Status CheckOutputFiles(const std::vector<OutputFile>& outputs,
                              const std::vector<std::string>& inputs);

}  // namespace reprise::cli

#endif  // REPRISE_SIM_EXPLORE_CLI_OUTPUT_FILES_H_
