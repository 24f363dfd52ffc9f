// SPDX-License-Identifier: GPL-2.0-only
#include "cli/nearest.hpp"

#include <doctest/doctest.h>

#include <vector>

using namespace stockcheck::cli;

TEST_CASE("the distance counts insertions, deletions and substitutions") {
  CHECK(edit_distance("", "") == 0);
  CHECK(edit_distance("", "abc") == 3);
  CHECK(edit_distance("drain", "drain") == 0);
  CHECK(edit_distance("drain", "drin") == 1);
  CHECK(edit_distance("drain", "drains") == 1);
  CHECK(edit_distance("drain", "train") == 1);
  CHECK(edit_distance("kitten", "sitting") == 3);
}

TEST_CASE("a mistyped word is close to what was meant, an unrelated one is not") {
  const std::vector<std::string> known{"check", "list", "stress"};
  CHECK(nearest("chek", known) == "check");
  CHECK(nearest("stres", known) == "stress");
  CHECK_FALSE(nearest("frobnicate", known));
  CHECK_FALSE(nearest("check", {}));
  CHECK(did_you_mean("lst", known) == "; did you mean 'list'?");
  CHECK(did_you_mean("frobnicate", known).empty());
}
