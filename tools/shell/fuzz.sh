#!/bin/bash
# Runs a libFuzzer program briefly: fuzz.sh PROGRAM CORPUS
#
# It starts from the inputs of the folder CORPUS, which stays as it is. An input
# that fails is printed and kept among the test's outputs.
set -euo pipefail

exec "$1" -max_total_time=10 -timeout=10 -seed=1 -verbosity=0 \
  -artifact_prefix="$TEST_UNDECLARED_OUTPUTS_DIR/" "$TEST_TMPDIR" "$2"
