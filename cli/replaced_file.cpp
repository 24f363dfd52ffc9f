// SPDX-License-Identifier: GPL-2.0-only
#include "cli/replaced_file.hpp"

#include "cli/usage_error.hpp"
#include "kernel_source/machine_error.hpp"
#include "kernel_source/system/descriptor.hpp"
#include "kernel_source/system/trouble.hpp"

#include <fmt/format.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <system_error>

namespace stockcheck::cli {

namespace fs = std::filesystem;

namespace {

/// Whether another file may take its place: /dev/stdout may be a plain file, which somebody has
/// open.
bool can_be_replaced(const std::string& name, const fs::path& file) {
  std::error_code error;
  const fs::file_status status = fs::status(file, error);
  const std::string place = fs::absolute(name, error).lexically_normal().string();
  return (fs::is_regular_file(status) || !fs::exists(status)) && !place.starts_with("/dev/") &&
         !place.starts_with("/proc/");
}

/// The rights that the file has, or would have if it were made now.
mode_t rights_of(const fs::path& file) {
  struct stat facts{};
  constexpr mode_t all = 07777;
  if (::stat(file.c_str(), &facts) == 0) return facts.st_mode & all;
  const mode_t mask = ::umask(0);
  ::umask(mask);
  return 0666 & ~mask;
}

bool write_back(const fs::path& file) {
  const kernel_source::descriptor opened{::open(file.c_str(), O_RDONLY | O_CLOEXEC)};
  return opened.is_open() && ::fsync(opened.number()) == 0;
}

}  // namespace

replaced_file::replaced_file(const std::string& file) : name_(file), file_(file) {
  std::error_code error;
  if (const fs::path real = fs::weakly_canonical(file, error); !error) file_ = real;
  if (!can_be_replaced(file, file_)) {
    stream_.open(file);
    if (!stream_) fail(errno);
    return;
  }
  if (fs::exists(file_, error) && ::access(file_.c_str(), W_OK) != 0) fail(errno);
  std::string beside = fmt::format("{}.XXXXXX", file_.string());
  const kernel_source::descriptor made{::mkostemp(beside.data(), O_CLOEXEC)};
  if (!made.is_open()) fail(errno);
  beside_ = beside;
  ::fchmod(made.number(), rights_of(file_));
  stream_.open(beside_);
  if (!stream_) fail(errno);
}

replaced_file::~replaced_file() {
  if (!beside_.empty()) ::unlink(beside_.c_str());
}

void replaced_file::replace() {
  stream_.close();
  if (!stream_) fail(errno);
  if (beside_.empty()) return;
  if (!write_back(beside_) || ::rename(beside_.c_str(), file_.c_str()) != 0) fail(errno);
  beside_.clear();
  const fs::path directory = file_.parent_path();
  if (!write_back(directory.empty() ? "." : directory)) fail(errno);
}

void replaced_file::fail(int error) const {
  const std::string why = fmt::format("cannot write {}: {}", name_, std::strerror(error));
  if (kernel_source::is_trouble_of_machine(error)) throw kernel_source::machine_error(why);
  throw usage_error(why);
}

}  // namespace stockcheck::cli
