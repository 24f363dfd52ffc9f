// SPDX-License-Identifier: GPL-2.0-only
#include "kernel_source/run/warnings.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace stockcheck;

TEST_CASE("a warning is about an underflow if it looks for a number below zero") {
  CHECK(kernel_source::oracle_of_warning("new < 0") == oracle::underflow);
  CHECK(kernel_source::oracle_of_warning("unlikely(new < 0)") == oracle::underflow);
  CHECK(kernel_source::oracle_of_warning("mem_cgroup_is_root(memcg)") == oracle::scenario);
}

TEST_CASE("the words of a warning are kept, and lead to its condition") {
  std::string words = "usage is -1";
  const char* const kept = kernel_source::keep_warning(words, "usage < 0");
  words = "the memory is used again";
  CHECK(std::string(kept) == "usage is -1");
  CHECK(kernel_source::condition_of_warning("usage is -1") == "usage < 0");
  CHECK(kernel_source::condition_of_warning("settled usage above the limit").empty());
}
