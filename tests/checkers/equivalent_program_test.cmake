# What the program of an equivalent says and how it exits when the patch is in truth a defect, and
# when its header is wrong. PROGRAM is the one of wrong_equivalent.patch, DIRECTORY a place to write
# headers to.
function(expect exit_code output_regex header)
  set(patch ${DIRECTORY}/given_equivalent.patch)
  file(WRITE ${patch} "${header}\n--- a/x\n")
  execute_process(COMMAND ${PROGRAM} ${patch}
    RESULT_VARIABLE exited OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(NOT exited EQUAL exit_code OR NOT output MATCHES "${output_regex}")
    message(SEND_ERROR "exit ${exited}, not ${exit_code}, or no \"${output_regex}\" in: ${output}")
  endif()
endfunction()

set(drain "page_counter_stock/consume_against_drain")
expect(1 "^given_equivalent +NOT RIGHT in ${drain}: conservation: .*\nFAIL +${drain} "
  "Equivalent: it is said to be right.\nScenarios: ${drain}")
# All scenarios are tried, the pattern may choose many, and one of them shows it.
expect(1 "NOT RIGHT in ${drain}: "
  "Equivalent: it is said to be right.\nScenarios: page_counter_stock/u* *_against_drain")
# Where the stock is not touched while it is drained nothing shows, and the pattern is respected.
expect(0 "^given_equivalent +right in 1 scenarios, [0-9]+ executions\n$"
  "Equivalent: nobody consumes here.\nScenarios: page_counter_stock/uncharge_against_drain")
expect(2 "given_equivalent.patch:2: no scenario matches 'page_counter_stock/none'"
  "Equivalent: x\nScenarios: ${drain} page_counter_stock/none")
expect(2 "given_equivalent.patch:1: not \"Equivalent: \" or \"Scenarios: \""
  "Defect: x\nScenarios: ${drain}")
