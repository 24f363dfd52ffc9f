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
