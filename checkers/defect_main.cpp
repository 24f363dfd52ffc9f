// The program that shows whether a defect is caught: built once for each patch of checks/defects,
// against a model with the patch applied. Exits 0 if it is caught as the patch says, 1 if not, 2 if
// the patch's header is wrong.

#include "checkers/defect_header.hpp"
#include "checkers/programs.hpp"
#include "checkers/relacy_checker.hpp"
#include "report/counterexample.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <span>
#include <stdexcept>
#include <string_view>

namespace stockcheck::checkers {

namespace {

defect_header header_of(const std::filesystem::path& patch) {
  std::ifstream text(patch);
  if (!text) throw std::runtime_error(fmt::format("{}: cannot be read", patch.string()));
  return read_defect_header(text, patch.string());
}

const checks::scenario_info& scenario_of(const defect_header& header, std::string_view file) {
  try {
    const checks::scenario_info& info = *find_program(relacy_programs(), header.scenario).info;
    if (!info.known) return info;
  } catch (const std::out_of_range& unknown) {
    throw malformed_defect(file, header.scenario_line, unknown.what());
  }
  throw malformed_defect(file, header.scenario_line,
                         "this scenario declares a known property: it fails without the defect");
}

bool shows_stale_read(const report::finding& finding, std::string_view object) {
  return std::ranges::any_of(finding.steps, [object](const report::step& step) {
    return step.stale && step.what.find(object) != std::string::npos;
  });
}

/// One line that says what became of the defect; true if it was caught as it should be.
bool show(std::string_view name, const defect_header& header, const report::result& result) {
  const auto executions =
      fmt::format("after {:>4} executions, {:.2f} s", result.executions, result.seconds);
  if (!result.finding) {
    fmt::print("{:<32} NOT CAUGHT in {} {} ({})\n", name, result.scenario, executions,
               result.guarantee);
    return false;
  }
  fmt::print("{:<32} caught by {:<12} in {:<48} {}: {}\n", name, name_of(result.finding->kind),
             result.scenario, executions, report::summary_of(*result.finding));
  if (result.finding->kind != header.caught_by) {
    fmt::print("{:<32} WRONG ORACLE: the patch says {}\n", name, name_of(header.caught_by));
    return false;
  }
  if (!header.stale.empty() && !shows_stale_read(*result.finding, header.stale)) {
    fmt::print("{:<32} NOT SHOWN: no stale read of {}\n", name, header.stale);
    return false;
  }
  return true;
}

bool is_caught(const std::filesystem::path& patch, bool in_full) {
  const defect_header header = header_of(patch);
  const checks::scenario_info& scenario = scenario_of(header, patch.string());
  relacy_checker checker;
  const report::result result = checker.check(scenario, options{}, {});
  if (in_full && result.finding)
    fmt::print("{}", report::counterexample(result, report::style{false}));
  return show(patch.stem().string(), header, result);
}

}  // namespace

}  // namespace stockcheck::checkers

int main(int argc, char** argv) {
  const std::span arguments{argv, static_cast<std::size_t>(argc)};
  try {
    const bool in_full = arguments.size() == 3 && std::string_view(arguments[2]) == "--show";
    if (arguments.size() != 2 && !in_full)
      throw std::runtime_error("usage: defect_NAME PATCH [--show]");
    return stockcheck::checkers::is_caught(arguments[1], in_full) ? 0 : 1;
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 2;
  }
}
