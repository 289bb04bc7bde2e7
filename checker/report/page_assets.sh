#!/bin/bash
# Prints the source of a header such as page_assets.h, which declares kPageHtml,
# kPageStyle and kPageScript: page_assets.sh HEADER FILE... Each is made of the
# files with its ending, .html, .css or .js, in the order in which they stand.
set -euo pipefail

# literal NAME ENDING FILE...: those of the files that end so.
literal() {
  local name=$1 ending=$2 file
  shift 2
  echo "const std::string_view $name = R\"~~~~("
  for file in "$@"; do
    [[ $file != *"$ending" ]] || cat "$file"
  done
  echo ')~~~~";'
}

namespace=$(sed -n 's/^namespace \(.*\) {$/\1/p' "$1")
cat "$1"
echo "namespace $namespace {"
literal kPageHtml .html "$@"
literal kPageStyle .css "$@"
literal kPageScript .js "$@"
echo "}  // namespace $namespace"
