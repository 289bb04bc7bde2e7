# reprise_discover_sweeps(TARGET [TIMEOUT SECONDS] [SEEDS SEEDS] [PREFIX TEXT]):
# a test of CTest for each GoogleTest case of the program TARGET, found after it
# is built. Where the cases are made of a catalog, each scenario is one.
#
# TIMEOUT: after which CTest ends a test, by default 300. The sweep ends before
# and names the seeds that are left.
# SEEDS: COUNT or FROM..TO; without it, the environment variable REPRISE_SEEDS
# of ctest, or else what the program says.
# PREFIX: of the tests' names.
#
# A failing seed's replay file is left in the folder TARGET_replays of the
# target's build folder.

function(reprise_discover_sweeps target)
  cmake_parse_arguments(PARSE_ARGV 1 sweep "" "TIMEOUT;SEEDS;PREFIX" "")
  if(sweep_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "reprise_discover_sweeps(${target}): unknown argument "
      "'${sweep_UNPARSED_ARGUMENTS}'; there are TIMEOUT, SEEDS and PREFIX")
  endif()
  if(NOT TARGET ${target})
    message(FATAL_ERROR
      "reprise_discover_sweeps(${target}): there is no such target")
  endif()
  if(NOT DEFINED sweep_TIMEOUT)
    set(sweep_TIMEOUT 300)
  endif()
  if(NOT sweep_TIMEOUT MATCHES "^[1-9][0-9]*$")
    message(FATAL_ERROR "reprise_discover_sweeps(${target}): TIMEOUT is a "
      "number of seconds, not '${sweep_TIMEOUT}'")
  endif()
  set(replays ${CMAKE_CURRENT_BINARY_DIR}/${target}_replays)
  file(MAKE_DIRECTORY ${replays})
  # Any names but the values of parameters, which are whole scenarios.
  set(environment TEST_TIMEOUT=${sweep_TIMEOUT}
    TEST_UNDECLARED_OUTPUTS_DIR=${replays})
  if(DEFINED sweep_SEEDS)
    if(NOT sweep_SEEDS MATCHES "^[0-9]+(\\.\\.[0-9]+)?$")
      message(FATAL_ERROR "reprise_discover_sweeps(${target}): SEEDS is COUNT "
        "or FROM..TO, not '${sweep_SEEDS}'")
    endif()
    list(APPEND environment REPRISE_SEEDS=${sweep_SEEDS})
  endif()
  # Here, because who calls may not see the variables of that file.
  include(GoogleTest)
  gtest_discover_tests(${target}
    NO_PRETTY_VALUES
    TEST_PREFIX "${sweep_PREFIX}"
    TEST_LIST ${target}_sweeps
    PROPERTIES TIMEOUT ${sweep_TIMEOUT})
  # As a property of the tests that are found: of a list among PROPERTIES only
  # the first element would arrive.
  set(settings ${CMAKE_CURRENT_BINARY_DIR}/${target}_sweeps.cmake)
  file(WRITE ${settings}
    "if(${target}_sweeps)\n"
    "  set_tests_properties(\${${target}_sweeps} PROPERTIES\n"
    "    ENVIRONMENT [==[${environment}]==])\n"
    "endif()\n")
  set_property(DIRECTORY APPEND PROPERTY TEST_INCLUDE_FILES ${settings})
endfunction()
