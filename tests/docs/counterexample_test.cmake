# SPDX-License-Identifier: GPL-2.0-only
# The counterexample in the README is what `stockcheck verify --of-model` prints of the defect that is
# named there. STOCKCHECK is the command, ROOT the project's directory.
execute_process(COMMAND ${STOCKCHECK} verify --of-model mutants/model/wrong/relaxed_rmw_in_set_max.patch
    --scenario page_counter/set_max_against_try_charge
  WORKING_DIRECTORY ${ROOT} OUTPUT_VARIABLE output RESULT_VARIABLE exited)
string(REGEX MATCH "\nFAIL .*\n  again: [^\n]*\n" counterexample "${output}")
file(READ ${ROOT}/README.md readme)
string(FIND "${readme}" "${counterexample}" found)
if(NOT exited EQUAL 1 OR counterexample STREQUAL "" OR found EQUAL -1)
  message(FATAL_ERROR "exit ${exited}; README.md does not show this:\n${counterexample}")
endif()
