# shellcheck shell=bash
# Reads the outcome of a `bazel test` from its build event file. To be sourced.
#
# print_results FILE prints one line for each test target, and one for each
# other target that failed to build: STATUS LABEL [LOG]. The status is PASSED,
# FAILED, TIMEOUT, or whatever else Bazel reports, FAILED_TO_BUILD included.
# What an interrupted run did not come to has no line, nor has a target that
# does not exist in this configuration.

print_results() {
  local label='"label":"\([^"]*\)"'
  local log='"failed":\[{"uri":"file:\/\/\([^"]*\)"'
  local status='"overallStatus":"\([A-Z_]*\)"'
  # Bazel writes one event per line, its id first.
  sed -n \
    -e '/^{"id":{"testSummary"/{' \
    -e "s/.*$label.*$log.*$status.*/\3 \1 \2/p;t" \
    -e "s/.*$label.*$status.*/\2 \1/p" \
    -e '}' \
    -e '/^{"id":{"targetCompleted"/{' \
    -e '/"completed":{"success":true/d' \
    -e '/"aborted":{"reason":"USER_INTERRUPTED"/d' \
    -e '/"aborted":{"reason":"SKIPPED"/d' \
    -e "s/^{\"id\":{\"targetCompleted\":{$label.*/FAILED_TO_BUILD \1/p" \
    -e '}' "$1"
}
