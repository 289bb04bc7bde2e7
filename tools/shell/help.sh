# shellcheck shell=bash
# Help for a command of the shell. To be sourced.
#
# print_comment FILE prints the comment at the top of a script.

print_comment() { sed -n -e '1d' -e '/^#/!q' -e 's/^# \{0,1\}//p' "$1"; }
