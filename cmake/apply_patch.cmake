# SPDX-License-Identifier: GPL-2.0-only
# Copies FILES, paths below FROM, to below INTO and applies PATCH to the copies. An error names the
# patch and leaves nothing behind that a later build could take for a result.
file(REMOVE_RECURSE ${INTO})
foreach(name ${FILES})
  cmake_path(GET name PARENT_PATH directory)
  file(COPY ${FROM}/${name} DESTINATION ${INTO}/${directory})
endforeach()

# No fuzz: a patch that applies only roughly may be another defect than the one it describes.
execute_process(
  COMMAND ${PATCH_PROGRAM} -p1 -F0 --batch --forward --no-backup-if-mismatch -i ${PATCH}
  WORKING_DIRECTORY ${INTO}
  RESULT_VARIABLE failed
  OUTPUT_VARIABLE output
  ERROR_VARIABLE output)
if(failed)
  file(REMOVE_RECURSE ${INTO})
  message(FATAL_ERROR "${PATCH} does not apply to the model:\n${output}")
endif()
foreach(name ${FILES})
  file(TOUCH ${INTO}/${name})
endforeach()
