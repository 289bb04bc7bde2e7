# Some of the tests that Bazel runs: enough to see that what CMake builds is the
# same, golden digests included.

# reprise_test(FILE [LIBRARY...])
function(reprise_test file)
  cmake_path(GET file STEM name)
  add_executable(${name} ${file})
  reprise_set_up_target(${name})
  target_include_directories(${name} PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
  target_link_libraries(${name} PRIVATE ${ARGN} reprise::reprise)
endfunction()
