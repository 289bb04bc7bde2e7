# Some of the tests that Bazel runs: enough to see that CMake builds the same,
# golden digests, what is recorded of a run and replaced functions included.

if(NOT TARGET GTest::gmock)
  message(FATAL_ERROR "the tests need GoogleTest with GoogleMock: install "
    "libgmock-dev, or set REPRISE_TESTS=OFF")
endif()

# Headers of tests alone.
reprise_link_headers(tests
  sim/core/task_testing.h
  sim/world/testing/frequency.h
  sim/world/testing/pair.h
  sim/world/testing/servers.h)

# reprise_test(NAME SOURCES FILE... [LIBRARIES TARGET...] [OPTIONS OPTION...])
function(reprise_test name)
  cmake_parse_arguments(PARSE_ARGV 1 test "" "" "SOURCES;LIBRARIES;OPTIONS")
  add_executable(${name} ${test_SOURCES})
  reprise_set_up_target(${name})
  target_compile_options(${name} PRIVATE ${test_OPTIONS})
  target_include_directories(${name} PRIVATE
    ${CMAKE_CURRENT_SOURCE_DIR} ${reprise_headers_folder}/tests)
  target_link_libraries(${name} PRIVATE ${test_LIBRARIES} reprise::reprise)
endfunction()

reprise_test(units_test
  SOURCES
    checker/history/history_test.cc
    sim/core/event_queue_test.cc
    sim/core/time_test.cc
    sim/trace/digest_test.cc
    sim/world/decisions_test.cc
    sim/world/partition_shape_test.cc
    sim/world/world_test.cc
    sim/world/zone_faults_test.cc
  LIBRARIES GTest::gmock_main)
add_test(NAME units COMMAND units_test)

# Compilers elide allocations that nobody looks at, and the test counts them.
reprise_test(memory_account_test
  SOURCES sim/core/memory_account_test.cc
  LIBRARIES reprise::memory_accounting GTest::gmock_main
  OPTIONS -O0 -U_FORTIFY_SOURCE)
add_test(NAME memory_accounting COMMAND memory_account_test)

reprise_test(sandbox_test
  SOURCES sim/core/sandbox_test.cc
  LIBRARIES reprise::sandbox GTest::gmock_main)
add_test(NAME sandbox COMMAND sandbox_test)

reprise_test(golden_test
  SOURCES tests/golden_test.cc
  LIBRARIES reprise_scenarios GTest::gmock_main)
add_test(NAME golden_digests COMMAND golden_test
  WORKING_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR})

reprise_test(store_test
  SOURCES tests/porting/ported_store.cc tests/porting/records.cc
    tests/porting/store_scenario.cc tests/porting/store_test.cc
  LIBRARIES reprise::gtest_main)
reprise_discover_sweeps(store_test)

# Code under test sees what an Env offers, and no simulated world.
function(reprise_include_test name header)
  add_test(NAME ${name} COMMAND ${CMAKE_CXX_COMPILER} -std=c++20 -fsyntax-only
    -I${reprise_headers_folder}/env -x c++ -include ${header} /dev/null)
endfunction()
reprise_include_test(env_alone reprise/env.h)
reprise_include_test(env_has_no_world reprise/sim/world/world.h)
set_tests_properties(env_has_no_world PROPERTIES
  PASS_REGULAR_EXPRESSION "reprise/sim/world/world.h")

if(REPRISE_PROGRAM)
  add_test(NAME program COMMAND reprise_program sweep --scenario=lab-basic
    --seeds=5 --check-determinism)
endif()
