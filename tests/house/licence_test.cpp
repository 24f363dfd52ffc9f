// SPDX-License-Identifier: GPL-2.0-only
// Every source file says what its licence is.
#include "tests/house/project_files.hpp"

#include <doctest/doctest.h>

#include <sstream>

using namespace stockcheck::tests;

TEST_CASE("every source file says its licence in its first two lines") {
  std::size_t seen = 0;
  for (const auto& file : files()) {
    if (!is_source(file) || is_mutant(file)) continue;
    ++seen;
    std::istringstream text(text_of(file));
    std::string first;
    std::string second;
    std::getline(text, first);
    std::getline(text, second);
    const std::string expected = "SPDX-License-Identifier: GPL-2.0-only";
    CHECK_MESSAGE((first.ends_with(expected) || second.ends_with(expected)), file.string());
  }
  CHECK(seen > 500);
  CHECK(text_of(root / "LICENSE").find("GNU GENERAL PUBLIC LICENSE") != std::string::npos);
}
