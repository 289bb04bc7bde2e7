# How the components of sources.cmake become targets. A component NAME is the
# library reprise_NAME, or reprise_NAME_whole where programs take all of it, and
# other projects call it reprise::NAME. (reprise itself is reprise_reprise.)

# Whether this build is one in which hot code is optimised further, as a
# generator expression: 1 or 0.
set(reprise_is_optimised
  $<AND:$<BOOL:${REPRISE_FAST}>,$<CONFIG:Release,RelWithDebInfo>>)

# Each component has a folder of its own for headers, which holds links to them
# below reprise/. So an include path shows the components below and no others,
# and no folder of the project but reprise/.
set(reprise_headers_folder ${CMAKE_CURRENT_BINARY_DIR}/headers)
file(REMOVE_RECURSE ${reprise_headers_folder})

set(reprise_public_components
  text env core real checker memory_accounting sandbox reprise gtest_main)
set(reprise_gtest_components gtest_main)

# Where others include HEADER: reprise/sim/core/time.h, reprise/env.h.
function(reprise_header_path header variable)
  if(NOT header MATCHES "^reprise/")
    set(header reprise/${header})
  endif()
  set(${variable} ${header} PARENT_SCOPE)
endfunction()

function(reprise_link_headers component)
  foreach(header IN LISTS ARGN)
    reprise_header_path(${header} path)
    set(link ${reprise_headers_folder}/${component}/${path})
    cmake_path(GET link PARENT_PATH folder)
    file(MAKE_DIRECTORY ${folder})
    file(CREATE_LINK ${CMAKE_CURRENT_SOURCE_DIR}/${header} ${link} SYMBOLIC)
  endforeach()
endfunction()

# What every target of the project's own has; its dependents get C++20 alone.
function(reprise_set_up_target target)
  target_compile_features(${target} PUBLIC cxx_std_20)
  set_target_properties(${target} PROPERTIES
    CXX_EXTENSIONS OFF
    POSITION_INDEPENDENT_CODE ON)
  # Some GCC 12 see overlapping copies in any std::string.
  target_compile_options(${target} PRIVATE -Wall -Wextra
    $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>)
  if(REPRISE_WERROR AND PROJECT_IS_TOP_LEVEL)
    target_compile_options(${target} PRIVATE -Werror)
  endif()
endfunction()

# Headers that most sources include take half of a compiler's time.
function(reprise_precompile target)
  if(REPRISE_PRECOMPILE)
    target_precompile_headers(${target} PRIVATE
      <algorithm> <functional> <map> <memory> <optional> <string> <vector>
      <absl/status/statusor.h> <absl/strings/str_cat.h>
      <absl/strings/str_format.h>)
  endif()
endfunction()

function(reprise_set_up_fast_target target)
  set(gcc $<CXX_COMPILER_ID:GNU>)
  target_compile_options(${target} PRIVATE
    "$<${reprise_is_optimised}:${reprise_fast_compile_options}>"
    "$<$<AND:${reprise_is_optimised},${gcc}>:${reprise_whole_program_options}>")
endfunction()

# GCC's linker optimises a program as a whole where it can, which takes seconds.
# Programs that link TARGET are spared, but for those with one of two
# properties.
function(reprise_set_up_links target)
  set(gcc $<LINK_LANG_AND_ID:CXX,GNU>)
  set(asked $<BOOL:$<TARGET_PROPERTY:REPRISE_WHOLE_PROGRAM>>)
  set(as_ever $<BOOL:$<TARGET_PROPERTY:INTERPROCEDURAL_OPTIMIZATION>>)
  target_link_options(${target} INTERFACE
    "$<$<AND:${gcc},${asked}>:${reprise_whole_program_link_options}>"
    "$<$<AND:${gcc},$<NOT:$<OR:${asked},${as_ever}>>>:-fno-lto>")
endfunction()

