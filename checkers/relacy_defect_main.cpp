// The program that shows whether Relacy catches a defect, too: built once for each patch of
// checks/defects, against a model with the patch applied. Exits 0 if it does as the patch says, 1
// if not, 2 if the patch's header is wrong.

#include "checkers/defect_verdict.hpp"
#include "checkers/programs.hpp"
#include "checkers/relacy_checker.hpp"
#include "report/counterexample.hpp"

#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <span>
#include <stdexcept>
#include <string_view>

namespace stockcheck::checkers {

namespace {

bool is_caught(std::span<char*> arguments) {
  const bool shows = arguments.size() == 3 && std::string_view(arguments[2]) == "--show";
  if (arguments.size() != 2 && !shows)
    throw std::runtime_error("usage: relacy_defect_NAME PATCH [--show]");
  const std::filesystem::path patch = arguments[1];
  const defect_header header = read_defect_header(patch);
  relacy_checker relacy;
  const report::result result = relacy.check(*find_program(relacy_programs(), header.scenario).info,
                                             {.executions = 50 * quick_relacy_executions}, {});
  fmt::print("{}\n", defect_line(patch.stem().string(), header, result));
  if (shows && result.finding)
    fmt::print("{}", report::counterexample(result, report::style{false}));
  return complaint(header, result).empty();
}

}  // namespace

}  // namespace stockcheck::checkers

int main(int argc, char** argv) {
  try {
    return stockcheck::checkers::is_caught(std::span{argv, static_cast<std::size_t>(argc)}) ? 0 : 1;
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 2;
  }
}
