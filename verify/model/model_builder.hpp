// SPDX-License-Identifier: GPL-2.0-only
// Compiles scenarios on our model, for the exploration engine, at run time.
#pragma once

#include "kernel_source/tree/tree_path.hpp"

#include <atomic>
#include <filesystem>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace stockcheck::verify {

struct model_build_request {
  kernel_source::tree_files files{};   ///< model_tree::all(), perhaps patched
  std::vector<std::string> headers{};  ///< names of headers of checks/
  unsigned processors = 1;             ///< so many translation units are compiled side by side
  std::filesystem::path cache{};  ///< where objects are kept; empty: stockcheck's own directory
  const std::atomic<bool>* stop = nullptr;  ///< gives up, with source_error, when it becomes true
  std::function<void(std::size_t headers)>
      progress{};  ///< how many are done; from any thread, one at a time; may be empty
};

struct built_model {
  /// The shared object that a header is in, by the header's name, to be loaded into a process with
  /// the engine: stockcheck_NAME_programs() in it sets a pointer to the header's program_entries
  /// and returns their number.
  std::map<std::string, std::filesystem::path> objects{};
  std::set<std::string> included{};  ///< those of the files that they are made of
  std::vector<std::string> notes{};  ///< about the cache, a line each
};

/// Objects are kept by the content of all that they may be made of. Throws source_error with the
/// compiler's messages, also where a file includes one that is neither among the files nor the
/// compiler's own.
built_model build_model(const model_build_request& request);

}  // namespace stockcheck::verify
