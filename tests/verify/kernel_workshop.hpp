// SPDX-License-Identifier: GPL-2.0-only
// Where tests keep a copy of an installed kernel's files and patches of it.
#pragma once

#include "kernel_source/tree/kernel_tree.hpp"
#include "kernel_source/tree/scratch_tree.hpp"
#include "tests/cli/command_line.hpp"

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

namespace stockcheck::tests {

/// Removed in the end. Commands that run meanwhile have a TMPDIR of their own, which must be empty
/// when they are done.
class kernel_workshop {
 public:
  explicit kernel_workshop(const std::string& version)
      : tree_(kernel_source::open_kernel_tree({.tree = version, .cache = STOCKCHECK_TEST_CACHE})),
        copy_(*tree_, with_version(kernel_source::checked_files())) {
    std::filesystem::create_directory(tmp());
  }

  /// The directory with the kernel's files.
  [[nodiscard]] std::string tree() const { return copy_.root().string(); }
  [[nodiscard]] std::string at(const std::string& name) const {
    return (directory_.path() / name).string();
  }
  [[nodiscard]] std::string tmp() const { return at("tmp"); }
  [[nodiscard]] bool left_nothing_behind() const { return std::filesystem::is_empty(tmp()); }

  std::string write(const std::string& name, const std::string& text) const {
    std::ofstream(at(name)) << text;
    return at(name);
  }
  /// Makes a patch by ci/kernel-patch; `edit` is relative to checks/.
  [[nodiscard]] std::string patch(const std::string& edit) const {
    return patch_of(std::string(STOCKCHECK_SOURCE_DIR) + "/mutants/" + edit);
  }
  /// Makes a patch by a sed script of one file.
  [[nodiscard]] std::string sed(const std::string& file, const std::string& script) const {
    return patch_of(write("edit.sed", "# File: " + file + "\n" + script + "\n"));
  }
  /// `stockcheck verify` of this kernel, with nothing left behind.
  [[nodiscard]] outcome verify(const std::string& arguments,
                               const std::string& environment = "") const {
    const outcome result =
        run_line("env TMPDIR=" + tmp() + " " + environment + " " + STOCKCHECK_COMMAND +
                 " verify --linux " + tree() + " " + arguments);
    CHECK(left_nothing_behind());
    return result;
  }

 private:
  /// What is known of a kernel is known of a release.
  static std::vector<std::string> with_version(std::vector<std::string> files) {
    files.emplace_back("Makefile");
    return files;
  }
  [[nodiscard]] std::string patch_of(const std::string& edit) const {
    const std::string file = at("edit.patch");
    const outcome made = run_line(std::string(STOCKCHECK_SOURCE_DIR) + "/ci/kernel-patch " +
                                  tree() + " " + edit + " > " + file);
    CAPTURE(made.text);
    REQUIRE(made.exit_code == 0);
    return file;
  }

  kernel_source::temporary_directory directory_;
  std::unique_ptr<const kernel_source::kernel_tree> tree_;
  kernel_source::scratch_tree copy_;
};

}  // namespace stockcheck::tests
