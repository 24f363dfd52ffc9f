// SPDX-License-Identifier: GPL-2.0-only
// Where the tests of kernel_source/ keep kernel trees, patches and temporary files.
#pragma once

#include "kernel_source/system/run_process.hpp"
#include "kernel_source/tree/kernel_tree.hpp"

#include <filesystem>
#include <functional>
#include <initializer_list>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace stockcheck::kernel_source {

/// A directory of its own, removed in the end, with a small tree of our own making in "tree", and
/// an empty "tmp" that TMPDIR names as long as this exists.
class workshop {
 public:
  workshop();
  workshop(const workshop&) = delete;
  workshop& operator=(const workshop&) = delete;
  ~workshop();

  /// The full path of a name in here.
  [[nodiscard]] std::string at(const std::string& name) const;
  /// Writes a file and returns its full path.
  std::string write(const std::string& name, const std::string& text) const;
  /// Opens the tree in "tree", or at another place, with a cache in here.
  std::unique_ptr<const kernel_tree> open(const std::string& tree = "tree",
                                          const std::string& base = "") const;
  /// Runs a program in "tree", which must succeed.
  process_result run(std::vector<std::string> arguments) const;
  /// Makes a git checkout of "tree", with one commit.
  void make_checkout() const;
  /// All files and links here, with their contents, but for what lies in "cache".
  [[nodiscard]] std::map<std::string, std::string> contents() const;

 private:
  std::filesystem::path path_;
  std::string old_tmpdir_;
};

/// The text of mm/page_counter.c in "tree".
extern const std::string small_page_counter;

/// A patch of it that renames nothing and adds one line.
extern const std::string small_patch;

/// The text with the first `from`, which must be there, replaced.
std::string with(std::string text, const std::string& from, const std::string& to);

/// The message of the source_error that the action throws; "nothing was thrown" if it throws none.
std::string error_of(const std::function<void()>& action);

/// That of the machine_error.
std::string trouble_of(const std::function<void()>& action);

bool contains(const std::string& text, const std::string& part);

}  // namespace stockcheck::kernel_source
