# shellcheck shell=bash
# Builds with CMake what Bazel builds, and runs CTest. To be sourced, in the
# project's root folder, after packages.sh.
#
# check_cmake CONFIGURATION... prints a line STATUS NAME [LOG] for each
# configuration: PASSED or FAILED. On standard error is what it is at, and of
# what failed the end of its log. A configuration is a compiler and a build
# type, such as gcc-release; each has a folder out/cmake/CONFIGURATION with its
# log.

# With -O2, as Bazel has it. Where precompiles=OFF, a source shows which
# #include it lacks.
cmake_flags=(-G Ninja -DREPRISE_WERROR=ON
  "-DCMAKE_CXX_FLAGS_RELEASE=-O2 -DNDEBUG")

check_cmake() {
  local configuration folder
  for configuration in "$@"; do
    folder=$PWD/out/cmake/$configuration
    mkdir -p "$folder"
    if build_with_cmake "$configuration" "$folder" 3>&2 \
      >"$folder/log" 2>&1; then
      echo "PASSED cmake/$configuration"
    else
      echo "FAILED cmake/$configuration $folder/log"
      tail -n 30 "$folder/log" >&2
    fi
  done
}

# build_with_cmake CONFIGURATION FOLDER
build_with_cmake() {
  local -A compilers=([gcc]=g++ [clang]=clang++)
  local -A types=([release]=Release [debug]=Debug)
  local compiler=${compilers[${1%-*}]} type=${types[${1#*-}]}
  cmake_step "$1: configures" cmake -S . -B "$2" "${cmake_flags[@]}" \
    "-DREPRISE_PRECOMPILE=${precompiles:-ON}" \
    "-DCMAKE_CXX_COMPILER=$compiler" "-DCMAKE_BUILD_TYPE=$type" &&
    cmake_step "$1: builds" cmake --build "$2" --parallel "$(nproc)" &&
    cmake_step "$1: tests" ctest --test-dir "$2" --no-tests=error \
      --output-on-failure --parallel "$(nproc)"
}

# cmake_step WHAT COMMAND...
cmake_step() {
  echo "cmake/$1" >&3
  shift
  echo "== $*"
  "$@" </dev/null
}
