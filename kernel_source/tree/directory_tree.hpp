// SPDX-License-Identifier: GPL-2.0-only
// A kernel tree that lies unpacked in a directory; perhaps a git checkout, read as it stands.
#pragma once

#include "kernel_source/tree/kernel_tree.hpp"

#include <optional>

namespace stockcheck::kernel_source {

/// Reads those of the files that lie below a directory. Symbolic links are followed as long as they
/// stay below it. Throws source_error.
tree_files read_below(const std::filesystem::path& directory,
                      const std::vector<std::string>& paths);

class directory_tree final : public kernel_tree {
 public:
  /// `repository`: whose work tree it is.
  directory_tree(const std::filesystem::path& directory, std::optional<git> repository);

  [[nodiscard]] tree_files read(const std::vector<std::string>& paths) const override;
  [[nodiscard]] const tree_identity& identity() const override { return identity_; }
  [[nodiscard]] const git* repository() const override;

 private:
  std::filesystem::path directory_;
  std::optional<git> repository_;
  tree_identity identity_;
};

}  // namespace stockcheck::kernel_source
