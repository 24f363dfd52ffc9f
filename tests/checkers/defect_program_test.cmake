# What the program of a defect says and how it exits when the header of the patch does not fit the
# defect. PROGRAM is the one of wrong_counter_blamed, DIRECTORY a place to write headers to.
function(expect exit_code output_regex header)
  set(patch ${DIRECTORY}/given.patch)
  file(WRITE ${patch} "Defect: the wrong counter is blamed.\n${header}\n--- a/x\n")
  execute_process(COMMAND ${PROGRAM} ${patch}
    RESULT_VARIABLE exited OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(NOT exited EQUAL exit_code OR NOT output MATCHES "${output_regex}")
    message(SEND_ERROR "exit ${exited}, not ${exit_code}, or no \"${output_regex}\" in: ${output}")
  endif()
endfunction()

expect(0 "^given +caught by scenario +in page_counter/limit_hit_at_middle +after explore +[0-9]+(, relacy +[0-9]+)? exec"
  "Scenario: page_counter/limit_hit_at_middle\nOracle: scenario")
expect(1 "WRONG ORACLE with explore: scenario, the patch says overcharge"
  "Scenario: page_counter/limit_hit_at_middle\nOracle: overcharge")
# Where there is one counter there is no wrong one to blame.
expect(1 "^given +NOT CAUGHT by explore: "
  "Scenario: page_counter/last_page\nOracle: scenario")
expect(2 "given.patch:2: no scenario is named page_counter/none"
  "Scenario: page_counter/none\nOracle: leak")
expect(2 "given.patch:2: this scenario declares a known property"
  "Scenario: page_counter/false_refusal\nOracle: scenario")
expect(2 "given.patch:3: no oracle is named \"leek\""
  "Scenario: page_counter/last_page\nOracle: leek")
