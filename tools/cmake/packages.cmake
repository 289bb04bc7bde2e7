# What tools/package makes by CPack: a tarball and a .deb for Debian 12.

# Objects for the optimisation of whole programs hold names that GCC draws,
# unless it is given what to draw them from.
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
  get_property(targets DIRECTORY PROPERTY BUILDSYSTEM_TARGETS)
  foreach(target IN LISTS targets)
    get_target_property(sources ${target} SOURCES)
    list(FILTER sources INCLUDE REGEX "^[a-z].*\\.cc$")
    foreach(source IN LISTS sources)
      set_property(SOURCE ${source} APPEND PROPERTY
        COMPILE_OPTIONS -frandom-seed=${source})
    endforeach()
  endforeach()
  if(TARGET reprise_program)
    target_link_options(reprise_program PRIVATE -frandom-seed=reprise)
  endif()
endif()

# CPack takes files as they are installed, with the times of their sources.
if(DEFINED ENV{SOURCE_DATE_EPOCH})
  set(CPACK_PRE_BUILD_SCRIPTS
    ${CMAKE_CURRENT_SOURCE_DIR}/tools/cmake/set_times.cmake)
endif()

set(CPACK_GENERATOR TGZ DEB)
set(CPACK_PACKAGE_NAME reprise)
set(CPACK_PACKAGE_CONTACT "The maintainers of Reprise")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY
  "deterministic simulation testing for C++20")
set(CPACK_PACKAGE_DESCRIPTION
"Reprise runs a whole distributed system inside one thread and lets one seed
decide everything that happens to it. A checker judges each run, and a failing
run plays again, bit for bit. This package has its libraries and headers, what
find_package(reprise) needs, and the program reprise.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
# The tarball begins with usr/, as the .deb does.
set(CPACK_INCLUDE_TOPLEVEL_DIRECTORY OFF)
if(EXISTS ${CMAKE_CURRENT_SOURCE_DIR}/LICENSE)
  set(CPACK_RESOURCE_FILE_LICENSE ${CMAKE_CURRENT_SOURCE_DIR}/LICENSE)
endif()

# The libraries of packages_run.txt: whoever links ours links them, too.
file(STRINGS tools/shell/packages_run.txt needed REGEX "-dev$")
list(JOIN needed ", " needed)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "${needed}, libstdc++6 (>= 12)")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS
  "cmake (>= 3.25), libgmock-dev, libgtest-dev")
set(CPACK_DEBIAN_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_COMPRESSION_TYPE gzip)

include(CPack)
