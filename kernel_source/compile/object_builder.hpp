// SPDX-License-Identifier: GPL-2.0-only
// Compiles the kernel's C files and the shim to a shared object, with the machine's compiler.
#pragma once

#include "kernel_source/compile/lack.hpp"
#include "kernel_source/compile/line_markers.hpp"
#include "kernel_source/tree/tree_path.hpp"

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace stockcheck::kernel_source {

/// What the kernel's code is compiled for.
enum class flavour : std::uint8_t {
  explored,  ///< the shim's primitives, and the plain accesses, call the table of hooks.h
  native,    ///< accesses are the machine's own: for real threads
};

struct build_request {
  tree_files files{};  ///< of the kernel: checked_files(), as far as it has them
  kernel_source::flavour flavour = kernel_source::flavour::explored;
  std::filesystem::path cache{};  ///< where objects are kept; empty: stockcheck's own directory
  const std::atomic<bool>* stop = nullptr;  ///< gives up, with source_error, when it becomes true
};

/// Compiled code.
struct built_object {
  std::filesystem::path path{};
  /// Why it has only what is in mm/page_counter.c, in one line; empty if it has all that the tree
  /// has.
  std::string lacks{};
  /// The reason is that the code has what is refused: refused_constructs.hpp.
  bool is_refused = false;
  lack cause = lack::none;  ///< of that
  /// Whether not even mm/page_counter.c is in it.
  bool lacks_counters = false;
  std::vector<std::string> notes{};  ///< about the cache, a line each
};

/// The object, which may have been built before: objects are kept by the content of all
/// that they are made of, the compiler included. Several processes may use the cache at once.
/// Throws source_error with the compiler's messages if mm/page_counter.c is no code, and
/// refused_code if it, or what it includes of the kernel, has what nobody would see.
built_object build_object(build_request request);

/// Returns, for each of the kernel's files, the lines that are left of what is compiled of it once
/// conditionals are evaluated. Throws source_error.
file_lines lines_left(build_request request);

}  // namespace stockcheck::kernel_source
