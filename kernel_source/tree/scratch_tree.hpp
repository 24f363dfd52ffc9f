// SPDX-License-Identifier: GPL-2.0-only
// A copy of the few files of a tree that are needed, for patches to change.
#pragma once

#include "kernel_source/system/temporary_directory.hpp"
#include "kernel_source/tree/source_tree.hpp"

#include <set>

namespace stockcheck::kernel_source {

/// Lies below TMPDIR and is removed by the destructor. That runs on exceptions, too; a program that
/// is to leave nothing behind when it is interrupted must catch the signal, set the flag that
/// `kernel_tree_request::stop` and `process_request::stop` point to, and let the exception pass
/// that these throw.
class scratch_tree {
 public:
  /// A copy of these files, as far as the tree has them. Throws source_error.
  scratch_tree(const source_tree& from, const std::vector<std::string>& paths);

  /// Copies those of the files that the tree has and that were never asked for: what a patch has
  /// removed does not come back. Throws source_error.
  void fetch(const source_tree& from, const std::vector<std::string>& paths);

  [[nodiscard]] bool has(const std::string& path) const;
  /// Throws source_error if there is none.
  [[nodiscard]] std::string read(const std::string& path) const;
  void write(const std::string& path, const std::string& text);
  void remove(const std::string& path);

  /// The top of the tree: what #include directories are named by.
  [[nodiscard]] const std::filesystem::path& root() const { return root_; }
  /// git for this tree, with an empty repository that lies beside it, out of a patch's reach.
  [[nodiscard]] git repository() const { return {root_, directory_.path() / "repository"}; }

  /// Throws source_error if anything but plain files and directories is in the tree.
  void require_plain_files() const;

 private:
  temporary_directory directory_;
  std::filesystem::path root_;
  std::set<std::string> fetched_;
};

}  // namespace stockcheck::kernel_source
