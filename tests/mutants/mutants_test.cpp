// SPDX-License-Identifier: GPL-2.0-only
// All mutants: each is of the kind that its folder is for, and none is lost.
#include "mutants/mutant_header.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <string>
#include <vector>

using namespace stockcheck;
using mutants::mutant_kind;

namespace {

struct folder {
  std::string path;
  mutant_kind kind;
  std::size_t count;  ///< to be raised with a new one
};

const std::vector<folder> folders{
    {"model/wrong", mutant_kind::wrong, 190},       {"model/right", mutant_kind::right, 28},
    {"kernel/wrong", mutant_kind::wrong, 34},       {"kernel/right", mutant_kind::right, 12},
    {"kernel/hostile", mutant_kind::hostile, 51},   {"kernel/series", mutant_kind::proposal, 2},
    {"kernel/series/wrong", mutant_kind::wrong, 3}, {"remedies", mutant_kind::remedy, 11}};

const std::filesystem::path root = std::filesystem::path{STOCKCHECK_SOURCE_DIR} / "mutants";

}  // namespace

TEST_CASE(
    "every mutant is of the kind that its folder is for, and there are as many as are known") {
  for (const folder& of : folders) {
    CAPTURE(of.path);
    const auto files = mutants::mutants_in(root / of.path);
    CHECK(files.size() == of.count);
    for (const auto& file : files) {
      CAPTURE(file);
      const mutants::mutant_header header = mutants::read_mutant_header(file);
      CHECK(header.kind == of.kind);
      const bool is_script = file.extension() == ".sed";
      CHECK(header.kernels.empty() != is_script);
      // What is wrong with the series is a mistake in what it adds, which is in no file of a
      // kernel.
      CHECK(header.file.empty() == (!is_script || of.path == "kernel/series/wrong"));
      if (of.path == "model/wrong") CHECK(header.scenarios.size() == 1);
    }
  }
}

TEST_CASE("there is no mutant in another folder") {
  std::size_t found = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root))
    if (entry.is_directory()) found += mutants::mutants_in(entry.path()).size();
  std::size_t known = mutants::mutants_in(root).size();
  for (const folder& of : folders) known += of.count;
  CHECK(found == known);
}
