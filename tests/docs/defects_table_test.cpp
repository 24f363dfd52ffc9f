// SPDX-License-Identifier: GPL-2.0-only
// docs/defects.md has exactly one row for each wrong patch, of our model and of kernels, and says
// of it what the patch says.
#include "mutants/defect_row.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

using namespace stockcheck;

namespace {

namespace fs = std::filesystem;

const fs::path root{STOCKCHECK_SOURCE_DIR};

/// The rows of the table whose first line begins so.
std::vector<std::string> rows_of(const std::string& first) {
  std::vector<std::string> rows;
  std::ifstream page{root / "docs/defects.md"};
  std::string line;
  while (std::getline(page, line) && !line.starts_with(first)) continue;
  while (std::getline(page, line) && line.starts_with("| "))
    if (line.starts_with("| `")) rows.push_back(line);
  return rows;
}

void is_one_row(const std::vector<std::string>& rows, const std::string& head) {
  CHECK_MESSAGE(
      std::ranges::count_if(rows, [&](const auto& r) { return r.starts_with(head); }) == 1, head,
      " is not in docs/defects.md: build the target defects_table");
}

}  // namespace

TEST_CASE("the table of the defects has a row for each patch, written of the patch as it is") {
  const std::vector<std::string> rows = rows_of("| patch | defect | re-creates | ");
  const auto patches = mutants::mutants_in(root / "mutants/model/wrong");
  for (const fs::path& patch : patches)
    is_one_row(rows,
               mutants::defect_row_head(patch.stem().string(), mutants::read_mutant_header(patch)));
  CHECK(!patches.empty());
  CHECK(rows.size() == patches.size());
}

TEST_CASE("the table of the mutants of kernels has a row for each, written of it as it is") {
  const std::vector<std::string> rows = rows_of("| patch | defect | kernels | ");
  const fs::path folder = root / "mutants/kernel";
  std::size_t edits = 0;
  for (const char* const wrong : {"series/wrong", "wrong"})
    for (const fs::path& edit : mutants::mutants_in(folder / wrong)) {
      ++edits;
      const std::string name = fs::relative(edit, folder).replace_extension().string();
      const mutants::mutant_header header = mutants::read_mutant_header(edit);
      is_one_row(rows, mutants::kernel_row_head(name, header));
    }
  CHECK(edits > 0);
  CHECK(rows.size() == edits);
}
