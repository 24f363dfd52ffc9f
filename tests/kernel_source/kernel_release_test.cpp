// SPDX-License-Identifier: GPL-2.0-only
#include "kernel_source/kernel_release.hpp"

#include <doctest/doctest.h>

using namespace stockcheck::kernel_source;

TEST_CASE("the release of a kernel is the beginning of its version") {
  CHECK(release_of("6.12.117") == kernel_release{6, 12});
  CHECK(release_of("7.3.0-rc7") == kernel_release{7, 3});
  CHECK(release_of("6.1") == kernel_release{6, 1});
  for (const char* const none : {"", "six.one", "6", "6.", "6-1"})
    CHECK(release_of(none) == kernel_release{0, 0});
}
