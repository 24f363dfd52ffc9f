// SPDX-License-Identifier: GPL-2.0-only
// A kernel tree as a git revision has it. Nothing is checked out.
#pragma once

#include "kernel_source/tree/kernel_tree.hpp"

namespace stockcheck::kernel_source {

/// The full name of the commit that a revision means. Throws source_error if there is none.
std::string commit_of(const git& repository, const std::string& revision);

/// What `git describe` calls a commit: "v6.12-rc3-14-g0123456789ab", or a short hash without tags.
std::string describe(const git& repository, const std::string& revision);

class git_tree final : public kernel_tree {
 public:
  git_tree(git repository, const std::string& revision);

  [[nodiscard]] tree_files read(const std::vector<std::string>& paths) const override;
  [[nodiscard]] const tree_identity& identity() const override { return identity_; }
  [[nodiscard]] const git* repository() const override { return &repository_; }

 private:
  git repository_;
  std::string commit_;
  tree_identity identity_;
};

}  // namespace stockcheck::kernel_source
