# SPDX-License-Identifier: GPL-2.0-only
# Programs over a model with a patch applied, for the checkers that `stockcheck verify --of-model` does
# not ask.
find_program(PATCH_PROGRAM patch)
stockcheck_need(PATCH_PROGRAM patch)

# Sets ${result} to the values of all lines of the patch that begin with ${key}.
function(stockcheck_patch_lines result patch key)
  file(STRINGS ${patch} lines REGEX "^${key}")
  list(TRANSFORM lines REPLACE "^${key}" "")
  set(${result} ${lines} PARENT_SCOPE)
endfunction()

# Sets ${result} to the headers of checks/ that contain a scenario which one of the patterns chooses:
# harness/scenario_pattern.hpp says how.
function(stockcheck_headers_of result patterns patch)
  get_directory_property(scenario_headers DIRECTORY ${PROJECT_SOURCE_DIR}/harness
    DEFINITION scenario_headers)
  set(chosen)
  foreach(pattern ${patterns})
    string(REPLACE "*" ".*" regex "${pattern}")
    string(REPLACE "?" "." regex "${regex}")
    set(is_known FALSE)
    foreach(header ${scenario_headers})
      file(STRINGS ${PROJECT_SOURCE_DIR}/checks/${header}.hpp found
        REGEX "\\.name = \"${regex}(/[^\"]*)?\"")
      if(found)
        set(is_known TRUE)
        list(APPEND chosen ${header})
      endif()
    endforeach()
    if(NOT is_known)
      message(FATAL_ERROR "${patch}: no scenario is named \"${pattern}\"")
    endif()
  endforeach()
  list(REMOVE_DUPLICATES chosen)
  set(${result} ${chosen} PARENT_SCOPE)
endfunction()

# Sets ${directory} to where the headers that the patch changes will lie, patched, and ${patched} to
# these. No others lie there: the compiler finds the rest where they always are.
function(stockcheck_apply_patch directory patched patch)
  cmake_path(GET patch STEM name)
  cmake_path(RELATIVE_PATH patch BASE_DIRECTORY ${PROJECT_SOURCE_DIR} OUTPUT_VARIABLE relative)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${patch})
  stockcheck_patch_lines(changed ${patch} "\\+\\+\\+ b/")
  if(NOT changed)
    message(FATAL_ERROR "${patch}: changes no file (a line \"+++ b/model/...\" is missing)")
  endif()
  set(scratch ${CMAKE_CURRENT_BINARY_DIR}/${name})
  set(originals ${changed})
  set(results ${changed})
  list(TRANSFORM originals PREPEND ${PROJECT_SOURCE_DIR}/)
  list(TRANSFORM results PREPEND ${scratch}/)
  add_custom_command(OUTPUT ${results}
    COMMAND ${CMAKE_COMMAND} -D PATCH_PROGRAM=${PATCH_PROGRAM} -D PATCH=${patch}
      -D FROM=${PROJECT_SOURCE_DIR} -D INTO=${scratch} -D "FILES=${changed}"
      -P ${PROJECT_SOURCE_DIR}/cmake/apply_patch.cmake
    DEPENDS ${patch} ${originals} ${PROJECT_SOURCE_DIR}/cmake/apply_patch.cmake
    COMMENT "Applying ${relative}"
    VERBATIM)
  set(${directory} ${scratch} PARENT_SCOPE)
  set(${patched} ${results} PARENT_SCOPE)
endfunction()

# Defines the object library ${target}, the scenarios of the headers on one policy, over those that
# are patched, compiled as one file; and sets ${list} to another one that lists them, which does not see
# the patched ones and is compiled once for all patches with the same scenarios.
function(stockcheck_patched_scenarios target list policy directory patched headers)
  list(JOIN headers "-" key)
  string(REPLACE "/" "." key "${key}")
  stockcheck_program_sources(scenarios ${policy} ${PROJECT_BINARY_DIR}/patched_programs/${key}
    ${headers})
  list(POP_BACK scenarios list_source)
  set(requirements stockcheck_options)
  if(policy STREQUAL "explore")
    list(APPEND requirements stockcheck_explore_atomics)
  elseif(policy STREQUAL "relacy")
    list(APPEND requirements stockcheck_relacy)
  endif()

  set(list_target stockcheck_list_${policy}_${key})
  if(NOT TARGET ${list_target})
    add_library(${list_target} OBJECT EXCLUDE_FROM_ALL ${list_source})
    target_link_libraries(${list_target} PRIVATE stockcheck_options)
  endif()

  add_library(${target} OBJECT EXCLUDE_FROM_ALL ${scenarios} ${patched})
  target_include_directories(${target} BEFORE PRIVATE ${directory})
  target_link_libraries(${target} PRIVATE ${requirements})
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 0)
  # They run for milliseconds: compiling is what costs time.
  target_compile_options(${target} PRIVATE -O1)
  set(${list} ${list_target} PARENT_SCOPE)
endfunction()
