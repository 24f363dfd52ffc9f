// SPDX-License-Identifier: GPL-2.0-only
// A kernel's source tree, as the user names it.
#pragma once

#include "kernel_source/tree/source_tree.hpp"

#include <atomic>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace stockcheck::kernel_source {

/// The files that a check compiles, whole or in part; a version of the kernel may lack some of
/// them.
const std::vector<std::string>& checked_files();

class kernel_tree : public source_tree {
 public:
  [[nodiscard]] bool is_subject(const std::string& path) const final;
};

struct kernel_tree_request {
  /// A git checkout or bare repository, an unpacked tree, a tar archive, a Debian package, or the
  /// name or version of a package whose archive lies in `installed`: "linux-source-6.12", "6.12".
  /// Empty: the newest archive there.
  std::string tree{};
  /// The git revision to read; empty: the work tree as it stands, or HEAD of a bare repository.
  std::string base{};
  std::filesystem::path installed = "/usr/src";
  /// Where unpacked files are kept; empty: stockcheck's directory below XDG_CACHE_HOME or
  /// ~/.cache. Several processes may use it at once.
  std::filesystem::path cache{};
  const std::atomic<bool>* stop = nullptr;  ///< gives up, with source_error, when it becomes true
};

/// Finds the tree and makes sure that it is one of a kernel. Throws source_error, which says what
/// to install where nothing is found.
std::unique_ptr<const kernel_tree> open_kernel_tree(const kernel_tree_request& request);

}  // namespace stockcheck::kernel_source
