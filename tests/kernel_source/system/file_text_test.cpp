// SPDX-License-Identifier: GPL-2.0-only
// Reading whole files, and giving up on what never comes.
#include "kernel_source/system/file_text.hpp"

#include "kernel_source/system/descriptor.hpp"
#include "tests/kernel_source/workshop.hpp"

#include <doctest/doctest.h>

#include <fcntl.h>
#include <sys/stat.h>

#include <atomic>

using namespace stockcheck::kernel_source;

TEST_CASE("a file is read as a whole, also by one who may be told to stop") {
  const workshop shop;
  const std::string file = shop.write("text", "some\ntext");
  const std::atomic<bool> stop{false};
  CHECK(read_file(file) == "some\ntext");
  CHECK(read_file(file, &stop) == "some\ntext");
}

TEST_CASE("who waits for a pipe stops when he is told to") {
  const workshop shop;
  const std::string pipe = shop.at("pipe");
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  // With a writer that writes nothing.
  const descriptor writer{::open(pipe.c_str(), O_RDWR | O_CLOEXEC)};
  REQUIRE(writer.is_open());
  const std::atomic<bool> stop{true};
  CHECK(contains(error_of([&] { (void)read_file(pipe, &stop); }), "interrupted"));
}

TEST_CASE("a disk that is full is not the user's fault") {
  CHECK(contains(trouble_of([] { write_file("/dev/full", "text"); }),
                 "cannot write /dev/full: No space left on device"));
  CHECK(contains(error_of([] { (void)read_file("/nonexistent"); }), "cannot read /nonexistent"));
}
