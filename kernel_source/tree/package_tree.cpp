// SPDX-License-Identifier: GPL-2.0-only
#include "kernel_source/tree/package_tree.hpp"

#include "kernel_source/machine_error.hpp"
#include "kernel_source/source_error.hpp"
#include "kernel_source/system/file_text.hpp"
#include "kernel_source/system/temporary_directory.hpp"
#include "kernel_source/system/trouble.hpp"
#include "kernel_source/tree/directory_tree.hpp"
#include "kernel_source/tree/makefile_version.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <sstream>
#include <string_view>
#include <utility>

namespace stockcheck::kernel_source {

namespace {

/// Minutes, for a slow disk: ten seconds is usual.
constexpr std::chrono::minutes unpacking_limit{10};

std::uint64_t fnv1a(std::string_view text) {
  std::uint64_t hash = 14695981039346656037U;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
  return hash;
}

/// Another version of a package is another file, and so is a package that was replaced.
std::string cache_key(const std::filesystem::path& archive) {
  const std::string facts =
      fmt::format("{} {} {}", archive.string(), std::filesystem::file_size(archive),
                  std::filesystem::last_write_time(archive).time_since_epoch().count());
  return fmt::format("{}-{:016x}", archive.filename().string(), fnv1a(facts));
}

/// The file that says that the archive lacks `path`.
std::string absence_mark(const std::string& path) {
  std::string mark = path;
  std::ranges::replace(mark, '/', '%');
  return mark;
}

process_result run_unpacker(std::vector<std::string> arguments,
                            const std::filesystem::path& directory, const std::atomic<bool>* stop) {
  return run_process({.arguments = std::move(arguments),
                      .directory = directory,
                      .environment = plain_environment(),
                      .limit = unpacking_limit,
                      .stop = stop});
}

/// tar's complaints about everything but a member that the archive lacks.
std::string complaints(const process_result& result) {
  std::string others;
  std::istringstream lines{result.errors};
  for (std::string line; std::getline(lines, line);)
    if (!line.ends_with(": Not found in archive") &&
        line != "tar: Exiting with failure status due to previous errors")
      others += line + "\n";
  if (others.empty() && result.exit_code != 0 && result.exit_code != 2)
    others = how_it_ended(result);
  return others;
}

/// The tar archive in a Debian package, unpacked into `directory`.
std::filesystem::path archive_in(const std::filesystem::path& package,
                                 const std::filesystem::path& directory,
                                 const std::atomic<bool>* stop) {
  const process_result result = run_unpacker(
      {"dpkg-deb", "--extract", package.string(), directory.string()}, directory, stop);
  if (!result.succeeded())
    throw_failure(result.signal != 0 || is_trouble_of_machine(result.errors),
                  fmt::format("cannot unpack {}: {}", package.string(), result.errors));
  if (std::filesystem::is_directory(directory / "usr/src"))
    for (const auto& entry : std::filesystem::directory_iterator(directory / "usr/src"))
      if (entry.path().filename().string().find(".tar") != std::string::npos) return entry.path();
  throw source_error(
      fmt::format("{} holds no kernel: it has no usr/src/*.tar.*; name a "
                  "linux-source package",
                  package.string()));
}

}  // namespace

std::filesystem::path cache_directory() {
  const char* const cache = std::getenv("XDG_CACHE_HOME");
  if (cache != nullptr && *cache == '/') return std::filesystem::path(cache) / "stockcheck";
  const char* const home = std::getenv("HOME");
  if (home != nullptr && *home == '/') return std::filesystem::path(home) / ".cache/stockcheck";
  throw source_error("no directory to keep unpacked files in: set XDG_CACHE_HOME or HOME");
}

package_tree::package_tree(const std::filesystem::path& archive, const std::filesystem::path& cache,
                           const std::atomic<bool>* stop)
    : archive_(std::filesystem::canonical(archive)),
      cache_((cache.empty() ? cache_directory() : cache) / cache_key(archive_)),
      stop_(stop) {
  identity_.place = archive_.string();
  std::error_code error;
  for (const char* part : {"files", "absent"})
    if (!error) std::filesystem::create_directories(cache_ / part, error);
  if (error)
    throw_failure(is_trouble_of_machine(error.value()),
                  fmt::format("cannot keep unpacked files in {}: {}: set XDG_CACHE_HOME to a "
                              "directory that can be written to",
                              cache_.string(), error.message()));
  std::vector<std::string> wanted = checked_files();
  wanted.emplace_back("Makefile");
  identity_.version = makefile_version(read(wanted)["Makefile"]);
}

bool package_tree::is_known(const std::string& path) const {
  return std::filesystem::exists(cache_ / "files" / path) ||
         std::filesystem::exists(cache_ / "absent" / absence_mark(path));
}

tree_files package_tree::read(const std::vector<std::string>& paths) const {
  std::vector<std::string> missing;
  for (const std::string& path : paths) {
    require_safe(path, archive_.string());
    if (!is_known(path)) missing.push_back(path);
  }
  if (!missing.empty()) unpack(missing);
  return read_below(cache_ / "files", paths);
}

void package_tree::unpack(const std::vector<std::string>& paths) const {
  const temporary_directory work(cache_);
  std::filesystem::path archive = archive_;
  if (archive.extension() == ".deb") {
    std::filesystem::create_directory(work.path() / "package");
    archive = archive_in(archive, work.path() / "package", stop_);
  }
  const std::filesystem::path unpacked = work.path() / "unpacked";
  std::filesystem::create_directory(unpacked);
  std::vector<std::string> tar{"tar",
                               "--extract",
                               "--file=" + archive.string(),
                               "--force-local",
                               "--strip-components=1",
                               "--no-same-owner",
                               "--no-same-permissions",
                               "--wildcards",
                               "--no-wildcards-match-slash",
                               "--"};
  // The name of the directory that all of it lies in is the archive's affair.
  for (const std::string& path : paths) tar.push_back("*/" + path);
  const process_result ran = run_unpacker(std::move(tar), unpacked, stop_);
  if (const std::string complaint = complaints(ran); !complaint.empty())
    throw_failure(ran.signal != 0 || is_trouble_of_machine(complaint),
                  fmt::format("cannot unpack {}: {}", archive_.string(), complaint));

  const tree_files found = read_below(unpacked, paths);
  for (const std::string& path : paths) {
    const std::filesystem::path from = unpacked / path;
    if (!found.contains(path)) {
      write_file(cache_ / "absent" / absence_mark(path), "");
      continue;
    }
    const std::filesystem::path to = cache_ / "files" / path;
    std::error_code error;
    std::filesystem::create_directories(to.parent_path(), error);
    if (!error) std::filesystem::rename(from, to, error);
    if (error)
      throw machine_error(fmt::format("cannot write {}: {}", to.string(), error.message()));
  }
}

}  // namespace stockcheck::kernel_source
