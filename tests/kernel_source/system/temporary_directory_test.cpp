// SPDX-License-Identifier: GPL-2.0-only
// Directories that go with their owners, and what owners that were killed have left.
#include "kernel_source/system/temporary_directory.hpp"

#include "tests/kernel_source/workshop.hpp"

#include <doctest/doctest.h>

#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <utility>

using namespace stockcheck::kernel_source;
namespace fs = std::filesystem;

namespace {

void make_old(const fs::path& directory) {
  fs::last_write_time(directory, fs::file_time_type::clock::now() - std::chrono::hours(1));
}

}  // namespace

TEST_CASE("a directory is removed with all that is in it") {
  const workshop shop;
  fs::path path;
  {
    const temporary_directory made;
    path = made.path();
    fs::create_directories(path / "a/b");
  }
  CHECK_FALSE(fs::exists(path));
}

TEST_CASE("what a killed process has left is removed at the next start") {
  const workshop shop;
  const fs::path parent = shop.at("scratch");
  fs::create_directory(parent);
  const pid_t owner = ::fork();
  if (owner == 0) {
    const temporary_directory left(parent);
    fs::create_directories(left.path() / "a/b");
    ::_exit(0);  // without destructors, as one that is killed
  }
  ::waitpid(owner, nullptr, 0);
  const fs::path left = fs::directory_iterator(parent)->path();
  remove_abandoned(parent);
  CHECK(fs::exists(left));  // it may be somebody's who is about to lock it
  make_old(left);
  const temporary_directory first_of_the_next(parent);
  CHECK_FALSE(fs::exists(left));
}

TEST_CASE("what somebody uses stays, however old it is, and so does what is not ours") {
  const workshop shop;
  const fs::path parent = shop.at("scratch");
  fs::create_directories(parent / "stockcheck-notes");
  fs::create_directories(parent / "other-123456");
  for (const auto& entry : fs::directory_iterator(parent)) make_old(entry.path());
  temporary_directory used(parent);
  const temporary_directory moved(std::move(used));
  make_old(moved.path());
  remove_abandoned(parent);
  CHECK(fs::exists(moved.path()));
  CHECK(fs::exists(parent / "stockcheck-notes"));
  CHECK(fs::exists(parent / "other-123456"));
}
