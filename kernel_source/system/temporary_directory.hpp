// SPDX-License-Identifier: GPL-2.0-only
// A directory that exists as long as its owner.
#pragma once

#include "kernel_source/system/descriptor.hpp"

#include <filesystem>

namespace stockcheck::kernel_source {

/// Made below TMPDIR, or below `parent`, for this user alone; removed with all that is in it by the
/// destructor, which does not follow symbolic links. Those that processes have left there which
/// were killed are removed before the first one is made.
class temporary_directory {
 public:
  /// Throws source_error, or machine_error where the machine cannot.
  temporary_directory();
  explicit temporary_directory(const std::filesystem::path& parent);
  temporary_directory(temporary_directory&& other) noexcept;
  temporary_directory& operator=(temporary_directory&&) = delete;
  temporary_directory(const temporary_directory&) = delete;
  temporary_directory& operator=(const temporary_directory&) = delete;
  ~temporary_directory();

  /// Without symbolic links.
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
  descriptor lock_;  ///< says that the owner lives
};

/// Removes what processes of this user that are gone have left in a directory: what has such a
/// name, is not locked, and is not so new that its owner may be about to lock it.
void remove_abandoned(const std::filesystem::path& parent);

}  // namespace stockcheck::kernel_source
