// SPDX-License-Identifier: GPL-2.0-only
// Our own model of the kernel's algorithms, as it was when stockcheck was built, as a tree that
// patches are made for.
#pragma once

#include "kernel_source/tree/source_tree.hpp"

#include <string>
#include <vector>

namespace stockcheck::verify {

class model_tree final : public kernel_source::source_tree {
 public:
  /// `version`: of stockcheck. The identity adds a digest of all(), which tells commits apart.
  explicit model_tree(const std::string& version);

  [[nodiscard]] kernel_source::tree_files read(
      const std::vector<std::string>& paths) const override;
  [[nodiscard]] const kernel_source::tree_identity& identity() const override { return identity_; }
  /// The algorithms, the kernel's vocabulary that they use, and the scenarios.
  [[nodiscard]] bool is_subject(const std::string& path) const override;
  /// Documentation, tests, lists of files, patches.
  [[nodiscard]] bool leaves_out(const std::string& path) const override;

  /// All files that scenarios are compiled of.
  [[nodiscard]] static kernel_source::tree_files all();
  /// Whether stockcheck itself was compiled with the file, so that a patch to it needs a new one.
  [[nodiscard]] static bool is_built_in(const std::string& path);

 private:
  kernel_source::tree_identity identity_;
};

}  // namespace stockcheck::verify
