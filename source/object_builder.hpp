// Compiles the kernel's C files and the shim to a shared object, with the machine's compiler.
#pragma once

#include "source/tree_path.hpp"

#include <atomic>
#include <filesystem>
#include <string>
#include <vector>

namespace stockcheck::source {

/// The files of the kernel that are compiled, as far as a version has them.
const std::vector<std::string>& checked_files();

struct build_request {
  tree_files files{};             ///< of the kernel: mm/page_counter.c and what it includes
  std::filesystem::path cache{};  ///< where objects are kept; empty: stockcheck's own directory
  const std::atomic<bool>* stop = nullptr;  ///< gives up, with source_error, when it becomes true
};

/// The path of the object, which may have been built before: objects are kept by the content of all
/// that they are made of, the compiler included. Several processes may use the cache at once.
/// Throws source_error with the compiler's messages, and with the names that the shim lacks, if it
/// cannot be compiled.
std::filesystem::path build_object(const build_request& request);

}  // namespace stockcheck::source
