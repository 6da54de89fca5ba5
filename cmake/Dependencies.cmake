# Every library the project builds on, all of them packages of Debian 12 (deploy/packages lists them;
# ARCHITECTURE.md says which does what, and why that one).
find_package(Threads REQUIRED)
find_package(gRPC CONFIG REQUIRED)      # loads protobuf and absl; protobuf has no config of its own here
# It hands -pthread on, which today's C library asks of nobody, and which sets a macro: then precompiled headers don't fit.
set_property(TARGET re2::re2 PROPERTY INTERFACE_COMPILE_OPTIONS "")
find_package(Protobuf REQUIRED)
find_package(absl REQUIRED)
find_package(RocksDB REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(ICU REQUIRED COMPONENTS uc i18n)
find_package(zstd CONFIG REQUIRED)
find_package(ZLIB REQUIRED)
find_package(LibXml2 REQUIRED)
find_library(HEADWATER_LIBCSV csv REQUIRED)  # it comes without a CMake config
find_library(HEADWATER_LIBSTEMMER stemmer REQUIRED)  # no CMake config either
find_library(HEADWATER_CLD2 cld2 REQUIRED)  # nor here
# The server's heap and the benches'. The sanitizers bring their own.
add_library(headwater_allocator INTERFACE)
add_library(headwater::allocator ALIAS headwater_allocator)
if(NOT HEADWATER_SANITIZE)
  find_library(HEADWATER_JEMALLOC libjemalloc_pic.a REQUIRED)
  target_link_libraries(headwater_allocator INTERFACE "${HEADWATER_JEMALLOC}" Threads::Threads ${CMAKE_DL_LIBS})
endif()
find_package(spdlog REQUIRED)
find_package(CLI11 REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(Boost REQUIRED)              # headers: Boost.Graph, Boost.Beast
find_package(prometheus-cpp CONFIG REQUIRED)
find_package(GTest REQUIRED)
find_package(benchmark REQUIRED)
