# The counterexample in the README is what the program of that defect prints. PROGRAM is the one of
# relaxed_rmw_in_set_max, PATCH its patch, README the file.
execute_process(COMMAND ${PROGRAM} ${PATCH} --show OUTPUT_VARIABLE output RESULT_VARIABLE exited)
string(REGEX REPLACE "\n[^\n]*\n$" "\n" counterexample "${output}")
file(READ ${README} readme)
string(FIND "${readme}" "${counterexample}" found)
if(NOT exited EQUAL 0 OR found EQUAL -1)
  message(FATAL_ERROR "exit ${exited}; README.md does not show this:\n${counterexample}")
endif()
