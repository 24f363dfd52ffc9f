# SPDX-License-Identifier: GPL-2.0-only
# Debian's packages. A missing one stops the configuration and names what to install.
function(stockcheck_need found package)
  if(NOT ${found})
    message(FATAL_ERROR "stockcheck needs Debian's package ${package}: "
      "run ci/install-deps, or apt-get install ${package}")
  endif()
endfunction()

find_path(RELACY_INCLUDE_DIR relacy/relacy.hpp)
stockcheck_need(RELACY_INCLUDE_DIR relacy-dev)
find_package(Boost 1.74 QUIET COMPONENTS context)
stockcheck_need(Boost_FOUND libboost-context-dev)
find_package(doctest QUIET)
stockcheck_need(doctest_FOUND doctest-dev)
find_package(CLI11 QUIET)
stockcheck_need(CLI11_FOUND libcli11-dev)
find_package(fmt QUIET)
stockcheck_need(fmt_FOUND libfmt-dev)
find_package(nlohmann_json QUIET)
stockcheck_need(nlohmann_json_FOUND nlohmann-json3-dev)
find_package(benchmark QUIET)
stockcheck_need(benchmark_FOUND libbenchmark-dev)
find_package(Threads REQUIRED)

# Defines ${target}, for the libraries behind ARGN, one of whose headers is ${header}.
function(stockcheck_library target package header)
  string(TOUPPER ${target} prefix)
  find_path(${prefix}_INCLUDE_DIR ${header})
  stockcheck_need(${prefix}_INCLUDE_DIR ${package})
  add_library(${target} INTERFACE IMPORTED GLOBAL)
  target_include_directories(${target} INTERFACE ${${prefix}_INCLUDE_DIR})
  foreach(name IN LISTS ARGN)
    find_library(${prefix}_${name}_LIBRARY ${name})
    stockcheck_need(${prefix}_${name}_LIBRARY ${package})
    target_link_libraries(${target} INTERFACE ${${prefix}_${name}_LIBRARY})
  endforeach()
endfunction()

stockcheck_library(hwloc libhwloc-dev hwloc.h hwloc)
stockcheck_library(xxhash libxxhash-dev xxhash.h xxhash)
stockcheck_library(seccomp libseccomp-dev seccomp.h seccomp)
stockcheck_library(elfutils_dw libdw-dev elfutils/libdwfl.h dw elf)
stockcheck_library(capstone libcapstone-dev capstone/capstone.h capstone)

# Its interface in C is the same in all of these versions.
foreach(version 19 18 17 16 15 14)
  find_path(LIBCLANG_INCLUDE_DIR clang-c/Index.h
    PATHS /usr/lib/llvm-${version}/include NO_DEFAULT_PATH)
  find_library(LIBCLANG_LIBRARY NAMES clang-${version} clang
    PATHS /usr/lib/llvm-${version}/lib NO_DEFAULT_PATH)
endforeach()
stockcheck_need(LIBCLANG_INCLUDE_DIR libclang-19-dev)
stockcheck_need(LIBCLANG_LIBRARY libclang-19-dev)
add_library(libclang INTERFACE IMPORTED)
target_include_directories(libclang INTERFACE ${LIBCLANG_INCLUDE_DIR})
target_link_libraries(libclang INTERFACE ${LIBCLANG_LIBRARY})
