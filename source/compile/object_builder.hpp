// Compiles the kernel's C files and the shim to a shared object, with the machine's compiler.
#pragma once

#include "source/compile/compiler.hpp"
#include "source/tree/tree_path.hpp"

#include <atomic>
#include <filesystem>
#include <string>
#include <vector>

namespace stockcheck::source {

/// The files of the kernel that are compiled, as far as a version has them.
const std::vector<std::string>& checked_files();

struct build_request {
  tree_files files{};  ///< of the kernel: checked_files()
  source::flavour flavour = source::flavour::explored;
  std::filesystem::path cache{};  ///< where objects are kept; empty: stockcheck's own directory
  const std::atomic<bool>* stop = nullptr;  ///< gives up, with source_error, when it becomes true
};

/// Compiled code.
struct built_object {
  std::filesystem::path path{};
  /// Why it has only what is in mm/page_counter.c, in one line; empty if it has all.
  std::string lacks{};
};

/// The object, which may have been built before: objects are kept by the content of all
/// that they are made of, the compiler included. Several processes may use the cache at once.
/// Throws source_error with the compiler's messages, and with the names that the shim lacks, if not
/// even mm/page_counter.c can be compiled.
built_object build_object(build_request request);

}  // namespace stockcheck::source
