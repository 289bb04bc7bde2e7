# shellcheck shell=bash
# Installs the Debian packages that a command needs. To be sourced.
#
# require_packages LIST... returns once every package of these files is
# installed. When some are missing it installs them with apt-get, as root or
# with sudo. Where that cannot work it says what is missing and exits with
# status 2. What it does it says on standard error. Requires `set -o pipefail`.

# Seconds between two signs of life, in tests fewer.
progress_every=${REPRISE_PROGRESS_SECONDS:-30}

require_packages() {
  local missing
  missing=$(missing_packages "$@")
  [[ -z "$missing" ]] && return
  local -a packages
  mapfile -t packages <<<"$missing"
  can_install || die "this needs Debian 12, apt-get, and root or sudo." \
    "Missing packages: ${packages[*]}"
  echo "installing ${#packages[@]} packages: ${packages[*]}" >&2
  install_packages "${packages[@]}"
}

# Prints a message on standard error and exits with status 2.
die() {
  echo "$(basename "$0"): $*" >&2
  exit 2
}

# Prints the packages of the given files that are not installed.
missing_packages() {
  local -a wanted
  mapfile -t wanted < <(sed '/^#/d' "$@" | sort)
  comm -23 <(printf '%s\n' "${wanted[@]}") \
    <(installed_packages "${wanted[@]}" | sort -u)
}

installed_packages() {
  dpkg-query --show --showformat='${db:Status-Status} ${Package}\n' "$@" \
    2>/dev/null | sed -n 's/^installed //p'
}

can_install() {
  [[ "$(system_name)" == "debian 12" ]] || return 1
  command -v apt-get >/dev/null || return 1
  is_root || command -v sudo >/dev/null
}

system_name() {
  local file=${OS_RELEASE_FILE:-/etc/os-release}
  # shellcheck disable=SC1090,SC2153
  (. "$file" && echo "$ID $VERSION_ID") 2>/dev/null
}

is_root() { [[ "$(id -u)" == 0 ]]; }

install_packages() {
  local output
  output=$({ as_root apt-get update && as_root apt-get install -y \
    --no-install-recommends "$@"; } 2>&1 </dev/null | tell_some_lines) || {
    printf '%s\n' "$output" >&2
    die "apt-get could not install: $*"
  }
}

# Copies its input and tells a line of it now and then, as a sign of life.
tell_some_lines() {
  local line told=$SECONDS
  while IFS= read -r line; do
    printf '%s\n' "$line"
    ((SECONDS - told >= progress_every)) || continue
    echo "installing: $line" >&2
    told=$SECONDS
  done
}

as_root() {
  if is_root; then
    DEBIAN_FRONTEND=noninteractive "$@"
  else
    sudo DEBIAN_FRONTEND=noninteractive "$@"
  fi
}
