// SPDX-License-Identifier: GPL-2.0-only
#include "kernel_source/tree/directory_tree.hpp"

#include "kernel_source/source_error.hpp"
#include "kernel_source/system/file_text.hpp"
#include "kernel_source/tree/git_tree.hpp"
#include "kernel_source/tree/makefile_version.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace stockcheck::kernel_source {

tree_files read_below(const std::filesystem::path& directory,
                      const std::vector<std::string>& paths) {
  const std::filesystem::path root = std::filesystem::canonical(directory);
  tree_files found;
  for (const std::string& path : paths) {
    require_safe(path, root.string());
    const std::filesystem::path file = root / path;
    std::error_code error;
    if (!std::filesystem::exists(file, error)) continue;
    const std::filesystem::path real = std::filesystem::canonical(file);
    if (std::ranges::mismatch(root, real).in1 != root.end())
      throw source_error(fmt::format("{} is a symbolic link that leads out of the tree, to {}",
                                     file.string(), real.string()));
    if (!std::filesystem::is_regular_file(real))
      throw source_error(fmt::format("{} is not a file", file.string()));
    found[path] = read_file(real);
  }
  return found;
}

directory_tree::directory_tree(const std::filesystem::path& directory,
                               std::optional<git> repository)
    : directory_(std::filesystem::canonical(directory)), repository_(std::move(repository)) {
  identity_.place = directory_.string();
  identity_.version = makefile_version(read({"Makefile"})["Makefile"]);
  if (!repository_) return;
  identity_.commit = describe(*repository_, "HEAD");
  std::vector<std::string> difference{"diff",          "--quiet", "--no-ext-diff",
                                      "--no-textconv", "HEAD",    "--"};
  difference.insert(difference.end(), checked_files().begin(), checked_files().end());
  const process_result compared = repository_->run(difference);
  identity_.modified = compared.exit_code == 1;
  if (!compared.succeeded() && !identity_.modified)
    throw source_error(
        fmt::format("{}: cannot compare it with its commit: {}", identity_.place, compared.errors));
}

tree_files directory_tree::read(const std::vector<std::string>& paths) const {
  return read_below(directory_, paths);
}

const git* directory_tree::repository() const { return repository_ ? &*repository_ : nullptr; }

}  // namespace stockcheck::kernel_source
