// SPDX-License-Identifier: GPL-2.0-only
#include "kernel_source/tree/scratch_tree.hpp"

#include "kernel_source/source_error.hpp"
#include "kernel_source/system/file_text.hpp"

#include <fmt/format.h>

namespace stockcheck::kernel_source {

scratch_tree::scratch_tree(const source_tree& from, const std::vector<std::string>& paths)
    : root_(directory_.path() / "tree") {
  std::filesystem::create_directory(root_);
  const std::filesystem::path own = directory_.path() / "repository";
  (void)git(directory_.path())
      .output({"init", "--quiet", "--bare", "--template=", own.string()}, "cannot use git");
  // Files stay as they are, byte for byte, whatever a .gitattributes in a patch says.
  write_file(own / "info/attributes", "* -text -eol -ident -filter -working-tree-encoding\n");
  fetch(from, paths);
}

void scratch_tree::fetch(const source_tree& from, const std::vector<std::string>& paths) {
  std::vector<std::string> wanted;
  for (const std::string& path : paths)
    if (fetched_.insert(path).second) wanted.push_back(path);
  if (wanted.empty()) return;
  for (const auto& [path, text] : from.read(wanted)) write(path, text);
}

bool scratch_tree::has(const std::string& path) const {
  require_safe(path, root_.string());
  return std::filesystem::is_regular_file(std::filesystem::symlink_status(root_ / path));
}

std::string scratch_tree::read(const std::string& path) const {
  require_safe(path, root_.string());
  return read_file(root_ / path);
}

void scratch_tree::write(const std::string& path, const std::string& text) {
  require_safe(path, root_.string());
  write_file(root_ / path, text);
}

void scratch_tree::remove(const std::string& path) {
  require_safe(path, root_.string());
  std::error_code error;
  if (!std::filesystem::remove(root_ / path, error))
    throw source_error(fmt::format("cannot remove {}: {}", (root_ / path).string(),
                                   error ? error.message() : "there is no such file"));
}

void scratch_tree::require_plain_files() const {
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root_))
    if (const auto status = entry.symlink_status();
        !std::filesystem::is_regular_file(status) && !std::filesystem::is_directory(status))
      throw source_error(fmt::format("{} has become something else than a file",
                                     entry.path().lexically_relative(root_).string()));
}

}  // namespace stockcheck::kernel_source
