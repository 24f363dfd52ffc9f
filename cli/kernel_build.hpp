// SPDX-License-Identifier: GPL-2.0-only
// The kernel that a command is about: its tree, patches on it, and what was compiled of both.
#pragma once

#include "cli/patched_tree.hpp"
#include "kernel_source/compile/object_builder.hpp"
#include "kernel_source/kernel_release.hpp"
#include "kernel_source/tree/kernel_tree.hpp"

#include <CLI/CLI.hpp>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace stockcheck::cli {

struct kernel_options {
  std::string tree;  ///< as kernel_tree_request wants it
  std::string base;
  kernel_source::flavour flavour = kernel_source::flavour::explored;
};

/// The options --linux and --base.
void add_kernel_flags(CLI::App& app, kernel_options& chosen);

/// " --linux 6.12 --base v6.12": the options as they were given.
std::string arguments_of(const kernel_options& chosen);

/// A kernel's files, compiled.
struct built_kernel {
  kernel_source::tree_files files{};
  std::filesystem::path object{};
  // As of kernel_source::built_object.
  std::string lacks{};
  bool lacks_counters = false;
  bool is_refused = false;
};

struct kernel_builds : patched_tree {
  kernel_source::kernel_release release{};  ///< of the tree, before the patches
  built_kernel before{};
  built_kernel after{};  ///< the same as before without patches
  /// The checked files after each of the patches.
  std::vector<kernel_source::tree_files> steps{};
};

/// Reads the tree, applies the patches to a scratch copy that is removed again, and compiles both.
/// Throws usage_error for whatever is wrong with what the user gave.
kernel_builds build_kernels(const kernel_options& chosen, const std::vector<std::string>& patches);

/// Compiles what the checked files were at some point of a series. Throws usage_error if it is no
/// code.
built_kernel build_step(const kernel_source::tree_files& files);

/// The functions of the checked files that differ between two versions, by name.
std::vector<std::string> touched_functions(const kernel_source::tree_files& before,
                                           const kernel_source::tree_files& after);

/// Whether they differ in code that is of no function, such as a structure or a macro.
bool touches_more_than_functions(const kernel_source::tree_files& before,
                                 const kernel_source::tree_files& after);

}  // namespace stockcheck::cli
