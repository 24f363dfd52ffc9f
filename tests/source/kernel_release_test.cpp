#include "source/kernel_release.hpp"

#include <doctest/doctest.h>

using namespace stockcheck::source;

TEST_CASE("the release of a kernel is the beginning of its version") {
  CHECK(release_of("6.12.117") == kernel_release{6, 12});
  CHECK(release_of("7.3.0-rc7") == kernel_release{7, 3});
  CHECK(release_of("6.1") == kernel_release{6, 1});
  for (const char* const none : {"", "six.one", "6", "6.", "6-1"})
    CHECK(release_of(none) == kernel_release{0, 0});
}

TEST_CASE("a range of releases has both of its ends, and is written as it is") {
  const kernel_releases some{{6, 12}, {6, 15}};
  CHECK(some.contain({6, 12}));
  CHECK(some.contain({6, 15}));
  CHECK_FALSE(some.contain({6, 1}));
  CHECK_FALSE(some.contain({6, 16}));
  CHECK_FALSE(some.contain({7, 12}));
  CHECK(some.text() == "6.12 to 6.15");
  CHECK(kernel_releases{{6, 1}, {6, 1}}.text() == "6.1");
  const kernel_releases later{{7, 2}};
  CHECK(later.contain({8, 0}));
  CHECK(later.text() == "7.2 and later");
}

TEST_CASE("a kernel without a version is in no range") {
  CHECK_FALSE(kernel_releases{{6, 1}}.contain(release_of("")));
}
