// KvCommand, InSeconds: the words with which a program `kv` is run.
//
//   std::vector<std::string> command = KvCommand(options.program, options.bug);
//   command.push_back("status");
//   command.push_back("--timeout-seconds=" + InSeconds(options.timeout));

#ifndef TESTS_REAL_KV_COMMAND_H_
#define TESTS_REAL_KV_COMMAND_H_

#include <filesystem>
#include <string>
#include <vector>

#include "reprise/sim/core/time.h"

namespace reprise {

// The program, and the flag for its planted bug, if any. Other words follow.
std::vector<std::string> KvCommand(const std::filesystem::path& program,
                                   const std::string& bug);

// As a flag in seconds takes it: "0.25".
std::string InSeconds(Duration duration);

}  // namespace reprise

#endif  // TESTS_REAL_KV_COMMAND_H_
