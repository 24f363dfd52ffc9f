// SPDX-License-Identifier: GPL-2.0-only
// The program that shows whether Relacy catches a defect, too: built once for each patch of
// mutants/model/wrong, against a model with the patch applied. Exits 0 if it does as the patch
// says, 1 if not, 2 if the patch's header is wrong.

#include "harness/programs.hpp"
#include "harness/relacy/relacy_checker.hpp"
#include "mutants/defect_verdict.hpp"
#include "report/counterexample.hpp"

#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <span>
#include <stdexcept>
#include <string_view>

namespace stockcheck::mutants {

namespace {

bool is_caught(std::span<char*> arguments) {
  const bool shows = arguments.size() == 3 && std::string_view(arguments[2]) == "--show";
  if (arguments.size() != 2 && !shows)
    throw std::runtime_error("usage: relacy_defect_NAME PATCH [--show]");
  const std::filesystem::path patch = arguments[1];
  const defect_header header = read_defect_header(patch);
  harness::relacy_checker relacy;
  const report::result result =
      relacy.check(*harness::find_program(harness::relacy_programs(), header.scenario).info,
                   {.executions = 50 * harness::quick_relacy_executions}, {});
  fmt::print("{}\n", defect_line(patch.stem().string(), header, result));
  if (shows && result.finding)
    fmt::print("{}", report::counterexample(result, report::style{false}));
  return complaint(header, result).empty();
}

}  // namespace

}  // namespace stockcheck::mutants

int main(int argc, char** argv) {
  try {
    return stockcheck::mutants::is_caught(std::span{argv, static_cast<std::size_t>(argc)}) ? 0 : 1;
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 2;
  }
}
