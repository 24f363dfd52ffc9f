# SPDX-License-Identifier: GPL-2.0-only
# What every target is compiled with.
add_library(stockcheck_options INTERFACE)
target_compile_features(stockcheck_options INTERFACE cxx_std_20)
target_include_directories(stockcheck_options INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_options(stockcheck_options INTERFACE
  # Source locations in reports are relative to the project.
  -ffile-prefix-map=${PROJECT_SOURCE_DIR}/=
  -Wall -Wextra -Wpedantic -Werror -Wshadow -Wconversion -Wnon-virtual-dtor -Woverloaded-virtual)

set(STOCKCHECK_SANITIZE "" CACHE STRING "Sanitizers to build with, such as address,undefined")
if(STOCKCHECK_SANITIZE)
  target_compile_options(stockcheck_options INTERFACE -fsanitize=${STOCKCHECK_SANITIZE}
    -fno-omit-frame-pointer -fno-sanitize-recover=all
    # GCC's analysis does not understand instrumented code, and says so of the standard library.
    $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
  target_link_options(stockcheck_options INTERFACE -fsanitize=${STOCKCHECK_SANITIZE})
endif()

option(STOCKCHECK_COVERAGE "Instrument for gcov" OFF)
if(STOCKCHECK_COVERAGE)
  target_compile_options(stockcheck_options INTERFACE --coverage -fprofile-update=atomic)
  target_link_options(stockcheck_options INTERFACE --coverage)
endif()

# What runs on the exploration engine. It finds uses of objects that were destroyed by what these
# still hold, which GCC takes for dead stores.
add_library(stockcheck_explore_atomics STATIC model/atomics/explore_atomics.cpp)
target_link_libraries(stockcheck_explore_atomics PUBLIC stockcheck_options stockcheck_explore)
target_compile_options(stockcheck_explore_atomics PUBLIC
  $<$<CXX_COMPILER_ID:GNU>:-fno-lifetime-dse>)

# Relacy, on our fibers.
add_library(stockcheck_relacy INTERFACE)
target_include_directories(stockcheck_relacy SYSTEM INTERFACE ${RELACY_INCLUDE_DIR})
target_link_libraries(stockcheck_relacy INTERFACE Boost::context)
# Relacy knows freed memory by a mark that destructors leave there, which GCC takes for dead stores.
target_compile_options(stockcheck_relacy INTERFACE
  $<$<CXX_COMPILER_ID:GNU>:-fno-lifetime-dse>)

# It calls members of objects that it reached by casts to unrelated types.
if(STOCKCHECK_SANITIZE MATCHES "undefined")
  target_link_libraries(stockcheck_relacy INTERFACE stockcheck_options)
  target_compile_options(stockcheck_relacy INTERFACE -fno-sanitize=vptr)
endif()

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()
