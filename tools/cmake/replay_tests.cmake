# reprise_add_replay_tests(): saved replay files as a test of regressions.
#
#   reprise_add_replay_tests(
#     lease_regressions ${CMAKE_CURRENT_SOURCE_DIR}/regressions
#     CATALOG lease_catalog           # the library with the scenarios
#     HEADER lease/catalog.h          # that declares the function
#     FUNCTION lease::LeaseCatalog    # that returns the reprise::Catalog
#     LIBRARIES ...)                  # to be linked besides, if any
#
# makes a program and a test of CTest, both of that name, which plays every file
# that is in the folder when the test runs. What a file must do, and what a
# failure says, is in reprise/sim/explore/testing/replay_corpus.h.

function(reprise_add_replay_tests target folder)
  cmake_parse_arguments(
    PARSE_ARGV 2 catalog "" "CATALOG;HEADER;FUNCTION" "LIBRARIES")
  foreach(argument CATALOG HEADER FUNCTION)
    if(NOT catalog_${argument})
      message(FATAL_ERROR
        "reprise_add_replay_tests(${target}): ${argument} is missing; expected "
        "TARGET FOLDER CATALOG library HEADER header FUNCTION function.")
    endif()
  endforeach()
  if(catalog_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR
      "reprise_add_replay_tests(${target}): found "
      "${catalog_UNPARSED_ARGUMENTS}, expected "
      "TARGET FOLDER CATALOG library HEADER header FUNCTION function.")
  endif()
  cmake_path(ABSOLUTE_PATH folder NORMALIZE)
  if(NOT IS_DIRECTORY "${folder}")
    message(FATAL_ERROR
      "reprise_add_replay_tests(${target}): ${folder} is no folder; expected "
      "one of replay files. Make it, or add this call once the first failure "
      "is saved in it.")
  endif()
  set(main "${CMAKE_CURRENT_BINARY_DIR}/${target}_main.cc")
  # Here, because who calls may not see the variables of this file.
  set(program [[
#include "@catalog_HEADER@"
#include "reprise/sim/explore/testing/replay_corpus.h"

int main(int argc, char** argv) {
  return reprise::ReplayTestMain(argc, argv, @catalog_FUNCTION@());
}
]])
  file(CONFIGURE OUTPUT "${main}" CONTENT "${program}" @ONLY)
  add_executable(${target} "${main}")
  target_link_libraries(
    ${target} PRIVATE ${catalog_CATALOG} ${catalog_LIBRARIES}
                      reprise::gtest_main)
  add_test(NAME ${target} COMMAND ${target} "${folder}")
endfunction()
