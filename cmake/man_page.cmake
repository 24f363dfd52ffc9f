# SPDX-License-Identifier: GPL-2.0-only
# Writes RESULT, the manual page of COMMAND of STOCKCHECK, or of STOCKCHECK itself if that is empty,
# from what it prints with --help.
set(called stockcheck)
set(asked ${STOCKCHECK})
if(COMMAND)
  set(called "stockcheck-${COMMAND}")
  set(asked "${STOCKCHECK} ${COMMAND}")
endif()
execute_process(COMMAND ${STOCKCHECK} ${COMMAND} --help OUTPUT_VARIABLE help
  COMMAND_ERROR_IS_FATAL ANY)
string(REGEX MATCH "^[^\n]*" summary "${help}")
string(REPLACE "stockcheck: " "" summary "${summary}")
execute_process(COMMAND ${HELP2MAN} --no-info --version-string=${VERSION} --name=${summary} ${asked}
  OUTPUT_VARIABLE page COMMAND_ERROR_IS_FATAL ANY)
string(TOUPPER ${called} title)
string(REGEX REPLACE "\n\\.TH [^ ]+ " "\n.TH ${title} " page "${page}")
string(REGEX REPLACE "\nstockcheck ${COMMAND} \\\\-" "\n${called} \\\\-" page "${page}")
file(WRITE ${RESULT} "${page}")
