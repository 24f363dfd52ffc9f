// SPDX-License-Identifier: GPL-2.0-only
// A kernel tree in a tar archive or in a Debian package that holds one, such as linux-source-6.12.
#pragma once

#include "kernel_source/tree/kernel_tree.hpp"

namespace stockcheck::kernel_source {

/// Unpacks only the files that are asked for, and keeps them in a cache directory whose name
/// follows from the archive's path, size and time of change. Files get there by renaming, one by
/// one, so that several processes can use it at once and a killed one leaves nothing half done.
class package_tree final : public kernel_tree {
 public:
  /// `archive`: a .tar, compressed in any way, or a .deb. Throws source_error.
  package_tree(const std::filesystem::path& archive, const std::filesystem::path& cache,
               const std::atomic<bool>* stop);

  [[nodiscard]] tree_files read(const std::vector<std::string>& paths) const override;
  [[nodiscard]] const tree_identity& identity() const override { return identity_; }

  /// Where the files of this archive are kept.
  [[nodiscard]] const std::filesystem::path& cache() const { return cache_; }

 private:
  [[nodiscard]] bool is_known(const std::string& path) const;
  void unpack(const std::vector<std::string>& paths) const;

  std::filesystem::path archive_;
  std::filesystem::path cache_;
  const std::atomic<bool>* stop_;
  tree_identity identity_;
};

/// The directory for caches of this user: XDG_CACHE_HOME/stockcheck or ~/.cache/stockcheck. Throws
/// source_error if neither can be told.
std::filesystem::path cache_directory();

}  // namespace stockcheck::kernel_source
