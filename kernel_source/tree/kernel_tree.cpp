// SPDX-License-Identifier: GPL-2.0-only
#include "kernel_source/tree/kernel_tree.hpp"

#include "kernel_source/source_error.hpp"
#include "kernel_source/tree/directory_tree.hpp"
#include "kernel_source/tree/git_tree.hpp"
#include "kernel_source/tree/package_tree.hpp"
#include "text/foreign_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <regex>
#include <utility>

namespace stockcheck::kernel_source {

namespace {

using path = std::filesystem::path;

/// The package whose archive a file is: "linux-source-6.12" for linux-source-6.12.tar.xz.
const std::regex archive_name{R"((linux-source-(\d+)\.(\d+))\.tar(\.\w+)?)"};

/// What a user may call a package.
const std::regex package_name{R"((?:linux-source-)?(\d+\.\d+))"};

bool is_archive(const path& file) {
  const std::string name = file.filename().string();
  return name.ends_with(".deb") || name.ends_with(".tgz") ||
         std::regex_search(name, std::regex{R"(\.tar(\.\w+)?$)"});
}

/// The installed archive of a package, or the newest one if none is named.
std::optional<path> installed_archive(const path& directory, const std::string& package) {
  std::optional<path> best;
  std::pair<int, int> best_version;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(directory, error)) {
    const std::string name = entry.path().filename().string();
    std::smatch match;
    if (!std::regex_match(name, match, archive_name)) continue;
    if (!package.empty() && match[1] != package) continue;
    const std::pair version{std::stoi(match[2]), std::stoi(match[3])};
    if (best && version <= best_version) continue;
    best = entry.path();
    best_version = version;
  }
  return best;
}

bool is_bare_repository(const path& directory) {
  return std::filesystem::exists(directory / "HEAD") &&
         std::filesystem::is_directory(directory / "objects");
}

std::unique_ptr<const kernel_tree> open_directory(const path& directory,
                                                  const kernel_tree_request& request) {
  const bool is_bare = is_bare_repository(directory);
  const bool is_checkout = std::filesystem::exists(directory / ".git");
  if (!is_bare && !is_checkout) {
    if (!request.base.empty())
      throw source_error(fmt::format("{} is no git checkout: it has no revision '{}'",
                                     directory.string(), request.base));
    return std::make_unique<directory_tree>(directory, std::nullopt);
  }
  git repository(directory, request.stop);
  if (is_bare || !request.base.empty())
    return std::make_unique<git_tree>(repository, request.base.empty() ? "HEAD" : request.base);
  return std::make_unique<directory_tree>(directory, repository);
}

/// The file or directory that the user means.
path find(const kernel_tree_request& request) {
  if (!request.tree.empty() && std::filesystem::exists(request.tree)) return request.tree;
  std::smatch match;
  const bool is_package = std::regex_match(request.tree, match, package_name);
  if (!request.tree.empty() && !is_package)
    throw source_error(
        fmt::format("there is no kernel tree '{}': name a git checkout, an unpacked "
                    "tree, an archive, or a package such as linux-source-6.12",
                    request.tree));
  const std::string package = is_package ? fmt::format("linux-source-{}", match[1].str()) : "";
  if (const auto archive = installed_archive(request.installed, package)) return *archive;
  throw source_error(fmt::format(
      "there is no {} in {}: apt-get install {}", is_package ? package : "kernel source package",
      request.installed.string(), is_package ? package : "linux-source-6.12"));
}

std::unique_ptr<const kernel_tree> open(const kernel_tree_request& request) {
  const path found = find(request);
  if (std::filesystem::is_directory(found)) return open_directory(found, request);
  if (!is_archive(found))
    throw source_error(
        fmt::format("{} is no kernel tree: neither a directory nor an archive "
                    "(.tar.xz, .deb)",
                    found.string()));
  if (!request.base.empty())
    throw source_error(fmt::format("{} is no git checkout: it has no revision '{}'", found.string(),
                                   request.base));
  return std::make_unique<package_tree>(found, request.cache, request.stop);
}

}  // namespace

std::string tree_identity::name() const {
  std::string name = version.empty() ? "a kernel without a version" : version;
  if (!commit.empty()) name += fmt::format(", {}{}", commit, modified ? " with changes" : "");
  return text::in_one_line(fmt::format("{} ({})", name, place));
}

const std::vector<std::string>& checked_files() {
  static const std::vector<std::string> files{
      "include/linux/memcontrol.h", "include/linux/page_counter.h",
      "mm/memcontrol-v1.h",         "mm/memcontrol.c",
      "mm/page_counter.c",          "mm/slab.h"};
  return files;
}

bool kernel_tree::is_subject(const std::string& path) const {
  return std::ranges::find(checked_files(), path) != checked_files().end();
}

std::unique_ptr<const kernel_tree> open_kernel_tree(const kernel_tree_request& request) {
  try {
    std::unique_ptr<const kernel_tree> tree = open(request);
    if (tree->read({"mm/page_counter.c"}).empty())
      throw source_error(
          fmt::format("{} is no kernel tree: it has no mm/page_counter.c", tree->identity().place));
    return tree;
  } catch (const std::filesystem::filesystem_error& error) {
    throw source_error(error.what());
  }
}

}  // namespace stockcheck::kernel_source
