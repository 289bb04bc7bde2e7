# The libraries that Reprise needs, found as packages. Both the build and the
# installed package include this file.
#
# Defines besides their targets reprise::xxhash, reprise::zstd and
# reprise::asio, for which not every system has a package, and those of
# GoogleTest where it is found: it serves reprise::gtest_main alone.

include(CMakeFindDependencyMacro)

find_dependency(Threads)
find_dependency(absl CONFIG)
find_dependency(Boost 1.74 COMPONENTS context)
find_dependency(CLI11 CONFIG)
find_dependency(nlohmann_json CONFIG)
find_dependency(ZLIB)
if(NOT TARGET GTest::gmock)
  find_package(GTest CONFIG QUIET)
endif()

# reprise_find_library(NAME HEADER): defines reprise::NAME by its header and its
# library file.
function(reprise_find_library name header)
  if(TARGET reprise::${name})
    return()
  endif()
  find_path(reprise_${name}_INCLUDE_DIR ${header})
  find_library(reprise_${name}_LIBRARY ${name})
  mark_as_advanced(reprise_${name}_INCLUDE_DIR reprise_${name}_LIBRARY)
  if(NOT reprise_${name}_INCLUDE_DIR OR NOT reprise_${name}_LIBRARY)
    message(FATAL_ERROR "reprise needs ${header} and the library ${name}: "
      "install lib${name}-dev")
  endif()
  add_library(reprise::${name} UNKNOWN IMPORTED GLOBAL)
  set_target_properties(reprise::${name} PROPERTIES
    IMPORTED_LOCATION ${reprise_${name}_LIBRARY}
    INTERFACE_INCLUDE_DIRECTORIES ${reprise_${name}_INCLUDE_DIR})
endfunction()

reprise_find_library(xxhash xxhash.h)
reprise_find_library(zstd zstd.h)

# Headers alone, which no header of Reprise includes: a dependent can do without.
if(NOT TARGET reprise::asio)
  find_path(reprise_asio_INCLUDE_DIR asio.hpp)
  mark_as_advanced(reprise_asio_INCLUDE_DIR)
  add_library(reprise::asio INTERFACE IMPORTED GLOBAL)
  target_link_libraries(reprise::asio INTERFACE Threads::Threads)
  target_compile_definitions(reprise::asio INTERFACE ASIO_STANDALONE)
  if(reprise_asio_INCLUDE_DIR)
    target_include_directories(reprise::asio SYSTEM
      INTERFACE ${reprise_asio_INCLUDE_DIR})
  endif()
endif()
