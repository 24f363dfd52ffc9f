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

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()
