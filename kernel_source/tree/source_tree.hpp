// SPDX-License-Identifier: GPL-2.0-only
// A source tree that patches are made for: something to read files from, never to write to.
#pragma once

#include "kernel_source/tree/git.hpp"
#include "kernel_source/tree/tree_path.hpp"

#include <string>
#include <vector>

namespace stockcheck::kernel_source {

/// Which tree it is.
struct tree_identity {
  std::string version;    ///< as its Makefile says, such as "6.12.117"; empty if there is none
  std::string commit;     ///< as `git describe` says, where there is a repository
  bool modified = false;  ///< the files that matter differ from that commit
  std::string place;      ///< where it lies: a directory or a package's file

  /// One line for reports: "6.12.117 (/usr/src/linux-source-6.12.tar.xz)".
  [[nodiscard]] std::string name() const;
};

class source_tree {
 public:
  source_tree() = default;
  source_tree(const source_tree&) = delete;
  source_tree& operator=(const source_tree&) = delete;
  virtual ~source_tree() = default;

  /// Reads those of these files that the tree has. Ask for many at once: for a package, each call
  /// for files that were never asked for takes ten seconds. Throws source_error for a path that is
  /// unsafe, or where the tree has something else than a file.
  [[nodiscard]] virtual tree_files read(const std::vector<std::string>& paths) const = 0;
  [[nodiscard]] virtual const tree_identity& identity() const = 0;
  /// Whether any check looks at the file.
  [[nodiscard]] virtual bool is_subject(const std::string& path) const = 0;
  /// Whether patches may change the file although the tree does not have it: they are applied
  /// without that.
  [[nodiscard]] virtual bool leaves_out(const std::string& /*path*/) const { return false; }
  /// The repository that commit ranges are looked up in; null if there is none.
  [[nodiscard]] virtual const git* repository() const { return nullptr; }
};

}  // namespace stockcheck::kernel_source
