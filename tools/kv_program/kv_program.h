// The program tools/kv: its commands and what they do.
//
//   int main(int argc, char** argv) {
//     return reprise::kv::RunKvProgram(argc, argv);
//   }

#ifndef TOOLS_KV_PROGRAM_KV_PROGRAM_H_
#define TOOLS_KV_PROGRAM_KV_PROGRAM_H_

#include <string>

#include "tools/kv_program/load_command.h"
#include "tools/kv_program/serve_command.h"

namespace reprise::kv {

struct KvProgramOptions {
  std::string version = "";  // What --version says; "": there is no such flag.
  ServerPrograms servers = {};
  ClerkEnv clerk_env = nullptr;
};

// Reads the command line and runs its command; returns the exit status.
int RunKvProgram(int argc, char** argv, const KvProgramOptions& options = {});

}  // namespace reprise::kv

#endif  // TOOLS_KV_PROGRAM_KV_PROGRAM_H_
