# shellcheck shell=bash
# What Debian does not have, from npm. To be sourced after packages.sh, in the
# project's root folder.
#
# npm_package NAME VERSION prints the folder in whose node_modules the package
# is. It is fetched once and kept in the user's cache.

npm_package() {
  local folder=${XDG_CACHE_HOME:-$HOME/.cache}/reprise/${1##*/}-$2
  if [[ ! -d "$folder/node_modules/$1" ]]; then
    command -v npm >/dev/null ||
      require_packages tools/shell/packages_npm.txt || return 1
    echo "installing $1 $2 by npm" >&2
    npm install --loglevel=error --no-audit --no-fund --prefix "$folder" \
      "$1@$2" >&2 || return 1
  fi
  echo "$folder"
}
