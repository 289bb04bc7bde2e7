#!/bin/bash
# Tests tools/bazel/status.sh: which commit it tells Bazel of.

source tools/shell/testing.sh

# git_answers ROOT COMMIT CHANGES: of the checkout that a folder is part of.
git_answers() {
  stub git <<EOF
case "\$1 \$2" in
  "rev-parse --show-toplevel") echo "$1" ;;
  "rev-parse --short=12") echo "$2" ;;
  "status --porcelain") echo "$3" ;;
  *) exit 1 ;;
esac
EOF
}

cd "$checkout"

git_answers "$PWD" 1a2b3c4d5e6f ""
run tools/bazel/status.sh
expect_equal 0 "$status"
expect_equal "STABLE_REPRISE_COMMIT 1a2b3c4d5e6f
REPRISE_CHANGES " "$out"

git_answers "$PWD" 1a2b3c4d5e6f " M README.md"
run tools/bazel/status.sh
expect_equal "STABLE_REPRISE_COMMIT 1a2b3c4d5e6f
REPRISE_CHANGES +changes" "$out"

# The checkout of another project, which has this one in a folder of its own.
git_answers / 1a2b3c4d5e6f " M README.md"
run tools/bazel/status.sh
expect_equal 0 "$status"
expect_equal "STABLE_REPRISE_COMMIT unknown
REPRISE_CHANGES " "$out"

# No checkout, or no git.
stub git <<<"echo 'fatal: not a git repository' >&2; exit 128"
run tools/bazel/status.sh
expect_equal 0 "$status"
expect_equal "STABLE_REPRISE_COMMIT unknown
REPRISE_CHANGES " "$out"
expect_equal "" "$err"
/bin/rm "$stubs/git"
run tools/bazel/status.sh
expect_equal 0 "$status"
expect_equal "" "$err"
