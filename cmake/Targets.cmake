# One target per folder, its sources named one by one.
set(HEADWATER_WARNINGS -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual
    -Wno-unused-parameter -Wno-missing-field-initializers)
if(HEADWATER_WERROR)
  list(APPEND HEADWATER_WARNINGS -Werror)
endif()

# headwater_library(NAME ROOT <include root> HEADERS … SOURCES … DEPENDS … PRIVATE_DEPENDS …)
# makes the static library headwater_NAME, also known as headwater::NAME. Headers stand in a file set, so that
# the target all_verify_interface_header_sets compiles each of them alone.
function(headwater_library name)
  cmake_parse_arguments(ARG "" "ROOT" "HEADERS;SOURCES;DEPENDS;PRIVATE_DEPENDS" ${ARGN})
  set(target "headwater_${name}")
  add_library(${target} STATIC ${ARG_SOURCES})
  add_library(headwater::${name} ALIAS ${target})
  target_sources(${target} PUBLIC FILE_SET HEADERS BASE_DIRS "${ARG_ROOT}" FILES ${ARG_HEADERS})
  target_compile_options(${target} PRIVATE ${HEADWATER_WARNINGS})
  target_link_libraries(${target} PUBLIC ${ARG_DEPENDS} PRIVATE ${ARG_PRIVATE_DEPENDS})
  set_target_properties(${target} PROPERTIES VERIFY_INTERFACE_HEADER_SETS ON LINKER_LANGUAGE CXX)
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
  target_compile_options(${name} PRIVATE ${HEADWATER_WARNINGS})
  target_link_libraries(${name} PRIVATE ${ARG_DEPENDS} GTest::gmock GTest::gtest GTest::gtest_main)
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/test-bin")
  add_test(NAME ${name} COMMAND ${name} ${ARG_ARGS})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 300)
  endif()
  set_tests_properties(${name} PROPERTIES TIMEOUT ${ARG_TIMEOUT} LABELS "${ARG_LABELS}")
endfunction()
