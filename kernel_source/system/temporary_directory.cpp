// SPDX-License-Identifier: GPL-2.0-only
#include "kernel_source/system/temporary_directory.hpp"

#include "kernel_source/source_error.hpp"
#include "kernel_source/system/trouble.hpp"

#include <fmt/format.h>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <mutex>
#include <set>
#include <string_view>
#include <system_error>

namespace stockcheck::kernel_source {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view prefix = "stockcheck-";
constexpr std::string_view drawn = "XXXXXX";

fs::path default_parent() {
  std::error_code error;
  fs::path parent = fs::temp_directory_path(error);
  if (error)
    throw source_error(
        fmt::format("no directory for temporary files: {}: set TMPDIR to one", error.message()));
  return parent;
}

/// A lock goes with its last descriptor, however its owner ends.
descriptor lock(const fs::path& directory) {
  descriptor opened{::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)};
  if (opened.is_open() && ::flock(opened.number(), LOCK_EX | LOCK_NB) != 0) opened.close();
  return opened;
}

bool is_abandoned(int directory) {
  // Longer than it takes to make a directory and to lock it.
  constexpr std::time_t patience = 60;
  struct stat facts{};
  return ::fstat(directory, &facts) == 0 && facts.st_uid == ::geteuid() &&
         facts.st_mtime + patience < std::time(nullptr);
}

void remove_abandoned_once(const fs::path& parent) {
  static std::mutex mutex;
  static std::set<fs::path> done;
  const std::lock_guard guard(mutex);
  if (done.insert(parent).second) remove_abandoned(parent);
}

}  // namespace

temporary_directory::temporary_directory() : temporary_directory(default_parent()) {}

temporary_directory::temporary_directory(const fs::path& parent) {
  std::error_code error;
  const fs::path place = fs::canonical(parent, error);
  if (!error) remove_abandoned_once(place);
  std::string name = (place / fmt::format("{}{}", prefix, drawn)).string();
  if (error || ::mkdtemp(name.data()) == nullptr) {
    const int failed = error ? error.value() : errno;
    throw_failure(is_trouble_of_machine(failed),
                  fmt::format("cannot make a temporary directory in {}: {}", parent.string(),
                              std::strerror(failed)));
  }
  path_ = name;
  lock_ = lock(path_);
}

temporary_directory::temporary_directory(temporary_directory&& other) noexcept
    : path_(std::move(other.path_)), lock_(std::move(other.lock_)) {
  other.path_.clear();
}

temporary_directory::~temporary_directory() {
  if (path_.empty()) return;
  // What cannot be removed stays: a destructor has nobody to tell.
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

void remove_abandoned(const fs::path& parent) {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(parent, error)) {
    const std::string name = entry.path().filename().string();
    if (!name.starts_with(prefix) || name.size() != prefix.size() + drawn.size()) continue;
    const descriptor mine = lock(entry.path());
    std::error_code ignored;
    if (mine.is_open() && is_abandoned(mine.number())) fs::remove_all(entry.path(), ignored);
  }
}

}  // namespace stockcheck::kernel_source
