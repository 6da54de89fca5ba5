# With HEADWATER_PRECOMPILE (the presets for development and the sanitizers) the generated messages and what stands
# around them are parsed once for all files instead of once for each: half the time of most. A file that forgets an
# include goes unnoticed then, so the release preset, which is what ships, does without.
if(HEADWATER_PRECOMPILE AND NOT CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  message(FATAL_ERROR "HEADWATER_PRECOMPILE was made for g++; leave it off")
endif()

if(HEADWATER_PRECOMPILE)
  # What ccache wants before it keeps objects made with such a header.
  add_compile_options(-fpch-preprocess)
  if(CCACHE_PROGRAM)
    list(PREPEND CMAKE_CXX_COMPILER_LAUNCHER "${CMAKE_COMMAND}" -E env CCACHE_SLOPPINESS=pch_defines,time_macros)
  endif()
endif()

# headwater_precompiled(NAME HEADERS … DEPENDS …): a set of headers to be parsed once.
function(headwater_precompiled name)
  if(HEADWATER_PRECOMPILE)
    cmake_parse_arguments(ARG "" "" "HEADERS;DEPENDS" ${ARGN})
    set(source "${PROJECT_BINARY_DIR}/precompiled/${name}.cc")
    file(CONFIGURE OUTPUT "${source}" CONTENT "// CMake precompiles headers for a target that has a source.\n")
    add_library(headwater_precompiled_${name} OBJECT "${source}")
    target_compile_options(headwater_precompiled_${name} PRIVATE ${HEADWATER_WARNINGS})  # -Wpedantic changes macros
    target_link_libraries(headwater_precompiled_${name} PRIVATE ${ARG_DEPENDS})
    target_precompile_headers(headwater_precompiled_${name} PRIVATE ${ARG_HEADERS})
    set_target_properties(headwater_precompiled_${name} PROPERTIES CXX_CLANG_TIDY "")
  endif()
endfunction()

function(headwater_use_precompiled target name)
  if(HEADWATER_PRECOMPILE)
    target_precompile_headers(${target} REUSE_FROM headwater_precompiled_${name})
  endif()
endfunction()
