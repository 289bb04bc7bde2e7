#!/bin/bash
# Tests packages.sh: what it installs, and when it gives up.

source tools/shell/testing.sh

printf '# two packages\nbird\ncat\n' >"$TEST_TMPDIR/one.txt"
printf 'ant\n' >"$TEST_TMPDIR/two.txt"
calls=$TEST_TMPDIR/calls
export OS_RELEASE_FILE=$TEST_TMPDIR/os-release

system_is() { printf 'ID=%s\nVERSION_ID="%s"\n' "$@" >"$OS_RELEASE_FILE"; }

user_is() { stub id <<<"echo $1"; }

apt_get_fails_with() {
  stub apt-get <<<"echo apt-get \"\$@\" >>$calls; echo no network; exit $1"
}

# In a process of its own: it may exit.
require() {
  : >"$calls"
  run bash -euo pipefail -c "source tools/shell/packages.sh
    require_packages $TEST_TMPDIR/one.txt $TEST_TMPDIR/two.txt"
}

update_and_install="apt-get update
apt-get install -y --no-install-recommends"

system_is debian 12
user_is 0
apt_get_fails_with 0

# Nothing to do.
stub_packages_missing
require
expect_equal 0 "$status"
expect_equal "" "$(<"$calls")$out$err"

# Installs what is missing, and only that, as root.
stub_packages_missing ant cat
require
expect_equal 0 "$status"
expect_equal "$update_and_install ant cat" "$(<"$calls")"
expect_equal "installing 2 packages: ant cat" "$err"
expect_equal "" "$out"

# A sign of life while apt-get works.
REPRISE_PROGRESS_SECONDS=0 require
expect_equal 0 "$status"
expect_equal "installing 2 packages: ant cat
installing: no network
installing: no network" "$err"
expect_equal "" "$out"

# Neither root nor sudo.
user_is 1000
require
expect_equal 2 "$status"
expect_equal "" "$(<"$calls")$out"
expect_contains "$err" "needs Debian 12, apt-get, and root or sudo"
expect_contains "$err" "Missing packages: ant cat"

# With sudo.
stub sudo <<<'env "$@"'
require
expect_equal 0 "$status"
expect_equal "$update_and_install ant cat" "$(<"$calls")"

# apt-get fails.
apt_get_fails_with 100
require
expect_equal 2 "$status"
expect_contains "$err" "no network"
expect_contains "$err" "could not install: ant cat"

# Another system: even with apt-get and root.
user_is 0
apt_get_fails_with 0
system_is debian 13
require
expect_equal 2 "$status"
expect_contains "$err" "Missing packages: ant cat"

# A system without any of Debian's programs.
system_is debian 12
rm "$stubs/apt-get" "$stubs/dpkg-query"
require
expect_equal 2 "$status"
expect_contains "$err" "Missing packages: ant bird cat"
