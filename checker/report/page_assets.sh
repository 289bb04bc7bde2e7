#!/bin/bash
# Prints the source of page_assets.h: page_assets.sh HTML STYLE SCRIPT...
set -euo pipefail

# literal NAME FILE...
literal() {
  echo "const std::string_view $1 = R\"~~~~("
  shift
  cat "$@"
  echo ')~~~~";'
}

echo '#include "reprise/checker/report/page_assets.h"'
echo 'namespace reprise::checker {'
literal kPageHtml "$1"
literal kPageStyle "$2"
literal kPageScript "${@:3}"
echo '}  // namespace reprise::checker'
