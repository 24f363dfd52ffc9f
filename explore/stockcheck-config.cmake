# SPDX-License-Identifier: GPL-2.0-only
# For find_package(stockcheck): defines stockcheck::explore, the exploration engine.
include(CMakeFindDependencyMacro)
find_dependency(Boost 1.74 COMPONENTS context)
include(${CMAKE_CURRENT_LIST_DIR}/stockcheck-targets.cmake)
