# shellcheck shell=bash
# What a tutorial page consists of: the files that it has its reader write, and
# the commands that it has its reader type. To be sourced.
#
# A file is a block of code below a line that begins with its name:
#   `main.cc`, the whole command line:
# A command is a line that begins with "$ " in a block; below it may stand what
# it prints, where a line "..." stands for any lines.

# tutorial_files PAGE FOLDER: writes the files into the folder.
tutorial_files() {
  awk -v folder="$2" '
    is_file && /^```$/ { is_file = 0; close(path); next }
    is_file { print >path; next }
    /^`[^`]+`.*:$/ { split($0, part, "`"); path = folder "/" part[2]; next }
    /^```/ && path && !printed[path] { is_file = 1; printed[path] = 1; next }
  ' "$1"
}

# tutorial_commands PAGE: the commands, a line each.
tutorial_commands() { sed -n 's/^\$ //p' "$1"; }

# tutorial_status COMMAND: the status that it ends with. What finds or replays a
# planted bug finds a violation.
tutorial_status() {
  if [[ $1 == *--bug=* || $1 == *replay* ]]; then echo 1; else echo 0; fi
}

# tutorial_output PAGE COMMAND: the lines that the page shows below it.
tutorial_output() {
  awk -v command="\$ $2" '
    /^```$/ || /^\$ / { is_shown = 0 }
    is_shown
    $0 == command { is_shown = 1 }
  ' "$1"
}

# prints_as_shown SHOWN PRINTED: whether the lines of the first file stand in
# the second one in this order, one below the other unless "..." is between
# them. Prints the first line that does not.
prints_as_shown() {
  awk '
    NR == FNR { shown[++count] = $0; next }
    { printed[++lines] = $0 }
    END {
      at = 1
      is_free = 1
      for (i = 1; i <= count; ++i) {
        if (shown[i] == "...") { is_free = 1; continue }
        while (is_free && at <= lines && printed[at] != shown[i]) ++at
        if (at > lines || printed[at] != shown[i]) {
          print "expected: " shown[i]
          print "   found: " (at > lines ? "the end" : printed[at])
          exit 1
        }
        ++at
        is_free = 0
      }
    }
  ' "$1" "$2"
}
