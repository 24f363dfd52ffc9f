// SPDX-License-Identifier: GPL-2.0-only
// Comparison with a file of expected output.
#pragma once

#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

namespace stockcheck::report {

/// Fails unless `text` is what tests/report/golden/NAME holds. With STOCKCHECK_REFRESH_GOLDEN set
/// in the environment the file is written instead; look at the difference before committing it.
inline void check_golden(const std::string& name, const std::string& text) {
  const std::string path = std::string(STOCKCHECK_GOLDEN_DIR) + "/" + name;
  if (std::getenv("STOCKCHECK_REFRESH_GOLDEN") != nullptr) {
    std::ofstream{path} << text;
    return;
  }
  std::ifstream file{path};
  REQUIRE_MESSAGE(file.is_open(), path);
  const std::string expected{std::istreambuf_iterator<char>{file}, {}};
  CHECK(text == expected);
}

}  // namespace stockcheck::report