function(reprise_add_library target component)
  add_library(${target} STATIC ${part_SOURCES})
  reprise_set_up_target(${target})
  target_link_libraries(${target} PUBLIC ${part_LIBRARIES} ${part_BELOW})
  if(REPRISE_FAST)
    reprise_set_up_links(${target})
  endif()
  # Of other projects, a compiler's warnings about these headers are silenced.
  set(folder ${reprise_headers_folder}/${component})
  reprise_precompile(${target})
  target_include_directories(${target} PRIVATE ${folder})
  target_include_directories(${target} SYSTEM INTERFACE
    $<BUILD_INTERFACE:${folder}>
    $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
  set_target_properties(${target} PROPERTIES REPRISE_HEADERS "${part_HEADERS}")
  if(part_FAST_SOURCES)
    add_library(${target}_fast OBJECT ${part_FAST_SOURCES})
    reprise_set_up_target(${target}_fast)
    reprise_set_up_fast_target(${target}_fast)
    reprise_precompile(${target}_fast)
    target_link_libraries(${target}_fast
      PRIVATE ${part_LIBRARIES} ${part_BELOW})
    target_include_directories(${target}_fast PRIVATE ${folder})
    target_sources(${target} PRIVATE $<TARGET_OBJECTS:${target}_fast>)
  endif()
endfunction()

# Sources that the build makes.
set(reprise_made_folder ${CMAKE_CURRENT_BINARY_DIR}/made)

# reprise_made_source(SOURCE SCRIPT INPUT...): what SCRIPT prints of the inputs.
function(reprise_made_source source script)
  set(made ${reprise_made_folder}/${source})
  cmake_path(GET made PARENT_PATH folder)
  file(MAKE_DIRECTORY ${folder})
  set(inputs ${ARGN})
  list(TRANSFORM inputs PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/)
  set(script ${CMAKE_CURRENT_SOURCE_DIR}/${script})
  add_custom_command(OUTPUT ${made}
    COMMAND bash ${script} ${inputs} > ${made}
    DEPENDS ${script} ${inputs})
endfunction()

# reprise_component(NAME [WHOLE] [BELOW NAME...] [LIBRARIES TARGET...]
#                   [HEADERS FILE...] [SOURCES FILE...] [FAST_SOURCES FILE...])
function(reprise_component name)
  cmake_parse_arguments(PARSE_ARGV 1 part "WHOLE" ""
    "BELOW;LIBRARIES;HEADERS;SOURCES;FAST_SOURCES")
  list(TRANSFORM part_BELOW PREPEND reprise_)
  if(name IN_LIST reprise_gtest_components AND NOT TARGET GTest::gmock)
    return()
  endif()
  if(NOT name IN_LIST reprise_public_components)
    reprise_inner_component(${name})
    return()
  endif()
  reprise_link_headers(${name} ${part_HEADERS})
  set(target reprise_${name})
  if(part_WHOLE)
    reprise_add_library(${target}_whole ${name})
    set_target_properties(${target}_whole PROPERTIES EXPORT_NAME ${name}_whole)
    # What is linked under the installed name has to be found by that name.
    add_library(reprise::${name}_whole ALIAS ${target}_whole)
    add_library(${target} INTERFACE)
    target_link_libraries(${target} INTERFACE
      $<LINK_LIBRARY:WHOLE_ARCHIVE,reprise::${name}_whole> ${part_BELOW})
  else()
    reprise_add_library(${target} ${name})
  endif()
  set_target_properties(${target} PROPERTIES EXPORT_NAME ${name})
  add_library(reprise::${name} ALIAS ${target})
endfunction()

# The project's own scenarios and the program. They include the scenarios by the
# path from the project's root.
function(reprise_inner_component name)
  if(NOT REPRISE_PROGRAM AND NOT REPRISE_TESTS)
    return()
  endif()
  if(name STREQUAL program)
    if(NOT REPRISE_PROGRAM)
      return()
    endif()
    reprise_write_commit(commit_source)
    set(target reprise_program)
    add_executable(${target} ${part_SOURCES} ${commit_source})
    reprise_set_up_target(${target})
    target_link_libraries(${target} PRIVATE ${part_LIBRARIES} ${part_BELOW})
    set_target_properties(${target} PROPERTIES
      OUTPUT_NAME reprise
      REPRISE_WHOLE_PROGRAM $<${reprise_is_optimised}:ON>)
  else()
    reprise_link_headers(${name} ${part_HEADERS})
    set(target reprise_${name})
    reprise_add_library(${target} ${name})
    if(TARGET ${target}_fast)
      target_include_directories(${target}_fast
        PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
    endif()
  endif()
  target_include_directories(${target} PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
endfunction()

# What `reprise --version` says of the commit: the one of the configuration.
function(reprise_write_commit variable)
  set(commit unknown)
  find_package(Git QUIET)
  if(GIT_FOUND AND EXISTS ${CMAKE_CURRENT_SOURCE_DIR}/.git)
    execute_process(
      COMMAND ${GIT_EXECUTABLE} rev-parse --short=12 --verify HEAD
      WORKING_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR}
      OUTPUT_VARIABLE found OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
    if(found)
      set(commit ${found})
    endif()
  endif()
  set(file ${CMAKE_CURRENT_BINARY_DIR}/commit.cc)
  file(CONFIGURE OUTPUT ${file} @ONLY CONTENT [[
#include "tools/commit.h"

namespace reprise {

const char kCommit[] = "@commit@";

}  // namespace reprise
]])
  set(${variable} ${file} PARENT_SCOPE)
endfunction()

function(reprise_source_options source)
  set_property(SOURCE ${source} APPEND PROPERTY COMPILE_OPTIONS ${ARGN})
endfunction()

function(reprise_source_definition source definition)
  string(CONFIGURE "${definition}" definition)
  set_property(SOURCE ${source} APPEND PROPERTY
    COMPILE_DEFINITIONS ${definition})
endfunction()
