# SPDX-License-Identifier: GPL-2.0-only
# Runs PROGRAM, a command, on every patch of the file LIST, a line each; it prints what became of the
# defect. Fails in the end if one was not caught.
file(STRINGS ${LIST} patches)
if(NOT patches)
  # The words come before the path: CMake folds long lines, and the test looks for the words.
  message(FATAL_ERROR "no defects in ${LIST}")
endif()
set(total 0)
set(missed 0)
foreach(patch ${patches})
  execute_process(COMMAND ${PROGRAM} ${patch} RESULT_VARIABLE failed)
  math(EXPR total "${total} + 1")
  if(failed)
    math(EXPR missed "${missed} + 1")
  endif()
endforeach()
if(missed)
  message(FATAL_ERROR "${missed} of ${total} defects are not caught as their patches say")
endif()
execute_process(COMMAND ${CMAKE_COMMAND} -E echo "All ${total} defects are caught.")
