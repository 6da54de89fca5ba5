# With HEADWATER_PRECOMPILE the generated messages and what stands around them are parsed once for many files instead of
# once for each, which halves the time that most of them take. A file that forgets an include then goes unnoticed: so
# what ships does without in the release preset (TESTS), and the presets for development and the sanitizers do with (ALL).
if(HEADWATER_PRECOMPILE AND NOT CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  message(FATAL_ERROR "HEADWATER_PRECOMPILE was made for g++; leave it empty")
endif()

# What ccache wants before it keeps objects made with such a header.
set(HEADWATER_PRECOMPILED_OPTIONS -fpch-preprocess)
if(HEADWATER_PRECOMPILE AND CCACHE_PROGRAM)
  list(PREPEND CMAKE_CXX_COMPILER_LAUNCHER "${CMAKE_COMMAND}" -E env CCACHE_SLOPPINESS=pch_defines,time_macros)
endif()

function(headwater_precompiles out name)
  if(HEADWATER_PRECOMPILE STREQUAL "ALL" OR (HEADWATER_PRECOMPILE STREQUAL "TESTS" AND name STREQUAL "tests"))
    set(${out} TRUE PARENT_SCOPE)
  else()
    set(${out} FALSE PARENT_SCOPE)
  endif()
endfunction()

# headwater_precompiled(NAME [TESTS] HEADERS … DEPENDS …): a set of headers to be parsed once, for libraries, or for tests,
# which are compiled otherwise.
function(headwater_precompiled name)
  headwater_precompiles(wanted ${name})
  if(wanted)
    cmake_parse_arguments(ARG "TESTS" "" "HEADERS;DEPENDS" ${ARGN})
    set(target "headwater_precompiled_${name}")
    set(source "${PROJECT_BINARY_DIR}/precompiled/${name}.cc")
    file(CONFIGURE OUTPUT "${source}" CONTENT "// CMake precompiles headers for a target that has a source.\n")
    add_library(${target} OBJECT "${source}")
    target_compile_options(${target} PRIVATE ${HEADWATER_PRECOMPILED_OPTIONS} ${HEADWATER_WARNINGS})  # -Wpedantic changes macros
    target_link_libraries(${target} PRIVATE ${ARG_DEPENDS})
    target_precompile_headers(${target} PRIVATE ${ARG_HEADERS})
    set_target_properties(${target} PROPERTIES CXX_CLANG_TIDY "")
    if(ARG_TESTS)
      set_target_properties(${target} PROPERTIES POSITION_INDEPENDENT_CODE OFF)
      target_compile_options(${target} PRIVATE -fPIE ${HEADWATER_TEST_OPTIONS})
    endif()
  endif()
endfunction()

function(headwater_use_precompiled target name)
  headwater_precompiles(wanted ${name})
  if(wanted)
    target_compile_options(${target} PRIVATE ${HEADWATER_PRECOMPILED_OPTIONS})
    target_precompile_headers(${target} REUSE_FROM headwater_precompiled_${name})
  endif()
endfunction()
