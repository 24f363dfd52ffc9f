# SPDX-License-Identifier: GPL-2.0-only
# Runs every defect of the file LIST, a line with a program and a line with its patch for each; each
# prints what became of it. Fails in the end if one was not caught.
file(STRINGS ${LIST} rows)
if(NOT rows)
  # The words come before the path: CMake folds long lines, and the test looks for the words.
  message(FATAL_ERROR "no defects in ${LIST}")
endif()
set(total 0)
set(missed 0)
while(rows)
  list(POP_FRONT rows program patch)
  execute_process(COMMAND ${program} ${patch} RESULT_VARIABLE failed)
  math(EXPR total "${total} + 1")
  if(failed)
    math(EXPR missed "${missed} + 1")
  endif()
endwhile()
if(missed)
  message(FATAL_ERROR "${missed} of ${total} defects are not caught as their patches say")
endif()
execute_process(COMMAND ${CMAKE_COMMAND} -E echo "All ${total} defects are caught.")
