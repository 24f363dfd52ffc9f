# SPDX-License-Identifier: GPL-2.0-only
# What patch_verdict says and how it exits when the header of a patch fits its diff and when it does
# not. PROGRAM is patch_verdict, STOCKCHECK the command, MUTANTS the folder with the patches, DIRECTORY
# a place to write patches to. A text and another one after the header are replaced in the diff.
function(expect exit_code output_regex diff header)
  set(patch ${DIRECTORY}/given.patch)
  get_filename_component(file ${diff}.patch ABSOLUTE BASE_DIR ${MUTANTS})
  file(READ ${file} text)
  string(FIND "${text}" "\n--- a/" begin)
  string(SUBSTRING "${text}" ${begin} -1 text)
  if(ARGC GREATER 4)
    string(REPLACE "${ARGV4}" "${ARGV5}" text "${text}")
  endif()
  file(WRITE ${patch} "${header}\n${text}")
  execute_process(COMMAND ${PROGRAM} ${STOCKCHECK} ${patch}
    RESULT_VARIABLE exited OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(NOT exited EQUAL exit_code OR NOT output MATCHES "${output_regex}")
    message(SEND_ERROR "exit ${exited}, not ${exit_code}, or no \"${output_regex}\" in: ${output}")
  endif()
endfunction()

set(blamed model/wrong/wrong_counter_blamed)
set(says "Wrong: the wrong counter is blamed.\nOf: model")
expect(0 "^given +caught by scenario +in page_counter/limit_hit_at_middle +after explore +[0-9]+ exec"
  ${blamed} "${says}\nScenario: page_counter/limit_hit_at_middle\nOracle: scenario")
expect(1 "WRONG ORACLE with explore: scenario, the patch says overcharge"
  ${blamed} "${says}\nScenario: page_counter/limit_hit_at_middle\nOracle: overcharge")
# Where there is one counter there is no wrong one to blame.
expect(1 "^given +NOT CAUGHT by explore: "
  ${blamed} "${says}\nScenario: page_counter/last_page\nOracle: scenario")
expect(2 "no scenario matches 'page_counter/none'"
  ${blamed} "${says}\nScenario: page_counter/none\nOracle: leak")
expect(2 "given.patch:3: this scenario declares a known property"
  ${blamed} "${says}\nScenario: page_counter/false_refusal\nOracle: scenario")
expect(2 "given.patch:3: these are [0-9]+ scenarios, not one"
  ${blamed} "${says}\nScenario: page_counter/limit_hit_at_*\nOracle: scenario")
# A line of context that is not there.
expect(2 "given.patch applies only with fuzz"
  ${blamed} "${says}\nScenario: page_counter/limit_hit_at_middle\nOracle: scenario"
  "        c->usage_.sub(" "        c->usage_.add(")
expect(2 "given.patch:4: no oracle is named \"leek\""
  ${blamed} "${says}\nScenario: page_counter/last_page\nOracle: leek")

# A defect that is said to be right.
set(says "Right: it is said to be right.\nOf: model")
set(drain "page_counter_stock/consume_against_drain")
set(torn model/wrong/drain_by_load_then_store)
expect(1 "^given +NOT RIGHT in ${drain}: conservation: .*\nFAIL +${drain} "
  ${torn} "${says}\nScenario: ${drain}")
# All scenarios are tried, the pattern may choose many, and one of them shows it.
expect(1 "NOT RIGHT in ${drain}: "
  ${torn} "${says}\nScenario: page_counter_stock/u* *_against_drain")
# Where the stock is not touched while it is drained nothing shows, and the pattern is respected.
expect(0 "^given +right in 1 scenarios, [0-9]+ executions\n$"
  ${torn} "${says}\nScenario: page_counter_stock/uncharge_against_drain")
# What no scenario shows, because none sees it.
expect(2 "given.patch changes what none of its scenarios includes: checks/new_group.hpp"
  ${torn} "${says}\nScenario: ${drain}"
  "--- a/" "--- /dev/null\n+++ b/checks/new_group.hpp\n@@ -0,0 +1 @@\n+#error\n--- a/")
file(WRITE ${DIRECTORY}/documentation.patch
  "\n--- a/docs/some.md\n+++ b/docs/some.md\n@@ -1 +1 @@\n-It says that.\n+It says this.\n")
expect(2 "given.patch changes nothing that is checked"
  ${DIRECTORY}/documentation "${says}\nScenario: ${drain}")
expect(2 "given.patch:3: not \"Of: \", \"File: \" or \"Scenario: \""
  ${torn} "${says}\nOracle: leak")
# What is of a kernel, or is neither wrong nor right.
expect(2 "given.patch:1: neither wrong nor right, or not of our model"
  ${torn} "Right: it is right.\nOf: kernel 6.12\nScenario: ${drain}")
expect(2 "given.patch:1: neither wrong nor right, or not of our model"
  ${torn} "Remedy: it is mended.\nOf: model")
