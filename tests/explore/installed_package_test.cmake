# SPDX-License-Identifier: GPL-2.0-only
# What is installed can be used: a project of its own finds the engine and explores a program, and
# the command runs without the tree that it was built from. BUILD is the build directory, EXAMPLE the
# project, COMPILER the compiler, SCRATCH a directory that is made anew.
function(run)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE exited OUTPUT_VARIABLE output
    ERROR_VARIABLE output)
  if(NOT exited EQUAL 0)
    message(FATAL_ERROR "exit ${exited} of ${ARGN}:\n${output}")
  endif()
  set(output "${output}" PARENT_SCOPE)
endfunction()

file(REMOVE_RECURSE ${SCRATCH})
run(${CMAKE_COMMAND} --install ${BUILD} --prefix ${SCRATCH}/prefix)
run(${CMAKE_COMMAND} -S ${EXAMPLE} -B ${SCRATCH}/build -G Ninja
  -D CMAKE_PREFIX_PATH=${SCRATCH}/prefix -D CMAKE_CXX_COMPILER=${COMPILER})
run(${CMAKE_COMMAND} --build ${SCRATCH}/build)
run(${SCRATCH}/build/lost_update)
if(NOT output MATCHES "by a load and a store: an addition was lost.*in one step: nothing is lost")
  message(FATAL_ERROR "the example says:\n${output}")
endif()
run(${SCRATCH}/prefix/bin/stockcheck check page_counter/last_page)
if(NOT output MATCHES "1 passed")
  message(FATAL_ERROR "the installed command says:\n${output}")
endif()
foreach(file bin/stockcheck share/man/man1/stockcheck.1
    share/bash-completion/completions/stockcheck share/zsh/site-functions/_stockcheck
    share/fish/vendor_completions.d/stockcheck.fish)
  if(NOT EXISTS ${SCRATCH}/prefix/${file})
    message(FATAL_ERROR "${file} was not installed")
  endif()
endforeach()

# Every command has a manual page.
run(${SCRATCH}/prefix/bin/stockcheck --help)
string(REGEX REPLACE ".*Subcommands:" "" output "${output}")
string(REGEX MATCHALL "\n  [a-z]+ " commands "${output}")
list(LENGTH commands number)
if(number LESS 5)
  message(FATAL_ERROR "no commands in:\n${output}")
endif()
foreach(command IN LISTS commands)
  string(STRIP "${command}" command)
  file(READ ${SCRATCH}/prefix/share/man/man1/stockcheck-${command}.1 page)
  string(TOUPPER ${command} title)
  if(NOT page MATCHES "\n.TH STOCKCHECK-${title} " OR NOT page MATCHES "Usage|SYNOPSIS")
    message(FATAL_ERROR "the manual page says:\n${page}")
  endif()
endforeach()
