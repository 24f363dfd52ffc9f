// SPDX-License-Identifier: GPL-2.0-only
// git, sealed off from the settings of whoever runs it.
#pragma once

#include "kernel_source/system/run_process.hpp"

#include <atomic>
#include <filesystem>
#include <string>
#include <vector>

namespace stockcheck::kernel_source {

/// Runs git in a directory. The system's and the user's configuration and attributes, hooks,
/// pagers, prompts, external diffs and the network are off. Throws what run_process throws.
class git {
 public:
  /// For the repository whose top the directory is, or for none: those that the directory lies in
  /// are not looked at. `stop`, if any, must outlive this object.
  explicit git(const std::filesystem::path& directory, const std::atomic<bool>* stop = nullptr);
  /// For a directory whose content is not to be trusted: git looks for no repository there, and
  /// uses this one, which must exist.
  git(const std::filesystem::path& directory, std::filesystem::path repository);

  [[nodiscard]] process_result run(const std::vector<std::string>& arguments,
                                   const std::string& input = {}) const;
  /// Its output; throws source_error with `what`, which says what was tried, and git's own message
  /// when it fails.
  [[nodiscard]] std::string output(const std::vector<std::string>& arguments,
                                   const std::string& what, const std::string& input = {}) const;

  [[nodiscard]] const std::filesystem::path& directory() const { return directory_; }

 private:
  std::filesystem::path directory_;
  std::filesystem::path repository_;
  const std::atomic<bool>* stop_ = nullptr;
};

}  // namespace stockcheck::kernel_source
