// SPDX-License-Identifier: GPL-2.0-only
// The program that prints the row of a kernel's mutant in docs/defects.md, of what
// `stockcheck verify --json` said of it. Exits 0, 1 if it was not caught as its header says, and 2
// if nothing was said.

#include "kernel_source/system/file_text.hpp"
#include "mutants/defect_row.hpp"
#include "mutants/defect_verdict.hpp"
#include "mutants/mutant_header.hpp"
#include "report/json.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cstddef>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <span>
#include <stdexcept>
#include <string>

namespace stockcheck::mutants {

namespace {

bool print_row(std::span<char*> arguments) {
  if (arguments.size() != 4) throw std::runtime_error("usage: kernel_row NAME MUTANT VERIFICATION");
  const std::string name = arguments[1];
  const mutant_header header = read_mutant_header(std::filesystem::path(arguments[2]));
  const auto document =
      nlohmann::json::parse(kernel_source::read_file(arguments[3]), nullptr, false);
  if (document.is_discarded() || document.at("after").size() != 1)
    throw std::runtime_error(fmt::format("{} is no verification of one scenario", arguments[3]));
  const report::result after = report::result_from_json_text(document.at("after").at(0).dump());
  if (const std::string wrong = complaint(header, after); !wrong.empty()) {
    fmt::print(stderr, "{}: {}\n", name, wrong);
    return false;
  }
  if (document.at("changes").at(0).at("news").empty()) {
    fmt::print(stderr, "{}: the same is found without it\n", name);
    return false;
  }
  fmt::print("{}\n", kernel_row(name, header, after));
  return true;
}

}  // namespace

}  // namespace stockcheck::mutants

int main(int argc, char** argv) {
  try {
    return stockcheck::mutants::print_row(std::span{argv, static_cast<std::size_t>(argc)}) ? 0 : 1;
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 2;
  }
}
