// tools/kv: the key/value store on real machines.

#include "tools/commit.h"
#include "tools/kv_program/kv_program.h"

int main(int argc, char** argv) {
  return reprise::kv::RunKvProgram(argc, argv, {.version = reprise::kCommit});
}
