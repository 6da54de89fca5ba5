# One target per folder, its sources named one by one.
set(HEADWATER_WARNINGS -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual
    -Wno-unused-parameter -Wno-missing-field-initializers)
if(HEADWATER_WERROR)
  list(APPEND HEADWATER_WARNINGS -Werror)
endif()

# A test's own code takes longer to optimise than to run. What is slow, such as a reference, is in a library.
set(HEADWATER_TEST_OPTIONS -O0)

# Sets `out` to whether a source beside the header includes it before anything else: then the compiler sees, each
# time, that the header needs nothing before it.
function(headwater_header_is_proven out header)
  string(REGEX REPLACE "\\.h$" ".cc" source "${header}")
  set(${out} FALSE PARENT_SCOPE)
  if(source IN_LIST ARGN)
    file(STRINGS "${CMAKE_CURRENT_SOURCE_DIR}/${source}" includes REGEX "^#include" LIMIT_COUNT 1)
    get_filename_component(name "${header}" NAME)
    if(includes MATCHES "[/\"]${name}\"$")
      set(${out} TRUE PARENT_SCOPE)
    endif()
  endif()
endfunction()

# headwater_library(NAME ROOT <include root> HEADERS … SOURCES … DEPENDS … PRIVATE_DEPENDS …)
# makes the static library headwater_NAME, also known as headwater::NAME. Headers that no source of theirs includes
# first are compiled alone by the target all_verify_interface_header_sets.
function(headwater_library name)
  cmake_parse_arguments(ARG "" "ROOT" "HEADERS;SOURCES;DEPENDS;PRIVATE_DEPENDS" ${ARGN})
  set(target "headwater_${name}")
  add_library(${target} STATIC ${ARG_SOURCES})
  add_library(headwater::${name} ALIAS ${target})
  foreach(header IN LISTS ARG_HEADERS)
    headwater_header_is_proven(proven "${header}" ${ARG_SOURCES})
    if(proven)
      list(APPEND proven_headers "${header}")
    else()
      list(APPEND other_headers "${header}")
    endif()
  endforeach()
  target_sources(${target} PUBLIC FILE_SET HEADERS BASE_DIRS "${ARG_ROOT}" FILES ${other_headers}
                                  FILE_SET proven TYPE HEADERS BASE_DIRS "${ARG_ROOT}" FILES ${proven_headers})
  headwater_use_precompiled(${target} messages)
  target_compile_options(${target} PRIVATE ${HEADWATER_WARNINGS})
  target_link_libraries(${target} PUBLIC ${ARG_DEPENDS} PRIVATE ${ARG_PRIVATE_DEPENDS})
  set_target_properties(${target} PROPERTIES VERIFY_INTERFACE_HEADER_SETS ON
                        INTERFACE_HEADER_SETS_TO_VERIFY HEADERS LINKER_LANGUAGE CXX)
endfunction()

# headwater_binary(NAME SOURCES … DEPENDS …): an executable in build/<preset>/bin.
function(headwater_binary name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPENDS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_compile_options(${name} PRIVATE ${HEADWATER_WARNINGS})
  target_link_libraries(${name} PRIVATE ${ARG_DEPENDS})
endfunction()

# headwater_test(NAME SOURCES … DEPENDS … [LABELS …] [TIMEOUT s] [ARGS …]): a GoogleTest binary, one ctest entry.
function(headwater_test name)
  cmake_parse_arguments(ARG "" "TIMEOUT" "SOURCES;DEPENDS;LABELS;ARGS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  headwater_use_precompiled(${name} tests)
  target_compile_options(${name} PRIVATE ${HEADWATER_WARNINGS} ${HEADWATER_TEST_OPTIONS})
  target_link_libraries(${name} PRIVATE ${ARG_DEPENDS} GTest::gmock GTest::gtest GTest::gtest_main)
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/test-bin")
  add_test(NAME ${name} COMMAND ${name} ${ARG_ARGS})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 300)
  endif()
  set_tests_properties(${name} PROPERTIES TIMEOUT ${ARG_TIMEOUT} LABELS "${ARG_LABELS}")
endfunction()
