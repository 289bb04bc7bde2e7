# Installs the libraries, their headers below include/reprise/, the program, and
# the package that find_package(reprise) reads.

include(CMakePackageConfigHelpers)

set(package_folder ${CMAKE_INSTALL_LIBDIR}/cmake/reprise)

foreach(component IN LISTS reprise_public_components)
  set(part reprise)
  if(component IN_LIST reprise_gtest_components)
    set(part reprise_gtest)
  endif()
  foreach(target IN ITEMS reprise_${component} reprise_${component}_whole)
    if(NOT TARGET ${target})
      continue()
    endif()
    install(TARGETS ${target} EXPORT ${part}
      ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
    set_property(GLOBAL APPEND PROPERTY reprise_exports ${part})
    get_target_property(headers ${target} REPRISE_HEADERS)
    foreach(header IN LISTS headers)
      if(NOT header)
        continue()
      endif()
      reprise_header_path(${header} path)
      cmake_path(GET path PARENT_PATH folder)
      install(FILES ${header}
        DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/${folder})
    endforeach()
  endforeach()
endforeach()

if(TARGET reprise_program)
  install(TARGETS reprise_program RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()

get_property(exports GLOBAL PROPERTY reprise_exports)
list(REMOVE_DUPLICATES exports)
foreach(part IN LISTS exports)
  install(EXPORT ${part} NAMESPACE reprise:: FILE ${part}Targets.cmake
    DESTINATION ${package_folder})
endforeach()

configure_package_config_file(tools/cmake/repriseConfig.cmake.in
  ${CMAKE_CURRENT_BINARY_DIR}/repriseConfig.cmake
  INSTALL_DESTINATION ${package_folder})
# Before 1.0, a minor version may change what others see.
write_basic_package_version_file(
  ${CMAKE_CURRENT_BINARY_DIR}/repriseConfigVersion.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES
  ${CMAKE_CURRENT_BINARY_DIR}/repriseConfig.cmake
  ${CMAKE_CURRENT_BINARY_DIR}/repriseConfigVersion.cmake
  tools/cmake/dependencies.cmake
  tools/cmake/replay_tests.cmake
  tools/cmake/sweeps.cmake
  DESTINATION ${package_folder})
