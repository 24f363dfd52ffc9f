// SPDX-License-Identifier: GPL-2.0-only
// docs/defects.md has exactly one row for each patch, and says of it what the patch says.
#include "mutants/defect_row.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

using namespace stockcheck;

TEST_CASE("the table of the defects has a row for each patch, written of the patch as it is") {
  const std::filesystem::path root{STOCKCHECK_SOURCE_DIR};
  std::vector<std::string> rows;
  std::ifstream table{root / "docs/defects.md"};
  std::string line;
  while (std::getline(table, line) && !line.starts_with("| patch | ")) continue;
  while (std::getline(table, line))
    if (line.starts_with("| `")) rows.push_back(line);

  std::size_t patches = 0;
  for (const auto& file : std::filesystem::directory_iterator(root / "mutants/model/wrong")) {
    if (file.path().extension() != ".patch") continue;
    ++patches;
    const std::string head = mutants::defect_row_head(file.path().stem().string(),
                                                      mutants::read_mutant_header(file.path()));
    CHECK_MESSAGE(
        std::ranges::count_if(rows, [&](const auto& r) { return r.starts_with(head); }) == 1, head,
        " is not in docs/defects.md: build the target defects_table");
  }
  CHECK(patches > 0);
  CHECK(rows.size() == patches);
}
