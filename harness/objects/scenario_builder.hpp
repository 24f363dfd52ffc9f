// SPDX-License-Identifier: GPL-2.0-only
// Compiles scenarios for a subject, at run time.
#pragma once

#include "harness/objects/scenario_subject.hpp"
#include "kernel_source/tree/tree_path.hpp"

#include <atomic>
#include <filesystem>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace stockcheck::harness {

/// The files that stockcheck was built of, as far as scenarios need them.
kernel_source::tree_files shipped_scenario_files();

/// What all headers share takes half of the time of one; more would save little, and take more
/// memory.
inline constexpr std::size_t usual_together = 4;

struct scenario_build_request {
  kernel_source::tree_files files{};  ///< shipped_scenario_files(), perhaps patched
  /// One of the tree is a path below checks/ without its extension, and its list is NAME_scenarios;
  /// one of a user's is an absolute path, and its list is `scenarios`.
  std::vector<std::string> headers{};
  scenario_subject subject = scenario_subject::explored_model;
  unsigned processors = 1;  ///< so many translation units are compiled side by side
  /// So many headers, in their order, are compiled as one translation unit, and so kept as one
  /// object. 0: so many that all processors have one, and usual_together at most.
  std::size_t together = 0;
  std::filesystem::path cache{};  ///< where objects are kept; empty: stockcheck's own directory
  const std::atomic<bool>* stop = nullptr;  ///< gives up, with source_error, when it becomes true
  std::function<void(std::size_t headers)>
      progress{};  ///< how many are done; from any thread, one at a time; may be empty
};

struct built_scenarios {
  /// The shared object that a header is in, by the header's name, for load_programs().
  std::map<std::string, std::filesystem::path> objects{};
  std::set<std::string> included{};  ///< those of the files that they are made of
  std::vector<std::string> notes{};  ///< about the cache, a line each
};

/// Objects are kept by the content of all that they may be made of: include_closure. Throws
/// source_error with the compiler's messages, also where a file includes one that is neither among
/// the files, nor below the directory of the user's file, nor the compiler's own; machine_error.
built_scenarios build_scenarios(const scenario_build_request& request);

}  // namespace stockcheck::harness
