#!/bin/bash
# Tests tools/compile_commands: what it writes, and what it leaves alone.

source tools/shell/testing.sh

/bin/ln -s /usr/bin/jq /bin/mv "$stubs"
stub_packages_missing

# bazel_fails_with STATUS COMMAND: a Bazel whose COMMAND fails.
bazel_fails_with() {
  stub bazel <<EOF
[[ \$1 != build ]] || echo chatter >&2
case \$1 in
  $2) exit $1 ;;
  info) echo /base/execroot/reprise ;;
  aquery) cat $TEST_TMPDIR/actions ;;
esac
EOF
}

# An action for each file named, as Bazel reports them.
actions_of() {
  local file comma=
  echo '{"artifacts":[{"id":1}],"actions":['
  for file in "$@"; do
    echo "$comma"'{"targetId":1,"mnemonic":"CppCompile","arguments":' \
      '["/usr/bin/gcc","-g0","-MD","-MF","a.d","-frandom-seed=a.o",' \
      '"-Ia/_virtual_includes/a","-Wall","-Werror","-flto",' \
      '"-fno-canonical-system-headers","-c","'"$file"'","-o","a.o"]}'
    comma=,
  done
  echo ']}'
}

command=$checkout/tools/compile_commands
database=$checkout/compile_commands.json

# One command for each source of the project, fit for Clang.
actions_of kv/b.cc kv/a.cc kv/a.cc external/c.cc >"$TEST_TMPDIR/actions"
bazel_fails_with 1 nothing
run "$command"
expect_equal 0 "$status"
expect_equal "" "$err"
expect_equal "compile_commands.json: 2 sources" "$out"
expect_equal "kv/a.cc kv/b.cc" "$(jq -r 'map(.file) | join(" ")' "$database")"
expect_equal "$checkout" "$(jq -r '.[0].directory' "$database")"
expect_equal "/usr/bin/gcc -iquote /base/execroot -g0 \
-Ia/_virtual_includes/a -Wall -c kv/a.cc" \
  "$(jq -r '.[0].arguments | join(" ")' "$database")"

# What cannot be built, or asked for, leaves the old file as it is.
echo old >"$database"
bazel_fails_with 1 build
run "$command"
expect_equal 2 "$status"
expect_equal "" "$out"
expect_contains "$err" "chatter"
expect_contains "$err" "could not be linked"
bazel_fails_with 8 build
run "$command"
expect_equal 130 "$status"
bazel_fails_with 1 aquery
run "$command"
expect_equal 2 "$status"
expect_contains "$err" "could not say"
expect_equal "old" "$(<"$database")"
expect_equal "$database" "$(echo "$database"*)"

# Help, and wrong usage.
run "$command" --help
expect_equal 0 "$status"
expect_contains "$out" "compile_commands.json"
run "$command" all
expect_equal 2 "$status"
expect_contains "$err" "not: all"
