#include "source/system/temporary_directory.hpp"

#include "source/source_error.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <system_error>

namespace stockcheck::source {

namespace {

std::filesystem::path default_parent() {
  std::error_code error;
  std::filesystem::path parent = std::filesystem::temp_directory_path(error);
  if (error)
    throw source_error(
        fmt::format("no directory for temporary files: {}: set TMPDIR to one", error.message()));
  return parent;
}

}  // namespace

temporary_directory::temporary_directory() : temporary_directory(default_parent()) {}

temporary_directory::temporary_directory(const std::filesystem::path& parent) {
  std::error_code error;
  std::string name = (std::filesystem::canonical(parent, error) / "stockcheck-XXXXXX").string();
  if (error || ::mkdtemp(name.data()) == nullptr)
    throw source_error(fmt::format("cannot make a temporary directory in {}: {}", parent.string(),
                                   error ? error.message() : std::strerror(errno)));
  path_ = name;
}

temporary_directory::temporary_directory(temporary_directory&& other) noexcept
    : path_(std::move(other.path_)) {
  other.path_.clear();
}

temporary_directory::~temporary_directory() {
  if (path_.empty()) return;
  // What cannot be removed stays: a destructor has nobody to tell.
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace stockcheck::source
