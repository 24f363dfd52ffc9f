# SPDX-License-Identifier: GPL-2.0-only
# Writes RESULT from TEMPLATE: C++ that holds the files of ENTRIES, "name=file" with | between them,
# which lie in DIRECTORY.
set(FILES "")
string(REPLACE "|" ";" entries "${ENTRIES}")
foreach(entry IN LISTS entries)
  string(REGEX MATCH "^(.*)=(.*)$" matched "${entry}")
  set(name "${CMAKE_MATCH_1}")
  file(READ "${DIRECTORY}/${CMAKE_MATCH_2}" text)
  string(APPEND FILES "      kernel_source::embedded_file{\"${name}\", R\"embedded(${text})embedded\"sv},\n")
endforeach()
configure_file(${TEMPLATE} ${RESULT} @ONLY)
